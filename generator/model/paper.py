"""A paper and what is known around it, as frozen values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

ARXIV_ID = re.compile(r"\d{4}\.\d{4,5}")
"""An arXiv id since April 2007, without its version (https://info.arxiv.org/help/arxiv_identifier.html)."""

PAPER_ID = re.compile(
    r"(?!.*\.\.)(?!(?i:date|week|month|year|trending|climbers|top|feed|index\.html)\Z)"
    r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9])?"
)
"""What an id may be, since it names a file and an address: letters, digits, `.`, `_`, `-`; 100 at most. Not
the names that the site needs beside papers, in whatever case: `/papers/date/` holds the calendar."""


@dataclass(frozen=True, slots=True)
class Organization:
    """Who stands behind a paper: `name` is the feed's handle, `fullname` is what people read."""

    name: str
    fullname: str


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper: the stable facts, as its Markdown file keeps them.

    Figures that change (upvotes, comments, stars) are `Figures` and live in the metrics log.
    """

    id: str
    title: str
    """One line, plain text."""
    authors: tuple[str, ...] = ()
    """In the paper's order, as given; empty where the names are not known."""
    author_count: int | None = None
    """How many authors there are; only where their names are not known."""
    published: date | None = None
    """First appeared on arXiv (UTC)."""
    days: tuple[date, ...] = ()
    """The days that listed it, oldest first; empty for an imported paper."""
    submitted_by: str | None = None
    """The login of whoever submitted it to the feed."""
    organization: Organization | None = None
    keywords: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    """arXiv categories, the primary one first."""
    doi: str | None = None
    """Of the version that a journal or conference published: `10.1000/xyz`. Not the one that arXiv gives."""
    journal_ref: str | None = None
    """Where that version appeared, as the authors told arXiv: one line."""
    summary: str | None = None
    """One or two sentences, plain text."""
    github: str | None = None
    project: str | None = None
    abstract: str = ""
    """Markdown that renders to exactly the feed's text."""
    pinned_topics: tuple[str, ...] = ()
    """Topics the owner gave it by hand; they come before any that are found."""
    forbidden_topics: tuple[str, ...] = ()
    """Topics the owner says it does not have, whatever the evidence."""
    withheld: frozenset[str] = frozenset()
    """Fields that the owner emptied by hand (`github: null`), which the snapshot must not fill again."""

    def __hash__(self) -> int:
        return hash(self.id)

    @property
    def day(self) -> date:
        """The day it stands on: the first that listed it, else its publication day."""
        if self.days:
            return self.days[0]
        if self.published is None:
            raise ValueError(f"paper {self.id} has neither days nor a publication date")
        return self.published

    @property
    def listing_days(self) -> tuple[date, ...]:
        """Every day whose page shows it, oldest first; never empty."""
        return self.days or (self.day,)

    @property
    def arxiv_id(self) -> str | None:
        return self.id if ARXIV_ID.fullmatch(self.id) else None


@dataclass(frozen=True, slots=True)
class Figures:
    """A paper's figures at one moment; None where the feed did not say."""

    upvotes: int | None = None
    comments: int | None = None
    github_stars: int | None = None


@dataclass(frozen=True, slots=True, order=True)
class Observation:
    """One row of the metrics log: `observed` is an ISO 8601 day or UTC moment (`2025-11-07T08:00:00Z`)."""

    observed: str
    paper_id: str
    figures: Figures


DayStatus = Literal["complete", "open", "empty", "failed"]
"""complete: asked again two weeks later, so it will not change any more.  open: may still grow.
empty: the feed answered and lists nothing (a weekend, a holiday).  failed: asked, and no page came."""


@dataclass(frozen=True, slots=True)
class DayRecord:
    """One row of the day log: what we know about one day of the feed."""

    day: date
    listed: int
    """How many papers the feed listed that day, counted when it was last asked with success."""
    status: DayStatus
    changed_at: str
    """When this row last changed, as a UTC moment (`2025-11-07T08:00:00Z`)."""
