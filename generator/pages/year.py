"""A page for every year that has papers: its calendar with every day, and its most upvoted papers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

import msgspec

from generator.config import Settings
from generator.model.archive import Archive
from generator.model.paper import Paper
from generator.model.periods import Month, neighbours
from generator.model.trending import top
from generator.pages import addresses
from generator.pages.calendar import MonthGrid, has_failed, month_grid
from generator.pages.cards import Card, cards, count
from generator.pages.known import Known, register
from generator.pages.page import Draft, Link, Page, PageKind, told
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


class _Facts(msgspec.Struct, frozen=True):
    """All that a year's page tells beside its most upvoted papers."""

    number: int
    papers: int
    days: int
    older: Link | None
    newer: Link | None
    months: tuple[MonthGrid, ...]
    changed: str
    has_votes: bool


def _plan(archive: Archive, settings: Settings, portion: Portion = WHOLE) -> Iterable[Draft]:
    known = register(archive, settings)
    for older, number, newer in neighbours(sorted({month.year for month in archive.by_month})):
        if not portion.takes(addresses.year(number)):
            continue
        of_months = [papers for month, papers in archive.by_month.items() if month.year == number]
        shown = _best(archive, of_months)
        days = [day for day in archive.days_with_papers() if day.year == number]
        facts = _Facts(
            number=number,
            papers=len({paper.id for papers in of_months for paper in papers}),
            days=len(days),
            older=year_link(older),
            newer=year_link(newer),
            months=_months(archive, number),
            changed=days[-1].isoformat(),
            has_votes=settings.feed.has_votes,
        )
        yield Draft(
            kind="year",
            address=addresses.year(number),
            changed=facts.changed,
            digest=told(facts, known.listed(shown)),
            compose=partial(_page, facts, known.later(shown)),
        )


def _page(facts: _Facts, best: Callable[[], Sequence[Known]]) -> Page:
    """`best`: the most upvoted papers."""
    return Page(
        kind="year",
        address=addresses.year(facts.number),
        title=f"Papers of {facts.number}",
        description=f"{count(facts.papers, 'paper')} on {count(facts.days, 'day')} of {facts.number}: "
        f"its calendar{', and the most upvoted' if facts.has_votes else ''}.",
        view=YearView(
            heading=f"{facts.number}",
            papers=facts.papers,
            days=facts.days,
            older=facts.older,
            newer=facts.newer,
            has_failed=has_failed(facts.months),
            months=facts.months,
            cards=cards(best()),
        ),
        section=addresses.CALENDAR,
        changed=facts.changed,
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
