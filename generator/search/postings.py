"""Which papers hold each term, in which fields and how often: columns of numbers over all terms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from generator.search.codec import rice, varints
from generator.search.document import FIELDS

Numbers = NDArray[np.integer]
_Part = tuple[list[Numbers], list[Numbers]]

ABSTRACT = FIELDS.index("abstract")
FACET = len(FIELDS)
"""Stands for a field where a term only filters."""
SLOTS = 8
"""Room for every field, and for facets, in a sort key."""
_STRETCH, _STRETCHES, _PARTS = 1_500_000, 4, 16
"""Terms are looked at one after another, since what lies between is many times as large: in stretches of
about so many keys, but no more than four, since for each all that was read is gone through; and in so many
parts of each."""
_ONCE = np.array([1, 2, 4, 8, 0], np.uint8)
_MORE = np.array([16, 32, 64, 128, 0], np.uint8)


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """Columns over all terms, in their order. Shapes: `papers` one number a term; `gaps` and `masks` one a
    paper of a term; `counts` and `lengths` as many as the masks say."""

    all_papers: int
    papers: Numbers
    """How many hold the term."""
    gaps: Numbers
    """How many papers lie between one that holds the term and the next."""
    masks: Numbers
    """Which fields hold it (bits 1, 2, 4, 8 in the order of FIELDS), and which more than once (16 to 128)."""
    counts: Numbers
    """For each field that holds it more than once: how often, less two."""
    lengths: tuple[Numbers, ...]
    """For each field but the abstract, where it holds the term: how many terms it has."""
    starts: tuple[Numbers, ...]
    """Where each term, and one more, begins in gaps and masks; in counts; in the lengths of each field."""

    @classmethod
    def of(cls, keys: Callable[[int, int], Numbers], held: Numbers, lengths: Numbers) -> Postings:
        """The columns of all terms. A key is (rank of the term, place of the paper, field) as one number,
        and stands as often as the field holds the term: of each term as many as it has `held`; `lengths` has
        a row of fields for each place. `keys` makes those from one rank to before another, ranks counted from
        the first: for nobody else, since they are large, and let go of as soon as can be."""
        parts = [
            part
            for first, last in pairwise(_stretches(held))
            for part in _parts(keys(first, last), lengths, last - first)
        ]
        columns, papers = map(list, zip(*parts, strict=True))
        del parts
        gaps, masks, counts, *long = _joined(columns)
        sizes = _joined(papers)
        return cls(
            all_papers=len(lengths),
            papers=sizes[0],
            gaps=gaps,
            masks=masks,
            counts=counts,
            lengths=tuple(long),
            starts=tuple(np.concatenate(([0], np.cumsum(size))) for size in sizes),
        )

    @property
    def sizes(self) -> Numbers:
        """About how many bytes the postings of each term take, compressed."""
        widths = np.log2(np.maximum(self.all_papers / np.maximum(self.papers, 1), 1)) / 8 + 0.45
        others = np.sum([np.diff(each) for each in self.starts[1:]], axis=0)
        sizes: Numbers = np.rint(self.papers * widths + others * 0.7).astype(np.int64)
        return sizes

    @property
    def demand(self) -> NDArray[np.float64]:
        """About how often a query asks for each term, as shares of no unit: people recall words of titles."""
        titles = np.concatenate(([0], np.cumsum(self.masks & 1, dtype=np.int32)))
        found: NDArray[np.float64] = np.diff(titles[self.starts[0]]) + self.papers / 8
        return found

    def columns(self, begin: int, end: int) -> list[bytes]:
        """The columns of the terms from `begin` to before `end`, as a file holds them."""
        parts = [slice(*each[[begin, end]]) for each in self.starts]
        papers = self.papers[begin:end]
        return [
            varints(papers),
            rice(self.gaps[parts[0]], np.repeat(rice_widths(self.all_papers, papers), papers)),
            self.masks[parts[0]].tobytes(),
            varints(self.counts[parts[1]]),
            *(varints(lengths[part]) for lengths, part in zip(self.lengths, parts[2:], strict=True)),
        ]


def narrow(numbers: Numbers) -> Numbers:
    """The same `numbers`, none of them negative, each in as few bytes as the largest needs."""
    return numbers.astype(np.min_scalar_type(numbers.max(initial=0)))


def _stretches(held: Numbers) -> list[int]:
    """Where stretches of terms begin and end that are about equally large, if terms have `held` keys."""
    ends = np.concatenate(([0], np.cumsum(held)))
    bounds = np.linspace(0, ends[-1], min(int(ends[-1]) // _STRETCH, _STRETCHES - 1) + 2)
    found: list[int] = np.searchsorted(ends, bounds).tolist()
    return [*found[:-1], len(held)]


def _joined(parts: list[list[Numbers]]) -> list[Numbers]:
    """Each column of `parts`, one part after the other. Of the parts none is left."""
    columns = [list(column) for column in zip(*parts, strict=True)]
    parts.clear()
    return [np.concatenate(columns.pop(0)) for _ in range(len(columns))]


def _parts(keys: Numbers, lengths: Numbers, terms: int) -> list[_Part]:
    """The columns of `terms`, a part after the other."""
    keys.sort()
    edges = np.linspace(0, terms, _PARTS + 1).astype(np.int64)
    each = max(len(lengths), 1) * SLOTS
    ends = np.searchsorted(keys, edges * each)
    return [
        _part(keys[begin:end] - first * each, lengths, int(last - first))
        for (begin, end), (first, last) in zip(pairwise(ends), pairwise(edges), strict=True)
    ]


def _part(keys: Numbers, lengths: Numbers, terms: int) -> _Part:
    """Gaps, masks, counts and the lengths of each field; and how many each of `terms` has of them, where gaps
    and masks are as many. `keys` are sorted."""
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    often = np.diff(first, append=len(keys))
    keys = keys[first]
    field = keys % SLOTS
    keys //= SLOTS
    begin = np.flatnonzero(np.diff(keys, prepend=-1))
    owner, place = np.divmod(keys, max(len(lengths), 1))
    bits = _ONCE[field] + np.where(often > 1, _MORE[field], np.uint8(0))
    held, at = owner[begin], place[begin]
    opens = np.diff(held, prepend=-1) != 0
    gaps = narrow(np.where(opens, at, np.diff(at, prepend=0) - 1))
    masks = np.add.reduceat(bits, begin) if len(bits) else bits
    many = np.flatnonzero((often > 1) & (field != FACET))
    short = [np.flatnonzero(field == each) for each in range(ABSTRACT)]
    long = [lengths[place[of], each] for each, of in enumerate(short)]
    owners = (held, owner[many], *(owner[of] for of in short))
    sizes: list[Numbers] = [np.bincount(each, minlength=terms) for each in owners]
    return [gaps, masks.astype(np.uint8), narrow(often[many] - 2), *long], sizes


def rice_widths(all_papers: int, papers: Numbers) -> Numbers:
    """How many low bits of a gap are told as they are, for terms that so many `papers` hold: about the
    logarithm of three quarters of the mean gap."""
    mean = all_papers * 3 // np.maximum(papers * 4, 1)
    widths: Numbers = np.maximum(np.frexp(mean)[1].astype(np.int64) - 1, 0)
    return widths
