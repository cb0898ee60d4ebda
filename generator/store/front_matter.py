"""The YAML between two lines of `---`, with the line of all that stands in it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from generator.errors import ContentError, Problem

FENCE = "---"

_CONFLICT = re.compile(r"^(<{7}|>{7}|\|{7})( |$)", re.MULTILINE)
_CONFLICT_MARKS = ("<<<<<<<", ">>>>>>>", "|||||||")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_UNICODE_BREAK = re.compile("[\x85\u2028\u2029]")
_BEYOND_BMP = re.compile("[\U00010000-\U0010ffff]")
_NO_VALUE = (ValueError, LookupError, AttributeError, TypeError, OverflowError)
"""What PyYAML raises, apart from its own errors, for a value that is not what it looks like: `2025-13-45`."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The values by key, and the line of each key in the file, counted from 1."""

    values: Mapping[str, Any]
    lines: Mapping[str, int]


def split(text: str, where: str) -> tuple[str, str]:
    """Front matter and body of a file's text, without the fences. Raises ContentError."""
    check_text(text, where)
    if not text.startswith(f"{FENCE}\n"):
        raise ContentError([Problem(f"{where}:1", f"must begin with a line of {FENCE}.")])
    front, fence, body = text[len(FENCE) + 1 :].partition(f"\n{FENCE}\n")
    if not fence and text.endswith(f"\n{FENCE}"):
        front, fence, body = text[len(FENCE) + 1 : -len(FENCE) - 1], FENCE, ""
    if not fence:
        what = f"the front matter is not closed by a second line of {FENCE}."
        raise ContentError([Problem(f"{where}:1", what)])
    return front + "\n", body


def check_text(text: str, where: str) -> None:
    """Raise ContentError where `text` has the marks of a merge, or characters that no page can show."""
    if not any(mark in text for mark in _CONFLICT_MARKS) and text.replace("\n", "").isprintable():
        return
    for pattern, what in (
        (_CONFLICT, "has the marks of a merge that was never finished; choose a side."),
        (_UNPRINTABLE, "holds a control character, which no page can show; remove it."),
    ):
        found = pattern.search(text)
        if found:
            raise ContentError([Problem(f"{where}:{text.count(chr(10), 0, found.start()) + 1}", what)])


def is_printable(text: str) -> bool:
    """Whether pages and feeds can show `text`; YAML can spell what they cannot, such as `"\\0"`."""
    return not _UNPRINTABLE.search(text)


def load(front: str, where: str) -> FrontMatter:
    """What `front` says; `where` is the file's path. Raises ContentError with every problem found."""
    loader = yaml.CSafeLoader(front)
    try:
        node = loader.get_single_node()
        if not isinstance(node, yaml.MappingNode):
            raise ContentError([Problem(f"{where}:2", "the front matter must be lines of `key: value`.")])
        lines: dict[str, int] = {}
        problems: list[Problem] = []
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise ContentError([Problem(f"{where}:{_line(key)}", "a key must be a plain word.")])
            if key.value in lines:
                problems.append(Problem(f"{where}:{_line(key)}", f"{key.value!r} stands here a second time."))
            lines[key.value] = _line(key)
        values = _values(loader, node, where, problems)
        if problems:
            raise ContentError(problems)
        return FrontMatter(values, lines)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or "unreadable"
        place = f"{where}:{mark.line + 2 if mark else 1}"
        raise ContentError([Problem(place, f"is not YAML: {what}.")]) from None
    except RecursionError:
        raise ContentError([Problem(f"{where}:2", "has too many brackets in brackets.")]) from None
    finally:
        loader.dispose()


def _construct(loader: yaml.CSafeLoader, node: yaml.Node) -> Any:
    """The value of `node`. After one that fails, the loader is as it was, and can be asked for another."""
    try:
        return loader.construct_document(node)
    except Exception:
        loader.constructed_objects, loader.recursive_objects = {}, {}
        loader.state_generators, loader.deep_construct = [], False
        raise


def _values(
    loader: yaml.CSafeLoader, node: yaml.MappingNode, where: str, problems: list[Problem]
) -> Mapping[str, Any]:
    """The values by key as it is written (`no` is no truth value); a key with a bad one is a problem more."""
    try:
        whole = _construct(loader, node)
        if type(whole) is dict and (problems or all(type(key) is str for key in whole)):
            return whole
    except _NO_VALUE:
        pass
    values: dict[str, Any] = {}
    for key, value in node.value:
        try:
            values[str(key.value)] = _construct(loader, value)
        except _NO_VALUE:
            problems.append(_no_value(loader, value, where, str(key.value)))
    return values


def _no_value(loader: yaml.CSafeLoader, node: yaml.Node, where: str, key: str) -> Problem:
    """The problem of a value that cannot be constructed: of the innermost one, on its own line."""
    for child in _children(node):
        try:
            _construct(loader, child)
        except _NO_VALUE:
            return _no_value(loader, child, where, key)
    kind = "date" if node.tag == "tag:yaml.org,2002:timestamp" else "value"
    what = f"{key} has {str(node.value)[:60]!r}, which is no {kind}; mend it, or put quotes around it."
    return Problem(f"{where}:{_line(node)}", what)


def _children(node: yaml.Node) -> Iterator[yaml.Node]:
    if isinstance(node, yaml.SequenceNode):
        yield from node.value
    elif isinstance(node, yaml.MappingNode):
        for pair in node.value:
            yield from pair


def _line(node: yaml.Node) -> int:
    """The line of the file where `node` begins: after the first fence, counted from 1."""
    return int(node.start_mark.line) + 2


class Quoted(str):
    """A string that is always written in double quotes."""


class _Front(dict[str, Any]):
    """The front matter itself: a line a key, while the collections in it stand in brackets."""


class _Dumper(yaml.CSafeDumper):
    """Writes front matter as people do."""


class _WideDumper(yaml.SafeDumper):
    """The same for text beyond the basic plane (emoji), which libyaml would spell as escapes."""


def _represent_text(dumper: Any, text: str) -> yaml.Node:
    # Outside of double quotes YAML would end a line at the breaks that only Unicode knows, and fold them.
    quoted = isinstance(text, Quoted) or _UNICODE_BREAK.search(text)
    node: yaml.Node = dumper.represent_scalar(
        "tag:yaml.org,2002:str", str(text), style='"' if quoted else None
    )
    return node


for _dumper in (_Dumper, _WideDumper):
    _dumper.add_representer(str, _represent_text)
    _dumper.add_representer(Quoted, _represent_text)
    _dumper.add_representer(
        _Front,
        lambda dumper, value: dumper.represent_mapping("tag:yaml.org,2002:map", value, flow_style=False),
    )


def dump(values: Mapping[str, Any]) -> str:
    """The lines of `values`: lists and mappings in brackets, each value on one line."""
    wide = _BEYOND_BMP.search(repr(values))
    return yaml.dump(
        _Front(values), Dumper=_WideDumper if wide else _Dumper,
        default_flow_style=True, allow_unicode=True, sort_keys=False, width=1 << 30,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Span:
    """Where a key and its value stand: the first line, the line after the last, counted from 0."""

    first: int
    after: int
    remark: str
    """The comment that ends the last line, with the white space before it; most often empty."""


def spans(front: str) -> dict[str, Span]:
    """The span of each top-level key, in the order of the file. Raises ContentError where it is not YAML."""
    try:
        node = yaml.compose(front, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise ContentError([Problem("", f"is not YAML: {error}.")]) from None
    lines = front.splitlines()
    found = {}
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        mark = _end(value)
        after = max(mark.line + (1 if mark.column else 0), key.start_mark.line + 1)
        rest = lines[after - 1][mark.column :] if mark.line == after - 1 else ""
        found[key.value] = Span(key.start_mark.line, after, rest if rest.lstrip().startswith("#") else "")
    return found


def _end(node: yaml.Node) -> Any:
    """The mark after the last of `node`. A block's own mark lies past the comments that follow it."""
    children = node.value if isinstance(node, yaml.CollectionNode) and not node.flow_style else None
    if children:
        last = children[-1]
        return _end(last[1] if isinstance(last, tuple) else last)
    return node.end_mark
