"""The upvotes of one paper over time, as a small picture: a line, and its ends in words.

There is one for nearly every paper, so that it has neither axes nor a table; every figure that was observed
stands in the database of the archive.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from generator.model.paper import Observation
from generator.model.periods import plain_day
from generator.pages import charts

LEAST = 3
"""From so many observations on there is a curve to see."""


class Curve(msgspec.Struct, frozen=True):
    """A line, and what it shows."""

    description: str
    line: str
    """Points as SVG writes them, in a plot of 100 by 100."""


def upvote_curve(seen: Sequence[Observation]) -> Curve | None:
    """The curve through what was observed, oldest first; None where fewer than three rows tell upvotes."""
    told = [(_moment(each), each.figures.upvotes) for each in seen if each.figures.upvotes is not None]
    if len(told) < LEAST:
        return None
    (first, before), (last, after) = told[0], told[-1]
    span = (last - first).total_seconds()
    places = (
        [(moment - first).total_seconds() / span for moment, _ in told] if span else charts.evenly(len(told))
    )
    scale = charts.steps(max(votes for _, votes in told))[-1]
    return Curve(
        f"From {before:,} on {plain_day(first.date())} to {after:,} on {plain_day(last.date())}.",
        charts.polyline(places, [votes / scale for _, votes in told]),
    )


def _moment(seen: Observation) -> datetime:
    """When it was observed, in UTC; a day alone is its midnight."""
    return datetime.fromisoformat(seen.observed.removesuffix("Z"))
