"""The slugs of authors and keywords, kept between runs: each follows from its text alone, and there are more
of them than papers."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import msgspec

from generator.errors import FolderError
from generator.files import write_atomically
from generator.model.keywords import folding
from generator.model.people import author_slug

_Kept = tuple[dict[str, str], dict[str, str]]


class _Known(dict[str, str]):
    """The slug of every text, worked out once."""

    def __init__(self, known: dict[str, str], slug_of: Callable[[str], str]) -> None:
        super().__init__(known)
        self._slug_of = slug_of

    def __missing__(self, text: str) -> str:
        slug = self[text] = self._slug_of(text)
        return slug


class SlugMemo:
    """What is known of slugs in the file at `path`, which may be deleted, missing, damaged or of another
    `version` of the program."""

    def __init__(self, path: Path, version: str) -> None:
        self._path = path
        self._head = version.encode() + b"\n"
        authors, keywords = self._read()
        self._count = len(authors) + len(keywords)
        self._authors, self._keywords = _Known(authors, author_slug), _Known(keywords, folding())

    def slugs(self) -> tuple[Callable[[str], str], Callable[[str], str]]:
        """What gives the slug of an author's name, and what gives that of a keyword."""
        return self._authors.__getitem__, self._keywords.__getitem__

    def save(self) -> None:
        """Keep what was found. A disk that says no is no matter: it is worked out again."""
        if len(self._authors) + len(self._keywords) > self._count:
            known: _Kept = dict(self._authors), dict(self._keywords)
            with suppress(FolderError):
                write_atomically(self._path, self._head + msgspec.msgpack.encode(known))

    def _read(self) -> _Kept:
        with suppress(OSError, msgspec.MsgspecError, UnicodeDecodeError):
            data = self._path.read_bytes()
            if data.startswith(self._head):
                return msgspec.msgpack.decode(memoryview(data)[len(self._head) :], type=_Kept)
        return {}, {}
