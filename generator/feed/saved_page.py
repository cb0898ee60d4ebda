"""What a saved file of the feed says, whatever its form, and what its name tells."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import PurePath

from generator.errors import NotAPage, Problem
from generator.feed.entry import DayPage, Entry

_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_STEM = re.compile(rf"(?P<day>{_DATE})(?:\.at-(?P<at>{_DATE}T[0-9]{{6}}Z))?")
_DATE_WITHIN = re.compile(rf"(?<![0-9]){_DATE}(?![0-9])")
_DATE_FIRST = re.compile(rf"{_DATE}(?:T.{{1,30}})?")


@dataclass(frozen=True, slots=True)
class SavedPage:
    """What one saved file says."""

    kind: str
    """What it is, in the words of a message: `the feed's answer`."""
    days: tuple[DayPage, ...] = ()
    """What it says was listed, a page a day, oldest first."""
    unlisted: tuple[Entry, ...] = ()
    """Papers that it shows without a day that listed them. Their id is empty where it gives none."""
    day: date | None = None
    """The page's own day: that of its heading, or the one that it lists."""
    observed: str = ""
    """When its figures were seen: a day or a UTC moment; empty where nothing tells."""
    is_eastern: bool = False
    """Whether its publication dates are the US Eastern ones, each the UTC day or the day before."""
    problems: tuple[Problem, ...] = ()
    """What was refused, each with its place and reason."""
    notes: tuple[Problem, ...] = ()
    """What was left out of what was kept, and what had to be inferred."""
    unknown_fields: Mapping[str, int] = field(default_factory=dict)

    @property
    def listed(self) -> int:
        """How many papers it has."""
        return sum(len(page.entries) for page in self.days) + len(self.unlisted)


@dataclass(frozen=True, slots=True)
class FileName:
    """What the name of a saved file tells of the page in it."""

    path: str
    """As messages give it."""
    day: date | None = None
    """The day that it names."""
    moment: str = ""
    """The UTC moment of the fetch, where it names one: `2025-11-07T08:00:00Z`."""


def read_name(path: str) -> FileName:
    """`2025-11-07.json`, `2025-11-07.at-2025-11-07T080000Z.json`, or any name with one date in it.

    Raises NotAPage where the name has the form of a date, or of a moment, but is none.
    """
    stem = PurePath(path).name.removesuffix(".gz").rpartition(".")[0] or PurePath(path).name
    match = _STEM.fullmatch(stem)
    if not match:
        found = _DATE_WITHIN.findall(stem)
        return FileName(path, _date(found[0], path)) if len(found) == 1 else FileName(path)
    at = match["at"]
    return FileName(path, _date(match["day"], path), _moment(at, path) if at else "")


def own_day(raw: object) -> date | None:
    """The UTC day on which an entry says that it was listed (`paper.submittedOnDailyAt`, since 2025-03-17).

    In every page that was looked at it is the page's own day.
    """
    paper = raw.get("paper") if isinstance(raw, dict) else None
    said = paper.get("submittedOnDailyAt") if isinstance(paper, dict) else None
    return read_day(said)


def read_day(said: object) -> date | None:
    """The UTC day of a date or a moment as text; None where `said` is neither, or of another century."""
    if not isinstance(said, str) or not _DATE_FIRST.fullmatch(said):
        return None
    try:
        moment = datetime.fromisoformat(said)
        day = (moment if moment.tzinfo is None else moment.astimezone(UTC)).date()
    except (ValueError, OverflowError):
        return None
    return day if 2000 <= day.year < 2100 else None


def _date(text: str, path: str) -> date:
    day = read_day(text)
    if day is None:
        raise NotAPage(
            f"{path}: its name has the date {text}, which is none the feed can have. "
            "Name it after the day that it lists, such as 2025-11-07.json."
        )
    return day


def _moment(text: str, path: str) -> str:
    try:
        moment = datetime.strptime(text, "%Y-%m-%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        raise NotAPage(
            f"{path}: its name has the fetch time {text}, which is no moment. "
            "Write it as in 2025-11-07.at-2025-11-07T080000Z.json."
        ) from None
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
