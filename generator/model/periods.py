"""Weeks and months: how they are named, addressed and bounded. Days are plain `datetime.date`s.

Nothing here asks the locale: the names are English, like the site.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """An ISO 8601 week: `year` is the ISO year, which is not always the calendar's."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Week:
        iso = day.isocalendar()
        return cls(iso.year, iso.week)

    @property
    def slug(self) -> str:
        return f"{self.year:04d}-W{self.number:02d}"

    @property
    def first(self) -> date:
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def last(self) -> date:
        return date.fromisocalendar(self.year, self.number, 7)

    @property
    def name(self) -> str:
        return f"Week {self.number}, {self.year}"


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Month:
        return cls(day.year, day.month)

    @property
    def slug(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        following = date(self.year + self.number // 12, self.number % 12 + 1, 1)
        return following - timedelta(days=1)

    @property
    def name(self) -> str:
        return f"{MONTH_NAMES[self.number - 1]} {self.year}"

    @property
    def short_name(self) -> str:
        return MONTH_NAMES[self.number - 1][:3]


def long_day(day: date) -> str:
    """`Friday, 7 November 2025`."""
    return f"{WEEKDAY_NAMES[day.weekday()]}, {plain_day(day)}"


def plain_day(day: date) -> str:
    """`7 November 2025`."""
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def short_day(day: date) -> str:
    """`7 Nov 2025`."""
    return f"{day.day} {MONTH_NAMES[day.month - 1][:3]} {day.year}"


def days_between(first: date, last: date) -> tuple[date, ...]:
    """Every day from `first` to `last`, both included; nothing where `last` comes before `first`."""
    return tuple(first + timedelta(days=step) for step in range((last - first).days + 1))


def months_between(first: Month, last: Month) -> tuple[Month, ...]:
    """Every month from `first` to `last`, both included."""
    span = range(first.year * 12 + first.number - 1, last.year * 12 + last.number)
    return tuple(Month(each // 12, each % 12 + 1) for each in span)


P = TypeVar("P")


def neighbours(row: Sequence[P]) -> Iterable[tuple[P | None, P, P | None]]:
    """Each member of an ordered `row` with the one before it and the one after it; None at the ends."""
    before: list[P | None] = [None, *row]
    after: list[P | None] = [*row[1:], None]
    return zip(before, row, after, strict=False)
