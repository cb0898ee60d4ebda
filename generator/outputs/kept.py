"""What an earlier build has compressed, kept in the cache folder.

A file that is joined from pieces needs those again that did not change. They are found by a digest of all
that they are made from; where one is missing it is made anew, with the same bytes.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from pathlib import Path

from generator.exporting.packing import Piece
from generator.store.memo import Memo

Pieces = tuple[Piece, ...]


class _Place:
    """What a shelf carries beside its fields."""

    path: Path | None
    version: str


@dataclass(frozen=True)
class Shelf(_Place):
    """Where the pieces of a file are kept. Nothing of it shows in the file, so that it has no field."""

    @classmethod
    def at(cls, path: Path | None, version: str) -> Shelf:
        """A shelf at `path`; without one nothing is kept. Pieces of another `version` are forgotten."""
        shelf = cls()
        object.__setattr__(shelf, "path", path)
        object.__setattr__(shelf, "version", version)
        return shelf

    def named(self, name: str) -> Shelf:
        """The shelf of the file `name`, below this one."""
        return Shelf.at(self.path / name if self.path else None, self.version)

    def open(self) -> Memo[Pieces]:
        """What is kept here, by digest. What is not asked for is forgotten when it is saved."""
        return Memo(self.path, f"{self.version} zlib {zlib.ZLIB_RUNTIME_VERSION}", Pieces)


NOWHERE = Shelf.at(None, "")
