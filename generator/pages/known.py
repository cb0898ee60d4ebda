"""Papers with what the archive knows around them: all that the many pages of a site are composed from.

A paper stands on a dozen pages, and each kind tells something else of it. So there is one row of all papers,
with columns of bytes that stand for what a kind of page may tell. A page that lists papers is known by those
without being composed, and what is known of a paper is gathered when somebody composes one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from operator import attrgetter
from typing import TYPE_CHECKING

import msgspec

from generator.config import Settings
from generator.exporting.holding import facts_digests
from generator.files import SIZE
from generator.model.archive import Archive
from generator.model.mentions import Mentions
from generator.model.paper import Figures, Paper
from generator.model.people import organization_slug
from generator.model.sightings import Sightings
from generator.pages import addresses
from generator.pages.columns import Column, of_digests, of_figures
from generator.pages.later import Later
from generator.pages.links import author_pages, keyword_pages
from generator.pages.page import Link, told

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Links = Mapping[str, Link]
"""Pages by slug."""
_id = attrgetter("id")


class _Around(msgspec.Struct, frozen=True):
    """What papers share that has pages, by slug."""

    seen: Sightings
    upvotes: Mapping[str, int]
    organizations: Links
    authors: _Paged
    keywords: _Paged


class _Paged:
    """The pages that the names of each paper have, by the places of papers; `found` when somebody asks."""

    def __init__(self, found: Callable[[], Sequence[tuple[Link, ...]]]) -> None:
        self._found = found

    @cached_property
    def at(self) -> Sequence[tuple[Link, ...]]:
        return self._found()


class Known(msgspec.Struct, frozen=True, gc=False, eq=False):
    """A paper and what is known around it."""

    paper: Paper
    topics: tuple[Link, ...]
    _place: int
    _around: _Around

    @property
    def authors(self) -> tuple[Link, ...]:
        """Of its authors those that have a page, under the names of those pages; likewise `keywords`."""
        return self._around.authors.at[self._place]

    @property
    def organizations(self) -> tuple[Link, ...]:
        """One at most."""
        backed = self.paper.organization
        return (self._around.organizations[organization_slug(backed)],) if backed else ()

    @property
    def keywords(self) -> tuple[Link, ...]:
        return self._around.keywords.at[self._place]

    @property
    def curve(self) -> tuple[tuple[str, int], ...]:
        """When it was looked at (a day or a UTC moment), and its upvotes then; oldest first."""
        return self._around.seen.curve(self.paper.id)

    @property
    def upvotes(self) -> int:
        """The latest; 0 where nobody knows."""
        return self._around.upvotes[self.paper.id]

    @property
    def figures(self) -> Figures:
        """The latest; all None where it was never observed."""
        return self._around.seen.latest(self.paper.id)

    def __reduce__(self) -> tuple[Callable[..., Known], tuple[object, ...]]:
        """Sent to another machine, it takes along what is around it and no more."""
        rows = self._around.seen.rows(self.paper.id)
        return _alone, (
            self.paper, self.topics, rows, self.upvotes, self.authors, self.organizations, self.keywords
        )  # fmt: skip


def _alone(
    paper: Paper,
    topics: tuple[Link, ...],
    rows: str,
    upvotes: int,
    authors: tuple[Link, ...],
    organizations: tuple[Link, ...],
    keywords: tuple[Link, ...],
) -> Known:
    around = _Around(
        Sightings({paper.id: rows} if rows else {}),
        {paper.id: upvotes},
        {organization_slug(paper.organization): organizations[0]} if paper.organization else {},
        _Paged(lambda: (authors,)),
        _Paged(lambda: (keywords,)),
    )
    return Known(paper, topics, 0, around)


class _Told(msgspec.Struct, frozen=True):
    """What stands for what pages tell of each paper."""

    listed: Column
    brief: Column
    paged: Sequence[bytes]
    """For the `authors` and `keywords` of each; of any length."""


@dataclass(frozen=True)
class Register:
    """A row of all papers, what is known of each, and what they share that has pages."""

    row: Sequence[Paper]
    """By day, the newest first; then by id."""
    authors: Links
    organizations: Links
    keywords: Links
    topics: Links
    _places: Mapping[str, int]
    _told: _Told
    _around: _Around
    _mentions: Mentions
    """Of authors."""
    _known: Mapping[str, Known]
    """By id."""

    def of(self, papers: Iterable[Paper]) -> tuple[Known, ...]:
        """What is known of each of `papers`."""
        known = self._known
        return tuple([known[paper.id] for paper in papers])

    def count_authors(self, papers: Iterable[Paper]) -> Counter[Link]:
        """How many of `papers` have each author that has a page; likewise for organizations."""
        found = self._mentions.count(self.places(papers), self.authors)
        return Counter({self.authors[slug]: count for slug, count in found.items()})

    def count_organizations(self, papers: Iterable[Paper]) -> Counter[Link]:
        named = Counter([paper.organization for paper in papers if paper.organization])
        found: Counter[Link] = Counter()
        for organization, count in named.items():
            found[self.organizations[organization_slug(organization)]] += count
        return found

    def places(self, papers: Iterable[Paper]) -> list[int]:
        """Where each of `papers` stands in the row."""
        return list(map(self._places.__getitem__, map(_id, papers)))

    def later(self, papers: Iterable[Paper]) -> Later[tuple[Known, ...]]:
        return Later(partial(self.of, papers))

    def listed(self, papers: Iterable[Paper]) -> bytes:
        """Stands for each of `papers`, their latest figures and their topics."""
        return self._told.listed.of(self.places(papers))

    def brief(self, papers: Iterable[Paper]) -> bytes:
        """Stands for what quiet cards tell of each of `papers` (nothing that votes change), for its topics
        and its organization."""
        return self._told.brief.of(self.places(papers))

    def paged(self, papers: Iterable[Paper]) -> bytes:
        """Stands for the `authors` and `keywords` of `papers`."""
        return b"".join([self._told.paged[place] for place in self.places(papers)])

    def whole(self, paper: Paper) -> tuple[bytes, ...]:
        """Stands for everything that is known of `paper`."""
        place, told = self._places[paper.id], self._told
        seen = self._around.seen.rows(paper.id).encode()
        return told.listed.at(place), told.brief.at(place), told.paged[place], b"\n", seen


class _Gathered(dict[str, Known]):
    """What is known of papers, by id: gathered when somebody asks."""

    def __init__(self, known: Callable[[str], Known]) -> None:
        self._gather = known

    def __missing__(self, paper_id: str) -> Known:
        known = self[paper_id] = self._gather(paper_id)
        return known


def register(archive: Archive, settings: Settings) -> Register:
    """The register of `archive`; made once."""
    key = ("register", settings)
    found = archive.memo.get(key)
    if not isinstance(found, Register):
        found = archive.memo[key] = _made(archive, settings)
    return found


def _made(archive: Archive, settings: Settings) -> Register:
    people, words = archive.people, archive.keywords
    authors = {
        slug: Link(people.name_of(slug), addresses.author(slug)) for slug in author_pages(archive, settings)
    }
    organizations = {
        slug: Link(place.name, addresses.organization(slug)) for slug, place in people.organizations.items()
    }
    keywords = {
        slug: Link(words.name_of(slug), addresses.keyword(slug)) for slug in keyword_pages(archive, settings)
    }
    topics = {topic.slug: Link(topic.name, addresses.topic(topic.slug)) for topic in archive.topics}
    row = people.mentions.papers
    places = {paper.id: place for place, paper in enumerate(row)}
    around = _Around(
        archive.observations, archive.upvotes, organizations,
        _Paged(partial(people.mentions.among, authors)), _Paged(partial(words.mentions.among, keywords)),
    )  # fmt: skip
    found_in = _Topics(topics)
    filed = [found_in[tuple([match.slug for match in archive.matches[paper.id]])] for paper in row]
    facts = of_digests(list(map(facts_digests(archive).__getitem__, map(_id, row))))
    of_topics = of_digests([told_topics for _, told_topics in filed])
    of_authors = people.mentions.joined(_told(authors), SIZE)
    of_keywords = words.mentions.joined(_told(keywords), SIZE)
    columns = _Told(
        listed=Column(facts, of_topics, of_figures(archive.observations, row)),
        brief=Column(facts, of_topics, _backing(archive, organizations, places)),
        paged=[one + other for one, other in zip(of_authors, of_keywords, strict=True)],
    )

    def known(paper_id: str) -> Known:
        place = places[paper_id]
        return Known(row[place], filed[place][0], place, around)

    return Register(
        row, authors, organizations, keywords, topics, places, columns, around, people.mentions,
        _Gathered(known),
    )  # fmt: skip


def _backing(archive: Archive, links: Links, places: Mapping[str, int]) -> NDArray[np.void]:
    """What stands for the organization of each paper; zeros where it has none."""
    import numpy as np

    cells = np.zeros(len(places), f"V{SIZE}")
    for slug, told_of in _told(links).items():
        papers = archive.people.organizations[slug].papers
        cells[[places[paper.id] for paper in papers]] = np.void(told_of)
    return cells


def _told(links: Links) -> dict[str, bytes]:
    """What stands for each link. All are of one length, so that they can be joined."""
    return {slug: told(link) for slug, link in links.items()}


class _Topics(dict[tuple[str, ...], tuple[tuple[Link, ...], bytes]]):
    """The links of papers' topics, and what stands for them, by slugs that many papers share."""

    def __init__(self, links: Links) -> None:
        self._links = links

    def __missing__(self, slugs: tuple[str, ...]) -> tuple[tuple[Link, ...], bytes]:
        links = tuple([self._links[slug] for slug in slugs])
        found = self[slugs] = links, told(links)
        return found
