"""Parts of pages that many pages share, rendered once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from markupsafe import Markup

_MOST = 50_000
"""How many fragments are kept; then it begins anew. They are small: a card is about a kilobyte."""
_PATIENCE = 5
"""How many rests without a question end in letting go."""


class Fragments:
    """What macros made of values that live as long as the plan of a build."""

    def __init__(self) -> None:
        self._made: defaultdict[tuple[object, ...], dict[int, Markup]] = defaultdict(dict)
        """By the macro and what follows the value, and by the value's identity."""
        self._held: list[object] = []
        """The values, so that none takes the place of another."""
        self._idle = 0
        """For how many rests nothing was asked."""

    def rest(self) -> None:
        """To be called once in a while: where nobody has asked for a long time, all is let go."""
        self._idle += 1
        if self._idle > _PATIENCE:
            self.forget()

    def forget(self) -> None:
        """Let go of all fragments and values."""
        self._held.clear()
        self._made.clear()

    def once(self, macro: Callable[..., Markup], value: object, *more: object) -> Markup:
        """`macro(value, *more)`, from memory where it was called with the same things before.

        A value is known by its identity, and held.
        """
        self._idle = 0
        made = self._made[(getattr(macro, "name", macro), *more)]
        known = made.get(id(value))
        if known is None:
            if len(self._held) >= _MOST:
                self.forget()
                return self.once(macro, value, *more)
            known = made[id(value)] = macro(value, *more)
            self._held.append(value)
        return known
