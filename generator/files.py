"""Writing so that a reader, or a run after a crash, meets the old file or the new one, never half of one."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from operator import attrgetter
from pathlib import Path
from zlib import crc32

from generator.errors import FolderError, Locked

TEMPORARY_SUFFIX = ".papers-tmp"
"""How the name of a file ends while it is being written; one that is left over was cut off by a crash."""


SIZE = 16
"""Bytes of a digest."""


def digest(data: bytes | memoryview) -> bytes:
    """16 bytes that stand for `data` (the first of SHA-256, FIPS 180-4; processors know it)."""
    return hashlib.sha256(data).digest()[:SIZE]


def checksum(data: bytes | memoryview) -> bytes:
    """4 bytes that tell `data` from what a disk made of it (CRC-32)."""
    return crc32(data).to_bytes(4, "big")


def walk(
    folder: str, prefix: str = "", unreadable: Callable[[OSError], None] | None = None
) -> list[tuple[str, os.DirEntry[str]]]:
    """Every file below `folder`, in order, by its path with `prefix` before it; of none, nothing.

    Hidden folders at its top are somebody else's, and left out. A folder that cannot be looked into, also
    since it is a link to nothing, is told to `unreadable`; without it, that is an OSError.
    """
    found: list[tuple[str, os.DirEntry[str]]] = []
    _walk(folder, prefix, unreadable, found)
    return found


def _walk(
    folder: str,
    prefix: str,
    unreadable: Callable[[OSError], None] | None,
    found: list[tuple[str, os.DirEntry[str]]],
) -> None:
    try:
        with os.scandir(folder) as entries:
            inside = sorted(entries, key=_name)
    except OSError as error:
        if isinstance(error, FileNotFoundError) and not os.path.islink(folder):  # noqa: PTH114
            return
        if unreadable is None:
            raise
        unreadable(error)
        return
    for entry in inside:
        if not entry.is_dir(follow_symlinks=False):
            found.append((prefix + entry.name, entry))
        elif prefix or not entry.name.startswith("."):
            _walk(entry.path, f"{prefix}{entry.name}/", unreadable, found)


_name = attrgetter("name")


def leads_away(entry: os.DirEntry[str]) -> bool:
    """Whether what `walk` found is a link to a folder, which it does not follow, or to nothing."""
    return entry.is_symlink() and not os.path.isfile(entry.path)  # noqa: PTH113


_TO_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
"""Without waiting for whoever may write to a pipe one day."""
_NOT_A_LINK = getattr(os, "O_NOFOLLOW", 0)


def read_bytes(path: str, *, follows: bool = True) -> bytes:
    """All bytes of the file at `path`, in as few steps as can be: this is asked of every file of content/.
    Of a link that it does not follow, that is an OSError, where the system can tell."""
    file = os.open(path, _TO_READ if follows else _TO_READ | _NOT_A_LINK)
    try:
        data = os.read(file, 1 << 16)
        if len(data) < 1 << 16:
            return data
        parts = [data]
        while part := os.read(file, 1 << 20):
            parts.append(part)
        return b"".join(parts)
    finally:
        os.close(file)


def digests(folder: Path) -> dict[str, bytes]:
    """What stands for the bytes of each file below `folder`, by its path from there, in order; hidden ones at
    the top are left out. Raises OSError."""
    return {
        name: digest(read_bytes(entry.path)) for name, entry in walk(str(folder)) if not name.startswith(".")
    }


def write_atomically(path: Path, data: bytes) -> None:
    """Put `data` at `path`, whole or not at all. Folders on the way are made. Raises FolderError."""
    temporary = path.with_name(f".{path.name}{TEMPORARY_SUFFIX}")
    try:
        try:
            temporary.write_bytes(data)
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(data)
        temporary.replace(path)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink()
        raise folder_error(path, "written", error) from error


def read_again(path: Path) -> bytes:
    """The bytes of a file that was read before, in this run, and is to be changed. Raises FolderError."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise folder_error(path, "read", error) from error


def move(path: Path, home: Path) -> Path:
    """Let the file at `path` stand at `home`. Folders on the way are made. Raises FolderError."""
    try:
        home.parent.mkdir(parents=True, exist_ok=True)
        path.replace(home)
    except OSError as error:
        raise folder_error(path, f"moved to {home}", error) from error
    return home


def folder_error(path: Path, done: str, error: OSError) -> FolderError:
    """The sentence for a disk that said no: `done` is what could not be done to `path`."""
    return FolderError(
        f"{path}: could not be {done}: {error.strerror or error}. Nothing was half-written; make room or "
        "mend the folder's permissions, and run the same command again."
    )


@contextmanager
def exclusive(folder: Path, name: str, *, what: str) -> Iterator[None]:
    """Hold the lock `name` in `folder` for the time of the block, or raise Locked with who holds it.

    The operating system lets go of the lock when its process ends, however that comes about.
    """
    from filelock import FileLock, Timeout

    holder = folder / f"{name}.holder"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / f"{name}.lock", timeout=0)
        lock.acquire()
    except Timeout:
        try:
            who = holder.read_text(encoding="utf-8").strip()
        except OSError:
            who = "another run"
        raise Locked(f"{what} is being written by {who}. Wait until it ends, then run this again.") from None
    except OSError as error:
        raise folder_error(folder, "locked", error) from error
    try:
        with suppress(OSError):
            holder.write_text(f"process {os.getpid()}\n", encoding="utf-8")
        yield
    finally:
        with suppress(OSError):
            holder.unlink()
        lock.release()
