"""What an archive shows over time: counts by month, keywords that come and go, how votes are spread. Pure."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from generator.model.archive import Archive
from generator.model.keywords import Keyword
from generator.model.paper import Paper
from generator.model.periods import Month

RECENT_DAYS = 90
"""What counts as now when keywords rise and fall, and the year before it as then."""
BEFORE_DAYS = 365
_ENOUGH = 10
"""How many papers must have a keyword for its change to say anything."""
_CLEAR = 2.0
"""From how many standard errors on a change is told at all."""


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
    days = [paper.day for paper in papers]
    if not days:
        return ()
    first, last = Month.of(min(days)), Month.of(max(days))
    span = range(first.year * 12 + first.number - 1, last.year * 12 + last.number)
    return tuple(Month(each // 12, each % 12 + 1) for each in span)


def by_month(papers: Iterable[Paper], months: Sequence[Month]) -> tuple[int, ...]:
    """How many papers stand on a day of each of `months`."""
    counts = Counter([(day.year, day.month) for day in [paper.day for paper in papers]])
    return tuple([counts[month.year, month.number] for month in months])


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
    after = [paper for paper in archive.papers if paper.day > border]
    before = [paper for paper in archive.papers if start < paper.day <= border]
    if not before:
        return (), ()
    found = [
        move
        for slug in archive.keywords.mentions.often(_ENOUGH)
        if (counts := _counts(archive.keywords.mentions.of(slug), border, start))
        and (move := _move(archive.keywords.by_slug[slug], *counts, len(before), len(after)))
    ]
    rising = sorted(
        (each for each in found if each.clarity >= _CLEAR), key=lambda m: (-m.clarity, m.keyword.slug)
    )
    falling = sorted(
        (each for each in found if each.clarity <= -_CLEAR), key=lambda m: (m.clarity, m.keyword.slug)
    )
    return tuple(rising[:most]), tuple(falling[:most])


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
