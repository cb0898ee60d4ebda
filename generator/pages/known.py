"""Papers with what the archive knows around them: all that the many pages of a site are composed from.

A paper stands on a dozen pages, and each kind tells something else of it. So each paper has digests, one for
whatever a kind of page may tell, and a page that lists papers is known by theirs without being composed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

import msgspec

from generator.config import Settings
from generator.exporting.holding import facts_digests
from generator.files import SIZE, digest
from generator.model.archive import Archive
from generator.model.paper import Figures, Observation, Paper
from generator.model.people import organization_slug
from generator.model.sightings import Sightings, last_row
from generator.pages import addresses
from generator.pages.links import author_pages, keyword_pages
from generator.pages.page import Link, told

Links = Mapping[str, Link]
"""Pages by slug."""


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


class Known(msgspec.Struct, frozen=True, eq=False):
    """A paper and what is known around it. The digests say what may be read where they stand for it."""

    paper: Paper
    topics: tuple[Link, ...]
    facts: bytes
    """Stands for the paper as it is stored."""
    brief: bytes
    """Stands for what a quiet card tells (nothing that votes change), for its topics and its organization."""
    paged: bytes
    """Stands for `authors` and `keywords`."""
    listed: bytes
    """Stands for the paper, its latest figures and its topics."""
    _rows: str
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
    def seen(self) -> tuple[Observation, ...]:
        """Oldest first."""
        return self._around.seen.get(self.paper.id, ())

    @property
    def upvotes(self) -> int:
        """The latest; 0 where nobody knows."""
        return self._around.upvotes[self.paper.id]

    @property
    def figures(self) -> Figures:
        """The latest; all None where it was never observed."""
        return self._around.seen.latest(self.paper.id)

    @property
    def whole(self) -> bytes:
        """Stands for everything; worked out on each call."""
        return digest(b"".join((self._rows.encode(), self.listed, self.brief, self.paged)))

    def __reduce__(self) -> tuple[Callable[..., Known], tuple[object, ...]]:
        """Sent to another machine, it takes along what is around it and no more."""
        told = (self.paper, self.topics, self.facts, self.brief, self.paged, self.listed, self._rows, 0)
        return _alone, (told, self.upvotes, self.authors, self.organizations, self.keywords)


def _alone(
    told: tuple[Paper, tuple[Link, ...], bytes, bytes, bytes, bytes, str, int],
    upvotes: int,
    authors: tuple[Link, ...],
    organizations: tuple[Link, ...],
    keywords: tuple[Link, ...],
) -> Known:
    paper, rows = told[0], told[-2]
    around = _Around(
        Sightings({paper.id: rows} if rows else {}),
        {paper.id: upvotes},
        {organization_slug(paper.organization): link for link in organizations},
        _Paged(lambda: (authors,)),
        _Paged(lambda: (keywords,)),
    )
    return Known(*told, around)


@dataclass(frozen=True)
class Register:
    """Every paper of an archive as it is known, and what papers share that has pages."""

    papers: Mapping[str, Known]
    """By id, in the order of the archive."""
    authors: Links
    organizations: Links
    keywords: Links
    topics: Links

    @cached_property
    def listed(self) -> bytes:
        """Stands for all papers, their latest figures and their topics."""
        return digest(b"".join([each.listed for each in self.papers.values()]))

    def later(self, papers: Sequence[Paper]) -> Later:
        return Later(self, papers)

    def of(self, papers: Iterable[Paper]) -> tuple[Known, ...]:
        return tuple(self.papers[paper.id] for paper in papers)


class Later:
    """Papers of a register, looked up when they are asked for or sent to another machine."""

    def __init__(self, register: Register, papers: Sequence[Paper]) -> None:
        self._register = register
        self._papers = papers

    def __call__(self) -> tuple[Known, ...]:
        return self._register.of(self._papers)

    def __reduce__(self) -> tuple[type[_Found], tuple[tuple[Known, ...]]]:
        return _Found, (self(),)


class _Found(msgspec.Struct, frozen=True, eq=False):
    papers: tuple[Known, ...]

    def __call__(self) -> tuple[Known, ...]:
        return self.papers


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
        slug: Link(people.authors[slug].name, addresses.author(slug))
        for slug in author_pages(archive, settings)
    }
    organizations = {
        slug: Link(place.name, addresses.organization(slug)) for slug, place in people.organizations.items()
    }
    keywords = {
        slug: Link(words.by_slug[slug].name, addresses.keyword(slug))
        for slug in keyword_pages(archive, settings)
    }
    topics = {topic.slug: Link(topic.name, addresses.topic(topic.slug)) for topic in archive.topics}
    seen = archive.observations
    around = _Around(
        seen, archive.upvotes, organizations,
        _Paged(partial(people.mentions.among, authors)), _Paged(partial(words.mentions.among, keywords)),
    )  # fmt: skip
    facts, backing = facts_digests(archive), _told(organizations)
    of_authors = people.mentions.joined(_told(authors), SIZE)
    of_keywords = words.mentions.joined(_told(keywords), SIZE)
    found_in = _Topics(topics)
    papers = {}
    places = {paper.id: place for place, paper in enumerate(people.mentions.papers)}
    for paper in archive.papers:
        place, rows, fact = places[paper.id], seen.rows(paper.id), facts[paper.id]
        found, told_topics = found_in[tuple([match.slug for match in archive.matches[paper.id]])]
        backed = backing[organization_slug(paper.organization)] if paper.organization else b""
        papers[paper.id] = Known(
            paper, found, fact,
            digest(b"".join((fact, told_topics, backed))),
            of_authors[place] + of_keywords[place],
            digest(b"".join((last_row(rows).partition(",")[2].encode(), b"\n", fact, told_topics))),
            rows, place, around,
        )  # fmt: skip
    return Register(papers, authors, organizations, keywords, topics)


def _told(links: Links) -> dict[str, bytes]:
    """What stands for each link. All are of one length, so that they can be joined."""
    return {slug: told(link) for slug, link in links.items()}


class _Topics(dict[tuple[str, ...], tuple[tuple[Link, ...], bytes]]):
    """The links of papers' topics, and what stands for them, by slugs that many papers share."""

    def __init__(self, links: Links) -> None:
        self._links = links
        self._told = _told(links)

    def __missing__(self, slugs: tuple[str, ...]) -> tuple[tuple[Link, ...], bytes]:
        found = tuple([self._links[slug] for slug in slugs]), b"".join([self._told[slug] for slug in slugs])
        self[slugs] = found
        return found
