"""A digest before it is a message: the papers of a day, of a week, or what is trending. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from generator.feed.text import one_line
from generator.model import trending
from generator.model.archive import Archive
from generator.model.paper import Paper
from generator.model.periods import Week, days_between, long_day, plain_day, short_day
from generator.pages import addresses
from generator.pages.cards import author_line, count, opening, teaser
from generator.pages.day import day_state

_OF_A_DAY = 60
_OF_A_WEEK = 40
_TRENDING = 20
"""Papers. Mail whose HTML comes to more than 100 KB is cut off by some readers; a paper needs about 1.4."""
_SUMMARY = 300
_SUBJECT = 80
"""In characters: how much of the first paper's title the subject holds, and of a summary a digest."""


@dataclass(frozen=True, slots=True)
class Item:
    """A paper in a digest. Its texts are one line each, without anything that cannot be seen."""

    title: str
    address: str
    """Its page in the archive, relative to the base path."""
    authors: tuple[str, ...]
    """The first three."""
    more_authors: int
    summary: str
    upvotes: int | None
    arxiv: str
    """Absolute; empty where the paper is not known to be on arXiv."""


@dataclass(frozen=True, slots=True)
class Digest:
    """What a digest says, to whomever it is sent."""

    kind: str
    """`day`, `week` or `trending`."""
    period: str
    """`2025-11-07` or `2025-W45`."""
    date: date
    """The day that its message bears."""
    heading: str
    state: str
    """What is known about the list, as sentences."""
    subject: str
    address: str
    """The page of the same list, relative to the base path."""
    items: tuple[Item, ...]
    """Ranked."""
    more: int
    """How many papers of the list are only on that page."""
    failed: bool
    """Whether the feed could not be read for it, so that it may be empty for no other reason."""

    @property
    def id(self) -> str:
        """`day/2025-11-07`: what a reader gets once."""
        return f"{self.kind}/{self.period}"

    @property
    def file_name(self) -> str:
        """`digest-2025-11-07.eml`."""
        return f"digest-{'trending-' if self.kind == 'trending' else ''}{self.period}.eml"


def of_day(archive: Archive, day: date) -> Digest:
    """The papers of `day`; all of them, but for the longest days."""
    papers = archive.by_day.get(day, ())
    known = bool(papers) or day in archive.records
    return Digest(
        kind="day",
        period=day.isoformat(),
        date=day,
        heading=long_day(day),
        state=day_state(archive, day) if known else "Nothing is known of this day.",
        subject=_subject(f"Papers of {plain_day(day)}", papers),
        address=addresses.day(day),
        items=_items(archive, papers[:_OF_A_DAY]),
        more=len(papers[_OF_A_DAY:]),
        failed=_failed(archive, day),
    )


def of_latest_day(archive: Archive) -> Digest | None:
    """The papers of the latest day that has any; None for an empty archive."""
    days = archive.days_with_papers()
    return of_day(archive, days[-1]) if days else None


def of_week(archive: Archive, week: Week) -> Digest:
    """The most upvoted papers of `week`; it bears the date of its Sunday."""
    papers = archive.by_week.get(week, ())
    span = f"{short_day(week.first)} to {short_day(week.last)}"
    failed = [day for day in days_between(week.first, week.last) if _failed(archive, day)]
    state = f"{count(len(papers), 'paper')} listed from {span}, most upvoted first."
    if failed:
        state += f" The feed could not be read for {', '.join(map(plain_day, failed))}."
    return Digest(
        kind="week",
        period=week.slug,
        date=week.last,
        heading=week.name,
        state=state,
        subject=_subject(f"Papers of week {week.number}, {week.year}", papers),
        address=addresses.week(week),
        items=_items(archive, papers[:_OF_A_WEEK]),
        more=len(papers[_OF_A_WEEK:]),
        failed=bool(failed),
    )


def of_trending(archive: Archive) -> Digest | None:
    """What is read now, as the trending page has it; None for an empty archive."""
    today = trending.now(archive)
    if today is None:
        return None
    papers = trending.trending(archive, _TRENDING)
    return Digest(
        kind="trending",
        period=today.isoformat(),
        date=today,
        heading="Trending papers",
        state=f"Upvotes against age, as of {plain_day(today)}.",
        subject=_subject(f"Trending on {plain_day(today)}", papers),
        address=addresses.TRENDING,
        items=_items(archive, papers),
        more=0,
        failed=False,
    )


def _items(archive: Archive, papers: Iterable[Paper]) -> tuple[Item, ...]:
    return tuple(_item(archive, paper) for paper in papers)


def _item(archive: Archive, paper: Paper) -> Item:
    authors, more = author_line(paper)
    return Item(
        title=one_line(paper.title),
        address=addresses.paper(paper.id),
        authors=tuple(map(one_line, authors)),
        more_authors=more,
        summary=opening(one_line(teaser(paper)), _SUMMARY),
        upvotes=archive.figures(paper).upvotes,
        arxiv=f"https://arxiv.org/abs/{paper.arxiv_id}" if paper.arxiv_id else "",
    )


def _subject(what: str, papers: tuple[Paper, ...]) -> str:
    """`Papers of 7 November 2025: Watering a Tomato, and 39 more`."""
    if not papers:
        return what
    title = one_line(papers[0].title)
    if len(title) > _SUBJECT:
        title = title[:_SUBJECT].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"
    return f"{what}: {title}" + (f", and {len(papers) - 1:,} more" if len(papers) > 1 else "")


def _failed(archive: Archive, day: date) -> bool:
    record = archive.records.get(day)
    return record is not None and record.status == "failed"
