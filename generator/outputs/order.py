"""The papers of an archive in an order that no vote changes: by the day they stand on, the oldest first, then
by id. A new day goes to its end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from itertools import chain
from operator import attrgetter

from generator.model.archive import Archive
from generator.model.paper import Paper
from generator.model.periods import Month

_MEMO = "papers by day"
_id = attrgetter("id")


def in_order(archive: Archive) -> list[Paper]:
    return list(chain.from_iterable(days_of(archive).values()))


def months_of(archive: Archive) -> Mapping[Month, list[Paper]]:
    """By month: each paper once, in the month of the day it stands on."""
    months: dict[Month, list[Paper]] = defaultdict(list)
    for day, papers in days_of(archive).items():
        months[Month.of(day)] += papers
    return dict(months)


def days_of(archive: Archive) -> Mapping[date, list[Paper]]:
    """By the day they stand on. Made once."""
    known = archive.memo.get(_MEMO)
    if not isinstance(known, dict):
        known = archive.memo[_MEMO] = _made(archive)
    return known


def _made(archive: Archive) -> dict[date, list[Paper]]:
    """The archive has them by day, so that it is enough to look where each day ends: a day has as many papers
    as are listed, save those that stand on an earlier one."""
    newest_first, start = {}, 0
    papers = archive.papers
    while start < len(papers):
        day = papers[start].day
        end = min(start + len(archive.by_day[day]), len(papers))
        while papers[end - 1].day != day:
            end -= 1
        newest_first[day] = sorted(papers[start:end], key=_id)
        start = end
    return dict(reversed(newest_first.items()))
