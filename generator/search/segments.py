"""The archive in two parts: an old one that rests and a recent one that grows.

A day settles two weeks before the archive's last one: by then the feed no longer changes it. Settled days
are folded in, oldest first, and join the base whenever they make up more than 500 papers. So the cut depends
on the papers alone, and nothing that is added to the last two weeks moves it. The recent part holds up to
about 1,000. A paper that is added to a day of the base makes a new base, which is right, and rare.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import groupby
from math import sqrt

from generator.search.document import Row, Source
from generator.search.files import SegmentFiles
from generator.search.recall import AFRESH, Recall
from generator.search.records import CHUNK

FORMAT = 4
"""Is raised whenever the same papers give other bytes, so that no cache mixes the two."""
BLOCK = 500
SETTLED = timedelta(days=14)


_TERMS, _WORDS = 0.0495, 0.004
"""How many shards of terms and of words there are for each paper that counts: with the records, 104 of a
thousand."""
_MORE_TERMS, _LESS = 0.0545, 35
"""The same for a large base, and how many less: its files and those of the recent part are 110 of a thousand
papers."""
_RECENTLY = 53
"""How finely the recent part is cut; a query would move least at about 180. A new day makes all its files
anew."""
_TERMS_ALONE = 0.1
"""The same in a small archive without a base, whose shards would be few and large."""


RECORDS = "search/records/"
"""Where the records of the recent part stand, by the digest of their papers: a new day adds a file or two."""


class _Holder:
    """What a segment carries beside its fields: its digest stands for it."""

    sources: Row
    """By day, then by id."""
    topics: tuple[str, ...]
    records: tuple[str, ...]
    """Of the recent part, its files of records."""
    base: Segment | None
    """Of the recent part."""
    recall: Recall


@dataclass(frozen=True)
class Segment(_Holder):
    """Papers that are indexed together. Its fields are known without indexing; `files` is made when asked."""

    digest: str
    """Stands for all that its files depend on."""
    papers: int
    chunks: int
    term_shards: int
    word_shards: int
    grows: bool

    @classmethod
    def of(
        cls,
        sources: Row,
        topics: Sequence[str],
        *,
        grows: bool = False,
        base: Segment | None = None,
        recall: Recall = AFRESH,
    ) -> Segment:
        """The base, or the recent part that `grows` beside `base`, whose digest stands for its primer.

        A query reads as many shards of the recent part as of the base. Least is moved where their numbers are
        as the square roots of what is shared out, so the recent part is cut more finely, also than the base.
        """
        key = f"{FORMAT} {base.digest if base else ''} {' '.join(topics)}".encode()
        if grows:
            digest, records = _digests(key, sources)
        else:
            digest, records = recall.digest(key, sources.ids, lambda: _digests(key, sources)[0]), ()
        cut = _RECENTLY * sqrt(len(sources)) if base else len(sources)
        terms = max(cut * _TERMS, 0 if grows else cut * _MORE_TERMS - _LESS)
        segment = cls(
            digest,
            papers=len(sources),
            chunks=-(-len(sources) // CHUNK),
            term_shards=int(cut * _TERMS_ALONE if grows and not base else terms) + 1,
            word_shards=int(cut * _WORDS) + 1,
            grows=grows,
        )
        object.__setattr__(segment, "sources", sources)
        object.__setattr__(segment, "topics", tuple(topics))
        object.__setattr__(segment, "records", records)
        object.__setattr__(segment, "base", base)
        object.__setattr__(segment, "recall", recall)
        return segment

    @property
    def folder(self) -> str:
        return f"search/{self.digest}/"

    @property
    def names(self) -> list[str]:
        """Its files, as `SegmentFiles` calls them."""
        return [
            "about.bin", "days.bin",
            *(f"t{number}.bin" for number in range(self.term_shards)),
            *(f"w{number}.bin" for number in range(self.word_shards)),
            *(f"r{number}.bin" for number in range(self.chunks)),
        ]  # fmt: skip

    def path(self, name: str) -> str:
        """Where its file `name` stands."""
        if self.records and name[0] == "r":
            return f"{RECORDS}{self.records[int(name[1:].removesuffix('.bin'))]}.bin"
        return self.folder + name

    @cached_property
    def files(self) -> SegmentFiles:
        """Its files; indexes the papers when first asked."""
        return SegmentFiles(
            list(self.sources), self.topics, self.term_shards, self.word_shards,
            base=self.base.primer if self.base else None, grows=self.grows, recall=self.recall,
        )  # fmt: skip

    def primer(self) -> bytes:
        """What stands before records of the recent part, where this is the base."""
        return self.recall.primer(self.digest, lambda: self.files.primer)


def segments(sources: Iterable[Source], topics: Sequence[str]) -> list[Segment]:
    """The segments of an archive, the older first; one alone where it is small. `topics` are all slugs."""
    ordered = sorted(sources, key=lambda source: (source.day, source.id))
    days = [(day, len(list(group))) for day, group in groupby(ordered, lambda each: each.day)]
    return segments_of(Row(ordered), days, topics)


def segments_of(
    row: Row, days: Sequence[tuple[date, int]], topics: Sequence[str], recall: Recall = AFRESH
) -> list[Segment]:
    """The same of a `row` that is in order, of `days` with how many each has."""
    cut = boundary(days)
    base = Segment.of(row[:cut], topics, recall=recall) if cut else None
    recent = Segment.of(row[cut:], topics, grows=True, base=base, recall=recall)
    return [base, recent] if base else [recent]


def _digests(key: bytes, sources: Row) -> tuple[str, tuple[str, ...]]:
    """What stands for the segment of `sources`, and for each of its files of records."""
    told = hashlib.blake2b(key, digest_size=6)
    records, chunk = [], hashlib.blake2b(key, digest_size=5)
    for number, source in enumerate(sources, 1):
        each = source.told()
        told.update(each)
        chunk.update(each)
        if number % CHUNK == 0 or number == len(sources):
            records.append(chunk.hexdigest())
            chunk = hashlib.blake2b(key, digest_size=5)
    return told.hexdigest(), tuple(records)


def boundary(days: Sequence[tuple[date, int]]) -> int:
    """How many papers the base holds, for `days` with how many papers each has, oldest first."""
    base = end = 0
    for day, count in days:
        if day > days[-1][0] - SETTLED:
            break
        end += count
        if end - base > BLOCK:
            base = end
    return base
