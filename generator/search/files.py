"""The files of one segment. docs/search.md says what stands in each."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import groupby

import numpy as np

from generator.search.codec import deltas, front_coded, pack, varints
from generator.search.document import Source
from generator.search.index import Index, build, shared_out
from generator.search.primer import primer
from generator.search.recall import AFRESH, Recall
from generator.search.records import CHUNK, columns

_ABOVE_ALL = "\uffff"
_TERM_COST = 4
"""What naming a term costs, in bytes."""
_BY_DEMAND = 0.3
"""How much the demand for a term counts beside its size. Of 0 to 0.5 this moves least for queries of many
kinds; for words of titles and abstracts, 6 % less than 0."""
_PRIMERS = 2000
"""How many papers the primer is made from, at most."""


class SegmentFiles:
    """The files of a segment by name: `about.bin`, `days.bin`, `t0.bin`, `w0.bin`, `r0.bin` and so on."""

    def __init__(
        self,
        sources: Sequence[Source],
        topics: Sequence[str],
        term_shards: int,
        word_shards: int,
        *,
        base: Callable[[], bytes] | None = None,
        grows: bool = False,
        recall: Recall = AFRESH,
    ) -> None:
        """`grows` says that papers will be added at the end. Such a part uses the primer of its `base`: one
        of its own would change with every paper, and all its records with it. Only its words are recalled:
        those of a base are many, and hardly ever asked for again."""
        self._sources = sources
        self._base = base
        self._grows = grows
        self._recall = recall if grows else AFRESH
        self._topics = {slug: number for number, slug in enumerate(topics)}
        self._term_shards = term_shards
        self._word_shards = word_shards

    def file(self, name: str) -> bytes:
        """The bytes of the file `name`."""
        if name == "about.bin":
            return pack(self.about)
        if name == "days.bin":
            return pack([bytes(source.day.day for source in self.placed)])
        number = int(name[1:].removesuffix(".bin"))
        return {"t": self._terms, "w": self._words, "r": self._records}[name[0]](number)

    @cached_property
    def index(self) -> Index:
        return build(self._sources, as_given=self._grows, terms_of=self._recall.terms)

    @cached_property
    def placed(self) -> Sequence[Source]:
        """The papers in the order of the index."""
        return self._sources if self._grows else [self._sources[at] for at in self.index.order]

    @cached_property
    def primer(self) -> bytes:
        """What stands before every file of records when it is compressed."""
        if self._grows:
            return self._base() if self._base else b""
        some = self._sources[:: len(self._sources) // _PRIMERS + 1]
        return primer(source.record() for source in some)

    @cached_property
    def about(self) -> list[bytes]:
        """The columns that are read before all else: sizes and months as JSON, where shards of terms begin,
        where those of words begin, the length of every abstract, and the primer unless it is the base's."""
        index = self.index
        months = [
            [month, len(list(group))]
            for month, group in groupby(self.placed, lambda source: source.day.strftime("%Y-%m"))
        ]
        told = {"papers": len(self.placed), "totals": index.totals, "months": months}
        return [
            json.dumps(told, separators=(",", ":")).encode(),
            _cuts(index.terms, self._term_starts),
            _cuts(index.words, self._word_starts),
            varints(deltas(index.lengths)),
            b"" if self._grows else self.primer,
        ]

    @cached_property
    def _term_starts(self) -> list[int]:
        """So that shards are the smaller the more often they are asked for."""
        postings = self.index.postings
        weights = (postings.sizes + _TERM_COST) ** (1 - _BY_DEMAND) * postings.demand**_BY_DEMAND
        return shared_out(np.rint(weights * 64).astype(np.int64).tolist(), self._term_shards)

    @cached_property
    def _word_starts(self) -> list[int]:
        return shared_out([1] * len(self.index.words), self._word_shards)

    def _terms(self, number: int) -> bytes:
        """Terms, how many papers hold each, and the columns of their postings."""
        index = self.index
        begin, end = self._term_starts[number], (*self._term_starts, len(index.terms))[number + 1]
        names = front_coded(index.terms[begin:end])
        return pack([names, *index.postings.columns(begin, end)], is_numbers=True)

    def _words(self, number: int) -> bytes:
        """Words, and how often each stands in the papers."""
        begin, end = self._word_starts[number], (*self._word_starts, len(self.index.words))[number + 1]
        return pack([front_coded(self.index.words[begin:end]), varints(self.index.often[begin:end])])

    def _records(self, number: int) -> bytes:
        sources = self.placed[number * CHUNK : (number + 1) * CHUNK]
        return pack(columns([source.record() for source in sources], self._topics), self.primer)


def _cuts(names: Sequence[str], starts: Sequence[int]) -> bytes:
    """For each shard the shortest text that is above every name before it and not above its first."""
    cuts = [""]
    for start in starts[1:]:
        if start < len(names):
            name, before = names[start], names[start - 1]
            shared = next(
                (at for at, letter in enumerate(before) if name[at : at + 1] != letter), len(before)
            )
            cuts.append(name[: shared + 1])
        else:
            cuts.append(_ABOVE_ALL)
    return "\n".join(cuts).encode()
