"""The logs `metrics/YYYY-MM.csv`, `days.csv` and `unknown.csv`: rows to values and back. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import TypeVar, get_args

from generator.errors import ContentError, Problem
from generator.model.paper import PAPER_ID, DayRecord, DayStatus, Observation
from generator.model.sightings import row_of
from generator.store.front_matter import check_text

METRICS_HEADER = "observed,id,upvotes,comments,github_stars"
DAYS_HEADER = "day,listed,status,changed_at"
UNKNOWN_HEADER = "id,asked"

_DAY = re.compile(r"(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(_DAY.pattern + r"(?:T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?")
_STATUSES: tuple[str, ...] = get_args(DayStatus)

Row = TypeVar("Row")


def read_metrics(text: str, where: str) -> list[tuple[str, str]]:
    """The rows of one month's metrics log: of each the paper's id, and the rest as a row of `Sightings`.
    Raises ContentError naming every bad line."""
    # What was looked at already: a month's rows have few moments, and each paper's id many times.
    moments: set[str] = set()
    ids: dict[str, str] = {}

    def row(cells: list[str]) -> tuple[str, str]:
        if len(cells) != 5:
            raise ValueError(f"has {len(cells)} columns, not 5")
        observed, paper_id, upvotes, comments, stars = cells
        if observed not in moments:
            _check_moment(observed)
            moments.add(observed)
        if paper_id not in ids:
            if not PAPER_ID.fullmatch(paper_id):
                raise ValueError(f"{paper_id!r} is no paper's id")
            ids[paper_id] = paper_id
        for figure in (upvotes, comments, stars):
            if figure:
                _count(figure)
        return ids[paper_id], f"{observed},{upvotes},{comments},{stars}"

    return _read(text, where, METRICS_HEADER, row)


def read_days(text: str, where: str) -> list[DayRecord]:
    """The rows of the day log. Raises ContentError naming every bad line, and a day that stands twice."""
    seen: set[date] = set()

    def once(cells: list[str]) -> DayRecord:
        record = _record(cells)
        if record.day in seen:
            raise ValueError(f"{record.day} stands here a second time")
        seen.add(record.day)
        return record

    return _read(text, where, DAYS_HEADER, once)


def read_unknown(text: str, where: str) -> dict[str, date]:
    """The rows of the log of ids that arXiv does not know, each with the day on which it said so. Raises
    ContentError naming every bad line."""
    return dict(_read(text, where, UNKNOWN_HEADER, _unknown))


def metrics_row(seen: Observation) -> str:
    observed, _, figures = row_of(seen).partition(",")
    return f"{observed},{seen.paper_id},{figures}"


def days_row(record: DayRecord) -> str:
    return f"{record.day.isoformat()},{record.listed},{record.status},{record.changed_at}"


def unknown_row(paper_id: str, asked: date) -> str:
    return f"{paper_id},{asked.isoformat()}"


def to_text(header: str, rows: Iterable[str]) -> str:
    """A whole log: its header, then its rows in order of their first columns."""
    return "\n".join((header, *sorted(rows))) + "\n"


def _read(text: str, where: str, header: str, parse: Callable[[list[str]], Row]) -> list[Row]:
    check_text(text, where)
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


def _record(cells: list[str]) -> DayRecord:
    if len(cells) != 4:
        raise ValueError(f"has {len(cells)} columns, not 4")
    day, listed, status, changed_at = cells
    if status not in _STATUSES:
        raise ValueError(f"{status!r} is not one of {', '.join(_STATUSES)}")
    _check_moment(changed_at)
    return DayRecord(_day(day), _count(listed), status, changed_at)  # type: ignore[arg-type]


def _unknown(cells: list[str]) -> tuple[str, date]:
    if len(cells) != 2:
        raise ValueError(f"has {len(cells)} columns, not 2")
    paper_id, asked = cells
    if not PAPER_ID.fullmatch(paper_id):
        raise ValueError(f"{paper_id!r} is no paper's id")
    return paper_id, _day(asked)


def _day(cell: str) -> date:
    try:
        if _DAY.fullmatch(cell):
            return date.fromisoformat(cell)
    except ValueError:
        pass
    raise ValueError(f"{cell!r} is no day such as 2025-11-07")


def _check_moment(cell: str) -> None:
    try:
        if _MOMENT.fullmatch(cell):
            datetime.fromisoformat(cell)
            return
    except ValueError:
        pass
    raise ValueError(f"{cell!r} is no day and no UTC moment such as 2025-11-07T08:00:00Z")


def _count(cell: str) -> int:
    if not (cell.isascii() and cell.isdigit() and len(cell) < 19):
        shown = cell if len(cell) <= 40 else f"{cell[:40]}…"
        raise ValueError(f"{shown!r} is no count")
    return int(cell)
