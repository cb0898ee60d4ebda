"""What the pages of authors, organizations and keywords take from.

Only what has a page is told, and counted over the papers of the page at hand. So such a page does not change
with papers that it does not show, save when something on it gets a page of its own.

There are many such pages, and most names that get a page of their own stand on hardly any of the others. So
what all pages share is counted at once, and each is known by what it will tell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from generator.config import Settings
from generator.insight.together import Bearers
from generator.model.archive import Archive
from generator.pages.facets import Facet, facet
from generator.pages.formats import is_lean
from generator.pages.known import Known, Links, Register, register
from generator.pages.page import Link, told

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SHARED: dict[str, Callable[[Known], Sequence[Link]]] = {
    name: attrgetter(name) for name in ("authors", "organizations", "keywords", "topics")
}
_address = attrgetter("address")
_OFTEN = ("authors", "keywords")
_LEAST = 2
"""From how many papers on a page tells these."""


class Share(msgspec.Struct, frozen=True):
    """What to count among the papers of a page: those of its links that `most` of its papers have."""

    title: str
    of: str
    """`authors`, `organizations`, `keywords` or `topics`."""
    most: int
    least: int = 1
    """From how many papers on it is told."""

    def __post_init__(self) -> None:
        if self.of in _OFTEN and self.least < _LEAST:
            raise ValueError(f"{self.of} that stand in fewer papers than {_LEAST} are in no digest of a page")

    def facet(self, papers: Iterable[Known], without: str = "") -> Facet:
        """`without`: the address of the page itself."""
        shared = list(chain.from_iterable(map(_SHARED[self.of], papers)))
        addresses = list(map(_address, shared))
        counts = Counter(addresses)
        counts.pop(without, None)
        links = dict(zip(addresses, shared, strict=True))
        return facet(self.title, counts, links, most=self.most, least=self.least)

    def counted(self, counts: Mapping[Link, int]) -> Facet:
        """The same where somebody has counted."""
        links = {link.address: link for link in counts}
        by_address = {link.address: count for link, count in counts.items()}
        return facet(self.title, by_address, links, most=self.most, least=self.least)


class Shelf(msgspec.Struct, frozen=True):
    """The papers of an archive, and whether authors and organizations have feeds."""

    register: Register
    has_feeds: bool
    briefs: Mapping[str, bytes]
    """By the address of a name's first page: the `brief` of each of its papers, the newest first."""
    often: Mapping[str, Mapping[str, bytes]]
    """Likewise what stands for the `authors`, and for the `keywords`, that two of its papers or more have."""

    @classmethod
    def of(cls, archive: Archive, settings: Settings) -> Shelf:
        known = register(archive, settings)
        names = _names(archive, known)
        homes = [name.link.address for name in names]
        bearers = Bearers.of([name.rows for name in names])
        briefs = bearers.joined(known.brief(known.row), len(known.row))
        often = {}
        for kind in _OFTEN:
            others = {place: told(name.link) for place, name in enumerate(names) if name.kind == kind}
            often[kind] = dict(zip(homes, bearers.together(others, least=_LEAST), strict=True))
        return cls(known, not is_lean(archive, settings), dict(zip(homes, briefs, strict=True)), often)


class _Name(NamedTuple):
    kind: str
    link: Link
    rows: NDArray[np.int32]
    """The places of its papers in the register."""


def _names(archive: Archive, known: Register) -> Sequence[_Name]:
    """All that have pages, in an order that no paper changes."""
    import numpy as np

    backed = archive.people.organizations
    kinds: tuple[tuple[str, Links, Callable[[str], NDArray[np.int32]]], ...] = (
        ("authors", known.authors, archive.people.mentions.rows),
        (
            "organizations",
            known.organizations,
            lambda slug: np.array(known.places(backed[slug].papers), np.int32),
        ),
        ("keywords", known.keywords, archive.keywords.mentions.rows),
    )
    return [_Name(kind, links[slug], rows(slug)) for kind, links, rows in kinds for slug in sorted(links)]
