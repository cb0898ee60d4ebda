"""The slugs of authors and keywords, kept between runs: there are more of them than papers."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import msgspec

from generator.errors import FolderError
from generator.files import write_atomically
from generator.model.keywords import folding
from generator.model.people import author_slug
from generator.model.slugs import KnownSlugs

_Slugs = tuple[list[str], list[str], dict[str, int]]
"""Slugs, their first texts, and other texts."""
_Kept = tuple[_Slugs, _Slugs]
_SHARE = 64
"""One part in how many of what is known has to be new before all is written down."""


class SlugMemo:
    """What is known of slugs in the file at `path`, which may be deleted, missing, damaged or of another
    `version` of the program."""

    def __init__(self, path: Path, version: str) -> None:
        self._path = path
        self._head = version.encode() + b"\n"
        authors, keywords = self._read()
        self.authors, self.keywords = KnownSlugs(author_slug, *authors), KnownSlugs(folding(), *keywords)
        self._count = self._known()

    def save(self) -> None:
        """Keep what was found, where it is not next to nothing. A disk that says no is no matter: it is
        worked out again."""
        if (self._known() - self._count) * _SHARE > self._count:
            known: _Kept = _told(self.authors), _told(self.keywords)
            with suppress(FolderError):
                write_atomically(self._path, self._head + msgspec.msgpack.encode(known))

    def _known(self) -> int:
        return len(self.authors.numbers) + len(self.keywords.numbers)

    def _read(self) -> _Kept:
        with suppress(OSError, msgspec.MsgspecError, UnicodeDecodeError):
            data = self._path.read_bytes()
            if data.startswith(self._head):
                known: _Kept = msgspec.msgpack.decode(memoryview(data)[len(self._head) :], type=_Kept)
                return known
        return ([""], [""], {}), ([""], [""], {})


def _told(known: KnownSlugs) -> _Slugs:
    return known.slugs, known.firsts, known.others
