"""A page for every year that has papers: its calendar with every day, and its most upvoted papers."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from generator.config import Settings
from generator.model.archive import Archive
from generator.model.paper import Paper
from generator.model.periods import Month, neighbours
from generator.pages import addresses
from generator.pages.calendar import MonthGrid, has_failed, month_grid
from generator.pages.cards import Card, cards, count
from generator.pages.known import register
from generator.pages.page import Link, Page, PageKind
from generator.portion import WHOLE, Portion

_SHOWN = 50
_MONTHS = 12


class YearView(msgspec.Struct, frozen=True):
    """What a year's page shows."""

    heading: str
    papers: int
    days: int
    """How many of its days list papers."""
    older: Link | None
    newer: Link | None
    has_failed: bool
    """Whether any of them could not be read."""
    months: tuple[MonthGrid, ...]
    """All that begin before the archive ends and end after it begins."""
    cards: tuple[Card, ...]


def year_link(number: int | None) -> Link | None:
    return Link(f"{number}", addresses.year(number)) if number else None


def _plan(archive: Archive, settings: Settings, portion: Portion = WHOLE) -> Iterable[Page]:
    known = register(archive, settings)
    for older, number, newer in neighbours(sorted({month.year for month in archive.by_month})):
        if not portion.takes(addresses.year(number)):
            continue
        papers = _ranked(archive, number)
        days = [day for day in archive.days_with_papers() if day.year == number]
        months = _months(archive, number)
        yield Page(
            kind="year",
            address=addresses.year(number),
            title=f"Papers of {number}",
            description=f"{count(len(papers), 'paper')} on {count(len(days), 'day')} of {number}: "
            f"its calendar{', and the most upvoted' if settings.feed.has_votes else ''}.",
            view=YearView(
                heading=f"{number}",
                papers=len(papers),
                days=len(days),
                older=year_link(older),
                newer=year_link(newer),
                has_failed=has_failed(months),
                months=months,
                cards=cards(known.of(papers[:_SHOWN])),
            ),
            section=addresses.CALENDAR,
            changed=days[-1].isoformat(),
        )


def _months(archive: Archive, number: int) -> tuple[MonthGrid, ...]:
    first, last = Month.of(archive.days[0]), Month.of(archive.days[-1])
    months = (Month(number, place) for place in range(1, _MONTHS + 1))
    return tuple(month_grid(archive, month) for month in months if first <= month <= last)


def _ranked(archive: Archive, number: int) -> list[Paper]:
    """The year's papers, most upvoted first; one that two months list stands here once."""
    papers = {
        paper.id: paper
        for month, group in archive.by_month.items()
        if month.year == number
        for paper in group
    }
    return sorted(papers.values(), key=lambda paper: (-archive.upvotes[paper.id], paper.id))


KIND = PageKind("year", _plan, _plan)
