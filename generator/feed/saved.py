"""Files that somebody kept of the feed, read by what they hold and not by how they are called."""

from __future__ import annotations

import gzip
import json
import os
import zlib
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from generator.errors import NotAPage
from generator.feed.saved_html import parse_saved_html
from generator.feed.saved_json import parse_saved_json
from generator.feed.saved_page import SavedPage, read_name
from generator.feed.saved_text import parse_saved_text
from generator.feed.text import one_line, quoted

MAX_SAVED = 64 * 2**20
"""Bytes, after decompression; the largest page that was looked at has 0.3 MiB."""
SUFFIXES = (".json", ".html", ".htm", ".txt")
"""How the files in a folder end that are read; each may have `.gz` after it."""

_GZIP = b"\x1f\x8b"


def files_in(paths: Iterable[Path]) -> tuple[tuple[Path, ...], tuple[NotAPage, ...]]:
    """The files that `paths` mean, each once: itself, or all in a folder and below it that may be pages, in
    order. With what is wrong with the paths that mean none."""
    files: dict[Path, Path] = {}
    refused: list[NotAPage] = []
    for path in paths:
        try:
            for each in _files_of(path, refused):
                files.setdefault(each.resolve(), each)
        except NotAPage as error:
            refused.append(error)
        except OSError as error:
            refused.append(NotAPage(f"{shown(path)}: cannot be read: {error.strerror or error}."))
    return tuple(files.values()), tuple(refused)


def shown(path: Path) -> str:
    """`path` as a message may name it: file names can hold any bytes."""
    return one_line(os.fsencode(path).decode("utf-8", "replace"))


def read_saved(path: Path, year: int | None = None) -> SavedPage:
    """What the file at `path` says: the feed's answer as JSON, or its page as HTML or as text.

    `year` is that of dates without one. Raises NotAPage, with path, reason and what to do.
    """
    return parse_saved(_read(path), shown(path), year)


def parse_saved(data: bytes, path: str, year: int | None = None) -> SavedPage:
    """The same of the bytes of the file at `path`. Pure."""
    name = read_name(path)
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        # What some shells write where output is sent to a file.
        data = data.decode("utf-16", "surrogatepass").encode("utf-8", "surrogatepass")
    start = data.removeprefix(BOM_UTF8).lstrip()[:1]
    if not start:
        raise NotAPage(f"{path}: it is empty. Save the page again.")
    if start.startswith((b"[", b"{")) or _is_json(data):
        return parse_saved_json(data, name)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise NotAPage(f"{path}:{line}: is not UTF-8 text. Save the page again, as UTF-8.") from None
    return (
        parse_saved_html(text, name) if start.startswith(b"<") else parse_saved_text(text, name, year)
    )  # fmt: skip


def _files_of(path: Path, refused: list[NotAPage]) -> Sequence[Path]:
    if path.is_file():
        return [path]
    if not path.is_dir():
        what = "it is neither a file nor a folder" if path.exists() else "there is no such file or folder"
        raise NotAPage(f"{shown(path)}: {what}. Check the path.")
    found = list(_pages_in(path, refused))
    if not found:
        ends = ", ".join(SUFFIXES)
        raise NotAPage(f"{shown(path)}: no file in this folder can be a page; those end in {ends}.")
    return found


def _pages_in(folder: Path, refused: list[NotAPage]) -> Iterator[Path]:
    def unreadable(error: OSError) -> None:
        refused.append(NotAPage(f"{shown(Path(error.filename))}: cannot be read: {error.strerror}."))

    for parent, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.lower().removesuffix(".gz").endswith(SUFFIXES) and not name.startswith("."):
                yield Path(parent, name)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_SAVED + 1)
        if data.startswith(_GZIP):
            with gzip.open(path) as packed:
                data = packed.read(MAX_SAVED + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise NotAPage(
            f"{shown(path)}: cannot be unpacked ({quoted(str(error))[1:-1]}). Save it again."
        ) from None
    except OSError as error:
        raise NotAPage(f"{shown(path)}: cannot be read: {error.strerror or error}.") from None
    if len(data) > MAX_SAVED:
        most = MAX_SAVED // 2**20
        raise NotAPage(f"{shown(path)}: it holds more than {most} MiB, which is no page of the feed.")
    return data


def _is_json(data: bytes) -> bool:
    """Whether `data` is JSON that is neither array nor object."""
    if len(data) > 1_000:
        return False
    try:
        json.loads(data)
    except (ValueError, RecursionError):
        return False
    return True
