"""Values that a recipe carries, known by a digest that stands for them.

A file of many papers depends on many facts. To tell whether one of them changed, each build would have to
encode all of them for each file; so every paper is digested once, and a list's own digest is made of theirs.
What is made of the papers is made with the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

import msgspec

from generator.files import digest
from generator.model.archive import Archive
from generator.model.paper import Figures, Observation, Paper

Value = TypeVar("Value")

_UNSEEN = Figures()
_MEMO = "digests of papers"
_encode = msgspec.msgpack.Encoder(order="deterministic").encode
"""Sets (`withheld`) in order."""


class _Carrier(Generic[Value]):
    """What stands behind a digest."""

    all: tuple[Value, ...]


@dataclass(frozen=True)
class Held(_Carrier[Value]):
    """Values in their order. Two with one digest give the same bytes."""

    digest: bytes

    @classmethod
    def of(cls, values: Iterable[Value], digests: Iterable[bytes]) -> Held[Value]:
        """`values`; `digests` stand for all of them that shows."""
        held = cls(digest(b"".join(digests)))
        object.__setattr__(held, "all", tuple(values))
        return held


@dataclass(frozen=True, slots=True)
class Exported:
    """A paper and what is known around it."""

    paper: Paper
    figures: Figures = _UNSEEN
    topics: tuple[tuple[str, float], ...] = ()
    """Slug and score, the most certain first."""
    observations: tuple[Observation, ...] = ()
    """Oldest first."""


class _Rows:
    """What a holding carries beside its digest."""

    rows: Callable[[], Iterable[Exported]]


@dataclass(frozen=True)
class Holding(_Rows):
    """Papers in the order of their export, with what it tells of them. Two with one digest give the same
    bytes."""

    digest: bytes

    @classmethod
    def of(
        cls,
        archive: Archive,
        papers: Iterable[Paper],
        *,
        figures: bool = False,
        topics: bool = False,
        observations: bool = False,
        told: Iterable[bytes] | None = None,
    ) -> Holding:
        """`papers` with their facts; with their latest `figures`, their `topics` and all `observations` where
        those are asked for. `told` are digests that stand for all that, where somebody has them."""
        papers = tuple(papers)
        columns = (figures, topics, observations)
        stands = b"".join(_told(archive, papers, *columns) if told is None else told)
        return cls.later(digest(stands), lambda: _rows(archive, papers, *columns))

    @classmethod
    def later(cls, digest: bytes, rows: Callable[[], Iterable[Exported]]) -> Holding:
        """What `rows` will give; `digest` stands for it."""
        holding = cls(digest)
        object.__setattr__(holding, "rows", rows)
        return holding

    def __reduce__(self) -> tuple[object, ...]:
        """Whoever is sent a holding gets its papers, and nothing else of the archive."""
        return Holding.later, (self.digest, partial(tuple, self.papers))

    @property
    def papers(self) -> tuple[Exported, ...]:
        """Made on each call."""
        return tuple(self.rows())


def _told(
    archive: Archive, papers: Sequence[Paper], figures: bool, topics: bool, observations: bool
) -> Iterator[bytes]:
    """What stands for that much of `papers`."""
    facts, matches, known = facts_digests(archive), archive.matches, archive.observations
    yield from [facts[paper.id] for paper in papers]
    if figures:
        latest = [archive.figures(paper) for paper in papers]
        yield _encode([(each.upvotes, each.comments, each.github_stars) for each in latest])
    if topics:
        yield _encode([[(match.slug, match.score) for match in matches[paper.id]] for paper in papers])
    if observations:
        yield _encode([known.get(paper.id, ()) for paper in papers])


def _rows(
    archive: Archive, papers: Iterable[Paper], figures: bool, topics: bool, observations: bool
) -> Iterator[Exported]:
    """That much of `papers`. What is not asked for is not told."""
    for paper in papers:
        yield Exported(
            paper,
            archive.figures(paper) if figures else _UNSEEN,
            tuple([(match.slug, match.score) for match in archive.matches[paper.id]]) if topics else (),
            archive.observations.get(paper.id, ()) if observations else (),
        )


def facts_digests(archive: Archive) -> Mapping[str, bytes]:
    """16 bytes that stand for the stored facts of each paper, by id; made once where they are not known."""
    known = archive.memo.get(_MEMO)
    if not isinstance(known, dict):
        known = archive.memo[_MEMO] = {paper.id: digest(_encode(paper)) for paper in archive.papers}
    return known


def know_facts(archive: Archive, digests: Mapping[str, bytes]) -> None:
    """Let `digests` be those of facts. By id, what stands for all that a paper's file holds, its id too: the
    same file, the same facts."""
    archive.memo[_MEMO] = {paper.id: digests[paper.id] for paper in archive.papers}
