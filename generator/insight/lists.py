"""The lists of related papers while papers arrive, day by day."""

from __future__ import annotations

from bisect import insort
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from generator.insight.vectors import LENGTH, Vectors

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]
    Kept = tuple[NDArray[np.int32], NDArray[np.int16]]

MOST = 8
"""How many related papers a paper names."""
LEAST = 120
"""Two papers are related from this likeness on, in thousandths of a cosine."""
MARGIN = 80
"""How much closer a later paper must be than the weakest in a list, in thousandths."""

_SQUARE = LENGTH * LENGTH
_CLOSEST = 1 << 11
"""More than any likeness; what is missing to it says how far two papers are."""
_RANKS = 32
_RANK = (1 << _RANKS) - 1
_OWNERS = 44
"""Where in a number of many parts how far a paper is begins, and where the owner of the list."""
_EMPTY = (_CLOSEST - (LEAST - 1)) << _RANKS | _RANK
"""A place that nobody has taken: farther than all that may take it."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike each of some newcomers is to another paper, pair by pair; papers are places in the row."""

    newcomers: Numbers
    others: Numbers
    thousandths: Numbers


def likeness(vectors: Vectors, start: int) -> Likeness:
    """How alike the papers from place `start` on are to all that have `vectors`; without the pairs that are
    too little alike to be related."""
    import numpy as np
    from scipy.sparse import csr_array

    count = len(vectors.starts) - 1
    shape = (count, int(vectors.terms.max(initial=0)) + 1)
    matrix = csr_array((vectors.weights, vectors.terms, vectors.starts), shape=shape)
    product = matrix[start:] @ matrix.T
    near = np.flatnonzero(product.data >= LEAST * _SQUARE // 1000 - _SQUARE // 2000)
    newcomers = np.searchsorted(product.indptr, near, side="right") - 1 + start
    sums = product.data[near].astype(np.int64)
    thousandths = (sums * 1000 + _SQUARE // 2) // _SQUARE
    return Likeness(newcomers, product.indices[near].astype(np.int64), thousandths)


class Lists:
    """A list for each paper in a row by day, the closest first, then by id.

    Each place in a list is one number that sorts so: how far the paper is, then the rank of its id.
    """

    def __init__(self, days: Sequence[date], ids: Sequence[str]) -> None:
        import numpy as np

        self._lists = np.full((len(ids), MOST), _EMPTY, np.int64)
        self._days = np.array([day.toordinal() for day in days], np.int32)
        self._by_rank = np.array(sorted(range(len(ids)), key=ids.__getitem__), np.int32)
        self._rank = np.empty(len(ids), np.int64)
        self._rank[self._by_rank] = np.arange(len(ids))

    def before(self, place: int) -> Kept:
        """The lists of the papers before `place`: the places of the papers in each, and how close they are, 0
        where a list is not full."""
        import numpy as np

        lists = self._lists[:place]
        empty = lists == _EMPTY
        places = np.where(empty, 0, self._by_rank[np.where(empty, 0, lists & _RANK)])
        close = np.where(empty, 0, _CLOSEST - (lists >> _RANKS))
        return places.astype(np.int32), close.astype(np.int16)

    def resume(self, kept: Kept) -> None:
        """Let the first papers of the row have arrived, with the lists that `before` gave."""
        import numpy as np

        places, close = kept
        lists = (_CLOSEST - close.astype(np.int64)) << _RANKS | self._rank[places]
        self._lists[: len(places)] = np.where(close, lists, _EMPTY)

    def meet(self, start: int, likeness: Likeness) -> None:
        """Let the papers from place `start` on arrive, which are whole days; `likeness` is theirs to all
        others so far and to each other."""
        newcomers, others, thousandths = likeness.newcomers, likeness.others, likeness.thousandths
        before, now = self._days[others], self._days[newcomers]
        first = (before <= now) & (newcomers != others)
        self._fill(start, newcomers[first], others[first], thousandths[first])
        offered = (before < now) & (thousandths > _CLOSEST - (self._lists[others, -1] >> _RANKS) + MARGIN)
        self._displace(others[offered], newcomers[offered], thousandths[offered])

    def _fill(self, start: int, owners: Numbers, others: Numbers, thousandths: Numbers) -> None:
        """The first list of each newcomer: the closest of its own day and of those before."""
        import numpy as np

        keys = (owners - start) << _OWNERS | (_CLOSEST - thousandths) << _RANKS | self._rank[others]
        keys.sort()
        owners = keys >> _OWNERS
        firsts = np.searchsorted(owners, np.arange(owners[-1] + 1 if len(owners) else 0))
        slot = np.arange(len(owners)) - firsts[owners]
        best = slot < MOST
        self._lists[owners[best] + start, slot[best]] = keys[best] & ((1 << _OWNERS) - 1)

    def _displace(self, owners: Numbers, offers: Numbers, thousandths: Numbers) -> None:
        """Offer each newcomer to all that came on earlier days; a day's closest first."""
        import numpy as np

        keys = (_CLOSEST - thousandths) << _RANKS | self._rank[offers]
        order = np.lexsort((keys, self._days[offers]))
        touched = np.unique(owners)
        lists = dict(zip(touched.tolist(), self._lists[touched].tolist(), strict=True))
        for owner, key in zip(owners[order].tolist(), keys[order].tolist(), strict=True):
            held = lists[owner]
            if (key >> _RANKS) + MARGIN < held[-1] >> _RANKS:
                insort(held, key)
                held.pop()
        if lists:
            self._lists[touched] = list(lists.values())
