"""The short way through a build before which nothing changed: neither what it reads nor what it made.

To plan a site takes seconds, to see that there is nothing to plan a fraction of one. A build that ends well
notes a digest of all that it read and one of how site/ then looked. When both are found again, the build is
done. The note may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import os
from array import array
from collections.abc import Iterable, Iterator
from operator import itemgetter
from pathlib import Path

import msgspec

from generator import again
from generator.builder.code import code_digest
from generator.builder.naming import name_of
from generator.config import Config
from generator.errors import FolderError
from generator.files import (
    SIZE,
    TEMPORARY_SUFFIX,
    digest,
    digests,
    folder_error,
    read_bytes,
    walk,
    write_atomically,
)  # fmt: skip

MARK = ".nojekyll"
MARK_TEXT = b"Made by Daily Papers Archive, which removes from this folder what it did not make.\n"


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


def forget(path: Path) -> None:
    """Let there be no note at `path`. Raises FolderError."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise folder_error(path, "removed", error) from error


def remember(path: Path, note: Note) -> None:
    write_atomically(path, msgspec.json.encode(note))


class Inputs(msgspec.Struct, frozen=True):
    """What a build is about to read, in a form that is quickly sent from process to process."""

    digest: str = ""
    """Stands for all of it: the program, the settings, the themes and content/."""
    stamps: bytes = b""
    """Of the few files that are read later on: tells whether anybody changed one meanwhile."""
    names: str = ""
    held: bytes = b""

    @property
    def content(self) -> dict[str, bytes]:
        """What stands for the bytes of each file in content/, by its path from there, in order."""
        held = [self.held[start : start + SIZE] for start in range(0, len(self.held), SIZE)]
        return dict(zip(self.names.split("\0"), held, strict=True)) if held else {}


def look(config: Config) -> Inputs:
    """What there is to read for a build. Of what cannot be read nothing is told: those who need it will say
    it better."""
    try:
        stamps = _stamps(config)
        themes, content = [digests(folder) for folder in config.themes], digests(config.content)
    except OSError:
        return Inputs()
    told = hashlib.blake2b(code_digest().encode(), digest_size=16)
    told.update(msgspec.msgpack.encode(config.settings))
    for files in (*themes, content):
        told.update(f"\0{len(files)}\0".encode())
        told.update("\0".join(files).encode("utf-8", "surrogateescape"))
        told.update(b"".join(files.values()))
    return Inputs(told.hexdigest(), stamps, "\0".join(content), b"".join(content.values()))


def are_same(config: Config, inputs: Inputs) -> bool:
    """Whether nobody has changed what is read late since `inputs` were seen."""
    try:
        return _stamps(config) == inputs.stamps
    except OSError:
        return False


def _stamps(config: Config) -> bytes:
    """Stands for when the themes, and files that stand at the top of content/, were last changed, as the file
    system tells: to change a file and to change it back is to change it. Raises OSError."""
    found = [status for folder in config.themes for status in _stamped(walk(str(folder)))]
    found += _stamped([(entry.name, entry) for entry in os.scandir(config.content) if entry.is_file()])
    return digest(msgspec.msgpack.encode(sorted(found)))


def _stamped(entries: Iterable[tuple[str, os.DirEntry[str]]]) -> list[tuple[str, int, int, int]]:
    """Each of `entries` and what changes with it; what cannot be asked is told by who reads it."""
    return [
        (name, status.st_ino, status.st_ctime_ns, status.st_mtime_ns)
        for name, entry in entries
        for status in (Path(entry.path).stat(),)
    ]


def is_marked(folder: Path) -> bool:
    """Whether the site in `folder` bears the mark of being ours."""
    try:
        return read_bytes(f"{folder}/{MARK}", follows=False) == MARK_TEXT
    except OSError:
        return False


Output = tuple[str, int, int]
"""A file of site/ as the file system tells of it: its path, its size, and its time in nanoseconds."""


class Outputs(msgspec.Struct, frozen=True):
    """The files of site/, in a form that is quickly sent from process to process."""

    digest: str
    """Stands for all that is told of them."""
    paths: str
    sizes: bytes
    times: bytes

    @classmethod
    def of(cls, outputs: Iterable[Output]) -> Outputs:
        told = sorted(outputs, key=itemgetter(0))
        paths = "\0".join([path for path, _, _ in told])
        sizes = array("Q", [size for _, size, _ in told]).tobytes()
        times = array("Q", [modified & _IN_64_BITS for _, _, modified in told]).tobytes()
        stands = digest(b"\0".join((paths.encode("utf-8", "surrogateescape"), sizes, times)))
        return cls(stands.hex(), paths, sizes, times)

    def __iter__(self) -> Iterator[Output]:
        sizes, times = array("Q", self.sizes), array("Q", self.times)
        return zip(self.paths.split("\0"), sizes, times, strict=True) if sizes else iter(())


_IN_64_BITS = (1 << 64) - 1
"""Anybody may give a file a time in the year 9999, or before the first one."""


def folders_of(folder: Path, cache: Path) -> Path:
    """Where it stands what a look at the site in `folder` found in its folders."""
    return cache / f"{name_of(folder)}.folders"


def look_at_outputs(folder: Path, cache: Path) -> Outputs:
    """The files in `folder`. Hidden ones at its top are somebody else's, save those that a crash left
    half-written. Raises FolderError."""
    try:
        return Outputs.of(
            [
                (path, status.st_size, status.st_mtime_ns)
                for path, status in again.statuses(folder, folders_of(folder, cache))
                if not path.startswith(".") or path.endswith(TEMPORARY_SUFFIX)
            ]
        )
    except OSError as error:
        if not folder.is_dir():
            raise FolderError(
                f"{folder}: is no folder, and the site is to stand there. Move it away, or name another one "
                "with --site."
            ) from error
        raise folder_error(Path(os.fsdecode(error.filename or folder)), "looked at", error) from error
