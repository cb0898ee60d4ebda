"""A saved answer of the feed's interface: an array of entries, as JSON. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from generator.errors import NotAPage, Problem
from generator.feed.answer import Answer, parse_answer, reason_given
from generator.feed.normalise import normalise_page
from generator.feed.saved_page import FileName, SavedPage, own_day
from generator.feed.text import kind, quoted

_PRINTED = ("{'", '{"')
"""How an entry begins that Python has printed."""


def parse_saved_json(data: bytes, name: FileName) -> SavedPage:
    """The page in `data`: of the day that the file's name says, else of the one on which all entries agree.

    Raises NotAPage with what the file holds instead, and what to do.
    """
    try:
        answer = parse_answer(data, name.path)
    except NotAPage as error:
        what = _what_it_is(data)
        raise NotAPage(f"{name.path}: {what}. {_ask(name.day)}" if what else str(error)) from None
    day = name.day or _agreed_day(answer, name.path)
    page = replace(normalise_page(answer.entries, day), whole=answer.whole)
    return SavedPage(
        kind="the feed's answer",
        days=(page,),
        day=day,
        observed=name.moment or day.isoformat(),
        problems=(*answer.problems, *page.problems),
        notes=(*answer.notes, *_disagreement(answer, day, name.path), *page.notes),
        unknown_fields=page.unknown_fields,
    )


def _agreed_day(answer: Answer, path: str) -> date:
    if not answer.entries:
        what = "an empty array, and its name has no date, so it says of no day that it lists nothing"
        raise NotAPage(f"{path}: {what}. Name it after the day that was asked for: YYYY-MM-DD.json.")
    days = {own_day(entry) for entry in answer.entries if _is_entry(entry)}
    if len(days) == 1 and (day := days.pop()):
        return day
    what = (
        "its name has no date, and its entries do not tell the day (submittedOnDailyAt)"
        if not days - {None}
        else "its name has no date, and its entries are not all of one day (submittedOnDailyAt)"
    )
    raise NotAPage(f"{path}: {what}. Name it after the day that it lists: YYYY-MM-DD.json.")


def _disagreement(answer: Answer, day: date, path: str) -> Iterable[Problem]:
    said = {own_day(entry) for entry in answer.entries} - {None, day}
    if said:
        days = ", ".join(sorted(map(str, said))[:3])
        yield Problem(path, f"some of its entries say that they were listed on {days}; its name counts")


def _is_entry(raw: object) -> bool:
    return isinstance(raw, dict) and isinstance(raw.get("paper"), dict)


def _what_it_is(data: bytes) -> str:
    """What stands in the file where a page should, as part of a sentence; empty where that is unclear."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return ""
    if _is_printed(value):
        return "an array of texts in which Python printed the entries (repr), which is not JSON"
    if isinstance(value, list) and value:
        return f"an array that begins with {kind(value[0])}, not an array of entries"
    if not isinstance(value, dict):
        return f"{kind(value)}, not an array of entries"
    for key, each in value.items():
        if _is_printed(each):
            return (
                f"an object whose {quoted(key)} holds texts in which Python printed the entries (repr), "
                "which is not JSON"
            )
    said = reason_given(data)
    keys = ", ".join(quoted(key) for key in list(value)[:5])
    says = f"it says {said}" if said else f"its keys are {keys}" if keys else "it is empty"
    return f"an object, not an array of entries; {says}"


def _is_printed(value: object) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(each, str) and each.lstrip().startswith(_PRINTED) for each in value)
    )


def _ask(day: date | None) -> str:
    return f"To have that day, ask the feed: papers snapshot --day {day or 'YYYY-MM-DD'}"
