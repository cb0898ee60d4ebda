"""Signposts of a paper: typed links that say what its page is, what it describes and where the rest stands.

The FAIR Signposting profile (https://signposting.org/FAIR/) names the relations. A static host sends no
headers of ours, so they stand as `<link>` on a paper's page and, for all papers of a day, in a link set
(RFC 9264).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from generator.model.paper import ARXIV_ID
from generator.pages import addresses

LINKSET_TYPE = "application/linkset+json"
MARKDOWN = "text/markdown"
PDF = "application/pdf"


class Signpost(NamedTuple):
    """A typed link. `href` is relative to the base path or, where it leaves the site, absolute."""

    rel: str
    href: str
    type: str = ""
    """The media type of what stands there; empty where that is not one file."""


_TYPES = (
    Signpost("type", "https://schema.org/AboutPage"), Signpost("type", "https://schema.org/ScholarlyArticle"),
)  # fmt: skip
"""What the page is, and what it is about."""


def doi(paper_id: str) -> str:
    """The DOI that arXiv registers for each of its papers; empty for a paper that is not of arXiv."""
    return f"10.48550/arXiv.{paper_id}" if ARXIV_ID.fullmatch(paper_id) else ""


def doi_address(paper_id: str) -> str:
    arxiv = doi(paper_id)
    return f"https://doi.org/{arxiv}" if arxiv else ""


def linkset(of: date) -> str:
    """Where the link set of the papers that stand on a day is."""
    return f"{addresses.day(of)}linkset.json"


def signposts(paper_id: str) -> Iterator[Signpost]:
    """What a machine may follow from a paper's page: its citation, what it is, its text, its metadata."""
    arxiv = doi_address(paper_id)
    if arxiv:
        yield Signpost("cite-as", arxiv)
    yield from _TYPES
    if arxiv:
        yield Signpost("item", f"https://arxiv.org/pdf/{paper_id}", PDF)
    yield Signpost("describedby", addresses.twin(addresses.paper(paper_id)), MARKDOWN)
