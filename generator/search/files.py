"""The files of one segment. docs/search.md says what stands in each."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cached_property
from itertools import groupby

import numpy as np

from generator.search.codec import deltas, front_coded, pack, varint_sizes, varints
from generator.search.document import Document
from generator.search.index import Index, build, shared_out

CHUNK = 16
"""How many papers' records stand in one file."""
_ABOVE_ALL = "\uffff"
_TERM_COST = 8
"""What naming a term costs, in bytes."""


class SegmentFiles:
    """The files of a segment by name: `about.bin`, `days.bin`, `t0.bin`, `w0.bin`, `r0.bin` and so on."""

    def __init__(
        self,
        documents: Sequence[Document],
        topics: Sequence[str],
        term_shards: int,
        word_shards: int,
        *,
        as_given: bool = False,
    ) -> None:
        self._documents = documents
        self._as_given = as_given
        self._topics = {slug: number for number, slug in enumerate(topics)}
        self._term_shards = term_shards
        self._word_shards = word_shards

    def file(self, name: str) -> bytes:
        """The bytes of the file `name`."""
        if name == "about.bin":
            return pack(self.about)
        if name == "days.bin":
            return pack([bytes(document.day.day for document in self.index.documents)])
        number = int(name[1:].removesuffix(".bin"))
        return {"t": self._terms, "w": self._words, "r": self._records}[name[0]](number)

    @cached_property
    def index(self) -> Index:
        return build(self._documents, as_given=self._as_given)

    @cached_property
    def about(self) -> list[bytes]:
        """The columns that are read before all else: sizes and months as JSON, where shards of terms begin,
        where those of words begin, and the length of every abstract."""
        index = self.index
        months = [
            [month, len(list(group))]
            for month, group in groupby(index.documents, lambda document: document.day.strftime("%Y-%m"))
        ]
        told = {"papers": len(index.documents), "totals": index.totals, "months": months}
        return [
            json.dumps(told, separators=(",", ":")).encode(),
            _cuts(index.terms, self._term_starts),
            _cuts([word for word, _ in index.words], self._word_starts),
            varints(deltas(index.lengths)),
        ]

    @cached_property
    def _term_starts(self) -> list[int]:
        held = self.index.postings
        size = np.cumsum([0, *varint_sizes(held.gaps) + 1])[held.starts[0]] + held.starts[1] + held.starts[2]
        return shared_out((np.diff(size) + _TERM_COST).tolist(), self._term_shards)

    @cached_property
    def _word_starts(self) -> list[int]:
        return shared_out([1] * len(self.index.words), self._word_shards)

    def _terms(self, number: int) -> bytes:
        """Terms, how many papers hold each, and the four columns of their postings."""
        index, held = self.index, self.index.postings
        begin, end = self._term_starts[number], (*self._term_starts, len(index.terms))[number + 1]
        papers, counts, lengths = (slice(*row[[begin, end]]) for row in held.starts)
        return pack(
            [
                front_coded(index.terms[begin:end]),
                varints(held.papers[begin:end]),
                varints(held.gaps[papers]),
                held.masks[papers].tobytes(),
                varints(held.counts[counts]),
                varints(held.lengths[lengths]),
            ]
        )

    def _words(self, number: int) -> bytes:
        """Words, and how often each stands in the papers."""
        begin, end = self._word_starts[number], (*self._word_starts, len(self.index.words))[number + 1]
        words = self.index.words[begin:end]
        return pack([front_coded(word for word, _ in words), varints([often for _, often in words])])

    def _records(self, number: int) -> bytes:
        """What results show: day of the month, code and topics as numbers; the rest as lines."""
        documents = self.index.documents[number * CHUNK : (number + 1) * CHUNK]
        numbers = [value for document in documents for value in self._numbers(document)]
        lines = [
            "\n".join(_line(text) for text in texts)
            for texts in (
                [document.id for document in documents],
                [document.title for document in documents],
                [document.byline for document in documents],
                [document.teaser for document in documents],
            )
        ]
        return pack([varints(numbers), "\n".join(lines).encode("utf-8", "replace")])

    def _numbers(self, document: Document) -> list[int]:
        topics = [self._topics[slug] for slug in document.topics]
        return [document.day.day, int(document.has_code), len(topics), *topics]


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


def _line(text: str) -> str:
    return " ".join(text.split())
