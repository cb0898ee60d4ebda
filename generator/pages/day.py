"""A page for every day that listed papers, and for every day of which the day log knows something."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from functools import partial

import msgspec

from generator.config import Settings
from generator.model.archive import Archive
from generator.model.paper import DayRecord
from generator.model.periods import Month, Week, long_day, plain_day
from generator.pages import addresses, feed_links
from generator.pages.cards import Card, cards, count, day_text, short_day_text
from generator.pages.known import Known, register
from generator.pages.page import DateText, Draft, FeedLink, Link, Page, PageKind, told
from generator.portion import WHOLE, Portion

_FORTNIGHT = timedelta(days=14)


class DayLine(msgspec.Struct, frozen=True):
    """A day in a list of days."""

    day: DateText
    address: str
    papers: int
    top: str
    """The title of its most upvoted paper."""


class DayView(msgspec.Struct, frozen=True):
    """What a day's page shows."""

    day: DateText
    heading: str
    state: str
    """What is known about the day, in plain words."""
    older: Link | None
    newer: Link | None
    above: tuple[Link, ...]
    """Its week and its month."""
    cards: tuple[Card, ...]


def may_grow(archive: Archive, day: date) -> bool:
    """Whether the feed may still list papers on `day`, as far as the archive reaches."""
    record = archive.records.get(day)
    return record is not None and record.status == "open" and archive.days[-1] - day <= _FORTNIGHT


def day_state(archive: Archive, day: date) -> str:
    """What we know about a day, as sentences that a reader understands."""
    papers = archive.by_day.get(day, ())
    imported = sum(1 for paper in papers if not paper.days)
    listed = len(papers) - imported
    said = []
    if listed or day in archive.records:
        said.append(_record_state(archive.records.get(day), listed, may_grow(archive, day)))
    if imported:
        what = count(imported, "paper")
        said.append(f"{what} {'stands' if imported == 1 else 'stand'} here by publication date.")
    return " ".join(said)


def failures(archive: Archive, *, after: date | None = None) -> str:
    """A sentence that names the latest days that could not be read, so that none of them looks quiet; empty
    where there are none among the last fortnight of the archive (or after the day `after`)."""
    if not archive.days:
        return ""
    since = after or archive.days[-1] - _FORTNIGHT
    failed = [day for day in archive.days if day > since and _is_failed(archive, day)]
    if not failed:
        return ""
    named = ", ".join(plain_day(day) for day in failed)
    return f"The feed could not be read for {named}; what it listed then is not known yet."


def _is_failed(archive: Archive, day: date) -> bool:
    record = archive.records.get(day)
    return record is not None and record.status == "failed"


def day_line(day: date, papers: int, top: str) -> DayLine:
    return DayLine(
        day=short_day_text(day),
        address=addresses.day(day),
        papers=papers,
        top=top,
    )


def day_link(day: date | None) -> Link | None:
    return Link(plain_day(day), addresses.day(day)) if day else None


def periods_of(archive: Archive, day: date) -> tuple[Link, ...]:
    """The week and the month that hold a day, where they list papers and so have pages."""
    week, month = Week.of(day), Month.of(day)
    links = (
        Link(week.name, addresses.week(week)) if week in archive.by_week else None,
        Link(month.name, addresses.month(month)) if month in archive.by_month else None,
    )
    return tuple(link for link in links if link)


def _record_state(record: DayRecord | None, listed: int, is_growing: bool) -> str:
    papers = count(listed, "paper")
    if record is None:
        return f"{papers} known of this day; the feed was not asked for the whole of it."
    if record.status == "failed":
        kept = f" {papers} of it {'is' if listed == 1 else 'are'} known all the same." if listed else ""
        return f"The feed could not be read for this day; what it listed is not known yet.{kept}"
    if record.status == "empty":
        return "The feed listed no papers on this day."
    if record.status == "open":
        return f"{papers} listed so far; the list may still grow." if is_growing else f"{papers} listed."
    return f"{papers} listed; the list is complete."


class _Facts(msgspec.Struct, frozen=True):
    """All that a day's page tells beside its papers."""

    day: date
    state: str
    older: Link | None
    newer: Link | None
    above: tuple[Link, ...]
    feed: FeedLink
    has_votes: bool


def _plan(archive: Archive, settings: Settings, portion: Portion = WHOLE) -> Iterable[Draft]:
    readable = archive.days_with_papers()
    known = register(archive, settings)
    for day in archive.days:
        if not portion.takes(addresses.day(day)):
            continue
        older = readable[bisect_left(readable, day) - 1] if bisect_left(readable, day) else None
        place = bisect_right(readable, day)
        newer = readable[place] if place < len(readable) else None
        papers = archive.by_day.get(day, ())
        facts = _Facts(
            day=day,
            state=day_state(archive, day),
            older=day_link(older),
            newer=day_link(newer),
            above=periods_of(archive, day),
            feed=feed_links.daily(settings),
            has_votes=settings.feed.has_votes,
        )
        yield Draft(
            kind="day",
            address=addresses.day(day),
            changed=day.isoformat(),
            digest=told(facts, known.listed(papers)),
            compose=partial(_page, facts, known.later(papers)),
        )


def _page(facts: _Facts, known: Callable[[], Sequence[Known]]) -> Page:
    day, papers = facts.day, known()
    top = f" Most upvoted: {papers[0].paper.title}" if papers and facts.has_votes else ""
    return Page(
        kind="day",
        address=addresses.day(day),
        title=f"Papers of {plain_day(day)}",
        description=f"{facts.state}{top}",
        view=DayView(
            day=day_text(day),
            heading=long_day(day),
            state=facts.state,
            older=facts.older,
            newer=facts.newer,
            above=facts.above,
            cards=cards(papers, abstracts=True),
        ),
        feeds=(facts.feed,),
        section=addresses.CALENDAR,
        changed=day.isoformat(),
    )


KIND = PageKind("day", _plan, _plan)
