"""A paper as search sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

FIELDS = ("title", "authors", "keywords", "abstract")
"""What is searched, in the order of every list of four."""


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
    byline: str
    """The authors that a result names."""
    teaser: str
    topics: tuple[str, ...]
    """Slugs."""
    has_code: bool

    @property
    def texts(self) -> tuple[str, str, str, str]:
        """What is searched, by field. The id stands among the keywords."""
        authors = " / ".join((*self.authors, self.organization))
        return self.title, authors, " / ".join((*self.keywords, self.id)), self.abstract

    @property
    def length(self) -> int:
        """About how many characters are searched."""
        return (
            len(self.title) + len(self.abstract) + sum(map(len, self.authors)) + sum(map(len, self.keywords))
        )
