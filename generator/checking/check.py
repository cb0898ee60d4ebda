"""Whether a site holds together: every file is read once, in several processes where that pays."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from pathlib import Path

from generator.checking import weights
from generator.checking.addresses import Addresses, Kind
from generator.checking.findings import Counts, Finding, Report
from generator.checking.lists import check_list, is_list
from generator.checking.page import read_page
from generator.checking.pages import Checked, Room, check_page, no_such_place
from generator.checking.weights import Limits
from generator.errors import FolderError, SettingsError
from generator.files import folder_error

_WORTH_FORKING = 400
"""From how many files on workers pay for their start."""
_CHUNK = 100
_SITEMAP = "sitemap.xml"


def check_site(site: Path, base_url: str, *, limits: Limits | None = None, workers: int = 1) -> Report:
    """Check the site in the folder `site` that is to stand at `base_url`.

    Raises FolderError where it cannot be read, SettingsError where there is none.
    """
    limits = limits or Limits()
    sizes = _sizes(site)
    if "index.html" not in sizes:
        raise SettingsError(f"{site}: there is no site, for it has no index.html. To build one: papers build")
    report = Report(Counts(files=len(sizes), bytes=sum(sizes.values()), largest=max(sizes.values())))
    room = Room(Addresses(sizes, base_url), limits, lambda path: _read(site, path))
    stands_elsewhere = _elsewhere(room)
    if stands_elsewhere:
        report.errors.append(stands_elsewhere)
        return report
    checked = Checked()
    for part in _check_files([path for path in sorted(sizes) if _is_read(path)], room, workers):
        checked.add(part)
    report.counts.pages = len(checked.ids)
    report.counts.links = checked.links
    report.counts.anchors = checked.anchor_count
    report.counts.feeds = checked.lists
    report.counts.listed = len(checked.listed)
    report.errors += checked.errors
    report.notes += checked.notes
    report.errors += _missing_places(checked)
    report.errors += weights.of_site(sizes.items(), report.counts, limits)
    if _SITEMAP in sizes:
        report.errors += _sitemap(checked)
    elif checked.indexed:
        report.notes.append(
            Finding("there is no sitemap.xml, so that search engines find pages by links only", "")
        )
    return report


def _is_read(path: str) -> bool:
    return path.endswith(".html") or is_list(path)


def _elsewhere(room: Room) -> Finding | None:
    """The one finding where the site was built to stand somewhere else; all its links would be others."""
    home = read_page(room.read("index.html").decode("utf-8", "replace"))
    for canonical in home.canonicals[:1]:
        target = room.addresses.lead(canonical, "index.html")
        if (target.kind, target.path) != (Kind.FILE, "index.html"):
            return Finding(
                f"was built for {canonical[:120]}, not for {room.addresses.base_url}; say with --base-url "
                "where it will stand, or build it again",
                "",
            )
    return None


def _missing_places(checked: Checked) -> Iterator[Finding]:
    for page, fragment, path, line in checked.anchors:
        if fragment not in checked.ids.get(page, ()):
            yield no_such_place(page, fragment, path, line)


def _sitemap(checked: Checked) -> Iterator[Finding]:
    """Where the sitemap and the pages disagree."""
    listed: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for page, path, line in checked.listed:
        listed[page].append((path, line))
    indexed = set(checked.indexed)
    for page in indexed - set(listed):
        yield Finding("is not in the sitemap; list it, or mark it as noindex", page)
    for page, places in listed.items():
        if page not in indexed:
            yield Finding(f"lists {page}, which is no page for search engines; take it out", *places[0])
        for place in places[1:]:
            yield Finding(f"lists {page} a second time; list it once", *place)


def _check_files(paths: Sequence[str], room: Room, workers: int) -> Iterator[Checked]:
    chunks = [paths[start : start + _CHUNK] for start in range(0, len(paths), _CHUNK)]
    if workers < 2 or len(paths) < _WORTH_FORKING or not sys.platform.startswith("linux"):
        yield from (_check(chunk, room) for chunk in chunks)
        return
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(workers, context, initializer=_inherit, initargs=(room,)) as pool:
        yield from pool.map(_check_inherited, chunks)


def _check(paths: Sequence[str], room: Room) -> Checked:
    checked = Checked()
    for path in paths:
        data = room.read(path)
        checked.add(check_page(path, data, room) if path.endswith(".html") else check_list(path, data, room))
    return checked


_inherited: Room | None = None
"""In a worker, what it inherited; always None in the process that people start."""


def _inherit(room: Room) -> None:
    global _inherited
    _inherited = room


def _check_inherited(paths: Sequence[str]) -> Checked:
    assert _inherited is not None
    return _check(paths, _inherited)


def _sizes(site: Path) -> dict[str, int]:
    """Every file of the site, by its path, with its size."""
    sizes: dict[str, int] = {}
    waiting = [("", site)]
    try:
        while waiting:
            prefix, folder = waiting.pop()
            with closing(os.scandir(folder)) as entries:
                for entry in entries:
                    if entry.is_dir():
                        waiting.append((f"{prefix}{entry.name}/", Path(entry.path)))
                    else:
                        sizes[prefix + entry.name] = entry.stat().st_size
    except FileNotFoundError as error:
        raise SettingsError(
            f"{error.filename}: there is no such folder. To build the site: papers build"
        ) from None
    except OSError as error:
        raise folder_error(Path(error.filename or site), "read", error) from error
    return sizes


def _read(site: Path, path: str) -> bytes:
    try:
        return (site / path).read_bytes()
    except OSError as error:
        raise FolderError(f"{site / path}: could not be read: {error.strerror or error}.") from error
