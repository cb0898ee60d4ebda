"""The two logs, `metrics/YYYY-MM.csv` and `days.csv`: rows to values and back. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar, get_args

from generator.errors import ContentError, Problem
from generator.model.paper import PAPER_ID, DayRecord, DayStatus, Figures, Observation

METRICS_HEADER = "observed,id,upvotes,comments,github_stars"
DAYS_HEADER = "day,listed,status,changed_at"

_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?")
_STATUSES: tuple[str, ...] = get_args(DayStatus)

Row = TypeVar("Row")


def read_metrics(text: str, where: str) -> list[Observation]:
    """The rows of one month's metrics log, as they stand. Raises ContentError naming every bad line."""
    return _read(text, where, METRICS_HEADER, _observation)


def read_days(text: str, where: str) -> list[DayRecord]:
    """The rows of the day log. Raises ContentError naming every bad line, and a day that stands twice."""
    records = _read(text, where, DAYS_HEADER, _record)
    days = [record.day for record in records]
    if len(set(days)) != len(days):
        twice = next(day for index, day in enumerate(days) if day in days[:index])
        line = [row.partition(",")[0] for row in text.split("\n")].index(twice.isoformat()) + 1
        raise ContentError([Problem(f"{where}:{line}", f"{twice} stands twice; keep one of its lines.")])
    return records


def metrics_row(seen: Observation) -> str:
    figures = (seen.figures.upvotes, seen.figures.comments, seen.figures.github_stars)
    return ",".join(
        (seen.observed, seen.paper_id, *("" if figure is None else str(figure) for figure in figures))
    )


def days_row(record: DayRecord) -> str:
    return f"{record.day.isoformat()},{record.listed},{record.status},{record.changed_at}"


def to_text(header: str, rows: Iterable[str]) -> str:
    """A whole log: its header, then its rows in order of their first columns."""
    return "\n".join((header, *sorted(rows))) + "\n"


def _read(text: str, where: str, header: str, parse: Callable[[list[str]], Row]) -> list[Row]:
    lines = text.split("\n")
    if lines[0] != header:
        raise ContentError([Problem(f"{where}:1", f"must begin with the line {header}")])
    rows: list[Row] = []
    problems: list[Problem] = []
    for number, line in enumerate(lines[1:], 2):
        if line:
            try:
                rows.append(parse(line.split(",")))
            except ValueError as error:
                problems.append(Problem(f"{where}:{number}", f"{error}; the columns are {header}."))
    if problems:
        raise ContentError(problems)
    return rows


def _observation(cells: list[str]) -> Observation:
    if len(cells) != 5:
        raise ValueError(f"has {len(cells)} columns, not 5")
    observed, paper_id, *figures = cells
    if not _MOMENT.fullmatch(observed):
        raise ValueError(f"{observed!r} is no day and no UTC moment such as 2025-11-07T08:00:00Z")
    if not PAPER_ID.fullmatch(paper_id):
        raise ValueError(f"{paper_id!r} is no paper's id")
    return Observation(observed, paper_id, Figures(*(_count(cell) if cell else None for cell in figures)))


def _record(cells: list[str]) -> DayRecord:
    if len(cells) != 4:
        raise ValueError(f"has {len(cells)} columns, not 4")
    day, listed, status, changed_at = cells
    if status not in _STATUSES:
        raise ValueError(f"{status!r} is not one of {', '.join(_STATUSES)}")
    if not _MOMENT.fullmatch(changed_at):
        raise ValueError(f"{changed_at!r} is no UTC moment such as 2025-11-07T08:00:00Z")
    return DayRecord(date.fromisoformat(day), _count(listed), status, changed_at)  # type: ignore[arg-type]


def _count(cell: str) -> int:
    if not (cell.isascii() and cell.isdigit()):
        raise ValueError(f"{cell!r} is no count")
    return int(cell)
