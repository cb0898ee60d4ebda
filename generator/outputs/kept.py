"""What an earlier build has compressed, kept in the cache folder.

A file that is joined from pieces needs those again that did not change. They are found by a digest of all
that they are made from; where one is missing it is made anew, with the same bytes.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from pathlib import Path

from generator.exporting.packing import Piece
from generator.store.memo import Memo

Pieces = tuple[Piece, ...]
ALL = "all"
"""The one drawer of each memo here."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Where the pieces of a file are kept, or those of all files. Nothing of it shows in a file."""

    path: Path | None = None
    """How the names of the files begin that hold them; without one nothing is kept."""
    version: str = ""
    """Pieces of another one are forgotten."""

    def of(self, name: str) -> Kept:
        """Where the file `name` keeps its own."""
        return replace(self, path=self.path.with_name(f"{self.path.name}-{name}")) if self.path else self

    def open(self) -> Memo[Pieces]:
        """What is kept here, by digest. What is not asked for is forgotten when it is saved."""
        return Memo(self.path, f"{self.version} zlib {zlib.ZLIB_RUNTIME_VERSION}", Pieces)


NOWHERE = Kept()
