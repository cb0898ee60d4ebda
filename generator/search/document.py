"""A paper as search sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

import msgspec

FIELDS = ("title", "authors", "keywords", "abstract")
"""What is searched, in the order of every list of four."""


_encoder = msgspec.msgpack.Encoder()


class Source(Protocol):
    """Where a document comes from. Of most papers no build needs more than `told`: documents are made when
    something is made of them, and dropped again."""

    @property
    def id(self) -> str: ...

    @property
    def day(self) -> date: ...

    def told(self) -> bytes:
        """All that the document depends on; about as long as the text that is searched."""
        ...

    def document(self) -> Document: ...


@dataclass(frozen=True, slots=True)
class Document:
    """What can be found of a paper, and what a result shows of it. All plain text."""

    id: str
    day: date
    title: str
    authors: tuple[str, ...]
    organization: str
    """How people and the feed name it; is searched among the authors."""
    keywords: tuple[str, ...]
    abstract: str
    """With the summary, since results show that."""
    author: str
    """Whom a result names; empty where nobody is known by name."""
    others: int
    """How many authors it does not name."""
    teaser: str
    topics: tuple[str, ...]
    """Slugs."""
    has_code: bool

    @property
    def texts(self) -> tuple[str, str, str, str]:
        """What is searched, by field. The id stands among the keywords."""
        authors = " / ".join((*self.authors, self.organization))
        return self.title, authors, " / ".join((*self.keywords, self.id)), self.abstract

    def told(self) -> bytes:
        return _encoder.encode(self)

    def document(self) -> Document:
        """A document is its own source."""
        return self
