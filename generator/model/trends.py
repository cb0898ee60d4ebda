"""What an archive shows over time: counts by month, keywords that come and go, how votes are spread. Pure."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter

from generator.model.archive import Archive
from generator.model.keywords import Keyword
from generator.model.paper import Paper
from generator.model.periods import Month, months_between

RECENT_DAYS = 90
"""What counts as now when keywords rise and fall, and the year before it as then."""
BEFORE_DAYS = 365
_ENOUGH = 10
"""How many papers must have a keyword for its change to say anything."""
_CLEAR = 2.0
"""From how many standard errors on a change is told at all."""


_MEMO = "topics by month"
_day = attrgetter("day")


@dataclass(frozen=True, slots=True)
class Move:
    """A keyword whose share of papers changed: in percent, then and now."""

    keyword: Keyword
    before: float
    after: float
    clarity: float
    """The change in standard errors; below 0 where the share fell."""


def months_of(papers: Iterable[Paper]) -> tuple[Month, ...]:
    """Every month from the first to the last that a paper stands on, without a gap."""
    days = set(map(_day, papers))
    return months_between(Month.of(min(days)), Month.of(max(days))) if days else ()


def by_month(papers: Iterable[Paper], months: Sequence[Month]) -> tuple[int, ...]:
    """How many papers stand on a day of each of `months`."""
    counts = _monthly(papers)
    return tuple([counts[month] for month in months])


def topics_by_month(archive: Archive) -> Mapping[str, Mapping[Month, int]]:
    """How many papers of each topic, by its slug, stand on a day of each month; counted once."""
    found = archive.memo.get(_MEMO)
    if not isinstance(found, dict):
        found = archive.memo[_MEMO] = {slug: _monthly(papers) for slug, papers in archive.by_topic.items()}
    return found


def moves(archive: Archive, most: int) -> tuple[tuple[Move, ...], tuple[Move, ...]]:
    """The keywords that rose and those that fell most clearly, at most `most` of each.

    Compared are the shares of papers with the keyword in the archive's last 90 days and in the year before
    them; how clear a change is, is the z of two proportions (https://en.wikipedia.org/wiki/Two-proportion_Z-test).
    """
    if not archive.papers:
        return (), ()
    last = archive.papers[0].day
    border = last - timedelta(days=RECENT_DAYS)
    start = border - timedelta(days=BEFORE_DAYS)
    after = bisect_left(archive.papers, -border.toordinal(), key=_age)
    before = bisect_left(archive.papers, -start.toordinal(), key=_age) - after
    if not before:
        return (), ()
    found = [
        move
        for slug in archive.keywords.mentions.often(_ENOUGH)
        if (counts := _counts(archive.keywords.mentions.of(slug), border, start))
        and (move := _move(archive.keywords.by_slug[slug], *counts, before, after))
    ]
    rising = sorted(
        (each for each in found if each.clarity >= _CLEAR), key=lambda m: (-m.clarity, m.keyword.slug)
    )
    falling = sorted(
        (each for each in found if each.clarity <= -_CLEAR), key=lambda m: (m.clarity, m.keyword.slug)
    )
    return tuple(rising[:most]), tuple(falling[:most])


def _monthly(papers: Iterable[Paper]) -> Counter[Month]:
    counts: Counter[tuple[int, int]] = Counter()
    for day, count in Counter(map(_day, papers)).items():
        counts[day.year, day.month] += count
    return Counter({Month(*month): count for month, count in counts.items()})


def _age(paper: Paper) -> int:
    """Grows from each paper of an archive to the next, the newest first."""
    return -paper.day.toordinal()


def _counts(papers: Iterable[Paper], border: date, start: date) -> tuple[int, int] | None:
    """How many of `papers`, of which the newest come first, stand after `border`, and how many since `start`;
    None where they are too few to tell."""
    now = then = 0
    for paper in papers:
        day = paper.day
        if day > border:
            now += 1
        elif day > start:
            then += 1
        else:
            break
    return (now, then) if now + then >= _ENOUGH else None


def _move(keyword: Keyword, now: int, then: int, before: int, after: int) -> Move | None:
    pooled = (now + then) / (before + after)
    error = math.sqrt(pooled * (1 - pooled) * (1 / before + 1 / after))
    if not error:
        return None
    change = now / after - then / before
    return Move(keyword, 100 * then / before, 100 * now / after, round(change / error, 6))


def spread(votes: Iterable[int]) -> Mapping[tuple[int, int], int]:
    """How many papers have 0, 1, 2 to 3, 4 to 7 … votes: ranges that double, each by its first and last."""
    counts = Counter(vote.bit_length() for vote in votes)
    ranges = range(max(counts, default=-1) + 1)
    return {(1 << each >> 1, (1 << each) - 1): counts[each] for each in ranges}
