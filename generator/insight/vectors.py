"""Papers as vectors of their best terms, weighted by TF-IDF, all of one length.

(G. Salton and C. Buckley, "Term-weighting approaches in automatic text retrieval", 1988,
https://doi.org/10.1016/0306-4573(88)90021-0: logarithmic term frequency, inverse document frequency, cosine.)

Numbers are whole from the weights on, so that sums are the same in whatever order they are made.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.insight.terms import PHRASE_TIMES, Vocabulary
from generator.model.paper import Paper

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Whole = NDArray[np.int32]

TERMS = 16
"""How many terms stand for a paper."""
LENGTH = 1 << 15
"""The length of every vector."""
DAMPING = 0.7
"""How much rarity says; at 1, words that are rare by chance outdo those that name a subject."""
_COUNTS = PHRASE_TIMES + 1
"""More than any word counts where it stands once."""
_RARE = 1024
"""A term is rare that fewer than two papers have, and one more for each so many."""


@dataclass(frozen=True, slots=True)
class Told:
    """What some papers in a row tell more than once, by paper."""

    starts: Whole
    """Where each paper's terms begin, and at last where they end."""
    terms: Whole
    times: Whole

    def by_name(self, names: Sequence[str]) -> Told:
        """The same; of each paper by the terms' `names`."""
        import numpy as np

        different, which = np.unique(self.terms, return_inverse=True)
        met = [names[term] for term in different.tolist()]
        ranks = np.empty(len(met), np.int64)
        ranks[sorted(range(len(met)), key=met.__getitem__)] = np.arange(len(met))
        places = np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))
        order = np.argsort(places * len(met) + ranks[which])
        return Told(self.starts, self.terms[order], self.times[order])

    def until(self, stop: int) -> Told:
        """Of the first `stop` papers."""
        end = int(self.starts[stop])
        return Told(self.starts[: stop + 1], self.terms[:end], self.times[:end])


@dataclass(frozen=True, slots=True)
class Rarity:
    """How rare each term is, asked of the first `table` papers: how many of those are `having` it."""

    table: int
    having: Whole

    @property
    def rare(self) -> int:
        """Terms that fewer papers have are rare, and none is taken for rarer than this."""
        return 2 + self.table // _RARE


@dataclass(frozen=True, slots=True)
class Vectors:
    """A vector for each paper in a row: the terms and how much each weighs, by paper."""

    starts: Whole
    terms: Whole
    weights: Whole

    def until(self, stop: int) -> Vectors:
        """Of the first `stop` papers."""
        end = int(self.starts[stop])
        return Vectors(self.starts[: stop + 1], self.terms[:end], self.weights[:end])

    def followed_by(self, more: Vectors) -> Vectors:
        """These and then `more`."""
        import numpy as np

        starts = np.concatenate([self.starts, more.starts[1:] + self.starts[-1]])
        terms = np.concatenate([self.terms, more.terms])
        return Vectors(starts, terms, np.concatenate([self.weights, more.weights]))


def tell(papers: Sequence[Paper], vocabulary: Vocabulary) -> tuple[Told, Whole]:
    """What `papers` tell more than once; and the terms that each has at all, one after the other."""
    import numpy as np

    said = vocabulary.said_by(papers)
    size = max(len(vocabulary.names), 1)
    keys = ((said.places * size + said.terms) * _COUNTS + said.times)[said.terms >= 0]
    keys.sort()
    uses, times = np.divmod(keys, _COUNTS)
    firsts = np.flatnonzero(np.diff(uses, prepend=-1))
    uses = uses[firsts]
    times = np.add.reduceat(times, firsts) if len(firsts) else times
    often = times > 1
    places, terms = np.divmod(uses[often], size)
    starts = np.searchsorted(places, np.arange(len(papers) + 1))
    told = Told(*(numbers.astype(np.int32) for numbers in (starts, terms, times[often])))
    return told, (uses % size).astype(np.int32)


def joined(parts: Sequence[Told]) -> Told:
    """All that `parts` of a row tell, one after the other."""
    import numpy as np

    ends = np.concatenate([np.diff(part.starts) for part in parts]).cumsum(dtype=np.int32)
    terms = np.concatenate([part.terms for part in parts])
    return Told(np.r_[np.int32(0), ends], terms, np.concatenate([part.times for part in parts]))


def vectors_of(told: Told, rarity: Rarity, names: Sequence[str]) -> Vectors:
    """The vectors of the papers that have `told`; of terms that weigh the same, the first are better.

    A term's weight is (1 + ln times) · ln((table + 1) / (having + 1)) ^ `DAMPING`. A term that occurs once in
    a paper is incidental and left out; so are a rare one that occurs twice and a rare phrase, and none is
    taken for rarer than that: it may be a name of the paper's own.
    """
    import numpy as np

    if not len(told.terms):
        return Vectors(told.starts, told.terms, told.times)
    frequency = np.array([0, *(1 + math.log(times) for times in range(1, int(told.times.max()) + 1))])
    weights = frequency[told.times]
    known = np.ones(len(told.terms), bool)
    if rarity.table:
        having = rarity.having[told.terms]
        least = np.maximum(np.arange(rarity.table + 1), rarity.rare)
        weights *= ((math.log(rarity.table + 1) - np.log(least + 1)) ** DAMPING)[having]
        known = (having >= rarity.rare) | (told.times > 2)
        for place in np.flatnonzero(known & (having < rarity.rare)).tolist():
            known[place] = "_" not in names[told.terms[place]]
    whole = np.rint(weights * 1e4).astype(np.int64)
    whole[~known] = 0
    count = len(told.starts) - 1
    papers = np.repeat(np.arange(count), np.diff(told.starts))
    order = np.argsort((papers << 32) - whole, kind="stable")
    rank = np.arange(len(papers)) - told.starts[papers]
    best = np.sort(order[(rank < TERMS) & (whole[order] > 0)])
    papers, chosen = papers[best], whole[best].astype(np.float64)
    length = np.sqrt(np.bincount(papers, chosen**2, minlength=count))
    starts = np.searchsorted(papers, np.arange(count + 1)).astype(np.int32)
    scaled = np.rint(chosen / length[papers] * LENGTH).astype(np.int32)
    return Vectors(starts, told.terms[best], scaled)
