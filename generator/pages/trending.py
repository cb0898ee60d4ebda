"""What is read now and what rises, and the most upvoted papers of all time.

Beside the home page and the feeds, `trending` is the one list that changes with every round of observations.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

import msgspec

from generator.config import Settings
from generator.model import trending
from generator.model.archive import Archive
from generator.model.paper import Paper
from generator.model.periods import Month, Week, plain_day, short_day
from generator.pages import addresses, feed_links
from generator.pages.cards import Card, cards, count, day_text, short_day_text
from generator.pages.known import Known, Register, register
from generator.pages.page import DateText, Draft, Link, Page, PageKind, told
from generator.portion import WHOLE, Portion

_BATCH = "trending"
_TRENDING = 20
_CLIMBERS = 10
_OF_A_PERIOD = 5
_OF_ALL_TIME = 100


class RankLine(msgspec.Struct, frozen=True):
    """A paper in a short ranking."""

    paper: Link
    upvotes: int


class ClimbLine(msgspec.Struct, frozen=True):
    """A paper that gained upvotes since a day."""

    paper: Link
    gain: int
    upvotes: int
    since: DateText


class PeriodTop(msgspec.Struct, frozen=True):
    """The most upvoted papers of a day, week or month, which has a page of its own."""

    title: str
    period: Link
    lines: tuple[RankLine, ...]


class TrendingView(msgspec.Struct, frozen=True):
    """What the trending page shows."""

    now: DateText | None
    """The newest day of which the archive knows anything; None in an empty archive."""
    cards: tuple[Card, ...]
    climbers: tuple[ClimbLine, ...]
    tops: tuple[PeriodTop, ...]


class TopView(msgspec.Struct, frozen=True):
    """The most upvoted papers of all time, and where those of each year stand."""

    cards: tuple[Card, ...]
    years: tuple[Link, ...]


def _plan(archive: Archive, settings: Settings, portion: Portion = WHOLE) -> Iterable[Draft]:
    if not settings.feed.has_votes or not portion.takes(_BATCH):
        return
    known = register(archive, settings)
    yield Draft(
        kind="trending",
        address=addresses.TRENDING,
        changed=_changed(archive),
        digest=told((settings, trending.last_round(archive)), known.listed(known.row)),
        compose=partial(_trending_page, archive, settings, known),
        batch=_BATCH,
    )
    best, years = _best(archive), _years(archive)
    yield Draft(
        kind="top",
        address=addresses.TOP,
        changed="",
        digest=told(years, known.listed(best)),
        compose=partial(_top_page, known.later(best), years),
        batch=_BATCH,
    )


def _best(archive: Archive) -> tuple[Paper, ...]:
    """The most upvoted papers of all time, which are among those of their months."""
    of_months = {each.id: each for papers in archive.by_month.values() for each in papers[:_OF_ALL_TIME]}
    return trending.top(archive, of_months.values(), _OF_ALL_TIME)


def _years(archive: Archive) -> tuple[int, ...]:
    """The newest first."""
    return tuple(sorted({month.year for month in archive.by_month}, reverse=True))


def _trending_page(archive: Archive, settings: Settings, known: Register) -> Page:
    today = trending.now(archive)
    return Page(
        kind="trending",
        address=addresses.TRENDING,
        title="Trending",
        description="The papers that are read now, those that climb, and the most upvoted of the latest day, "
        "week and month.",
        view=TrendingView(
            now=day_text(today) if today else None,
            cards=cards(known.of(trending.trending(archive, _TRENDING))),
            climbers=tuple(_climb_line(archive, climb) for climb in trending.climbers(archive, _CLIMBERS)),
            tops=_tops(archive),
        ),
        feeds=(feed_links.trending(settings), feed_links.top_of_the_week(settings)),
        section=addresses.TRENDING,
        changed=_changed(archive),
    )


def _top_page(known: Callable[[], Sequence[Known]], years: Iterable[int]) -> Page:
    best = known()
    return Page(
        kind="top",
        address=addresses.TOP,
        title="The most upvoted papers",
        description=f"The {count(len(best), 'paper')} of all time with the most upvotes."
        if best
        else "The papers of all time with the most upvotes.",
        view=TopView(cards(best), tuple(Link(f"{year}", addresses.year(year)) for year in years)),
        section=addresses.TRENDING,
    )


def _changed(archive: Archive) -> str:
    today = trending.now(archive)
    return today.isoformat() if today else ""


def _tops(archive: Archive) -> tuple[PeriodTop, ...]:
    days = archive.days_with_papers()
    if not days:
        return ()
    day, week, month = days[-1], max(archive.by_week), max(archive.by_month)
    return (
        _top(archive, "The latest day", Link(plain_day(day), addresses.day(day)), archive.by_day[day]),
        _top(archive, "The latest week", _week_link(week), archive.by_week[week]),
        _top(archive, "The latest month", _month_link(month), archive.by_month[month]),
    )


def _week_link(week: Week) -> Link:
    return Link(f"{short_day(week.first)} to {short_day(week.last)}", addresses.week(week))


def _month_link(month: Month) -> Link:
    return Link(month.name, addresses.month(month))


def _top(archive: Archive, title: str, period: Link, papers: tuple[Paper, ...]) -> PeriodTop:
    best = trending.top(archive, papers, _OF_A_PERIOD)
    lines = (RankLine(_link(paper), archive.upvotes[paper.id]) for paper in best)
    return PeriodTop(title, period, tuple(lines))


def _climb_line(archive: Archive, climb: trending.Climb) -> ClimbLine:
    since = short_day_text(climb.since)
    return ClimbLine(_link(climb.paper), climb.gain, archive.upvotes[climb.paper.id], since)


def _link(paper: Paper) -> Link:
    return Link(paper.title, addresses.paper(paper.id))


KIND = PageKind("trending", _plan, _plan)
