"""What is missing between the first day of the archive and today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from generator.model.contents import Contents
from generator.model.paper import DayStatus
from generator.model.periods import days_between


@dataclass(frozen=True, slots=True)
class Span:
    """Days in a row, both ends included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the day log knows, and what it does not."""

    first: date | None
    """The first day of which anything is known; None in an empty archive."""
    statuses: Mapping[DayStatus, int]
    """How many days have each status."""
    failed: tuple[date, ...]
    missing: tuple[Span, ...]
    """Days since the first that the feed was never asked for."""


def coverage(contents: Contents, *, today: date) -> Coverage:
    """What is known of each day from the first that was listed or asked for until `today`."""
    records = contents.records
    listed = {day for paper in contents.papers.values() for day in paper.days}
    known = records.keys() | listed
    first = min(known) if known else None
    unknown = [day for day in days_between(first, today) if day not in records] if first else []
    return Coverage(
        first=first,
        statuses=Counter(record.status for record in records.values()),
        failed=tuple(sorted(day for day, record in records.items() if record.status == "failed")),
        missing=tuple(_spans(unknown)),
    )


def _spans(days: Iterable[date]) -> Iterable[Span]:
    """Days in order as spans without holes."""
    first = last = None
    for day in days:
        if last is not None and day - last == timedelta(days=1):
            last = day
            continue
        if first is not None and last is not None:
            yield Span(first, last)
        first = last = day
    if first is not None and last is not None:
        yield Span(first, last)
