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

import msgspec

from generator.search.document import Document
from generator.search.files import CHUNK, SegmentFiles

FORMAT = 2
"""Is raised whenever the same papers give other bytes, so that no cache mixes the two."""
BLOCK = 500
SETTLED = timedelta(days=14)
_BASE_SHARD = 48_000
"""Characters of searched text for each shard of terms: about 5 KB of file."""
_RECENT_SHARD = 22_000
"""The same in the recent part, whose shards come on top of those of the base."""
_WORD_SHARD = 600_000


RECORDS = "search/records/"
"""Where the records of the recent part stand, by the digest of their papers: a new day adds a file or two."""


class _Holder:
    """What a segment carries beside its fields: its digest stands for it."""

    documents: tuple[Document, ...]
    """By day, then by id."""
    topics: tuple[str, ...]
    records: tuple[str, ...]
    """Of the recent part, its files of records."""


@dataclass(frozen=True)
class Segment(_Holder):
    """Papers that are indexed together. Its fields are known without indexing; `files` is made when asked."""

    digest: str
    """Stands for all that its files depend on."""
    papers: int
    chunks: int
    term_shards: int
    word_shards: int

    @classmethod
    def of(
        cls, documents: Sequence[Document], topics: Sequence[str], shard: int, *, grows: bool = False
    ) -> Segment:
        key = f"{FORMAT} {shard} {' '.join(topics)}".encode()
        told = hashlib.blake2b(key, digest_size=6)
        encoder = msgspec.msgpack.Encoder()
        encoded = [encoder.encode(document) for document in documents]
        for each in encoded:
            told.update(each)
        chunks = [b"".join(encoded[start : start + CHUNK]) for start in range(0, len(encoded), CHUNK)]
        length = sum(document.length for document in documents)
        segment = cls(
            told.hexdigest(),
            papers=len(documents),
            chunks=-(-len(documents) // CHUNK),
            term_shards=length // shard + 1,
            word_shards=length // _WORD_SHARD + 1,
        )
        object.__setattr__(segment, "documents", tuple(documents))
        object.__setattr__(segment, "topics", tuple(topics))
        object.__setattr__(segment, "records", tuple(_name(key + each) for each in chunks) if grows else ())
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
            self.documents, self.topics, self.term_shards, self.word_shards, as_given=bool(self.records)
        )


def segments(documents: Iterable[Document], topics: Sequence[str]) -> list[Segment]:
    """The segments of an archive, the older first; one alone where it is small. `topics` are all slugs."""
    ordered = sorted(documents, key=lambda document: (document.day, document.id))
    cut = boundary([(day, len(list(group))) for day, group in groupby(ordered, lambda each: each.day)])
    base = [Segment.of(ordered[:cut], topics, _BASE_SHARD)] if cut else []
    return [*base, Segment.of(ordered[cut:], topics, _RECENT_SHARD, grows=True)]


def _name(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=5).hexdigest()


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
