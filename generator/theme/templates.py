"""Templates as they were read and compiled, kept between runs in a file that may be deleted."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

import msgspec
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from generator.errors import FolderError
from generator.files import digest, write_atomically

_SIZE = len(digest(b""))


class _Kept(msgspec.Struct):
    named: dict[str, tuple[str, ...]] = {}
    """By the checksum of a template's source, the templates that it names."""
    code: dict[str, bytes] = {}
    """By environment and key, what Jinja wants to know again."""


class Templates(BytecodeCache):
    """What is known of templates in the file at `path`, which may be missing, damaged or of another `version`
    of the program. Without a path nothing is kept."""

    def __init__(self, path: Path | None = None, version: str = "") -> None:
        self._path = path
        self._head = f"{version} {sys.implementation.cache_tag}\n".encode()
        self._kept = self._read()
        self._is_new = False

    def named(self, source: str) -> tuple[str, ...] | None:
        """The templates that one of this `source` names; None where it is not known."""
        return self._kept.named.get(self.get_source_checksum(source))

    def know(self, source: str, named: tuple[str, ...]) -> None:
        """Remember what `named` told."""
        self._kept.named[self.get_source_checksum(source)] = named
        self._is_new = True

    def load_bytecode(self, bucket: Bucket) -> None:
        found = self._kept.code.get(_place(bucket))
        if found:
            bucket.bytecode_from_string(found)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept.code[_place(bucket)] = bucket.bytecode_to_string()
        self._is_new = True

    def save(self) -> None:
        """Keep what is new beside what others have kept meanwhile. A disk that says no is no matter."""
        if self._path and self._is_new:
            others = self._read()
            body = msgspec.msgpack.encode(
                _Kept({**others.named, **self._kept.named}, {**others.code, **self._kept.code})
            )
            with suppress(FolderError):
                write_atomically(self._path, self._head + digest(body) + body)
        self._is_new = False

    def _read(self) -> _Kept:
        with suppress(OSError, msgspec.MsgspecError, UnicodeDecodeError):
            data = self._path.read_bytes() if self._path else b""
            body = memoryview(data)[len(self._head) + _SIZE :]
            if data.startswith(self._head) and data[len(self._head) :].startswith(digest(body)):
                return msgspec.msgpack.decode(body, type=_Kept)
        return _Kept({}, {})


def _place(bucket: Bucket) -> str:
    """Where the code of a template is kept: each kind of environment compiles its own."""
    return f"{type(bucket.environment).__name__} {bucket.key}"
