"""Which days to ask the feed for. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from generator.feed.merge import SETTLED_AFTER
from generator.model.contents import Contents
from generator.model.paper import DayRecord
from generator.model.periods import days_between


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the person asked for; nothing of it means the latest days."""

    days: Collection[date] = ()
    """These days, whatever is known about them."""
    since: date | None = None
    until: date | None = None
    again: bool = False
    """Also the days of a span that are known to be complete."""


def days_to_ask(contents: Contents, wanted: Wanted, *, today: date, latest: int) -> tuple[date, ...]:
    """The days to ask for, oldest first.

    Days that were named are asked always. Of a span, those that are not finished: that is how a backfill
    which was cut off goes on. Without either, the `latest` days and every older one that may still change
    or that could not be had.
    """
    if wanted.days:
        return tuple(sorted(set(wanted.days)))
    records = contents.records
    if wanted.since or wanted.until:
        last = min(wanted.until or today, today)
        span = days_between(wanted.since or last, last)
        return tuple(day for day in span if wanted.again or not _finished(records.get(day)))
    recent = set(days_between(today - timedelta(days=latest - 1), today))
    pending = {day for day, record in records.items() if day <= today and not _finished(record)}
    return tuple(sorted(recent | pending))


def _finished(record: DayRecord | None) -> bool:
    """Whether a day was last asked when it could not change any more."""
    if record is None:
        return False
    if record.status == "complete":
        return True
    asked = date.fromisoformat(record.changed_at[:10])
    return record.status == "empty" and asked - record.day >= SETTLED_AFTER
