"""The short way through a build before which nothing changed: neither what it reads nor what it made.

To plan a site takes seconds, to see that there is nothing to plan a fraction of one. A build that ends well
notes a digest of all that it read and one of how site/ then looked. When both are found again, the build is
done. The note may be deleted at any time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from generator.builder.code import code_digest
from generator.builder.naming import name_of
from generator.config import Config
from generator.files import TEMPORARY_SUFFIX, digest, digests, walk, write_atomically

if TYPE_CHECKING:  # the short way needs nothing of what makes files
    from generator.builder.folder import Made


class Note(msgspec.Struct, frozen=True):
    """What a build read, how it left site/, and what it had to say."""

    inputs: str
    outputs: str
    papers: int
    days: int
    topics: int
    pages: int
    files: int


def note_of(config: Config) -> Path:
    """Where the note of the last build of `config.site` stands."""
    return config.cache / f"{name_of(config.site)}.note"


def recall(path: Path) -> Note | None:
    """The note at `path`; None where there is none, or none that can be read."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Note)
    except (OSError, msgspec.MsgspecError):
        return None


def remember(path: Path, note: Note) -> None:
    write_atomically(path, msgspec.json.encode(note))


class Inputs(msgspec.Struct, frozen=True):
    """What a build is about to read."""

    digest: str = ""
    """Stands for all of it: the program, the settings, the themes and content/."""
    content: Mapping[str, bytes] = {}
    """What stands for the bytes of each file in content/, by its path from there, in order."""


def look(config: Config) -> Inputs:
    """What there is to read for a build. Of what cannot be read nothing is told: those who need it will say
    it better."""
    try:
        themes, content = [digests(folder) for folder in config.themes], digests(config.content)
    except OSError:
        return Inputs()
    told = hashlib.blake2b(code_digest().encode(), digest_size=16)
    told.update(msgspec.msgpack.encode(config.settings))
    for files in (*themes, content):
        told.update(f"\0{len(files)}\0".encode())
        told.update("\0".join(files).encode("utf-8", "surrogateescape"))
        told.update(b"".join(files.values()))
    return Inputs(told.hexdigest(), content)


Output = tuple[str, int, int]
"""A file of site/ as the file system tells of it: its path, its size, and its time in nanoseconds."""


def look_at_outputs(folder: Path) -> list[Output]:
    """The files in `folder`. Hidden ones at its top are somebody else's, save those that a crash left
    half-written."""
    found = []
    for path, entry in walk(str(folder)):
        if not path.startswith(".") or path.endswith(TEMPORARY_SUFFIX):
            status = entry.stat()
            found.append((path, status.st_size, status.st_mtime_ns))
    return found


def digest_of(outputs: Iterable[Output]) -> str:
    """Stands for all that is told of files."""
    told = "".join([f"{path}\0{size}\0{modified}\0" for path, size, modified in sorted(outputs)])
    return digest(told.encode("utf-8", "surrogateescape")).hex()


def digest_of_outputs(made: Mapping[str, Made]) -> str:
    """The same digest of a folder that holds just what was `made`."""
    return digest_of([(path, each.size, each.modified) for path, each in made.items()])
