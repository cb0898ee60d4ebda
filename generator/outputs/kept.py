"""What an earlier build has compressed, kept in the cache folder.

A file that is joined from pieces needs those again that did not change. They are found by a digest of all
that they are made from; where one is missing it is made anew, with the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from generator.exporting.packing import PACKER, Piece
from generator.store.memo import Memo

Value = TypeVar("Value")
Pieces = tuple[Piece, ...]
ALL = "all"
"""The one drawer of a memo whose values change together."""
_TOGETHER = 12


def drawer_of(place: int) -> str:
    """Where the piece at that `place` of a file is kept: with its neighbours, so that one that comes at the
    end makes a few be written anew and not all."""
    return str(place // _TOGETHER)


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
        return self.memo(Pieces)

    def memo(self, kind: type[Value]) -> Memo[Value]:
        """The same where values of another kind are kept."""
        return Memo(self.path, f"{self.version} {PACKER}", kind)


NOWHERE = Kept()
