"""The upvotes of one paper over time, as a small picture: a line, and its ends in words.

There is one for nearly every paper, so that it has neither axes nor a table; every figure that was observed
stands in the database of the archive.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from generator.model.periods import plain_day
from generator.pages import charts

LEAST = 3
"""From so many observations on there is a curve to see."""


class Curve(msgspec.Struct, frozen=True):
    """A line, and what it shows."""

    description: str
    line: str
    """Points as SVG writes them, in a plot of 100 by 100."""


def upvote_curve(told: Sequence[tuple[str, int]]) -> Curve | None:
    """The curve through what was `told`: when (a day or a UTC moment), and how many upvotes; oldest first.
    None where there is too little to see."""
    if len(told) < LEAST:
        return None
    moments = [_moment(observed) for observed, _ in told]
    votes = [upvotes for _, upvotes in told]
    first, last = moments[0], moments[-1]
    span = (last - first).total_seconds()
    places = (
        [(moment - first).total_seconds() / span for moment in moments] if span else charts.evenly(len(told))
    )
    scale = charts.steps(max(votes))[-1]
    return Curve(
        f"From {votes[0]:,} on {plain_day(first.date())} to {votes[-1]:,} on {plain_day(last.date())}.",
        charts.polyline(places, [each / scale for each in votes]),
    )


def _moment(observed: str) -> datetime:
    """A moment; of a day, its midnight in UTC."""
    return datetime.fromisoformat(observed.removesuffix("Z"))
