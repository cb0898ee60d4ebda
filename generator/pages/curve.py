"""The upvotes of one paper over time, as a small picture."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from generator.model.paper import Observation
from generator.model.periods import plain_day, short_day
from generator.pages import charts
from generator.pages.charts import Chart, Table
from generator.pages.page import Link

LEAST = 3
"""From so many observations on there is a curve to see."""


def upvote_curve(seen: Sequence[Observation]) -> Chart | None:
    """The curve through what was observed, oldest first; None where fewer than three rows tell upvotes."""
    told = [(_moment(each), each.figures.upvotes) for each in seen if each.figures.upvotes is not None]
    if len(told) < LEAST:
        return None
    (first, before), (last, after) = told[0], told[-1]
    span = (last - first).total_seconds()
    places = (
        [(moment - first).total_seconds() / span for moment, _ in told] if span else charts.evenly(len(told))
    )
    return charts.line(
        "upvotes",
        "Upvotes over time",
        f"From {before:,} on {plain_day(first.date())} to {after:,} on {plain_day(last.date())}.",
        unit="upvotes",
        places=places,
        values=[votes for _, votes in told],
        ticks=[(0, short_day(first.date()))]
        + ([(1, short_day(last.date()))] if last.date() > first.date() else []),
        table=Table(
            ("Observed", "Upvotes"),
            tuple((Link(_text(moment), ""), (f"{votes:,}",)) for moment, votes in told),
        ),
    )


def _moment(seen: Observation) -> datetime:
    """When it was observed, in UTC; a day alone is its midnight."""
    return datetime.fromisoformat(seen.observed.removesuffix("Z")).replace(tzinfo=UTC)


def _text(moment: datetime) -> str:
    """`7 Nov 2025, 08:00`."""
    return f"{short_day(moment.date())}, {moment:%H:%M}"
