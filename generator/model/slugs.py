"""What slugs are known already, each by its text alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from generator.model.paper import Paper
from generator.model.texts import Packed, Texts

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
        slugs: Packed | None = None,
        firsts: Packed | None = None,
        others: Mapping[str, int] | None = None,
    ) -> None:
        """What is known already: `slugs` by number, the text of each that was met first, and `others`, texts
        that have a slug of these, too, or none."""
        self._slug_of = slug_of
        self.slugs, self.firsts = Texts(slugs or Packed()), Texts(firsts or Packed())
        self.others = dict(others or {})
        self.learned = 0
        """How many texts were not known."""
        self.numbers: dict[str, int] = _Numbers(self._number)
        """By text, whether or not it was known before."""
        self.number_of: dict[str, int] = _Numbers(self._number_of)
        """By slug. Asking for what never was one is a KeyError."""
        self._shared = set(self.others.values())
        if not len(self.slugs):
            self.numbers[""] = self._append("", "")

    def get(self, text: str) -> str | None:
        """The slug of `text`, if it has one and somebody asked for its number."""
        number = self.numbers.get(text)
        if number is None and (number := self._known(text)) is not None:
            self.numbers[text] = number
        return self.slugs[number] if number else None

    def only(self, slug: str) -> str:
        """The text of `slug`, if no other text is known to have it; else nothing."""
        number = self.number_of[slug]
        return "" if number in self._shared else self.firsts[number]

    def pack(self) -> None:
        """Hold what was learned as tightly as what was known before."""
        self.slugs, self.firsts = Texts(self.slugs.packed()), Texts(self.firsts.packed())
        self.numbers.clear()
        self.number_of.clear()

    def numbered(self, papers: Sequence[Paper], names: Names) -> tuple[Numbers, Numbers]:
        """Of each of `papers` how many `names` it has, and the numbers of all these, one after the other."""
        import numpy as np

        texts = list(map(names, papers))
        counts = np.fromiter(map(len, texts), np.int32, len(texts))
        numbers = map(self.numbers.__getitem__, chain.from_iterable(texts))
        return counts, np.fromiter(numbers, np.int32, int(counts.sum()))

    def _known(self, text: str) -> int | None:
        other = self.others.get(text)
        return self.firsts.find(text) if other is None else other

    def _number(self, text: str) -> int:
        number = self._known(text)
        if number is None:
            self.learned += 1
            slug = self._slug_of(text)
            try:
                number = self.others[text] = self.number_of[slug]
                self._shared.add(number)
            except KeyError:
                number = self._append(slug, text)
        return number

    def _append(self, slug: str, text: str) -> int:
        self.firsts.add(text)
        number = self.number_of[slug] = self.slugs.add(slug)
        return number

    def _number_of(self, slug: str) -> int:
        number = self.slugs.find(slug)
        if number is None:
            raise KeyError(slug)
        return number


class _Numbers(dict[str, int]):
    def __init__(self, found: Callable[[str], int]) -> None:
        self._found = found

    def __missing__(self, text: str) -> int:
        number = self[text] = self._found(text)
        return number
