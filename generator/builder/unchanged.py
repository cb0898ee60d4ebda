"""The short way through a build before which nothing changed: neither what it reads nor what it made.

To plan a site takes seconds, to see that there is nothing to plan a fraction of one. A build that ends well
notes a digest of all that it read and one of how site/ then looked. When both are found again, the build is
done. The note may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import msgspec

from generator.builder.code import code_digest
from generator.config import Config
from generator.files import walk, write_atomically


class Note(msgspec.Struct, frozen=True):
    """What a build read, how it left site/, and what it had to say."""

    inputs: str
    outputs: str
    papers: int
    days: int
    topics: int
    pages: int
    files: int


def recall(path: Path) -> Note | None:
    """The note at `path`; None where there is none, or none that can be read."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Note)
    except (OSError, msgspec.MsgspecError):
        return None


def remember(path: Path, note: Note) -> None:
    write_atomically(path, msgspec.json.encode(note))


def digest_of_inputs(config: Config) -> str:
    """A digest of all that a build depends on: the program, the settings, the themes and content/.

    Empty where something cannot be read, which those who need it will say better.
    """
    try:
        return _digest_of_inputs(config)
    except OSError:
        return ""


def _digest_of_inputs(config: Config) -> str:
    told = hashlib.blake2b(code_digest().encode(), digest_size=16)
    told.update(msgspec.msgpack.encode(config.settings))
    for folder in (*config.themes, config.content):
        for name, entry in _files(folder):
            data = _bytes(entry.path)
            told.update(f"\0{name}\0{len(data)}\0".encode("utf-8", "surrogateescape"))
            told.update(data)
        told.update(b"\0\0")
    return told.hexdigest()


def digest_of_outputs(folder: Path) -> str:
    """A digest of the files in `folder` as the file system tells of them: name, size and time of each."""
    told = hashlib.blake2b(digest_size=16)
    for name, entry in _files(folder):
        status = entry.stat()
        line = f"{name}\0{status.st_size}\0{status.st_mtime_ns}\0"
        told.update(line.encode("utf-8", "surrogateescape"))
    return told.hexdigest()


def _files(folder: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Every file below `folder`; hidden ones at its top are somebody else's."""
    return (found for found in walk(str(folder)) if not found[0].startswith("."))


def _bytes(path: str) -> bytes:
    file = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
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
