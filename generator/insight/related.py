"""Which papers are like a paper, by their words.

Each paper is a vector of its best terms, and two are as alike as the cosine of their vectors.

What is alike stays alike. A new day must not stir the lists of old papers, and yet the lists must follow
from the contents alone, whether they came in one go or day by day:

- How rare a term is, is asked of the oldest papers only: with n papers before a day, of the first 2^k ≤ n.
  So a newcomer never changes how alike two papers are that came before it.
- A paper's list is filled from the papers up to its own day. A later paper takes the place of the weakest
  one only where it is clearly closer: by more than `MARGIN`. An empty place counts as one at `LEAST`.

So what was settled up to a day is settled, as long as the papers of that day and of those before it stay what
they are: see `Settled`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, compress, pairwise
from typing import TYPE_CHECKING, NamedTuple

from generator.insight.lists import Lists, likeness
from generator.insight.terms import Vocabulary
from generator.insight.vectors import Rarity, Told, Vectors, joined, tell, vectors_of
from generator.model.paper import Paper

if TYPE_CHECKING:
    from generator.insight.lists import Kept
    from generator.insight.vectors import Whole

_FIRST_TABLE = 64
"""Before there are so many papers, every term counts as equally rare."""
_BLOCK = 512
"""How many papers are compared with all the others at a time, about; bounds the memory."""
_STEP = 1024
"""A place to go back to is kept every so many papers."""
_STEPS = 2
"""How many of these, beside the one before the last day."""


class Near(NamedTuple):
    """What is like each paper of a row."""

    places: Sequence[int]
    """Of the papers that are like the first, the closest first; then of those that are like the second."""
    counts: Sequence[int]
    """How many are like each."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What is certain of a row of papers by day and id, whatever papers come after them."""

    rarity: Rarity
    """Of the names, for the newest papers."""
    names: Sequence[str]
    """Of terms: all that stand in `vectors`, and all that are not rare."""
    vectors: Vectors
    """Of all papers in the row, as the newest see them."""
    lists: Mapping[int, Kept]
    """By the first place of a day, the lists as they stood before that day; see `Lists`."""


def related(papers: Sequence[Paper]) -> Mapping[str, tuple[Paper, ...]]:
    """Up to `MOST` papers that are like each paper, by its id; the closest first, then by id.

    A pure function of the papers as a set. Asks for no library where there are fewer than two.
    """
    row = in_row(papers)
    return named(row, settle(row)[0])


def in_row(papers: Iterable[Paper]) -> Sequence[Paper]:
    """`papers` by day, then by id."""
    return sorted(papers, key=lambda paper: (paper.day, paper.id))


def named(row: Sequence[Paper], near: Near) -> Mapping[str, tuple[Paper, ...]]:
    """Papers by id for places in their `row`."""
    found = tuple(map(row.__getitem__, near.places))
    spans = pairwise(accumulate(near.counts, initial=0))
    return {paper.id: found[start:end] for paper, (start, end) in zip(row, spans, strict=True)}


def settle(row: Sequence[Paper], known: Settled | None = None, alike: int = 0) -> tuple[Near, Settled | None]:
    """What is like each paper of a `row`, and what is settled then, which makes the next time short.

    `known` was settled of a row whose first papers, `alike` many, are those of this one.
    """
    if len(row) < 2:
        return Near((), [0 for _ in row]), None
    days = [paper.day for paper in row]
    starts = [place for place in range(len(row)) if not place or days[place] != days[place - 1]]
    lists = Lists(days, [paper.id for paper in row])
    begin = _resumes_at(starts, known, alike) if known else 0
    settled = _go_on(row, starts, lists, known, begin) if known and begin else _begin(row, starts, lists)
    places, close = lists.before(len(row))
    is_full = close > 0
    return Near(places[is_full].tolist(), is_full.sum(axis=1).tolist()), settled


def _resumes_at(starts: Sequence[int], known: Settled, alike: int) -> int:
    """The last place at which a day begins now as it did when `known` was settled; 0 where there is none."""
    if _table(starts[-1]) != known.rarity.table:
        return 0
    return max((start for start in starts if start <= alike and start in known.lists), default=0)


def _begin(row: Sequence[Paper], starts: Sequence[int], lists: Lists) -> Settled:
    """Let all papers arrive."""
    vocabulary = Vocabulary()
    told, having = _count(row, vocabulary)
    kept: dict[int, Kept] = {}
    places = _places_to_keep(starts)
    for table, blocks in _blocks(starts, len(row), places):
        rarity = Rarity(table, _padded(having[table], len(vocabulary.names)))
        vectors = vectors_of(told.until(blocks[-1][1]), rarity, vocabulary.names)
        kept = _meet(lists, vectors, blocks, places)
    return _compact(Settled(rarity, vocabulary.names, vectors, kept))


def _go_on(row: Sequence[Paper], starts: Sequence[int], lists: Lists, known: Settled, begin: int) -> Settled:
    """Let the papers from place `begin` on arrive where the others did already."""
    lists.resume(known.lists[begin])
    vocabulary = Vocabulary(known.names)
    told, _ = tell(row[begin:], vocabulary)
    rarity = Rarity(known.rarity.table, _padded(known.rarity.having, len(vocabulary.names)))
    vectors = known.vectors.until(begin).followed_by(
        vectors_of(told.by_name(vocabulary.names), rarity, vocabulary.names)
    )
    places = _places_to_keep(starts)
    kept = {place: each for place, each in known.lists.items() if place < begin and place in places}
    for _, blocks in _blocks([start for start in starts if start >= begin], len(row), places):
        kept |= _meet(lists, vectors, blocks, places)
    return _compact(Settled(rarity, vocabulary.names, vectors, kept))


def _table(before: int) -> int:
    """Of how many papers it is asked how rare a term is, with so many `before` a day."""
    return 1 << (before.bit_length() - 1) if before >= _FIRST_TABLE else 0


def _places_to_keep(starts: Sequence[int]) -> frozenset[int]:
    """The last day's first place, and those of days some thousand papers before it: papers of the last weeks
    are the ones that change."""
    steps = [starts[-1] // _STEP * _STEP - back * _STEP for back in range(_STEPS)]
    return frozenset([starts[-1], *(starts[bisect_right(starts, step) - 1] for step in steps if step > 0)])


def _blocks(
    starts: Sequence[int], end: int, cuts: Container[int]
) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """The days that begin at `starts` as blocks of whole ones, grouped by the size of the table of rarity. At
    `cuts` a block begins."""
    groups: dict[int, list[tuple[int, int]]] = {}
    for start, stop in zip(starts, [*starts[1:], end], strict=True):
        blocks = groups.setdefault(_table(start), [])
        if blocks and stop - blocks[-1][0] <= _BLOCK and start not in cuts:
            blocks[-1] = (blocks[-1][0], stop)
        else:
            blocks.append((start, stop))
    yield from groups.items()


def _meet(
    lists: Lists, vectors: Vectors, blocks: Iterable[tuple[int, int]], places: Container[int]
) -> dict[int, Kept]:
    """Let the papers of `blocks` arrive; gives the lists as they stood before those at `places`."""
    kept: dict[int, Kept] = {}
    for start, stop in blocks:
        if start in places:
            kept[start] = lists.before(start)
        lists.meet(start, likeness(vectors.until(stop), start))
    return kept


def _count(row: Sequence[Paper], vocabulary: Vocabulary) -> tuple[Told, Mapping[int, Whole]]:
    """What the papers of a `row` tell; and by the size of each table of rarity, how many papers have each
    term that was met until then."""
    import numpy as np

    tables = {_table(place) for place in range(len(row))}
    having: dict[int, Whole] = {}
    parts, so_far = [], np.zeros(0, np.int32)
    for start, stop in pairwise(sorted({*range(0, len(row), _BLOCK), *tables, len(row)})):
        if start in tables:
            having[start] = so_far
        told, terms = tell(row[start:stop], vocabulary)
        parts.append(told)
        known = len(vocabulary.names)
        so_far = _padded(so_far, known) + np.bincount(terms, minlength=known).astype(np.int32)
    return joined(parts).by_name(vocabulary.names), having


def _padded(numbers: Whole, length: int) -> Whole:
    """`numbers`, with zeros behind them."""
    import numpy as np

    return np.concatenate([numbers, np.zeros(length - len(numbers), np.int32)])


def _compact(settled: Settled) -> Settled:
    """The same without the names that nobody will ask for."""
    import numpy as np

    rarity, vectors = settled.rarity, settled.vectors
    wanted = rarity.having >= rarity.rare
    wanted[vectors.terms] = True
    numbers = np.cumsum(wanted, dtype=np.int32) - 1
    return Settled(
        Rarity(rarity.table, rarity.having[wanted]),
        list(compress(settled.names, wanted.tolist())),
        replace(vectors, terms=numbers[vectors.terms]),
        settled.lists,
    )
