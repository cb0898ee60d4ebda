"""Pictures as data: where every bar, point and label of a chart stands. Pure; a template draws them.

Lengths across are percent of the picture's width. Down they are percent of its height, or pixels in a picture
of rows. So the text of a picture keeps its size whatever the width of the window, and nothing needs a script.
Every axis of amounts begins at 0. Each chart carries its figures as a table.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import lru_cache

import msgspec

from generator.pages.page import Link

TOP, BOTTOM = 8.0, 86.0
"""The edges of the plot in percent; the others are the picture's own."""
ROW = 36
"""Pixels of a row: its label, and below it its bar."""
_TICKS = 4
_LINE = 35
"""The most characters that a narrow window has room for beside each other: a row's label and its value."""
_FILLED = 0.78
"""How much of its place a column takes."""


class Tick(msgspec.Struct, frozen=True):
    """A label on an axis."""

    at: float
    text: str


class Bar(msgspec.Struct, frozen=True):
    """A column or a bar; `text` says what it stands for."""

    x: float
    y: float
    width: float
    height: float
    text: str


class Row(msgspec.Struct, frozen=True):
    """A row of a picture: a bar from 0, or a change from `start`, to `end`, in percent of the width."""

    y: int
    label: str
    value: str
    end: float
    start: float | None


class Table(msgspec.Struct, frozen=True):
    """The figures of a picture; the first cell of each row names it, and may lead somewhere."""

    head: tuple[str, ...]
    rows: tuple[tuple[Link, tuple[str, ...]], ...]


class Chart(msgspec.Struct, frozen=True):
    """One picture. Of bars, line and rows it has one kind."""

    name: str
    """Unique on its page."""
    title: str
    description: str
    unit: str
    """What the axis of amounts counts."""
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    table: Table
    bars: tuple[Bar, ...] = ()
    line: str = ""
    """Points as SVG writes them, in a plot of 100 by 100."""
    rows: tuple[Row, ...] = ()
    height: int = 0
    """Pixels, of a picture of rows; the others are as high as the style sheet says."""


class Panel(msgspec.Struct, frozen=True):
    """A small line among others of the same scale."""

    heading: Link
    line: str
    text: str
    """What it shows, in words."""
    latest: str


class Panels(msgspec.Struct, frozen=True):
    """A picture of many small ones."""

    title: str
    description: str
    panels: tuple[Panel, ...]
    table: Table


@lru_cache(maxsize=4096)
def steps(most: float) -> tuple[float, ...]:
    """Round numbers from 0 to at least `most`: at most five, apart by 1, 2 or 5 times a power of ten."""
    if most <= 0:
        return (0.0, 1.0)
    rough = most / _TICKS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(each * power for each in (1, 2, 5, 10) if each * power >= rough * (1 - 1e-9))
    return tuple(round(step * number, 9) for number in range(math.ceil(most / step - 1e-9) + 1))


def columns(
    name: str, title: str, description: str, *, unit: str, labels: Sequence[str], values: Sequence[int],
    ticks: Sequence[tuple[int, str]], table: Table,
) -> Chart:  # fmt: skip
    """A column for each of `values`; `ticks` are labels on the axis, each with the place of its column."""
    scale = steps(max(values, default=0))
    wide = 100 / max(len(values), 1)
    bars = []
    for place, (label, value) in enumerate(zip(labels, values, strict=True)):
        top = _down(value / scale[-1])
        x = wide * (place + (1 - _FILLED) / 2)
        bars.append(Bar(_2(x), top, _2(wide * _FILLED), _2(BOTTOM - top), f"{label}: {value:,} {unit}"))
    x_ticks = tuple(Tick(_2(wide * (place + 0.5)), text) for place, text in ticks)
    return Chart(name, title, description, unit, x_ticks, _y_ticks(scale), table, bars=tuple(bars))


def line(
    name: str, title: str, description: str, *, unit: str, places: Sequence[float], values: Sequence[float],
    ticks: Sequence[tuple[float, str]], table: Table, most: float = 0, percent: bool = False,
) -> Chart:  # fmt: skip
    """A line through `values` at `places`, which run from 0 to 1, as those of `ticks` do."""
    scale = steps(max(*values, most))
    x_ticks = tuple(Tick(_2(100 * at), text) for at, text in ticks)
    points = polyline(places, [value / scale[-1] for value in values])
    return Chart(name, title, description, unit, x_ticks, _y_ticks(scale, percent), table, line=points)


def rows(
    name: str, title: str, description: str, *, unit: str, labels: Sequence[str], values: Sequence[float],
    texts: Sequence[str], table: Table, starts: Sequence[float] = (), percent: bool = False,
) -> Chart:  # fmt: skip
    """A bar for each of `values`, one below the other; from `starts` where those are given."""
    scale = steps(max((*values, *starts), default=0))
    ends = [_2(100 * value / scale[-1]) for value in values]
    froms = [_2(100 * start / scale[-1]) for start in starts] if starts else [None] * len(values)
    drawn = tuple(
        Row(ROW * place, _cut(label, _LINE - len(text)), text, end, start)
        for place, (label, text, end, start) in enumerate(zip(labels, texts, ends, froms, strict=True))
    )
    x_ticks = tuple(Tick(_2(100 * each / scale[-1]), number(each, percent)) for each in scale)
    height = ROW * len(drawn) + ROW // 2
    return Chart(name, title, description, unit, x_ticks, (), table, rows=drawn, height=height)


def polyline(places: Sequence[float], shares: Sequence[float]) -> str:
    """Points in a plot of 100 by 100, its origin below on the left; both run from 0 to 1."""
    pairs = zip(places, shares, strict=True)
    points = " ".join([f"{100 * x:.2f},{100 - 100 * y:.2f}" for x, y in pairs])
    return _IDLE.sub("", points.replace(".00", ""))


_IDLE = re.compile(r"(?<=\.[1-9])0")
"""A nought at the end of a figure with two digits after the point."""


def evenly(count: int) -> tuple[float, ...]:
    """The places of `count` points from 0 to 1."""
    return tuple(place / max(count - 1, 1) for place in range(count))


def chosen(count: int, most: int = 4) -> tuple[int, ...]:
    """Which of `count` labels stand on an axis, `most` at most: all, or every second, third, sixth …"""
    apart = next((step for step in (1, 2, 3, 6, 12, 24, 60, 120) if count <= step * most), count)
    return tuple(range(0, count, max(apart, 1)))


def number(value: float, percent: bool = False) -> str:
    """`1,200`, `0.5`, `12 %`."""
    return f"{value:,.10g}" + (" %" if percent else "")


def _cut(label: str, most: int) -> str:
    """At most `most` characters of a label; its whole stands in the table."""
    return label if len(label) <= most else label[: most - 1].rstrip() + "…"


def _y_ticks(scale: Sequence[float], percent: bool = False) -> tuple[Tick, ...]:
    return tuple(Tick(_down(each / scale[-1]), number(each, percent)) for each in scale)


def _down(share: float) -> float:
    return _2(BOTTOM - (BOTTOM - TOP) * share)


def _2(value: float) -> float:
    """Two digits after the point: a hundredth of a percent is less than a pixel."""
    return round(value, 2)
