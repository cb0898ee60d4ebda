"""What a site is made of: its files by kind, counted and weighed."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_CALENDAR = {"date": "days", "week": "weeks", "month": "months", "year": "years"}


@dataclass(slots=True)
class Heap:
    """Files of one kind."""

    files: int = 0
    size: int = 0
    """Bytes."""

    def add(self, size: int) -> None:
        self.files += 1
        self.size += size


def kind_of(path: str) -> str:
    """The kind of the file at `path` in site/: `papers`, `days`, `topic months`, `feeds of topics`; for what
    is not a page, the folder and the ending: `papers, .md`."""
    first, *rest = path.split("/")
    ending = os.path.splitext(path)[1]  # noqa: PTH122
    if not rest:
        return "the top"
    if first in ("search", "assets"):
        return first
    if first == "feeds":
        return f"feeds of {rest[0]}" if len(rest) > 1 else "feeds"
    calendar = _CALENDAR.get(rest[0], "") if first == "papers" else ""
    if calendar:
        return calendar if ending == ".html" else f"{calendar}, {ending}"
    if first == "topics" and len(rest) == 3:
        return "topic months"
    return first if ending == ".html" else f"{first}, {ending}"


def files_of(folder: Path) -> Iterator[tuple[str, int]]:
    """Path and bytes of every file in `folder` and below it."""
    for parent, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(parent, name)  # noqa: PTH118
            yield os.path.relpath(path, folder).replace(os.sep, "/"), os.path.getsize(path)  # noqa: PTH202


def heaps(folder: Path, *, since: int = 0) -> dict[str, Heap]:
    """The files of a site by kind, the heaviest first; only those written `since` a moment (ns, POSIX)."""
    found: dict[str, Heap] = defaultdict(Heap)
    for path, size in files_of(folder):
        if not since or (folder / path).stat().st_mtime_ns >= since:
            found[kind_of(path)].add(size)
    return dict(sorted(found.items(), key=lambda each: -each[1].size))


def pages(folder: Path) -> int:
    """How many HTML files stand in `folder`."""
    return sum(path.endswith(".html") for path, _ in files_of(folder))
