"""Which papers are like a paper, by their words.

Each paper is a vector of its 16 best terms, weighted by TF-IDF; two are as alike as the cosine of their
vectors (G. Salton and C. Buckley, "Term-weighting approaches in automatic text retrieval", 1988,
https://doi.org/10.1016/0306-4573(88)90021-0: logarithmic term frequency, inverse document frequency, cosine).

What is alike stays alike. A new day must not stir the lists of old papers, and yet the lists must follow
from the contents alone, whether they came in one go or day by day:

- How rare a term is, is asked of the oldest papers only: with n papers before a day, of the first 2^k ≤ n.
  So a newcomer never changes how alike two papers are that came before it.
- A paper's list is filled from the papers up to its own day. A later paper takes the place of the weakest
  one only where it is clearly closer: by more than `MARGIN`. An empty place counts as one at `LEAST`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from generator.insight.terms import HEADING_TIMES, PHRASE_TIMES, Singulars, terms_of, vocabulary
from generator.model.paper import Paper

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

MOST = 8
"""How many related papers a paper names."""
TERMS = 16
"""How many terms stand for a paper."""
LEAST = 120
"""Two papers are related from this likeness on, in thousandths of a cosine."""
MARGIN = 80
"""How much closer a later paper must be than the weakest in a list, in thousandths."""

DAMPING = 0.7
"""How much rarity says; at 1, words that are rare by chance outdo those that name a subject."""

_RARE = 1024
"""A term is rare that fewer than two papers have, and one more for each so many."""
_FIRST_TABLE = 64
"""Before there are so many papers, every term counts as equally rare."""
_BLOCK = 512
"""How many papers are compared with all the others at a time, about; bounds the memory."""


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Every paper with each of its terms, by paper and then by term; papers are places in the row by day."""

    papers: Numbers
    terms: Numbers
    times: Numbers
    phrases: NDArray[np.bool_]
    """Which terms are phrases."""


def related(papers: Sequence[Paper]) -> Mapping[str, tuple[Paper, ...]]:
    """Up to `MOST` papers that are like each paper, by its id; the closest first, then by id.

    A pure function of the papers as a set. Asks for no library where there are fewer than two.
    """
    if len(papers) < 2:
        return {paper.id: () for paper in papers}
    row = sorted(papers, key=lambda paper: (paper.day, paper.id))
    lists = _Lists(row)
    pairs = _count_terms(row)
    for table, blocks in _blocks(row):
        vectors = _vectors(pairs, table, last=blocks[-1][1])
        for start, stop in blocks:
            lists.meet(start, stop, vectors[start:stop] @ vectors[:stop].T)
    return {paper.id: lists.of(place) for place, paper in enumerate(row)}


def _blocks(row: Sequence[Paper]) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """The places of `row` cut into blocks of whole days, grouped by the size of the table of rarity."""
    starts = [place for place in range(len(row)) if not place or row[place].day != row[place - 1].day]
    groups: dict[int, list[tuple[int, int]]] = {}
    for start, stop in zip(starts, [*starts[1:], len(row)], strict=True):
        table = 1 << (start.bit_length() - 1) if start >= _FIRST_TABLE else 0
        blocks = groups.setdefault(table, [])
        if blocks and stop - blocks[-1][0] <= _BLOCK:
            blocks[-1] = (blocks[-1][0], stop)
        else:
            blocks.append((start, stop))
    yield from groups.items()


class _Lists:
    """The lists while papers arrive, day by day."""

    def __init__(self, row: Sequence[Paper]) -> None:
        import numpy as np

        self._row = row
        self._days = np.array([paper.day.toordinal() for paper in row])
        by_id = sorted(range(len(row)), key=lambda place: row[place].id)
        self._by_id = np.argsort(by_id)
        self._held: list[list[tuple[int, int, int]]] = [[] for _ in row]
        """For each paper: minus the likeness, the rank of the id, and the place of each related one."""
        self._weakest = np.full(len(row), LEAST - 1)

    def of(self, place: int) -> tuple[Paper, ...]:
        return tuple(self._row[other] for _, _, other in self._held[place])

    def meet(self, start: int, stop: int, cosines: Any) -> None:
        """Let the papers from `start` to `stop` arrive; `cosines`: how alike each is to all up to `stop`."""
        import numpy as np

        likeness = np.rint(cosines.data * 1000).astype(np.int64)
        near = np.flatnonzero(likeness >= LEAST)
        likeness = likeness[near]
        newcomers = np.repeat(np.arange(start, stop), np.diff(cosines.indptr))[near]
        others = cosines.indices[near].astype(np.int64)
        self._fill(newcomers, others, likeness)
        self._displace(newcomers, others, likeness)

    def _fill(self, newcomers: Numbers, others: Numbers, likeness: Numbers) -> None:
        """The first list of each newcomer: the closest of its own day and of those before."""
        import numpy as np

        known = (self._days[others] <= self._days[newcomers]) & (others != newcomers)
        owners, others, likeness = newcomers[known], others[known], likeness[known]
        order = np.lexsort((self._by_id[others], -likeness, owners))
        owners, others, likeness = owners[order], others[order], likeness[order]
        first = np.flatnonzero(np.r_[True, owners[1:] != owners[:-1]][: len(owners)])
        place = np.arange(len(owners)) - np.repeat(first, np.diff(np.r_[first, len(owners)]))
        best = place < MOST
        for owner, other, close in zip(
            owners[best].tolist(), others[best].tolist(), likeness[best].tolist(), strict=True
        ):
            self._held[owner].append((-close, int(self._by_id[other]), other))
            if len(self._held[owner]) == MOST:
                self._weakest[owner] = close

    def _displace(self, newcomers: Numbers, others: Numbers, likeness: Numbers) -> None:
        """Offer each newcomer to all that came on earlier days; a day's closest first."""
        import numpy as np

        offered = (self._days[others] < self._days[newcomers]) & (likeness > self._weakest[others] + MARGIN)
        owners, offers, likeness = others[offered], newcomers[offered], likeness[offered]
        order = np.lexsort((self._by_id[offers], -likeness, self._days[offers]))
        for owner, offer, close in zip(
            owners[order].tolist(), offers[order].tolist(), likeness[order].tolist(), strict=True
        ):
            if close > self._weakest[owner] + MARGIN:
                held = self._held[owner]
                held.append((-close, int(self._by_id[offer]), offer))
                held.sort()
                del held[MOST:]
                if len(held) == MOST:
                    self._weakest[owner] = -held[-1][0]


class _Places(dict[str, int]):
    """A place for each word, in the order in which they are met."""

    def __missing__(self, word: str) -> int:
        return self.setdefault(word, len(self))


def _told(paper: Paper, places: _Places, singulars: Singulars) -> Numbers:
    """The places of a paper's words, each as often as it counts."""
    import numpy as np

    terms = terms_of(paper, singulars)
    parts = ((terms.body, 1), (terms.heading, HEADING_TIMES), (terms.phrases, PHRASE_TIMES))
    return np.concatenate(
        [np.repeat(np.array([places[word] for word in words], np.int32), times) for words, times in parts]
    )


def _count_terms(row: Sequence[Paper]) -> _Pairs:
    """How often each paper has each telling term."""
    import numpy as np

    places, singulars = _Places(), Singulars()
    told = [_told(paper, places, singulars) for paper in row]
    names, known = vocabulary(places, singulars)
    final = np.full(len(places) + 1, -1, np.int64)
    final[[places[term] for term in known]] = list(known.values())
    papers, terms, times = [], [], []
    for start in range(0, len(told), _BLOCK):
        block = told[start : start + _BLOCK]
        owners = np.repeat(np.arange(start, start + len(block)), [len(each) for each in block])
        places_of = final[np.concatenate(block)]
        telling = places_of >= 0
        keys, counts = np.unique(
            owners[telling] * len(names) + places_of[telling], return_counts=True
        )  # fmt: skip
        papers.append(keys // max(len(names), 1))
        terms.append(keys % max(len(names), 1))
        times.append(counts)
    phrases = np.array(["_" in name for name in names], bool)
    return _Pairs(np.concatenate(papers), np.concatenate(terms), np.concatenate(times), phrases)


def _vectors(pairs: _Pairs, table: int, last: int) -> Any:
    """The vectors of the papers before place `last`, of length one, as a sparse matrix: a row for each paper.

    A term's weight is (1 + ln times) · ln((table + 1) / (having + 1)) ^ `DAMPING`, where `having` is how many
    of the first `table` papers have the term. A term that occurs once in a paper is incidental and left out;
    so are a rare one that occurs twice and a rare phrase, and none is taken for rarer than that: it may be a
    name of the paper's own.
    """
    import numpy as np
    from scipy.sparse import csr_array

    end = int(np.searchsorted(pairs.papers, last))
    papers, terms, times = pairs.papers[:end], pairs.terms[:end], pairs.times[:end]
    rarity = np.ones(len(pairs.phrases))
    known = times > 1
    if table:
        counted = int(np.searchsorted(pairs.papers, table))
        having = np.bincount(pairs.terms[:counted], minlength=len(pairs.phrases))
        rare = 2 + table // _RARE
        rarity = (math.log(table + 1) - np.log(np.maximum(having, rare) + 1)) ** DAMPING
        known &= (having[terms] >= rare) | ((times > 2) & ~pairs.phrases[terms])
    weights = np.rint((1 + np.log(times)) * rarity[terms] * 1e4).astype(np.int64)
    weights[~known] = 0
    order = np.argsort((papers << 32) - weights, kind="stable")
    firsts = np.searchsorted(papers, np.arange(last + 1))
    rank = np.arange(end) - firsts[papers]
    best = np.sort(order[(rank < TERMS) & (weights[order] > 0)])
    papers, terms, chosen = papers[best], terms[best], weights[best].astype(np.float64)
    length = np.sqrt(np.bincount(papers, chosen**2, minlength=last))
    starts = np.searchsorted(papers, np.arange(last + 1))
    return csr_array((chosen / length[papers], terms, starts), shape=(last, len(pairs.phrases)))
