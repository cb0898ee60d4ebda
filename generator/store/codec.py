"""A paper as the text of its Markdown file, and back. Pure: text in, text out.

The file is YAML front matter between two lines of `---`, then the abstract as Markdown. Fields that are
empty are not written. `note` is the owner's own and is never read.
"""

from __future__ import annotations

import difflib
import re
from datetime import date, datetime
from typing import Any

import yaml

from generator.errors import ContentError, Problem
from generator.model.paper import PAPER_ID, Organization, Paper

FIELDS = (
    "id", "title", "authors", "author_count", "published", "days", "submitted_by", "organization",
    "keywords", "categories", "summary", "github", "project", "topics", "not_topics",
)  # fmt: skip
"""The keys of the front matter, in the order in which they are written."""

_ATTRIBUTES = {"topics": "pinned_topics", "not_topics": "forbidden_topics"}
_LISTS = {"authors", "keywords", "categories", "topics", "not_topics"}
_LINES = {"submitted_by", "summary", "github", "project"}
_OWNERS = {"note"}
_FENCE = "---"
_CONFLICT = re.compile(r"^(<{7}|>{7}|\|{7})( |$)", re.MULTILINE)
_TOP_KEY = re.compile(r"^([A-Za-z_]\w*):", re.MULTILINE)
_BEYOND_BMP = re.compile("[\U00010000-\U0010ffff]")


def encode(paper: Paper) -> str:
    """The text of the Markdown file of `paper`; `decode` gives back an equal paper."""
    front = _yaml(_values(paper))
    return f"{_FENCE}\n{front}{_FENCE}\n" + (f"{paper.abstract}\n" if paper.abstract else "")


def amend(text: str, stored: Paper, merged: Paper) -> str:
    """`text`, which holds `stored`, changed to hold `merged`: only the lines of fields that differ change.

    Whatever a hand wrote elsewhere (comments, order, quotes, the owner's own keys) stays to the letter.
    """
    front, body = _split(text, "")
    lines = front.splitlines(keepends=True)
    old, new = _values(stored), _values(merged)
    spans = _spans(front)
    for key in sorted(spans, key=lambda name: spans[name], reverse=True):
        if key in FIELDS and old.get(key) != new.get(key):
            first, last = spans[key]
            lines[first:last] = [_yaml({key: new[key]})] if key in new else []
    for key in FIELDS:
        if key in new and key not in spans:
            lines.insert(_place(key, "".join(lines)), _yaml({key: new[key]}))
    if stored.abstract != merged.abstract:
        body = f"{merged.abstract}\n" if merged.abstract else ""
    return f"{_FENCE}\n{''.join(lines)}{_FENCE}\n{body}"


def decode(text: str, where: str) -> Paper:
    """The paper in the text of a Markdown file; `where` is the file's path, for messages.

    Raises ContentError with every problem found, each with its line.
    """
    conflict = _CONFLICT.search(text)
    if conflict:
        line = text.count("\n", 0, conflict.start()) + 1
        raise _error(where, line, "has the marks of a merge that was never finished; choose a side.")
    front, body = _split(text, where)
    keys = _TOP_KEY.findall(front)
    if len(set(keys)) != len(keys):
        twice = next(key for index, key in enumerate(keys) if key in keys[:index])
        raise _error(where, _line_of(front, twice, last=True), f"{twice!r} stands here a second time.")
    try:
        values = yaml.load(front, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        what = getattr(error, "problem", None) or "unreadable"
        raise _error(where, line, f"is not YAML: {what}.") from None
    except ValueError as error:
        raise _error(where, _bad_date_line(front), f"is no date: {error}.") from None
    if not isinstance(values, dict):
        raise _error(where, 2, "the front matter must be lines of `key: value`.")
    return _paper(values, body.strip("\n"), front, where)


def _paper(values: dict[Any, Any], abstract: str, front: str, where: str) -> Paper:
    problems: list[Problem] = []

    def wrong(key: str, what: str) -> None:
        problems.append(Problem(f"{where}:{_line_of(front, key)}", f"{key} {what}"))

    given: dict[str, Any] = {"abstract": abstract}
    withheld = set()
    for key, value in values.items():
        if key in _OWNERS:
            continue
        if key not in FIELDS:
            near = difflib.get_close_matches(str(key), FIELDS, n=1)
            hint = f"did you mean {near[0]}?" if near else "a remark of your own belongs under `note:`."
            wrong(str(key), f"is no field of a paper; {hint}")
        elif value is None or value == "" or value == []:
            withheld.add(key)
        else:
            try:
                given[_ATTRIBUTES.get(key, key)] = _field(key, value)
            except ValueError as error:
                wrong(key, str(error))
    for key in ("id", "title"):
        if key not in given and not any(problem.what.startswith(key) for problem in problems):
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
            raise ValueError(f"must be text; put it in quotes: {value!r}.")
        if "\n" in value:
            raise ValueError("must be one line.")
        return value
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
            raise ValueError(f"must be a whole number from 1 up, not {value!r}.")
        return value
    return _organization(value)


def _strings(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ValueError("must be a list, such as [One, Two].")
    for item in value:
        if not isinstance(item, str):
            raise ValueError(f"must hold text only; put this in quotes: {item!r}.")
    return tuple(value)


def _date(value: Any) -> date:
    if isinstance(value, datetime):
        return value.date()
    if not isinstance(value, date):
        raise ValueError(f"must be a date such as 2025-11-07, without quotes, not {value!r}.")
    return value


def _organization(value: Any) -> Organization:
    if isinstance(value, str):
        return Organization(value, value)
    if isinstance(value, dict) and set(value) <= {"name", "fullname"} and isinstance(value.get("name"), str):
        fullname = value.get("fullname", value["name"])
        if isinstance(fullname, str):
            return Organization(value["name"], fullname)
    raise ValueError("must look like {name: nvidia, fullname: NVIDIA}.")


def _values(paper: Paper) -> dict[str, Any]:
    """The front matter of `paper` as plain values, in order, without what is empty."""
    values: dict[str, Any] = {}
    for key in FIELDS:
        value = getattr(paper, _ATTRIBUTES.get(key, key))
        if key in paper.withheld and not value:
            values[key] = None
        elif isinstance(value, Organization):
            values[key] = {"name": value.name, "fullname": value.fullname}
        elif key == "days":
            values[key] = list(value)
        elif value not in (None, (), ""):
            values[key] = list(value) if isinstance(value, tuple) else value
    return values


class _Quoted(str):
    """A string that is always written in double quotes."""


class _Front(dict[str, Any]):
    """The front matter itself: a line a key, while the collections in it stand in brackets."""


class _Dumper(yaml.CSafeDumper):
    """Writes front matter as people do."""


class _WideDumper(yaml.SafeDumper):
    """The same for text beyond the basic plane (emoji), which libyaml would spell as escapes."""


for _dumper in (_Dumper, _WideDumper):
    _dumper.add_representer(
        _Quoted, lambda dumper, value: dumper.represent_scalar("tag:yaml.org,2002:str", str(value), style='"')
    )
    _dumper.add_representer(
        _Front,
        lambda dumper, value: dumper.represent_mapping("tag:yaml.org,2002:map", value, flow_style=False),
    )


def _yaml(values: dict[str, Any]) -> str:
    """The lines of `values`: lists and mappings in brackets, each value on one line."""
    front = _Front(values)
    if "id" in front:
        front["id"] = _Quoted(front["id"])
    wide = _BEYOND_BMP.search(repr(values))
    return yaml.dump(
        front, Dumper=_WideDumper if wide else _Dumper,
        default_flow_style=True, allow_unicode=True, sort_keys=False, width=1 << 30,
    )  # fmt: skip


def _split(text: str, where: str) -> tuple[str, str]:
    """Front matter and body of a file's text, without the fences."""
    if not text.startswith(f"{_FENCE}\n"):
        raise _error(where, 1, f"must begin with a line of {_FENCE}.")
    front, fence, body = text[len(_FENCE) + 1 :].partition(f"\n{_FENCE}\n")
    if not fence and text.endswith(f"\n{_FENCE}"):
        front, fence, body = text[len(_FENCE) + 1 : -len(_FENCE) - 1], _FENCE, ""
    if not fence:
        raise _error(where, 1, f"the front matter is not closed by a second line of {_FENCE}.")
    return front + "\n", body


def _spans(front: str) -> dict[str, tuple[int, int]]:
    """First line of each top-level key, and the line after its last, counted from 0."""
    node = yaml.compose(front, Loader=yaml.CSafeLoader)
    if not isinstance(node, yaml.MappingNode):
        return {}
    return {
        key.value: (key.start_mark.line, max(_end(value), key.start_mark.line + 1))
        for key, value in node.value
    }


def _end(node: yaml.Node) -> int:
    """The line after the last of `node`. A block's own mark lies past the comments that follow it."""
    children = node.value if isinstance(node, yaml.CollectionNode) and not node.flow_style else None
    if children:
        last = children[-1]
        return _end(last[1] if isinstance(last, tuple) else last)
    mark = node.end_mark
    return mark.line + (1 if mark.column else 0)


def _place(key: str, front: str) -> int:
    """Where the lines of a new `key` go: before the first field that comes after it."""
    spans = _spans(front)
    later = [spans[name][0] for name in FIELDS[FIELDS.index(key) + 1 :] if name in spans]
    return min(later, default=front.count("\n"))


def _line_of(front: str, key: str, *, last: bool = False) -> int:
    """The line in the file where `key` stands, 1 where it does not."""
    found = [number for number, line in enumerate(front.split("\n"), 2) if line.startswith(f"{key}:")]
    return (found[-1] if last else found[0]) if found else 1


def _bad_date_line(front: str) -> int:
    for number, line in enumerate(front.split("\n"), 2):
        for text in re.findall(r"\d{4}-\d\d?-\d\d?", line):
            try:
                date(*map(int, text.split("-")))
            except ValueError:
                return number
    return 2


def _error(where: str, line: int, what: str) -> ContentError:
    return ContentError([Problem(f"{where}:{line}", what)])
