"""The short way through front matter: exactly the shape in which this program writes it, a line a key.

It is a small part of YAML 1.1, each form of which means the same to the YAML library. Whatever else a line
holds, a comment or a block or one character that is not plainly text, is none of this module's business: the
answer is None, and the library reads the whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import yaml

from generator.model.paper import PAPER_ID, Organization, Paper

YEARS = range(1900, 2101)
"""The years in which a date may lie."""

_MEANINGS: Mapping[str, list[tuple[str, re.Pattern[str]]]] = yaml.CSafeLoader.yaml_implicit_resolvers
"""By the first character of a plain scalar: the patterns of those that are no text, such as `no`, `1984`."""
_SINGLE, _DOUBLE = r"'(?:[^']|'')*'", r'"[^"\\]*"'
_ITEM = re.compile(rf"{_SINGLE}|{_DOUBLE}|[^\W_](?:[^,\[\]{{}}:#?]*[^,\[\]{{}}:#? ])?")
"""One scalar between brackets, a plain one without anything that could end it."""
_QUOTED = re.compile(rf"{_SINGLE}|{_DOUBLE}")
_ID = re.compile(rf'"({PAPER_ID.pattern})"')
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_COUNT = re.compile(r"[1-9][0-9]{0,8}")
_ORGANIZATION = re.compile(rf"\{{name: ({_ITEM.pattern}), fullname: ({_ITEM.pattern})\}}")


class _Other(Exception):
    """This is not the shape that we write."""


def read(front: str, abstract: str) -> Paper | None:
    """The paper in the lines of `front`, each with its end; None where only the library can tell."""
    if not front.replace("\n", "").isprintable():
        return None
    given: dict[str, Any] = {"abstract": abstract}
    withheld = []
    try:
        for line in front[:-1].split("\n"):
            key, _, value = line.partition(": ")
            attribute, parse = _FIELDS[key]
            if attribute in given:
                return None
            if value == "null" and key not in _NEVER_WITHHELD:
                withheld.append(key)
                given[attribute] = _EMPTY.get(attribute)
            else:
                given[attribute] = parse(value)
        if not given["id"] or not given["title"] or not (given.get("days") or given.get("published")):
            return None
    except (_Other, LookupError, ValueError):
        return None
    return Paper(**given, withheld=frozenset(withheld))


def _id(value: str) -> str:
    found = _ID.fullmatch(value)
    if not found:
        raise _Other
    return found[1]


def _text(value: str) -> str:
    """A scalar that is a line of its own: there, only these end a plain one."""
    if value[0].isalnum():
        if ": " in value or " #" in value or value[-1] in ": ":
            raise _Other
        return _plain(value)
    if len(value) < 3 or not _QUOTED.fullmatch(value):
        raise _Other
    return _unquoted(value)


def _texts(value: str) -> tuple[str, ...]:
    """Scalars between brackets, a comma and one space between two."""
    inner = value[1:-1]
    items = _ITEM.findall(inner)
    if not items or value != f"[{', '.join(items)}]":
        raise _Other
    return tuple(map(_item, items))


def _item(value: str) -> str:
    return _unquoted(value) if value[0] in "'\"" else _plain(value)


def _plain(value: str) -> str:
    for _, pattern in _MEANINGS.get(value[0], ()):
        if pattern.match(value):
            raise _Other
    return value


def _unquoted(value: str) -> str:
    inner = value[1:-1]
    if not inner or inner.isspace():
        raise _Other
    return inner.replace("''", "'") if value[0] == "'" else inner


def _date(value: str) -> date:
    if not _DATE.fullmatch(value):
        raise _Other
    day = date.fromisoformat(value)
    if day.year not in YEARS:
        raise _Other
    return day


def _days(value: str) -> tuple[date, ...]:
    if value[0] != "[" or value[-1] != "]":
        raise _Other
    return tuple(sorted({_date(item) for item in value[1:-1].split(", ")}))


def _count(value: str) -> int:
    if not _COUNT.fullmatch(value):
        raise _Other
    return int(value)


def _organization(value: str) -> Organization:
    found = _ORGANIZATION.fullmatch(value)
    if not found:
        raise _Other
    return Organization(_item(found[1]), _item(found[2]))


_FIELDS: Mapping[str, tuple[str, Callable[[str], Any]]] = {
    "id": ("id", _id),
    "title": ("title", _text),
    "published": ("published", _date),
    "days": ("days", _days),
    "author_count": ("author_count", _count),
    "organization": ("organization", _organization),
    "topics": ("pinned_topics", _texts),
    "not_topics": ("forbidden_topics", _texts),
    **{key: (key, _texts) for key in ("authors", "keywords", "categories")},
    **{key: (key, _text) for key in ("submitted_by", "doi", "journal_ref", "summary", "github", "project")},
}
_NEVER_WITHHELD = frozenset({"id", "title", "days"})
_EMPTY: Mapping[str, Any] = dict.fromkeys(
    ("authors", "keywords", "categories", "pinned_topics", "forbidden_topics"), ()
)
