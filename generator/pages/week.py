"""A page for every ISO week that has papers: all of them, most upvoted first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial

import msgspec

from generator.config import Settings
from generator.model.archive import Archive
from generator.model.periods import Week, days_between, neighbours, short_day
from generator.pages import addresses, feed_links
from generator.pages.cards import Card, cards, count
from generator.pages.day import DayLine, day_line
from generator.pages.known import Known, register
from generator.pages.page import Draft, FeedLink, Link, Page, PageKind, told
from generator.portion import WHOLE, Portion


class WeekView(msgspec.Struct, frozen=True):
    """What a week's page shows."""

    heading: str
    span: str
    older: Link | None
    newer: Link | None
    days: tuple[DayLine, ...]
    cards: tuple[Card, ...]


def _plan(archive: Archive, settings: Settings, portion: Portion = WHOLE) -> Iterable[Draft]:
    known = register(archive, settings)
    for older, week, newer in neighbours(sorted(archive.by_week)):
        if not portion.takes(addresses.week(week)):
            continue
        papers = archive.by_week[week]
        days = [day for day in days_between(week.first, week.last) if day in archive.by_day]
        feeds = (feed_links.top_of_the_week(settings),) if settings.feed.has_votes else ()
        facts = (week, _link(older), _link(newer), tuple(days), feeds)
        yield Draft(
            kind="week",
            address=addresses.week(week),
            changed=days[-1].isoformat(),
            digest=told(facts, known.listed(papers)),
            compose=partial(_page, known.later(papers), *facts),
        )


def _page(
    known: Callable[[], Sequence[Known]],
    week: Week,
    older: Link | None,
    newer: Link | None,
    days: Sequence[date],
    feeds: tuple[FeedLink, ...],
) -> Page:
    """`feeds` are those of what was voted up; empty where nobody votes."""
    papers = known()
    of_days = {day: [each.paper for each in papers if day in each.paper.listing_days] for day in days}
    lines = tuple(day_line(day, len(listed), listed[0].title) for day, listed in of_days.items())
    span = f"{short_day(week.first)} to {short_day(week.last)}"
    return Page(
        kind="week",
        address=addresses.week(week),
        title=f"Papers of week {week.number}, {week.year}",
        description=f"{count(len(papers), 'paper')} listed from {span}"
        f"{', most upvoted first' if feeds else ''}.",
        view=WeekView(
            heading=week.name, span=span, older=older, newer=newer, days=lines, cards=cards(papers)
        ),
        feeds=feeds,
        section=addresses.CALENDAR,
        changed=days[-1].isoformat(),
    )


def _link(week: Week | None) -> Link | None:
    return Link(week.name, addresses.week(week)) if week else None


KIND = PageKind("week", _plan, _plan)
