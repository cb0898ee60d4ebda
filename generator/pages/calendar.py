"""The calendar of the whole archive: every year, month and day, with how much each holds."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from generator.config import Settings
from generator.model.archive import Archive
from generator.model.periods import Month, days_between
from generator.pages import addresses
from generator.pages.cards import count
from generator.pages.day import may_grow
from generator.pages.page import Link, Page, PageKind

_WEEK = 7


class DayCell(msgspec.Struct, frozen=True):
    """A day of a month's grid. `address` is empty where the day has no page; a filler has number 0."""

    number: int = 0
    iso: str = ""
    address: str = ""
    papers: int = 0
    status: str = ""
    """That of its record: `complete`, `empty`, `failed`, and `open` while it may still grow; else empty."""


class MonthGrid(msgspec.Struct, frozen=True):
    """A month as rows of seven days, Monday first."""

    month: Link
    """Its address is empty where the month has no page."""
    papers: int
    rows: tuple[tuple[DayCell, ...], ...]


class Year(msgspec.Struct, frozen=True):
    link: Link
    papers: int
    months: tuple[MonthGrid, ...]


class Calendar(msgspec.Struct, frozen=True):
    """What the calendar shows, the newest year first."""

    papers: int
    days: int
    has_failed: bool
    """Whether any of its days could not be read."""
    years: tuple[Year, ...]


def month_grid(archive: Archive, month: Month) -> MonthGrid:
    cells = [DayCell()] * month.first.weekday()
    for day in days_between(month.first, month.last):
        listed = len(archive.by_day.get(day, ()))
        record = archive.records.get(day)
        address = addresses.day(day) if listed or record else ""
        status = record.status if record else ""
        if status == "open" and not may_grow(archive, day):
            status = ""
        cells.append(DayCell(day.day, day.isoformat(), address, listed, status))
    cells += [DayCell()] * (-len(cells) % _WEEK)
    rows = tuple(tuple(cells[start : start + _WEEK]) for start in range(0, len(cells), _WEEK))
    papers = len(archive.by_month.get(month, ()))
    return MonthGrid(Link(month.name, addresses.month(month) if papers else ""), papers, rows)


def has_failed(months: Iterable[MonthGrid]) -> bool:
    """Whether any day of `months` could not be read."""
    return any(day.status == "failed" for grid in months for row in grid.rows for day in row)


def _plan(archive: Archive, settings: Settings) -> Iterable[Page]:
    months = sorted(archive.by_month)
    years = tuple(_year(archive, number, months) for number in sorted({m.year for m in months}, reverse=True))
    days = archive.days_with_papers()
    held = f"{count(len(archive.papers), 'paper')} on {count(len(days), 'day')}"
    yield Page(
        kind="calendar",
        address=addresses.CALENDAR,
        title="All days",
        description=f"The whole archive on one page: {held}.",
        view=Calendar(
            papers=len(archive.papers),
            days=len(days),
            has_failed=any(has_failed(year.months) for year in years),
            years=years,
        ),
        section=addresses.CALENDAR,
        changed=days[-1].isoformat() if days else "",
    )


def _year(archive: Archive, number: int, months: list[Month]) -> Year:
    grids = tuple(month_grid(archive, month) for month in months if month.year == number)
    papers = len({paper.id for m in months if m.year == number for paper in archive.by_month[m]})
    return Year(Link(f"{number}", addresses.year(number)), papers, grids)


KIND = PageKind("calendar", _plan)
