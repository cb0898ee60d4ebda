"""Papers with what the archive knows around them: all that the many pages of a site are composed from.

A paper stands on a dozen pages, and each kind tells something else of it. So each paper has digests, one for
whatever a kind of page may tell, and a page that lists papers is known by theirs without being composed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import msgspec

from generator.config import Settings
from generator.exporting.holding import facts_digests
from generator.files import digest
from generator.model.archive import Archive
from generator.model.paper import Figures, Observation, Paper
from generator.model.people import organization_slug
from generator.pages import addresses
from generator.pages.links import author_pages, has_keyword_page
from generator.pages.page import Link, told

Links = Mapping[str, Link]
"""Pages by slug."""

BRIEF_AUTHORS = 4
"""As many authors as a card may name."""


class Known(msgspec.Struct, frozen=True, eq=False):
    """A paper and what is known around it. The digests say what may be read where they stand for it."""

    paper: Paper
    seen: tuple[Observation, ...]
    """Oldest first."""
    topics: tuple[Link, ...]
    authors: tuple[Link, ...]
    """Of its authors those that have a page, under the names of those pages; likewise `keywords`."""
    organizations: tuple[Link, ...]
    """One at most."""
    keywords: tuple[Link, ...]
    named: bytes
    """Stands for its id, title and day."""
    brief: bytes
    """Stands for what a quiet card tells (nothing that votes change), for its topics and its organization."""
    paged: bytes
    """Stands for `authors` and `keywords`."""
    listed: bytes
    """Stands for the paper, its latest figures and its topics."""

    @property
    def figures(self) -> Figures:
        """The latest; all None where it was never observed."""
        return self.seen[-1].figures if self.seen else Figures()

    @property
    def whole(self) -> bytes:
        """Stands for everything; worked out on each call."""
        return told(self.seen, self.listed, self.brief, self.paged)


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
    people, words, shown = archive.people, archive.keywords, author_pages(archive, settings)
    authors = {
        slug: Link(people.authors[slug].name, addresses.author(slug))
        for slug in people.authors
        if slug in shown
    }
    organizations = {
        slug: Link(place.name, addresses.organization(slug)) for slug, place in people.organizations.items()
    }
    keywords = {
        slug: Link(words.by_slug[slug].name, addresses.keyword(slug))
        for slug, papers_of in words.papers.items()
        if has_keyword_page(papers_of, settings)
    }
    topics = {topic.slug: Link(topic.name, addresses.topic(topic.slug)) for topic in archive.topics}
    told_of = _Told(
        facts_digests(archive),
        {
            link.address: told(link)
            for links in (authors, organizations, keywords, topics)
            for link in links.values()
        },
    )
    papers = {}
    for paper in archive.papers:
        backed = organizations[organization_slug(paper.organization)] if paper.organization else None
        papers[paper.id] = _known(
            told_of,
            paper,
            archive.observations.get(paper.id, ()),
            topics=tuple([topics[match.slug] for match in archive.matches[paper.id]]),
            authors=tuple([authors[slug] for slug in people.slugs_of(paper) if slug in authors]),
            organizations=(backed,) if backed else (),
            keywords=tuple([keywords[slug] for slug in words.slugs_of(paper) if slug in keywords]),
        )
    return Register(papers, authors, organizations, keywords, topics)


class _Told(msgspec.Struct, frozen=True):
    """What stands for things that many digests are made of."""

    facts: Mapping[str, bytes]
    """For a paper as it is stored, by its id."""
    links: Mapping[str, bytes]
    """For a link, by its address. All are of one length, so that they can be joined."""


def _known(
    told_of: _Told,
    paper: Paper,
    seen: tuple[Observation, ...],
    *,
    topics: tuple[Link, ...],
    authors: tuple[Link, ...],
    organizations: tuple[Link, ...],
    keywords: tuple[Link, ...],
) -> Known:
    named = told((paper.id, paper.title, paper.day))
    told_links = told_of.links
    of_topics = b"".join([told_links[link.address] for link in topics])
    backed = b"".join([told_links[link.address] for link in organizations])
    paged = b"".join([told_links[link.address] for link in (*authors, *keywords)])
    count = paper.author_count or len(paper.authors)
    brief = told((paper.authors[:BRIEF_AUTHORS], count, paper.organization), named, of_topics, backed)
    listed = told(seen[-1].figures if seen else None, told_of.facts[paper.id], of_topics)
    return Known(
        paper, seen, topics, authors, organizations, keywords,
        named=named,
        brief=brief,
        paged=digest(paged),
        listed=listed,
    )  # fmt: skip
