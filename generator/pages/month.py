"""A page for every month that has papers: its days, and the papers that were upvoted most.

A busy month lists over 800 papers. All of them stand on the pages of its days; here are the first hundred.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial

import msgspec

from generator.config import Settings
from generator.model.archive import Archive
from generator.model.periods import Month, days_between, neighbours
from generator.model.trends import topics_by_month
from generator.pages import addresses
from generator.pages.calendar import MonthGrid, month_grid
from generator.pages.cards import Card, cards, count
from generator.pages.day import DayLine, day_line
from generator.pages.facets import Counted
from generator.pages.known import Known, register
from generator.pages.page import Draft, Link, Page, PageKind, told
from generator.portion import WHOLE, Portion

_SHOWN = 100


class MonthView(msgspec.Struct, frozen=True):
    """What a month's page shows."""

    heading: str
    papers: int
    older: Link | None
    newer: Link | None
    grid: MonthGrid
    days: tuple[DayLine, ...]
    cards: tuple[Card, ...]
    topics: tuple[Counted, ...]
    """The pages of its topics, the one with most papers first."""


class _Facts(msgspec.Struct, frozen=True):
    """All that a month's page tells beside its most upvoted papers."""

    month: Month
    papers: int
    older: Link | None
    newer: Link | None
    grid: MonthGrid
    days: tuple[tuple[date, int], ...]
    """Those that list papers, and how many."""
    topics: tuple[Counted, ...]
    has_votes: bool


def _plan(archive: Archive, settings: Settings, portion: Portion = WHOLE) -> Iterable[Draft]:
    topics = _topics(archive)
    known = register(archive, settings)
    for older, month, newer in neighbours(sorted(archive.by_month)):
        if not portion.takes(addresses.month(month)):
            continue
        papers = archive.by_month[month]
        days = [day for day in days_between(month.first, month.last) if day in archive.by_day]
        facts = _Facts(
            month=month,
            papers=len(papers),
            older=_link(older),
            newer=_link(newer),
            grid=month_grid(archive, month),
            days=tuple((day, len(archive.by_day[day])) for day in days),
            topics=topics.get(month, ()),
            has_votes=settings.feed.has_votes,
        )
        shown, tops = papers[:_SHOWN], [archive.by_day[day][0] for day in days]
        yield Draft(
            kind="month",
            address=addresses.month(month),
            changed=days[-1].isoformat(),
            digest=told(facts, known.listed(shown), known.brief(tops)),
            compose=partial(_page, facts, known.later(shown), known.later(tops)),
        )


def _page(facts: _Facts, best: Callable[[], Sequence[Known]], tops: Callable[[], Sequence[Known]]) -> Page:
    """`best`: the most upvoted papers; `tops`: that of each day."""
    month = facts.month
    return Page(
        kind="month",
        address=addresses.month(month),
        title=f"Papers of {month.name}",
        description=f"{count(facts.papers, 'paper')} of {month.name}: every day"
        f"{', and the most upvoted' if facts.has_votes else ''}.",
        view=MonthView(
            heading=month.name,
            papers=facts.papers,
            older=facts.older,
            newer=facts.newer,
            grid=facts.grid,
            days=tuple(
                day_line(day, papers, top.paper.title)
                for (day, papers), top in zip(facts.days, tops(), strict=True)
            ),
            cards=cards(best()),
            topics=facts.topics,
        ),
        section=addresses.CALENDAR,
        changed=facts.days[-1][0].isoformat(),
    )


def _topics(archive: Archive) -> Mapping[Month, tuple[Counted, ...]]:
    """The topics that have a page for a month, by month."""
    found: dict[Month, list[Counted]] = {}
    by_month = topics_by_month(archive)
    for topic in archive.topics:
        for month, papers in by_month[topic.slug].items():
            link = Link(topic.name, addresses.topic_month(topic.slug, month))
            found.setdefault(month, []).append(Counted(link, papers))
    return {month: tuple(sorted(lines, key=lambda line: -line.papers)) for month, lines in found.items()}


def _link(month: Month | None) -> Link | None:
    return Link(month.name, addresses.month(month)) if month else None


KIND = PageKind("month", _plan, _plan)
