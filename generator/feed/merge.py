"""Stored and fresh knowledge as one. Pure.

What is stored stands. A fresh answer fills what is empty and adds days; it never removes, shortens or
replaces, since it may be thinner than what we hold and since a person may have written what we hold.
Where the two differ, the report says so and the owner decides.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import Any

from generator.feed.entry import DayPage
from generator.model.contents import Changes, Contents
from generator.model.paper import DayRecord, DayStatus, Figures, Observation, Paper

SETTLED_AFTER = timedelta(days=14)
"""How long a day of the feed may still grow; the feed's own pages have been seen to grow for days."""

_FILLED = (
    "authors", "published", "submitted_by", "organization", "keywords", "categories", "summary", "github",
    "project", "abstract",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """A field whose stored value stands although the feed now says something else."""

    paper_id: str
    field: str


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What one day's page changes in the contents, and where it disagrees with them."""

    changes: Changes
    added: tuple[str, ...] = ()
    """Ids of papers that were not stored before."""
    amended: tuple[str, ...] = ()
    """Ids of stored papers of which the page knew more."""
    differences: tuple[Difference, ...] = ()


def merge(stored: Paper, fresh: Paper) -> Paper:
    """`stored`, with what only `fresh` knows. Equal to `stored` where it knows nothing new."""
    new: dict[str, Any] = {}
    for name in _FILLED:
        if not getattr(stored, name) and getattr(fresh, name) and name not in stored.withheld:
            new[name] = getattr(fresh, name)
    if "authors" in new and stored.author_count is not None:
        new["author_count"] = None
    days = tuple(sorted({*stored.days, *fresh.days}))
    if days != stored.days:
        new["days"] = days
    return replace(stored, **new) if new else stored


def differing_fields(stored: Paper, fresh: Paper) -> tuple[str, ...]:
    """The fields in which both say something, and not the same."""
    names = ("title", *_FILLED)
    pairs = ((name, getattr(stored, name), getattr(fresh, name)) for name in names)
    return tuple(name for name, old, new in pairs if old and new and old != new)


def observe(seen: tuple[Observation, ...], paper_id: str, figures: Figures, now: str) -> Observation | None:
    """The row to add to a paper's observations (`seen`, oldest first), or None where nothing changed.

    A figure that the feed leaves out is taken to be what it was: silence is not zero.
    """
    place = bisect_right([each.observed for each in seen], now)
    before = seen[place - 1] if place else None
    known = before.figures if before else Figures()
    full = Figures(*(
        _first(getattr(figures, each.name), getattr(known, each.name)) for each in fields(Figures)
    ))  # fmt: skip
    if full == known or (before and before.observed == now):
        return None
    return Observation(now, paper_id, full)


def reconcile(contents: Contents, page: DayPage, *, now: str) -> Reconciled:
    """What `page`, observed at the UTC moment `now`, changes in `contents`."""
    papers, observations, differences = [], [], []
    added, amended = [], []
    for entry in page.entries:
        fresh = entry.paper
        stored = contents.papers.get(fresh.id)
        if stored is None:
            papers.append(fresh)
            added.append(fresh.id)
        else:
            merged = merge(stored, fresh)
            if merged != stored:
                papers.append(merged)
                amended.append(fresh.id)
            differences += [Difference(fresh.id, name) for name in differing_fields(stored, fresh)]
        row = observe(contents.observations.get(fresh.id, ()), fresh.id, entry.figures, now)
        if row:
            observations.append(row)
    record = _record(contents, page, now)
    changes = Changes(tuple(papers), tuple(observations), (record,) if record else ())
    return Reconciled(changes, tuple(added), tuple(amended), tuple(differences))


def record_failure(contents: Contents, day: date, *, now: str) -> Changes:
    """What a day that was asked and gave no page changes: what an earlier answer told still stands."""
    if day in contents.records:
        return Changes()
    return Changes(records=(DayRecord(day, len(_held(contents, day)), "failed", now),))


def record_unchanged(contents: Contents, day: date, *, now: str) -> Changes:
    """What an answer "as it was" (304) changes: an open day may be complete by now."""
    old = contents.records.get(day)
    if old is None or old.status != "open" or not _settled(day, now):
        return Changes()
    return Changes(records=(replace(old, status="complete", changed_at=now),))


def _settled(day: date, now: str) -> bool:
    return day + SETTLED_AFTER <= date.fromisoformat(now[:10])


def _record(contents: Contents, page: DayPage, now: str) -> DayRecord | None:
    """The day's new row, or None where it stays as it is."""
    held = _held(contents, page.day) | {entry.paper.id for entry in page.entries}
    old = contents.records.get(page.day)
    status = _status(page, old, len(held), now)
    if old and (old.listed, old.status) == (len(held), status):
        return None
    return DayRecord(page.day, len(held), status, now)


def _status(page: DayPage, old: DayRecord | None, listed: int, now: str) -> DayStatus:
    today = date.fromisoformat(now[:10])
    if not page.whole:
        return old.status if old else "failed"
    if not listed and page.day < today:
        return "empty"
    return "complete" if _settled(page.day, now) else "open"


def _held(contents: Contents, day: date) -> set[str]:
    return {paper.id for paper in contents.papers.values() if day in paper.days}


def _first(*values: int | None) -> int | None:
    return next((value for value in values if value is not None), None)
