"""A paper as search sees it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Protocol, overload

import msgspec

FIELDS = ("title", "authors", "keywords", "abstract")
"""What is searched, in the order of every list of four."""


class Source(Protocol):
    """Where a document and a record come from. Of most papers no build needs more than `told`: they are made
    when something is made of them, and dropped again."""

    @property
    def id(self) -> str: ...

    @property
    def day(self) -> date: ...

    def told(self) -> bytes:
        """All that both depend on; about as long as the text that is searched."""
        ...

    def document(self) -> Document: ...

    def record(self) -> Record: ...


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


class Document(msgspec.Struct, frozen=True, gc=False):
    """What can be found of a paper. All plain text."""

    texts: tuple[str, str, str, str]
    """What is searched, by field (see `texts_of`)."""
    organization: str
    """How people and the feed name it."""
    topics: tuple[str, ...]
    """Slugs."""
    has_code: bool


class Record(msgspec.Struct, frozen=True, gc=False):
    """What a result shows of a paper. All plain text."""

    id: str
    day: date
    title: str
    author: str
    """Whom it names; empty where nobody is known by name."""
    others: int
    """How many authors it does not name."""
    teaser: str
    topics: tuple[str, ...]
    """Slugs."""
    has_code: bool


def texts_of(
    paper_id: str,
    title: str,
    authors: Sequence[str],
    organization: str,
    keywords: Sequence[str],
    abstract: str,
) -> tuple[str, str, str, str]:
    """What is searched, by field. The organization stands among the authors, and the id among the keywords;
    the `abstract` goes with the summary, since results show that."""
    return title, " / ".join((*authors, organization)), " / ".join((*keywords, paper_id)), abstract
