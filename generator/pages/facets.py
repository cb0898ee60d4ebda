"""What often goes with some papers: authors, organizations and the like, each with its page."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec

from generator.pages.page import Link


class Counted(msgspec.Struct, frozen=True):
    """Something that papers share, and how many do."""

    link: Link
    papers: int


class Facet(msgspec.Struct, frozen=True):
    """What often goes with some papers, the most frequent first."""

    title: str
    lines: tuple[Counted, ...]


def facet(
    title: str, counts: Mapping[str, int], link: Callable[[str], Link | None], *, most: int, least: int = 1
) -> Facet:
    """The `most` slugs of the highest counts, from `least` up; of equals, the first by its text.

    `link` says how a slug is shown; None where it has no page.
    """
    found = []
    for slug, papers in counts.items():
        shown = link(slug) if papers >= least else None
        if shown:
            found.append(Counted(shown, papers))
    found.sort(key=lambda counted: (-counted.papers, counted.link.text, counted.link.address))
    return Facet(title, tuple(found[:most]))
