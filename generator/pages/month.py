"""A page for every month that has papers: its days, and the papers that were upvoted most.

A busy month lists over 800 papers. All of them stand on the pages of its days; here are the first hundred.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from generator.config import Settings
from generator.model.archive import Archive
from generator.model.periods import Month, days_between, neighbours
from generator.pages import addresses
from generator.pages.calendar import MonthGrid, month_grid
from generator.pages.cards import Card, cards, count
from generator.pages.day import DayLine, day_line
from generator.pages.facets import Counted
from generator.pages.known import register
from generator.pages.page import Link, Page, PageKind
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


def _plan(archive: Archive, settings: Settings, portion: Portion = WHOLE) -> Iterable[Page]:
    topics = _topics(archive)
    known = register(archive, settings)
    for older, month, newer in neighbours(sorted(archive.by_month)):
        if not portion.takes(addresses.month(month)):
            continue
        papers = archive.by_month[month]
        days = [day for day in days_between(month.first, month.last) if day in archive.by_day]
        yield Page(
            kind="month",
            address=addresses.month(month),
            title=f"Papers of {month.name}",
            description=f"{count(len(papers), 'paper')} of {month.name}: every day"
            f"{', and the most upvoted' if settings.feed.has_votes else ''}.",
            view=MonthView(
                heading=month.name,
                papers=len(papers),
                older=_link(older),
                newer=_link(newer),
                grid=month_grid(archive, month),
                days=tuple(day_line(archive, day) for day in days),
                cards=cards(known.of(papers[:_SHOWN])),
                topics=topics.get(month, ()),
            ),
            section=addresses.CALENDAR,
            changed=days[-1].isoformat(),
        )


def _topics(archive: Archive) -> Mapping[Month, tuple[Counted, ...]]:
    """The topics that have a page for a month, by month."""
    found: dict[Month, list[Counted]] = {}
    for topic in archive.topics:
        for month, papers in Counter(Month.of(paper.day) for paper in archive.by_topic[topic.slug]).items():
            link = Link(topic.name, addresses.topic_month(topic.slug, month))
            found.setdefault(month, []).append(Counted(link, papers))
    return {month: tuple(sorted(lines, key=lambda line: -line.papers)) for month, lines in found.items()}


def _link(month: Month | None) -> Link | None:
    return Link(month.name, addresses.month(month)) if month else None


KIND = PageKind("month", _plan, _plan)
