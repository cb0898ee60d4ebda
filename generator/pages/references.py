"""Papers of the archive as references; one object for each, which its page and all lists share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from generator.citing.reference import Reference, reference_of
from generator.config import Settings
from generator.files import digest
from generator.model.archive import Archive
from generator.model.paper import Paper
from generator.pages import addresses

_MEMO = "sources of references"
_encode = msgspec.msgpack.Encoder().encode


class Source(NamedTuple):
    """A paper before it is a reference."""

    paper: Paper
    address: str
    """Where it stands, if it stands on no other site: not of a paper on arXiv."""


class Citable(NamedTuple):
    """A source, and what is known of its reference before that is made."""

    source: Source
    digest: bytes
    """Stands for all that the reference says."""
    weight: int
    """About the bytes of the reference's largest form, which is CSL-JSON."""


def reference(archive: Archive, settings: Settings, paper: Paper) -> Reference:
    """What there is to cite of `paper`; made once."""
    key = ("reference", paper.id)
    made = archive.memo.get(key)
    if not isinstance(made, Reference):
        made = reference_of(paper, settings.base_url + addresses.paper(paper.id))
        archive.memo[key] = made
    return made


def citables(archive: Archive, settings: Settings) -> Mapping[str, Citable]:
    """Every paper by its id; made once."""
    made = archive.memo.get(_MEMO)
    if not isinstance(made, dict):
        made = {paper.id: _citable(paper, settings.base_url) for paper in archive.papers}
        archive.memo[_MEMO] = made
    return made


def _citable(paper: Paper, base_url: str) -> Citable:
    address = "" if paper.arxiv_id else base_url + addresses.paper(paper.id)
    date = paper.published or paper.day
    shown = _encode((paper.id, paper.title, paper.authors, date, paper.categories[:1], address))
    return Citable(Source(paper, address), digest(shown), 300 + len(shown) + 30 * len(paper.authors))
