"""A page for every year that has papers: its calendar with every day, and its most upvoted papers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from generator.config import Settings
from generator.model.archive import Archive
from generator.model.paper import Paper
from generator.model.periods import Month, neighbours
from generator.model.trending import top
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
        of_months = [papers for month, papers in archive.by_month.items() if month.year == number]
        held = {paper.id for papers in of_months for paper in papers}
        shown = known.of(_best(archive, of_months))
        days = [day for day in archive.days_with_papers() if day.year == number]
        months = _months(archive, number)
        yield Page(
            kind="year",
            address=addresses.year(number),
            title=f"Papers of {number}",
            description=f"{count(len(held), 'paper')} on {count(len(days), 'day')} of {number}: "
            f"its calendar{', and the most upvoted' if settings.feed.has_votes else ''}.",
            view=YearView(
                heading=f"{number}",
                papers=len(held),
                days=len(days),
                older=year_link(older),
                newer=year_link(newer),
                has_failed=has_failed(months),
                months=months,
                cards=cards(shown),
            ),
            section=addresses.CALENDAR,
            changed=days[-1].isoformat(),
        )


def _months(archive: Archive, number: int) -> tuple[MonthGrid, ...]:
    first, last = Month.of(archive.days[0]), Month.of(archive.days[-1])
    months = (Month(number, place) for place in range(1, _MONTHS + 1))
    return tuple(month_grid(archive, month) for month in months if first <= month <= last)


def _best(archive: Archive, of_months: Iterable[Sequence[Paper]]) -> tuple[Paper, ...]:
    """The most upvoted papers of a year, which are among those of its months; one that two months list stands
    here once."""
    papers = {paper.id: paper for group in of_months for paper in group[:_SHOWN]}
    return top(archive, papers.values(), _SHOWN)


KIND = PageKind("year", _plan, _plan)
