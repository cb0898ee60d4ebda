"""The feed's page saved as HTML: its list stands as JSON in an attribute, for the page's own script. Pure.

An element such as `<div data-target="DailyPapers" data-props="{&quot;dailyPapers&quot;:[…]}">` holds what
the page shows: `dateString` with `periodType` (`day`, `week`, `month`), and entries as the feed's interface
gives them. Where in the JSON the list stands is not relied upon.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import unescape

from generator.errors import NotAPage, Problem
from generator.feed.answer import reason_given
from generator.feed.entry import Entry
from generator.feed.normalise import normalise_entry, normalise_page
from generator.feed.saved_page import FileName, SavedPage, own_day, read_day

_ATTRIBUTE = "data-props"
# A parser of HTML takes minutes for some hostile pages, and nothing but this attribute is wanted.
_PROPS = re.compile(rf"""(?<![\w-]){_ATTRIBUTE}\s*=\s*(?P<value>"[^"]*"|'[^']*')""", re.IGNORECASE)
_LIST = "dailyPapers"
_DAY_KEYS = ("dateString", "date", "day")
_DAILY = (None, "", "day", "daily", "date")


@dataclass(frozen=True, slots=True)
class _List:
    """A list of entries in the JSON of a page, and the day that the page says it is of."""

    entries: Sequence[object]
    day: date | None


def parse_saved_html(text: str, name: FileName) -> SavedPage:
    """The page in `text`. An entry stands on the day that it says itself (`submittedOnDailyAt`), else on the
    page's, else on that of the file's name; a page of a week or a month lists several days.

    Raises NotAPage where no list of entries stands in it.
    """
    found = _find_list(text)
    if found is None:
        title = reason_given(text.encode("utf-8", "replace"))
        raise NotAPage(
            f"{name.path}: a web page{f' titled {title}' if title else ''}, but the feed's list of papers "
            f"does not stand in it (no {_ATTRIBUTE} with entries). Save the feed's page itself as HTML."
        )
    by_day: dict[date | None, list[object]] = defaultdict(list)
    for raw in found.entries:
        by_day[own_day(raw) or found.day or name.day].append(raw)
    unlisted, problems, notes = _without_day(by_day.pop(None, []), name.path)
    pages = [normalise_page(by_day[day], day) for day in sorted(day for day in by_day if day)]
    unknown: Counter[str] = Counter()
    for page in pages:
        unknown.update(page.unknown_fields)
    day = max((*(page.day for page in pages), *([found.day] if found.day else ())), default=name.day)
    return SavedPage(
        kind="the feed's page as HTML",
        days=tuple(pages),
        unlisted=unlisted,
        day=day,
        # A page that shows a day was saved on it or later; it says no more than that.
        observed=name.moment or (day.isoformat() if day else ""),
        problems=(*(problem for page in pages for problem in page.problems), *problems),
        notes=(*(note for page in pages for note in page.notes), *notes),
        unknown_fields=dict(unknown),
    )


def _without_day(
    raw: Sequence[object], path: str
) -> tuple[tuple[Entry, ...], tuple[Problem, ...], tuple[Problem, ...]]:
    entries: dict[str, Entry] = {}
    problems: list[Problem] = []
    notes: list[Problem] = []
    for position, each in enumerate(raw, start=1):
        outcome, remarks = normalise_entry(each, None, f"{path}, entry {position} without a day")
        notes += remarks
        if isinstance(outcome, Problem):
            problems.append(outcome)
        else:
            entries.setdefault(outcome.paper.id, outcome)
    return tuple(entries.values()), tuple(problems), tuple(notes)


def _find_list(text: str) -> _List | None:
    """The list under the feed's own key, else the longest one of entries."""
    lists = list(_lists(text))
    named = [found for is_named, found in lists if is_named]
    candidates = named or [found for _, found in lists]
    return max(candidates, key=lambda found: len(found.entries), default=None)


def _lists(text: str) -> Iterator[tuple[bool, _List]]:
    for match in _PROPS.finditer(text):
        try:
            root = json.loads(unescape(match["value"][1:-1]))
        except (ValueError, RecursionError):
            continue
        outer = _day_of(root)
        todo: list[tuple[str, object, object]] = [("", root, root)]
        while todo:
            key, value, holder = todo.pop()
            if isinstance(value, dict):
                todo += [(name, each, value) for name, each in value.items()]
            elif isinstance(value, list):
                if key == _LIST or any(map(_is_entry, value)):
                    yield key == _LIST, _List(value, _day_of(holder) or outer)
                else:
                    todo += [("", each, holder) for each in value]


def _is_entry(value: object) -> bool:
    paper = value.get("paper") if isinstance(value, dict) else None
    return isinstance(paper, dict) and "id" in paper


def _day_of(holder: object) -> date | None:
    """The day that an object with a list says it is of; None where it is of a week or a month, or silent."""
    if not isinstance(holder, dict) or holder.get("periodType") not in _DAILY:
        return None
    return next((day for key in _DAY_KEYS if (day := read_day(holder.get(key)))), None)
