"""Which papers mention which names, as posting lists: there are several times as many names as papers, and
most are mentioned once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

from generator.model.paper import Paper
from generator.model.slugs import KnownSlugs, Names

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray["np.int32"]  # type: ignore[name-defined]


Value = TypeVar("Value")


class Mentions(Collection[str]):
    """The names that a row of `papers` mention, by slug. As a collection, the slugs, in the order of first
    mention."""

    def __init__(self, papers: Sequence[Paper], names: Names, known: KnownSlugs) -> None:
        """`names` gives those of a paper as it spells them. `known` knows their slugs, or learns them; a name
        without a slug is no mention."""
        import numpy as np

        self.papers = papers
        self.known = known
        counts, numbers = known.numbered(papers, names)
        rows = np.repeat(np.arange(len(papers), dtype=np.int64), counts)
        told = np.flatnonzero(numbers)
        numbers, rows = numbers[told].astype(np.int64), rows[told]
        places = numbers * max(len(papers), 1) + rows
        order = np.argsort(places, kind="stable")
        twice = np.flatnonzero(np.diff(places[order]) == 0) + 1
        if len(twice):
            again = np.zeros(len(numbers), bool)
            again[order[twice]] = True
            numbers, rows = numbers[~again], rows[~again]
            order = np.argsort(places[~again], kind="stable")
        self._numbers = numbers.astype(np.int32)
        """The mentions of all papers, in the order of each, a slug once a paper."""
        self._starts = np.concatenate(([0], np.cumsum(np.bincount(rows, minlength=len(papers))))).astype(
            np.int32
        )
        """Where those of each paper begin, and where the last one's end."""
        self._rows = rows[order].astype(np.int32)
        """The posting lists: of each slug the places of its papers, in their order."""
        self._ends = np.cumsum(np.bincount(numbers, minlength=len(known.slugs))).astype(np.int32)
        """Where the posting list of each slug ends."""

    def __contains__(self, slug: object) -> bool:
        try:
            number = self.known.number_of[slug] if isinstance(slug, str) else 0
        except KeyError:
            return False
        return bool(number) and bool(self._ends[number] > self._ends[number - 1])

    def __iter__(self) -> Iterator[str]:
        return iter(self.often(1))

    def __len__(self) -> int:
        import numpy as np

        return int(np.count_nonzero(np.diff(self._ends)))

    def often(self, least: int) -> Mapping[str, int]:
        """The slugs that at least `least` papers mention, in the order of first mention, and how many do."""
        import numpy as np

        counts = np.diff(self._ends, prepend=0)
        found = np.flatnonzero(counts >= max(least, 1))
        return {slug: int(counts[number]) for slug, number in self.named(found).items()}

    def named(self, numbers: Numbers) -> Mapping[str, int]:
        """The slugs with these `numbers`, in the order of first mention."""
        import numpy as np

        found = numbers[np.argsort(self._first[numbers], kind="stable")].tolist()
        named = {self.known.slugs[each]: each for each in found}
        self.known.number_of.update(named)
        return named

    def of(self, slug: str) -> tuple[Paper, ...]:
        """The papers that mention `slug`, in their order. Raises KeyError where it never was a slug."""
        papers = self.papers
        return tuple([papers[row] for row in self.rows(slug).tolist()])

    def rows(self, slug: str) -> Numbers:
        """The places of the papers that mention `slug`, in their order. Raises KeyError where it never was a
        slug."""
        number = self.known.number_of[slug]
        return self._rows[self._ends[number - 1] : self._ends[number]]

    def count(self, rows: Sequence[int], slugs: Collection[str]) -> dict[str, int]:
        """In how many of the papers at the places `rows` each of `slugs` is mentioned; those that are."""
        import numpy as np

        is_one = np.zeros(len(self.papers), bool)
        is_one[rows] = True
        counts = np.bincount(self._numbers[is_one[self._row_of]], minlength=len(self.known.slugs))
        numbers = [self.known.number_of[slug] for slug in slugs]
        return {slug: each for slug, each in zip(slugs, counts[numbers].tolist(), strict=True) if each}

    def at(self, row: int) -> list[str]:
        """The slugs that the paper at the place `row` mentions, in its order."""
        slugs = self.known.slugs
        return [slugs[each] for each in self._numbers[self._starts[row] : self._starts[row + 1]].tolist()]

    def joined(self, told: Mapping[str, bytes], size: int) -> list[bytes]:
        """For each paper what is `told` of the slugs that it mentions, in its order, one after the other; of
        some nothing is told, of the others `size` bytes."""
        import numpy as np

        numbers, ends = self._those(told)
        table = np.zeros((len(self.known.slugs), size), np.uint8)
        if told:
            known = [self.known.number_of[slug] for slug in told]
            table[known] = np.frombuffer(b"".join(told.values()), np.uint8).reshape(-1, size)
        data = table[numbers].tobytes()
        return [data[start * size : end * size] for start, end in pairwise(ends)]

    def among(self, values: Mapping[str, Value]) -> list[tuple[Value, ...]]:
        """For each paper the `values` of the slugs that it mentions, in its order; some have none."""
        numbers, ends = self._those(values)
        of_number = {self.known.number_of[slug]: value for slug, value in values.items()}
        found = tuple([of_number[each] for each in numbers.tolist()])
        return [found[start:end] for start, end in pairwise(ends)]

    def _those(self, slugs: Collection[str]) -> tuple[Numbers, list[int]]:
        """The mentions of `slugs`, and where those of each paper begin; the last one's end behind them."""
        import numpy as np

        is_one = np.zeros(len(self.known.slugs), bool)
        is_one[[self.known.number_of[slug] for slug in slugs]] = True
        kept = is_one[self._numbers]
        return self._numbers[kept], np.concatenate(([0], np.cumsum(kept)))[self._starts].tolist()

    def tallies(self, least: int) -> Iterator[tuple[int, Numbers, Numbers]]:
        """Day by day, the oldest first, where the row of papers has the newest first: how many papers stand
        on it; the numbers of the slugs that they mention and that at least `least` papers up to then mention;
        and of each of these how many do."""
        import numpy as np

        days: list[date] = [paper.day for paper in self.papers]
        of_row = np.array([-day.toordinal() for day in days], np.int64)
        sizes = np.diff(self._ends, prepend=0)
        of_mention = np.repeat(np.arange(len(sizes)), sizes)
        so_far = np.repeat(self._ends, sizes) - np.arange(len(self._rows))
        day_of = of_row[self._rows]
        # a posting list has the newest paper first, so that the first of a day tells its end
        is_last = np.ones(len(day_of), bool)
        is_last[1:] = (np.diff(day_of) != 0) | (np.diff(of_mention) != 0)
        found = np.flatnonzero(is_last & (so_far >= least))
        found = found[np.argsort(-day_of[found], kind="stable")]
        names, has = of_mention[found], so_far[found]
        standing, papers = np.unique(-of_row, return_counts=True)
        ends = np.searchsorted(-day_of[found], standing, side="right").tolist()
        for count, (start, end) in zip(papers.tolist(), pairwise([0, *ends]), strict=True):
            yield count, names[start:end], has[start:end]

    @cached_property
    def _row_of(self) -> Numbers:
        """Of each mention its paper's place."""
        import numpy as np

        return np.repeat(np.arange(len(self.papers), dtype=np.int32), np.diff(self._starts))

    @cached_property
    def _first(self) -> Numbers:
        """Of each slug the place of its first mention among all; past them where there is none."""
        import numpy as np

        firsts = np.full(len(self.known.slugs), len(self._numbers), np.int32)
        firsts[self._numbers[::-1]] = np.arange(len(self._numbers) - 1, -1, -1, dtype=np.int32)
        return firsts
