"""Values that a recipe carries, known by a digest that stands for them.

A file of many papers depends on many facts. To tell whether one of them changed, each build would have to
encode all of them for each file; so every paper is digested once, and a list's own digest is made of theirs.
What is made of the papers is made with the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import repeat
from typing import Generic, TypeVar

import msgspec

from generator.files import digest
from generator.model.archive import Archive
from generator.model.paper import Figures, Observation, Paper
from generator.model.topics import Match

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
    """What a holding carries beside its digest: columns, of which those that were not asked for are empty."""

    _papers: tuple[Paper, ...]
    _figures: tuple[Figures, ...]
    _matches: tuple[tuple[Match, ...], ...]
    _observations: tuple[tuple[Observation, ...], ...]


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
    ) -> Holding:
        """`papers` with their facts; with their latest `figures`, their `topics` and all `observations` where
        those are asked for. What is not asked for is not held."""
        papers = tuple(papers)
        digests = facts_digests(archive)
        told = [digests[paper.id] for paper in papers]
        latest = tuple([archive.figures(paper) for paper in papers]) if figures else ()
        matches = tuple([archive.matches[paper.id] for paper in papers]) if topics else ()
        known = archive.observations
        seen = tuple([known.get(paper.id, ()) for paper in papers]) if observations else ()
        if figures:
            told.append(_encode([(each.upvotes, each.comments, each.github_stars) for each in latest]))
        if topics:
            told.append(_encode([[(match.slug, match.score) for match in each] for each in matches]))
        if observations:
            told.append(_encode(seen))
        holding = cls(digest(b"".join(told)))
        object.__setattr__(holding, "_papers", papers)
        object.__setattr__(holding, "_figures", latest)
        object.__setattr__(holding, "_matches", matches)
        object.__setattr__(holding, "_observations", seen)
        return holding

    @property
    def papers(self) -> tuple[Exported, ...]:
        """Made on each call."""
        columns = zip(
            self._papers,
            self._figures or repeat(_UNSEEN),
            self._matches or repeat(()),
            self._observations or repeat(()),
            strict=False,
        )
        return tuple(
            Exported(paper, figures, tuple((match.slug, match.score) for match in matches), observations)
            for paper, figures, matches, observations in columns
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
