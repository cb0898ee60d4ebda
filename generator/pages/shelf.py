"""What the pages of authors, organizations and keywords take from.

Only what has a page is told, and counted over the papers of the page at hand. So such a page does not change
with papers that it does not show, save when something on it gets a page of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from operator import attrgetter

import msgspec

from generator.pages.facets import Facet, facet
from generator.pages.known import Known, Register
from generator.pages.page import Link, Planned
from generator.portion import Portion

_SHARED: dict[str, Callable[[Known], Sequence[Link]]] = {
    name: attrgetter(name) for name in ("authors", "organizations", "keywords", "topics")
}


class Shelf(msgspec.Struct, frozen=True):
    """The papers of an archive, whether authors and organizations have feeds, and which pages to plan."""

    register: Register
    has_feeds: bool
    portion: Portion

    def takes(self, page: Planned) -> bool:
        return self.portion.takes(page.address)


class Share(msgspec.Struct, frozen=True):
    """What to count among the papers of a page: those of its links that `most` of its papers have."""

    title: str
    of: str
    """`authors`, `organizations`, `keywords` or `topics`."""
    most: int
    least: int = 1
    """From how many papers on it is told."""
    without: str = ""
    """The address of the page itself."""

    def facet(self, papers: Iterable[Known]) -> Facet:
        links: dict[str, Link] = {}
        shared = list(chain.from_iterable(map(_SHARED[self.of], papers)))
        for link in shared:
            links[link.address] = link
        counts = Counter([link.address for link in shared])
        counts.pop(self.without, None)
        return facet(self.title, counts, links, most=self.most, least=self.least)
