"""A file of the site before it is made: where it goes, who wants it, and the recipe for its bytes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from generator.theme.theme import Theme


class Recipe(Protocol):
    """How to make one file. A recipe is a frozen dataclass, and its fields are all that its bytes depend on
    beside the program itself: equal fields, equal bytes."""

    def make(self, theme: Theme) -> bytes:
        """The bytes of the file."""
        ...


@dataclass(frozen=True, slots=True)
class Artifact:
    """One file of the site."""

    path: str
    """Relative to site/, with slashes."""
    claimant: str
    """Who wants it, as a person would say it: `day page papers/date/2025-11-07/`."""
    recipe: Recipe
    batch: str = ""
    """Files of one batch share work that is done once in a process, so that one process makes them all."""
