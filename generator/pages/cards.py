"""A paper in a list: what a reader needs to decide in two seconds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from generator.model.archive import Archive
from generator.model.markup import unescape
from generator.model.paper import Paper
from generator.model.periods import plain_day, short_day
from generator.pages import addresses
from generator.pages.page import DateText, Link

NAMED_AUTHORS = 3
_TEASER = 260
_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s+(?=[A-Z0-9\"'“(])")


@dataclass(frozen=True, slots=True)
class Card:
    """A paper in a list."""

    rank: int
    """Its place in the list, from 1."""
    paper: Link
    """Its title and its page."""
    authors: tuple[str, ...]
    """The first three."""
    more_authors: int
    """How many are not named."""
    organization: str
    teaser: str
    """Its summary, else the first sentences of its abstract, as plain text."""
    abstract: str
    """Markdown; empty where the list does not open abstracts."""
    topics: tuple[Link, ...]
    upvotes: int | None
    comments: int | None
    github: str
    day: DateText


def cards(archive: Archive, papers: Iterable[Paper], *, abstracts: bool = False) -> tuple[Card, ...]:
    """The cards of `papers`, in their order; with `abstracts` each can be opened in place."""
    return tuple(_card(archive, paper, rank, abstracts) for rank, paper in enumerate(papers, 1))


def topic_links(archive: Archive, paper: Paper) -> tuple[Link, ...]:
    names = {topic.slug: topic.name for topic in archive.topics}
    return tuple(
        Link(names[match.slug], addresses.topic(match.slug)) for match in archive.matches[paper.id]
    )  # fmt: skip


def day_text(day: date) -> DateText:
    return DateText(day.isoformat(), plain_day(day))


def teaser(paper: Paper, most: int = _TEASER) -> str:
    """The paper's summary, else the first sentences of its abstract, at most about `most` characters."""
    if paper.summary:
        return paper.summary
    text = " ".join(unescape(paper.abstract).split())
    if len(text) <= most:
        return text
    ends = [match.end() for match in _SENTENCE_END.finditer(text, 0, most + 1)]
    if ends and ends[-1] >= most // 3:
        return text[: ends[-1]].rstrip()
    return text[:most].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"


def count(number: int, one: str, many: str | None = None) -> str:
    """`1 paper`, `2,500 papers`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def author_line(paper: Paper) -> tuple[tuple[str, ...], int]:
    """The authors to name in a list, and how many more there are."""
    total = paper.author_count or len(paper.authors)
    named = paper.authors if total == NAMED_AUTHORS + 1 else paper.authors[:NAMED_AUTHORS]
    return named, total - len(named)


def _card(archive: Archive, paper: Paper, rank: int, abstracts: bool) -> Card:
    figures = archive.figures(paper)
    authors, more = author_line(paper)
    return Card(
        rank=rank,
        paper=Link(paper.title, addresses.paper(paper.id)),
        authors=authors,
        more_authors=more,
        organization=paper.organization.fullname if paper.organization else "",
        teaser=teaser(paper),
        abstract=paper.abstract if abstracts else "",
        topics=topic_links(archive, paper),
        upvotes=figures.upvotes,
        comments=figures.comments,
        github=paper.github or "",
        day=DateText(paper.day.isoformat(), short_day(paper.day)),
    )
