"""Reads `content/redirects.yml`: the owner's table of addresses that moved, old to new."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from generator.errors import ContentError, Problem

_OLD = re.compile(r"/?(?!\.\.?/)[A-Za-z0-9_~-][A-Za-z0-9._~-]*(/(?!\.\.?(/|$))[A-Za-z0-9._~-]+)*/?")
_NEW = re.compile(
    r"(/?(?![/.])[A-Za-z0-9._~/%-]*|https?://[^\s\"'<>\\^`{|}/][^\s\"<>\\^`{|}]*)(#[^\s\"<>\\^`{|}]*)?"
)


@dataclass(frozen=True, slots=True)
class Moved:
    """An address that moved."""

    old: str
    """Relative to the base path, without a slash before it: `topics/boats/`."""
    new: str
    """The same, or absolute where it leads to another site."""
    where: str
    """The file and line that say so, for messages."""


def read_moved(path: Path) -> tuple[Moved, ...]:
    """The table in the file at `path`, in its order; nothing where there is no file.

    An old address that has no file name ends with a slash, written or not. Raises ContentError with every
    problem found, each with its line.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return ()
    except UnicodeDecodeError:
        raise ContentError([Problem(f"{path}:1", "is not UTF-8 text; save it as UTF-8.")]) from None
    except OSError as error:
        raise ContentError([Problem(str(path), f"cannot be read: {error.strerror}.")]) from None
    problems: list[Problem] = []
    try:
        moved = tuple(_entries(yaml.compose(text, yaml.CSafeLoader), path, problems))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path}:{mark.line + 1}" if mark else str(path)
        what = f"is not YAML: {getattr(error, 'problem', error)}."
        raise ContentError([Problem(where, what)]) from None
    problems += _chains(moved)
    if problems:
        raise ContentError(problems)
    return moved


def _entries(root: yaml.Node | None, path: Path, problems: list[Problem]) -> Iterator[Moved]:
    if root is None or root.tag == "tag:yaml.org,2002:null":
        return
    if not isinstance(root, yaml.MappingNode):
        problems.append(
            Problem(
                f"{path}:1", "must be a list of `old: new` lines, such as `topics/boats/: topics/ships/`."
            )
        )
        return
    seen: set[str] = set()
    for old, new in root.value:
        where = f"{path}:{old.start_mark.line + 1}"
        if not isinstance(old, yaml.ScalarNode) or not _OLD.fullmatch(old.value):
            problems.append(Problem(where, "must begin with an address of this site, such as topics/boats/."))
        elif not isinstance(new, yaml.ScalarNode) or not new.value or not _NEW.fullmatch(new.value):
            problems.append(
                Problem(
                    where,
                    f"{old.value} must lead to an address of this site, or to one with http:// or https://, "
                    "without spaces and quotes.",
                )
            )
        elif (tidy := _tidy(old.value)) in seen:
            problems.append(Problem(where, f"{old.value} stands here a second time; keep one."))
        else:
            seen.add(tidy)
            yield Moved(tidy, new.value if "://" in new.value else new.value.removeprefix("/"), where)


def _tidy(address: str) -> str:
    address = address.removeprefix("/")
    return address if address.endswith("/") or "." in address.rpartition("/")[2] else f"{address}/"


def _chains(moved: tuple[Moved, ...]) -> Iterator[Problem]:
    ends = {each.old: each.new for each in moved}
    for each in moved:
        target = _tidy(each.new.partition("#")[0])
        if "://" not in each.new and target in ends:
            yield Problem(
                each.where, f"{each.old} leads to {each.new}, which moved too; write {ends[target]}."
            )
