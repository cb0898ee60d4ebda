"""Parts of pages that many pages share, rendered once."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

_MOST = 50_000
"""How many fragments are kept; then it begins anew. They are small: a card is about a kilobyte."""


class Fragments:
    """What macros made of values that live as long as the plan of a build."""

    def __init__(self) -> None:
        self._made: dict[tuple[object, ...], tuple[object, Markup]] = {}

    def once(self, macro: Callable[..., Markup], value: object, *more: object) -> Markup:
        """`macro(value, *more)`, from memory where it was called with the same things before.

        A value is known by its identity, and kept, so that no other can take its place.
        """
        key = (getattr(macro, "name", macro), id(value), *more)
        known = self._made.get(key)
        if known is None:
            if len(self._made) >= _MOST:
                self._made.clear()
            known = self._made[key] = (value, macro(value, *more))
        return known[1]
