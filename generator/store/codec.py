"""A paper as the text of its Markdown file, and back. Pure: text in, text out.

The file is YAML front matter between two lines of `---`, then the abstract as Markdown. Fields that are
empty are not written. `note` is the owner's own and is never read.
"""

from __future__ import annotations

import difflib
import reprlib
from datetime import date, datetime
from typing import Any

from generator.errors import ContentError, Problem
from generator.model.paper import PAPER_ID, Organization, Paper
from generator.store import canonical, front_matter
from generator.store.canonical import YEARS
from generator.store.front_matter import FENCE, FrontMatter, Quoted, is_printable

FIELDS = (
    "id", "title", "authors", "author_count", "published", "days", "submitted_by", "organization",
    "keywords", "categories", "doi", "journal_ref", "summary", "github", "project", "topics",
    "not_topics",
)  # fmt: skip
"""The keys of the front matter, in the order in which they are written."""

_ATTRIBUTES = {"topics": "pinned_topics", "not_topics": "forbidden_topics"}
_LISTS = {"authors", "keywords", "categories", "topics", "not_topics"}
_LINES = {"submitted_by", "doi", "journal_ref", "summary", "github", "project"}
_OWNERS = {"note"}


def encode(paper: Paper) -> str:
    """The text of the Markdown file of `paper`; `decode` gives back an equal paper."""
    return _text(front_matter.dump(_values(paper)), paper.abstract)


def amend(text: str, stored: Paper, merged: Paper) -> str:
    """`text`, which holds `stored`, changed to hold `merged`: only the lines of fields that differ change.

    Whatever a hand wrote elsewhere (comments, order, quotes, the owner's own keys) stays to the letter.
    Only where lines cannot be exchanged (all fields on one line, anchors) is the front matter written anew,
    with the owner's own keys and without the comments.
    """
    if stored == merged:
        return text
    front, body = front_matter.split(text, "")
    if stored.abstract != merged.abstract:
        body = f"{merged.abstract}\n" if merged.abstract else ""
    try:
        amended = f"{FENCE}\n{_amend_lines(front, _values(stored), _values(merged))}{FENCE}\n{body}"
        if decode(amended, "") == merged:
            return amended
    except ContentError:
        pass
    theirs = {key: value for key, value in front_matter.load(front, "").values.items() if key in _OWNERS}
    return _text(front_matter.dump({**_values(merged), **theirs}), merged.abstract)


def decode(text: str, where: str) -> Paper:
    """The paper in the text of a Markdown file; `where` is the file's path, for messages.

    Raises ContentError with every problem found, each with its line.
    """
    front, body = front_matter.split(text, where)
    abstract = body.strip("\n")
    return canonical.read(front, abstract) or _paper(front_matter.load(front, where), abstract, where)


def line_of(text: str, key: str) -> int:
    """The line on which `key` stands in the `text` of a file that can be read; 1 where it does not."""
    return front_matter.load(front_matter.split(text, "")[0], "").lines.get(key, 1)


def _text(front: str, abstract: str) -> str:
    return f"{FENCE}\n{front}{FENCE}\n" + (f"{abstract}\n" if abstract else "")


def _amend_lines(front: str, old: dict[str, Any], new: dict[str, Any]) -> str:
    lines = front.splitlines(keepends=True)
    spans = front_matter.spans(front)
    differing = {key for key in FIELDS if old.get(key) != new.get(key)}
    for key in sorted(differing & set(spans), key=lambda name: spans[name].first, reverse=True):
        span = spans[key]
        fresh = front_matter.dump({key: new[key]}).replace("\n", f"{span.remark}\n") if key in new else ""
        lines[span.first : span.after] = [fresh] if fresh else []
    for key in FIELDS:
        if key in differing and key in new and key not in spans:
            lines.insert(_place(key, "".join(lines)), front_matter.dump({key: new[key]}))
    return "".join(lines)


def _place(key: str, front: str) -> int:
    """Where the line of a new `key` goes: after the nearest field that is written before it."""
    spans = front_matter.spans(front)
    earlier = [spans[name].after for name in FIELDS[: FIELDS.index(key)] if name in spans]
    return earlier[-1] if earlier else 0


def _paper(front: FrontMatter, abstract: str, where: str) -> Paper:
    problems: list[Problem] = []

    def wrong(key: str, what: str) -> None:
        problems.append(Problem(f"{where}:{front.lines.get(key, 1)}", f"{key} {what}"))

    given: dict[str, Any] = {"abstract": abstract}
    withheld = set()
    for key, value in front.values.items():
        if key in _OWNERS:
            continue
        if key not in FIELDS:
            near = difflib.get_close_matches(key, FIELDS, n=1)
            hint = f"did you mean {near[0]}?" if near else "a remark of your own belongs under `note:`."
            wrong(key, f"is no field of a paper; {hint}")
        elif value in (None, "", [], {}):
            withheld.add(key)
        else:
            try:
                given[_ATTRIBUTES.get(key, key)] = _field(key, value)
            except ValueError as error:
                wrong(key, str(error))
    for key in ("id", "title"):
        if key not in given and not any(problem.what.startswith(f"{key} ") for problem in problems):
            wrong(key, "is missing.")
    if not problems and not given.get("days") and not given.get("published"):
        wrong("published", "is missing, and so is days: without either the paper stands on no day.")
    if problems:
        raise ContentError(problems)
    return Paper(**given, withheld=frozenset(withheld - {"id", "title", "days"}))


def _field(key: str, value: Any) -> Any:
    """`value` as the model wants it. Raises ValueError with the end of a sentence that the key begins."""
    if key == "id":
        if not isinstance(value, str) or not PAPER_ID.fullmatch(value):
            raise ValueError('must be an id such as "2511.04670", in quotes.')
        return value
    if key == "title" or key in _LINES:
        if not isinstance(value, str):
            raise ValueError(f"must be text; put it in quotes: {reprlib.repr(value)}.")
        if key == "title" and not value.strip():
            raise ValueError("is missing.")
        return _one_line(value)
    if key in _LISTS:
        return _strings(value)
    if key == "published":
        return _date(value)
    if key == "days":
        if not isinstance(value, list):
            raise ValueError("must be a list of dates, such as [2025-11-07].")
        return tuple(sorted({_date(item) for item in value}))
    if key == "author_count":
        if type(value) is not int or value < 1:
            raise ValueError(f"must be a whole number from 1 up, not {reprlib.repr(value)}.")
        return value
    return _organization(value)


def _strings(value: Any) -> tuple[str, ...]:
    """The texts of a list; one of white space alone is none."""
    if not isinstance(value, list):
        raise ValueError("must be a list, such as [One, Two].")
    for item in value:
        if not isinstance(item, str):
            raise ValueError(f"must hold text only; put this in quotes: {reprlib.repr(item)}.")
    return tuple([_one_line(item) for item in value if item.strip()])


def _one_line(value: str) -> str:
    if "\n" in value or "\r" in value:
        raise ValueError("must be one line.")
    if not is_printable(value):
        raise ValueError("holds a control character, which no page can show; remove it.")
    if not value.strip():
        raise ValueError("holds nothing but white space; leave it out.")
    return value


def _date(value: Any) -> date:
    if not isinstance(value, date):
        raise ValueError(f"must be a date such as 2025-11-07, without quotes, not {reprlib.repr(value)}.")
    if value.year not in YEARS:
        raise ValueError(f"must be a date from {YEARS[0]} to {YEARS[-1]}, not {value}.")
    return value.date() if isinstance(value, datetime) else value


def _organization(value: Any) -> Organization:
    if isinstance(value, str):
        return Organization(_one_line(value), value)
    if isinstance(value, dict) and set(value) <= {"name", "fullname"} and isinstance(value.get("name"), str):
        fullname = value.get("fullname", value["name"])
        if isinstance(fullname, str):
            return Organization(_one_line(value["name"]), _one_line(fullname))
    raise ValueError("must look like {name: nvidia, fullname: NVIDIA}.")


def _values(paper: Paper) -> dict[str, Any]:
    """The front matter of `paper` as plain values, in order, without what is empty."""
    values: dict[str, Any] = {}
    for key in FIELDS:
        value = getattr(paper, _ATTRIBUTES.get(key, key))
        if key == "id":
            values[key] = Quoted(value)
        elif key in paper.withheld and not value:
            values[key] = None
        elif isinstance(value, Organization):
            values[key] = {"name": value.name, "fullname": value.fullname}
        elif key == "days":
            values[key] = list(value)
        elif value not in (None, (), ""):
            values[key] = list(value) if isinstance(value, tuple) else value
    return values
