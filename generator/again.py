"""Looking at a folder again: where nothing came or went since the last look, its names are known from then.

A folder holds what it held where its device, inode, size and both of its times are what they were, as for
the index of git: nothing comes into a folder, or leaves it, but that changes its times, and nobody can set
the time of its last change. They are told to a tick of the clock, though: what was touched shortly before a
look may be touched once more after it, in the same tick, and so is looked into again the next time.

Only Linux is trusted to tell times in this way; elsewhere each folder is looked into. What is remembered may
be deleted at any time.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from os import stat_result
from pathlib import Path

import msgspec

from generator.errors import FolderError
from generator.files import SIZE, digest, walk, write_atomically

IS_TRUSTED = sys.platform.startswith("linux")
SHORTLY = 2_000_000_000
"""How long before a look, in nanoseconds, is too short a time ago."""
_SHARE = 64
"""One part in how many of what is found has to be new before all is written down."""
_HEAD = b"looked 1\n"

_status = os.stat
_status_of_file = os.lstat  # of tens of thousands


def statuses(folder: Path, memory: Path) -> Iterable[tuple[str, stat_result]]:
    """Every file below `folder` that `walk` finds, and what the system says of it now, in no order: of a
    link, of itself. What is in folders is kept in the file `memory`. Raises OSError."""
    if not IS_TRUSTED:
        return ((path, entry.stat(follow_symlinks=False)) for path, entry in walk(str(folder)))
    names, below = _paths(folder, memory), _below(folder)
    return zip(_texts(names), (_status_of_file(below + name) for name in names), strict=True)


def _paths(folder: Path, memory: Path) -> list[bytes]:
    looks = _Memory(memory)
    seen = _folders(_below(folder), looks)
    looks.keep(seen)
    return [
        each.path + name
        for each in seen
        for name in each.found.split(b"\0")
        if name and not name.endswith(b"/")
    ]


def _texts(names: Sequence[bytes]) -> list[str]:
    return os.fsdecode(b"\0".join(names)).split("\0") if names else []


class _Seen(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A folder, and what was found there: names, those of folders with a slash behind them."""

    path: bytes
    device: int
    inode: int
    size: int
    modified: int
    changed: int
    found: bytes

    def is_of(self, status: stat_result) -> bool:
        return (
            self.changed == status.st_ctime_ns
            and self.modified == status.st_mtime_ns
            and self.size == status.st_size
            and self.inode == status.st_ino
            and self.device == status.st_dev
        )


class _Memory:
    """What earlier looks saw, which the file `path` keeps."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._settled = _moment(path.parent) - SHORTLY
        self._new = 0
        self.known = _read(path)

    def new(self, path: bytes, status: stat_result, found: bytes) -> _Seen:
        """What `found` is at `path`, whose `status` was taken before."""
        modified, changed = status.st_mtime_ns, status.st_ctime_ns
        if max(modified, changed) < self._settled:
            self._new += len(found)
        else:  # is like nothing that can be
            modified = changed = -1
        return _Seen(path, status.st_dev, status.st_ino, status.st_size, modified, changed, found)

    def keep(self, seen: Sequence[_Seen]) -> None:
        """Write down what was `seen`, where enough of it is new. A disk that says no is no matter."""
        if self._new and self._new * _SHARE > sum([len(each.found) for each in seen]):
            with suppress(FolderError, OverflowError):  # of a number that no 64 bits hold
                data = msgspec.msgpack.encode(seen)
                write_atomically(self._path, b"".join((_HEAD, digest(data), data)))


def _read(path: Path) -> list[_Seen]:
    """What the file at `path` keeps; nothing where it is missing, damaged, or of another version."""
    with suppress(OSError, msgspec.MsgspecError):
        data = memoryview(path.read_bytes())
        begin = len(_HEAD) + SIZE
        if data[:begin] == _HEAD + digest(data[begin:]):
            return msgspec.msgpack.decode(data[begin:], type=list[_Seen])
    return []


def _moment(folder: Path) -> int:
    """What time it is for the file system, which gives files theirs; long ago where it takes no files."""
    path = folder / "moment"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"now\n")
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def _folders(below: bytes, looks: _Memory) -> list[_Seen]:
    """The folder whose path with a slash is `below`, and all folders in it, each after the one that it is in.
    Their paths begin there and end with a slash; its own is empty.

    Of those that are known, only what was touched is looked into. Where one has lost a folder, all below it
    is looked for anew: a link may now lead to what is known.
    """
    seen: list[_Seen] = []
    anew = [] if looks.known else [b""]
    known_paths: set[bytes] = set()
    left = None
    for known in looks.known:
        path = known.path
        if left is not None and path.startswith(left):
            continue
        try:
            status = _status(below + path)
        except FileNotFoundError:
            left = path
            continue
        if known.is_of(status):
            seen.append(known)
            continue
        inside = _inside(below, path)
        within = set(_folders_in(path, inside))
        if within.issuperset(_folders_in(path, known.found)):
            seen.append(looks.new(path, status, inside))
            known_paths = known_paths or {each.path for each in looks.known}
            anew.extend(within - known_paths)
        else:
            anew.append(path)
            left = path
    is_in_order = not anew
    while anew:
        path = anew.pop()
        with suppress(FileNotFoundError):
            status = _status(below + path)
            inside = _inside(below, path)
            seen.append(looks.new(path, status, inside))
            anew.extend(_folders_in(path, inside))
    return seen if is_in_order else sorted(seen, key=lambda each: _in_order(each.path))


def _inside(below: bytes, path: bytes) -> bytes:
    """The names of what is in a folder, those of folders with a slash behind them."""
    with os.scandir(below + path) as entries:
        names = [each.name + b"/" if each.is_dir(follow_symlinks=False) else each.name for each in entries]
    return b"\0".join(names if path else [name for name in names if not _is_hidden_folder(name)])


def _folders_in(path: bytes, inside: bytes) -> list[bytes]:
    return [path + name for name in inside.split(b"\0") if name.endswith(b"/")]


def _is_hidden_folder(name: bytes) -> bool:
    return name.startswith(b".") and name.endswith(b"/")


def _below(folder: Path) -> bytes:
    return os.fsencode(folder) + b"/"


def _in_order(path: bytes) -> bytes:
    """By this, paths are in the order in which `walk` comes to them."""
    return path.replace(b"/", b"\0")
