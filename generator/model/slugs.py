"""What slugs are known already, each by its text alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from generator.model.paper import Paper

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int32]

Names = Callable[[Paper], Sequence[str]]
"""Gives the names of one kind that a paper has."""


class KnownSlugs:
    """By a text as it stands in a paper, the slug that `slug_of` gives it, a pure function; found out when it
    is asked for. Slugs have numbers, and number 0 is that of texts that have none."""

    def __init__(
        self,
        slug_of: Callable[[str], str],
        slugs: Sequence[str] = ("",),
        firsts: Sequence[str] = ("",),
        others: Mapping[str, int] | None = None,
    ) -> None:
        """What is known already: `slugs` by number, the text of each that was met first, and `others`, texts
        that have a slug of these, too, or none."""
        self._slug_of = slug_of
        self.slugs = list(slugs)
        self.firsts = list(firsts)
        self.others = dict(others or {})
        self.numbers: dict[str, int] = _Numbers(self._found)
        """By text, whether or not it was known before."""
        self.numbers.update(zip(self.firsts, range(len(self.slugs)), strict=True))
        self.numbers.update(self.others)
        self._shared = set(self.others.values())

    def get(self, text: str) -> str | None:
        """The slug of `text`, if it has one and somebody asked for its number."""
        number = self.numbers.get(text)
        return self.slugs[number] if number else None

    def only(self, slug: str) -> str:
        """The text of `slug`, if no other text is known to have it; else nothing."""
        number = self.number_of[slug]
        return "" if number in self._shared else self.firsts[number]

    @cached_property
    def number_of(self) -> dict[str, int]:
        """The number of each slug."""
        return {slug: number for number, slug in enumerate(self.slugs)}

    def numbered(self, papers: Sequence[Paper], names: Names) -> tuple[Numbers, Numbers]:
        """Of each of `papers` how many `names` it has, and the numbers of all these, one after the other."""
        import numpy as np

        texts = list(map(names, papers))
        counts = np.fromiter(map(len, texts), np.int32, len(texts))
        numbers = map(self.numbers.__getitem__, chain.from_iterable(texts))
        return counts, np.fromiter(numbers, np.int32, int(counts.sum()))

    def _found(self, text: str) -> int:
        slug = self._slug_of(text)
        number = self.number_of.setdefault(slug, len(self.slugs))
        if number == len(self.slugs):
            self.slugs.append(slug)
            self.firsts.append(text)
        else:
            self.others[text] = number
            self._shared.add(number)
        return number


class _Numbers(dict[str, int]):
    def __init__(self, found: Callable[[str], int]) -> None:
        self._found = found

    def __missing__(self, text: str) -> int:
        number = self[text] = self._found(text)
        return number
