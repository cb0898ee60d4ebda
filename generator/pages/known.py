"""Papers with what the archive knows around them: all that the many pages of a site are composed from.

A paper stands on a dozen pages, and each kind tells something else of it. So each paper has digests, one for
whatever a kind of page may tell, and a page that lists papers is known by theirs without being composed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import msgspec

from generator.config import Settings
from generator.exporting.holding import facts_digests
from generator.files import SIZE, digest
from generator.model.archive import Archive
from generator.model.mentions import Mentions
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
    """The pages that the names of each paper have, by the places of papers; found when somebody asks."""

    def __init__(self, mentions: Mentions, links: Links) -> None:
        self._mentions = mentions
        self._links = links

    @cached_property
    def at(self) -> list[tuple[Link, ...]]:
        return self._mentions.among(self._links)


class Known(msgspec.Struct, frozen=True, eq=False):
    """A paper and what is known around it. The digests say what may be read where they stand for it."""

    paper: Paper
    topics: tuple[Link, ...]
    facts: bytes
    """Stands for the paper as it is stored."""
    brief: bytes
    """Stands for what a quiet card tells (nothing that votes change), and for what it shares with others."""
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
        return digest(b"".join((self._rows.encode(), self.listed, self.brief)))


@dataclass(frozen=True)
class Register:
    """Every paper of an archive as it is known, and what papers share that has pages."""

    papers: Mapping[str, Known]
    """By id."""
    authors: Links
    organizations: Links
    keywords: Links
    topics: Links
    days: bytes
    """Stands for what is known of days, and for the topics."""

    @cached_property
    def digest(self) -> bytes:
        """Stands for the whole archive."""
        return told(self.days, *[each.whole for each in self.papers.values()])

    def of(self, papers: Iterable[Paper]) -> tuple[Known, ...]:
        return tuple(self.papers[paper.id] for paper in papers)


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
        _Paged(people.mentions, authors), _Paged(words.mentions, keywords),
    )  # fmt: skip
    facts, places = facts_digests(archive), _told(organizations)
    of_authors = people.mentions.joined(_told(authors), SIZE)
    of_keywords = words.mentions.joined(_told(keywords), SIZE)
    found_in = _Topics(topics)
    papers = {}
    for place, paper in enumerate(people.mentions.papers):
        rows = seen.rows(paper.id)
        fact, backed = facts[paper.id], paper.organization
        found, told_topics = found_in[tuple([match.slug for match in archive.matches[paper.id]])]
        told_place = places[organization_slug(backed)] if backed else b""
        papers[paper.id] = Known(
            paper, found, fact,
            digest(b"".join((fact, told_topics, of_authors[place], told_place, of_keywords[place]))),
            digest(b"".join((last_row(rows).partition(",")[2].encode(), b"\n", fact, told_topics))),
            rows, place, around,
        )  # fmt: skip
    days = [archive.records[day] for day in sorted(archive.records)]
    return Register(papers, authors, organizations, keywords, topics, told((archive.topics, days)))


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
