"""A paper as search sees it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, overload

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


class Row(Sequence[Source]):
    """Sources in a row: `source` makes one of a thing that is `held` when somebody asks for it."""

    def __init__(self, held: Sequence[Any], source: Callable[[Any], Source] = lambda held: held) -> None:
        self._held = held
        self._source = source

    def __len__(self) -> int:
        return len(self._held)

    @overload
    def __getitem__(self, at: int) -> Source: ...
    @overload
    def __getitem__(self, at: slice) -> Row: ...
    def __getitem__(self, at: int | slice) -> Source | Row:
        if isinstance(at, slice):
            return Row(self._held[at], self._source)
        return self._source(self._held[at])

    @property
    def ids(self) -> list[str]:
        return [each.id for each in self._held]


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
