"""What the pages of an author, an organization and a keyword share: papers by year, and what goes along.

Such a page changes only when one of its papers does. So its cards show no upvotes and no comments, which
change for weeks after a paper is listed: a vote must not make the pages of all its authors again. There are
many such pages, so that the cards are brief, too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from generator.model.paper import Paper
from generator.model.periods import neighbours
from generator.pages.cards import Card, count, day_text
from generator.pages.facets import Counted, Facet
from generator.pages.page import DateText, FeedLink, Link, Page
from generator.pages.shelf import Shelf

PAGED = 100
"""More papers than these, and each year has a page of its own."""
_NEWEST = 30


@dataclass(frozen=True, slots=True)
class Group:
    """Papers under a heading, newest day first."""

    title: str
    anchor: str
    """The id of the heading on the page."""
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Collection:
    """What the page of an author, an organization or a keyword shows, or that of one of its years."""

    name: str
    note: str
    """What else tells it: the handle of an organization."""
    spellings: tuple[str, ...]
    """How else it is written."""
    year: str
    """Of a year's page, the year; else empty."""
    whole: Link
    """The page of all years."""
    older: Link | None
    newer: Link | None
    papers: int
    first: DateText
    last: DateText
    years: tuple[Counted, ...]
    """All years with papers, the newest first; where each is shown."""
    facets: tuple[Facet, ...]
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """An author, an organization or a keyword, as its pages need it."""

    kind: str
    address: str
    section: str
    name: str
    title: str
    description: str
    papers: Sequence[Paper]
    """Newest day first."""
    spellings: tuple[str, ...] = ()
    note: str = ""
    feeds: tuple[FeedLink, ...] = ()


def subject_pages(shelf: Shelf, subject: Subject, facets: Iterable[Facet]) -> Iterable[Page]:
    """The page of `subject` and, where it has many papers, one for each of its years."""
    if not shelf.has_feeds:
        subject = replace(subject, feeds=())
    years = _by_year(subject.papers)
    paged = len(subject.papers) > PAGED
    lines = tuple(_year_line(subject, year, len(papers), paged) for year, papers in years.items())
    groups = tuple(_group(shelf, f"{year}", papers) for year, papers in years.items()) if not paged else ()
    newest = (_group(shelf, "Newest", subject.papers[:_NEWEST]),) if paged else ()
    yield _page(
        subject, lines, facets=tuple(facet for facet in facets if facet.lines), groups=groups or newest
    )
    if paged:
        for older, line, newer in neighbours(lines[::-1]):
            papers = years[int(line.link.text)]
            yield _page(
                subject,
                lines,
                groups=(_group(shelf, line.link.text, papers),),
                papers=papers,
                at=line.link,
                older=older.link if older else None,
                newer=newer.link if newer else None,
            )


def _year_line(subject: Subject, year: int, papers: int, paged: bool) -> Counted:
    """A year, which has a page of its own or is a part of the one page."""
    place = f"{year}/" if paged else f"#{_anchor(f'{year}')}"
    return Counted(Link(f"{year}", subject.address + place), papers)


def _group(shelf: Shelf, title: str, papers: Sequence[Paper]) -> Group:
    return Group(title, _anchor(title), tuple(shelf.cards[paper.id] for paper in papers))


def _anchor(title: str) -> str:
    return f"papers-{title.lower()}"


def _page(
    subject: Subject,
    lines: tuple[Counted, ...],
    *,
    groups: tuple[Group, ...],
    facets: tuple[Facet, ...] = (),
    papers: Sequence[Paper] = (),
    at: Link | None = None,
    older: Link | None = None,
    newer: Link | None = None,
) -> Page:
    """The page of all of `subject`, or of the year that stands `at`."""
    papers = papers or subject.papers
    first, last = papers[-1].day, papers[0].day
    suffix = f", {at.text}" if at else ""
    return Page(
        kind=subject.kind,
        address=at.address if at else subject.address,
        title=f"{subject.title}{suffix}",
        description=f"{subject.description}{suffix}: {count(len(papers), 'paper')}{_span(first, last)}.",
        view=Collection(
            name=subject.name,
            note=subject.note,
            spellings=subject.spellings,
            year=at.text if at else "",
            whole=Link(subject.name, subject.address),
            older=older,
            newer=newer,
            papers=len(papers),
            first=day_text(first),
            last=day_text(last),
            years=lines,
            facets=facets,
            groups=groups,
        ),
        feeds=subject.feeds,
        section=subject.section,
        changed=last.isoformat(),
    )


def _span(first: date, last: date) -> str:
    if first == last:
        return f" of {day_text(first).text}"
    return f", from {day_text(first).text} to {day_text(last).text}"


def _by_year(papers: Iterable[Paper]) -> dict[int, list[Paper]]:
    """The newest year first."""
    years: dict[int, list[Paper]] = defaultdict(list)
    for paper in papers:
        years[paper.day.year].append(paper)
    return years
