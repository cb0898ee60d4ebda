"""Stored and fresh knowledge as one. Pure.

What is stored stands. A fresh answer fills what is empty and adds days; it never removes, shortens or
replaces, since it may be thinner than what we hold and since a person may have written what we hold.
Where the two differ, the report says so and the owner decides.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import Any

from generator.feed.entry import DayPage, Entry
from generator.feed.words import same_words
from generator.model import markup
from generator.model.contents import Changes, Contents
from generator.model.paper import DayRecord, DayStatus, Figures, Observation, Paper

SETTLED_AFTER = timedelta(days=14)
"""How long a day of the feed may still grow; the feed's own pages have been seen to grow for days."""

_FILLED = (
    "authors", "published", "submitted_by", "organization", "keywords", "categories", "doi", "journal_ref",
    "summary", "github", "project", "abstract",
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
    if "authors" in new:
        new["author_count"] = None
    elif fresh.author_count and not (stored.authors or stored.author_count or _withholds_authors(stored)):
        new["author_count"] = fresh.author_count
    days = tuple(sorted({*stored.days, *fresh.days}))
    if days != stored.days:
        new["days"] = days
    return replace(stored, **new) if new else stored


def _withholds_authors(paper: Paper) -> bool:
    return not paper.withheld.isdisjoint({"authors", "author_count"})


def differing_fields(stored: Paper, fresh: Paper) -> tuple[str, ...]:
    """The fields in which both say something, and not the same. Where a title or an abstract only lacks the
    marks of mathematics that the other has, both say the same."""
    names = ("title", *_FILLED)
    pairs = ((name, getattr(stored, name), getattr(fresh, name)) for name in names)
    return tuple(
        name for name, old, new in pairs if old and new and old != new and not _is_same(name, old, new)
    )


def _is_same(name: str, old: Any, new: Any) -> bool:
    if name == "title":
        return same_words(old, new)
    return name == "abstract" and same_words(markup.unescape(old), markup.unescape(new))


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
    change = absorb(contents, page.entries, observed=now)
    record = _record(contents, page, now)
    return replace(change, changes=replace(change.changes, records=(record,) if record else ()))


def absorb(contents: Contents, entries: Iterable[Entry], *, observed: str) -> Reconciled:
    """What `entries`, each of another paper, change in the papers and figures of `contents`.

    `observed` is the UTC moment, or the day, of their figures. The day log is left alone.
    """
    papers, observations, differences = [], [], []
    added, amended = [], []
    for entry in entries:
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
        row = observe(contents.observations.get(fresh.id, ()), fresh.id, entry.figures, observed)
        if row:
            observations.append(row)
    changes = Changes(tuple(papers), tuple(observations))
    return Reconciled(changes, tuple(added), tuple(amended), tuple(differences))


def record_listed(contents: Contents, page: DayPage, *, now: str) -> DayRecord | None:
    """The day's new row after a page that somebody kept, or None where it stays as it is.

    Such a page tells what was listed, not that the day is complete: a day without a row is open, so that the
    feed is asked again, and of a row only `listed` grows. A day that was thought empty is open again.
    """
    listed = len(contents.listed_on(page.day) | {entry.paper.id for entry in page.entries})
    old = contents.records.get(page.day)
    if listed <= (old.listed if old else 0):
        return None
    status = "open" if old is None or old.status == "empty" else old.status
    return DayRecord(page.day, listed, status, max(now, old.changed_at) if old else now)


def record_failure(contents: Contents, day: date, *, now: str) -> Changes:
    """What a day that was asked and gave no page changes: what an earlier answer told still stands."""
    if day in contents.records:
        return Changes()
    return Changes(records=(DayRecord(day, len(contents.listed_on(day)), "failed", now),))


def is_known(contents: Contents, day: date) -> bool:
    """Whether all that the day log says was listed on `day` is still stored."""
    record = contents.records.get(day)
    return record is not None and record.status != "failed" and record.listed == len(contents.listed_on(day))


def record_unchanged(contents: Contents, day: date, *, now: str) -> Changes:
    """What an answer "as it was" (304) changes: an open day may be complete by now, an empty one sure."""
    old = contents.records.get(day)
    if old and old.status == "open" and _settled(day, now):
        return Changes(records=(replace(old, status="complete", changed_at=now),))
    if old and _confirms(old, now):
        return Changes(records=(replace(old, changed_at=now),))
    return Changes()


def _settled(day: date, now: str) -> bool:
    return date.fromisoformat(now[:10]) - day >= SETTLED_AFTER


def _confirms(old: DayRecord, now: str) -> bool:
    """Whether an answer that the day is still empty makes that sure: the row's date then says so, once, and
    the day need not be asked for again."""
    return old.status == "empty" and _settled(old.day, now) and not _settled(old.day, old.changed_at)


def _record(contents: Contents, page: DayPage, now: str) -> DayRecord | None:
    """The day's new row, or None where it stays as it is. `listed` only grows, however thin an answer is."""
    old = contents.records.get(page.day)
    held = contents.listed_on(page.day) | {entry.paper.id for entry in page.entries}
    listed = max(len(held), old.listed if old else 0)
    status = _status(page, old, listed, now)
    if old and (old.listed, old.status) == (listed, status) and not (_is_sound(page) and _confirms(old, now)):
        return None
    return DayRecord(page.day, listed, status, max(now, old.changed_at) if old else now)


def _is_sound(page: DayPage) -> bool:
    """Whether the answer says what the day lists. One of which every entry was refused does not: the feed
    may have changed its shape, and the day is no quiet one."""
    return page.whole and (bool(page.entries) or not page.problems)


def _status(page: DayPage, old: DayRecord | None, listed: int, now: str) -> DayStatus:
    if old and old.status == "complete":
        return "complete"
    if not _is_sound(page):
        if old is None:
            return "failed"
        return "open" if old.status == "empty" and listed else old.status
    if not listed:
        over = page.day < date.fromisoformat(now[:10])
        return "empty" if over or (old and old.status == "empty") else "open"
    return "complete" if _settled(page.day, now) else "open"


def _first(*values: int | None) -> int | None:
    return next((value for value in values if value is not None), None)
