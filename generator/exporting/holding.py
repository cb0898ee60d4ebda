"""The papers that an export holds, with a digest that stands for them.

An export of the whole archive depends on every fact of every paper. To tell whether one of them changed,
each build would have to encode all of them for each export; so every paper is digested once, and an export's
own digest is made of theirs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from generator.model.archive import Archive
from generator.model.paper import Figures, Observation, Paper

_MEMO = "digests of papers"
_encoder = msgspec.msgpack.Encoder(order="deterministic")


@dataclass(frozen=True, slots=True)
class Known:
    """A paper and what is known around it."""

    paper: Paper
    figures: Figures
    topics: tuple[tuple[str, float], ...] = ()
    """Slug and score, the most certain first."""
    observations: tuple[Observation, ...] = ()
    """Oldest first."""


class _Holder:
    """What a holding carries beside its field, which stands for it."""

    papers: tuple[Known, ...]


@dataclass(frozen=True)
class Holding(_Holder):
    """Papers in the order of their export. Two with one digest give the same bytes."""

    digest: str

    @classmethod
    def of(cls, archive: Archive, papers: Iterable[Paper], *, figures: bool, around: bool = False) -> Holding:
        """`papers` with their facts; with their latest `figures`; and with what else is known `around` them:
        topics and observations. What is not asked for is not held."""
        told = hashlib.blake2b(digest_size=16)
        digests = _digests(archive)
        held = []
        for paper in papers:
            known = Known(
                paper,
                archive.figures(paper) if figures else Figures(),
                tuple((match.slug, match.score) for match in archive.matches[paper.id]) if around else (),
                archive.observations.get(paper.id, ()) if around else (),
            )
            told.update(digests[paper.id])
            if figures or around:
                told.update(_encoder.encode((known.figures, known.topics, known.observations)))
            held.append(known)
        holding = cls(told.hexdigest())
        object.__setattr__(holding, "papers", tuple(held))
        return holding


def _digests(archive: Archive) -> dict[str, bytes]:
    """16 bytes that stand for the stored facts of each paper, by its id."""
    known = archive.memo.get(_MEMO)
    if not isinstance(known, dict):
        known = archive.memo[_MEMO] = {
            paper.id: hashlib.blake2b(_encoder.encode(paper), digest_size=16).digest()
            for paper in archive.papers
        }
    return known
