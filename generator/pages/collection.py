"""What the pages of an author, an organization and a keyword share: papers by year, and what goes along.

Such a page changes only when one of its papers does. So its cards show no upvotes and no comments, which
change for weeks after a paper is listed: a vote must not make the pages of all its authors again. There are
many such pages, so that the cards are brief, too.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from itertools import groupby

import msgspec

from generator.model.paper import Paper
from generator.model.periods import neighbours
from generator.pages.cards import Card, count, day_text, quiet_card
from generator.pages.facets import Counted, Facet
from generator.pages.known import Known
from generator.pages.page import DateText, Draft, FeedLink, Link, Page, told
from generator.pages.shelf import Share, Shelf

PAGED = 100
"""More papers than these, and each year has a page of its own."""
_NEWEST = 30


class Group(msgspec.Struct, frozen=True):
    """Papers under a heading, newest day first."""

    title: str
    anchor: str
    """The id of the heading on the page."""
    cards: tuple[Card, ...]


class Collection(msgspec.Struct, frozen=True):
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
    """All years with papers, the newest first; where each is shown. A year's page does not count the papers
    of other years (0), lest it change with them."""
    facets: tuple[Facet, ...]
    groups: tuple[Group, ...]


class Subject(msgspec.Struct, frozen=True):
    """An author, an organization or a keyword, as its pages need it."""

    kind: str
    address: str
    section: str
    name: str
    title: str
    description: str
    shares: tuple[Share, ...]
    """What is counted among its papers."""
    spellings: tuple[str, ...] = ()
    note: str = ""
    feeds: tuple[FeedLink, ...] = ()


class _Place(msgspec.Struct, frozen=True):
    """Which page of a subject: that of all its papers or, where it stands `at` a link, that of a year."""

    years: tuple[Counted, ...] = ()
    """As a year's page tells them."""
    at: Link | None = None
    older: Link | None = None
    newer: Link | None = None


def subject_pages(shelf: Shelf, subject: Subject, papers: Sequence[Paper]) -> Iterable[Draft]:
    """The page of `subject`, of which `papers` are, the newest first; where they are many, one for each of
    its years, too."""
    if not shelf.has_feeds:
        subject = msgspec.structs.replace(subject, feeds=())
    briefs = shelf.briefs[subject.address]
    often = [shelf.often[share.of][subject.address] for share in subject.shares if share.of in shelf.often]
    yield _draft(shelf, subject, _Place(), papers, told(subject, briefs, *often))
    if len(papers) > PAGED:
        years = _by_year(papers)
        lines = tuple([msgspec.structs.replace(line, papers=0) for line in _year_lines(subject, papers)])
        size, end = len(briefs) // len(papers), len(briefs)
        for older, line, newer in neighbours(lines[::-1]):
            place = _Place(lines, line.link, older.link if older else None, newer.link if newer else None)
            group = years[int(line.link.text)]
            start = end - size * len(group)
            yield _draft(shelf, subject, place, group, told((subject, place), briefs[start:end]))
            end = start


def _draft(shelf: Shelf, subject: Subject, place: _Place, papers: Sequence[Paper], digest: bytes) -> Draft:
    return Draft(
        kind=subject.kind,
        address=place.at.address if place.at else subject.address,
        changed=papers[0].day.isoformat(),
        digest=digest,
        compose=partial(_page, subject, place, shelf.register.later(papers)),
    )


def _year_lines(subject: Subject, papers: Sequence[Paper]) -> Iterable[Counted]:
    """The years of a subject's `papers`, each of which has a page of its own or is a part of the one page."""
    paged = len(papers) > PAGED
    for year, group in _by_year(papers).items():
        place = f"{year}/" if paged else f"#{_anchor(f'{year}')}"
        yield Counted(Link(f"{year}", subject.address + place), len(group))


def _groups(place: _Place, papers: Sequence[Known]) -> Iterable[Group]:
    if place.at:
        yield _group(place.at.text, papers)
    elif len(papers) > PAGED:
        yield _group("Newest", papers[:_NEWEST])
    else:
        for year, group in groupby(papers, key=lambda each: each.paper.day.year):
            yield _group(f"{year}", group)


def _group(title: str, papers: Iterable[Known]) -> Group:
    return Group(title, _anchor(title), tuple(map(quiet_card, papers)))


def _anchor(title: str) -> str:
    return f"papers-{title.lower()}"


def _page(subject: Subject, place: _Place, known: Callable[[], Sequence[Known]]) -> Page:
    papers = known()
    first, last = papers[-1].paper.day, papers[0].paper.day
    suffix = f", {place.at.text}" if place.at else ""
    facets = [share.facet(papers, subject.address) for share in subject.shares] if not place.at else []
    return Page(
        kind=subject.kind,
        address=place.at.address if place.at else subject.address,
        title=f"{subject.title}{suffix}",
        description=f"{subject.description}{suffix}: {count(len(papers), 'paper')}{_span(first, last)}.",
        view=Collection(
            name=subject.name,
            note=subject.note,
            spellings=subject.spellings,
            year=place.at.text if place.at else "",
            whole=Link(subject.name, subject.address),
            older=place.older,
            newer=place.newer,
            papers=len(papers),
            first=day_text(first),
            last=day_text(last),
            years=place.years or tuple(_year_lines(subject, [each.paper for each in papers])),
            facets=tuple([facet for facet in facets if facet.lines]),
            groups=tuple(_groups(place, papers)),
        ),
        feeds=subject.feeds,
        section=subject.section,
        changed=last.isoformat(),
    )


def _span(first: date, last: date) -> str:
    if first == last:
        return f" of {day_text(first).text}"
    return f", from {day_text(first).text} to {day_text(last).text}"


def _by_year(papers: Sequence[Paper]) -> dict[int, Sequence[Paper]]:
    """The newest year first, as the papers stand."""
    years: dict[int, Sequence[Paper]] = {}
    start = 0
    while start < len(papers):
        year = papers[start].day.year
        end = bisect_right(papers, -year, start, key=lambda paper: -paper.day.year)
        years[year] = papers[start:end]
        start = end
    return years
