"""A file of the site before it is made: where it goes, who wants it, and the recipe for its bytes."""

from __future__ import annotations

from dataclasses import field, fields
from functools import cache
from typing import Any, Protocol, cast

import msgspec

from generator.theme.theme import Theme


class Recipe(Protocol):
    """How to make one file. A recipe is a frozen dataclass, or a struct where there are many of a kind, and
    its fields are all that its bytes depend on beside the program itself: equal fields, equal bytes. What it
    carries `aside` does not count as a field: another field has a digest that stands for it."""

    def make(self, theme: Theme) -> bytes:
        """The bytes of the file."""
        ...


def aside() -> Any:
    """A field of a recipe for which another field stands."""
    return field(compare=False, repr=False, metadata={_ASIDE: True})


@cache
def fields_of(recipe: type[Recipe]) -> tuple[str, ...]:
    """The fields that count of a kind of recipe."""
    if issubclass(recipe, msgspec.Struct):
        carried = getattr(recipe, _ASIDE, ())
        return tuple(name for name in recipe.__struct_fields__ if name not in carried)
    found = fields(cast(Any, recipe))
    return tuple(each.name for each in found if not each.metadata.get(_ASIDE))


_ASIDE = "aside"
"""Of a struct, a class variable with the names of such fields."""


class Artifact(msgspec.Struct, frozen=True, gc=False):
    """One file of the site."""

    path: str
    """Relative to site/, with slashes."""
    claimant: str
    """Who wants it, as a person would say it: `day page papers/date/2025-11-07/`."""
    recipe: Recipe
    batch: str = ""
    """Files of one batch share work that is done once in a process, so that one process makes them all."""
