"""What often goes with some papers: authors, organizations and the like, each with its page."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from generator.pages.page import Link


class Counted(msgspec.Struct, frozen=True, gc=False):
    """Something that papers share, and how many do."""

    link: Link
    papers: int


class Facet(msgspec.Struct, frozen=True, gc=False):
    """What often goes with some papers, the most frequent first."""

    title: str
    lines: tuple[Counted, ...]


def facet(
    title: str, counts: Mapping[str, int], links: Mapping[str, Link], *, most: int, least: int = 1
) -> Facet:
    """The `most` of `links` with the highest counts, from `least` up; of equals, the first by its text."""
    enough = sorted([papers for papers in counts.values() if papers >= least])
    least = enough[-most] if len(enough) > most else least
    found = [Counted(links[key], papers) for key, papers in counts.items() if papers >= least]
    found.sort(key=lambda counted: (-counted.papers, counted.link.text, counted.link.address))
    return Facet(title, tuple(found[:most]))
