"""A page for every ISO week that has papers: all of them, most upvoted first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.config import Settings
from generator.model.archive import Archive
from generator.model.periods import Week, days_between, neighbours, short_day
from generator.pages import addresses, feed_links
from generator.pages.cards import Card, cards, count
from generator.pages.day import DayLine, day_line
from generator.pages.page import Link, Page, PageKind


@dataclass(frozen=True, slots=True)
class WeekView:
    """What a week's page shows."""

    heading: str
    span: str
    older: Link | None
    newer: Link | None
    days: tuple[DayLine, ...]
    cards: tuple[Card, ...]


def _plan(archive: Archive, settings: Settings) -> Iterable[Page]:
    for older, week, newer in neighbours(sorted(archive.by_week)):
        papers = archive.by_week[week]
        span = f"{short_day(week.first)} to {short_day(week.last)}"
        days = [day for day in days_between(week.first, week.last) if day in archive.by_day]
        yield Page(
            kind="week",
            address=addresses.week(week),
            title=f"Papers of week {week.number}, {week.year}",
            description=f"{count(len(papers), 'paper')} listed from {span}"
            f"{', most upvoted first' if settings.feed.has_votes else ''}.",
            view=WeekView(
                heading=week.name,
                span=span,
                older=_link(older),
                newer=_link(newer),
                days=tuple(day_line(archive, day) for day in days),
                cards=cards(archive, papers),
            ),
            feeds=(feed_links.top_of_the_week(settings),) if settings.feed.has_votes else (),
            section=addresses.CALENDAR,
            changed=days[-1].isoformat(),
        )


def _link(week: Week | None) -> Link | None:
    return Link(week.name, addresses.week(week)) if week else None


KIND = PageKind("week", _plan)
