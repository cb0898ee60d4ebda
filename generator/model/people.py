"""Who writes papers and who stands behind them: names of authors, and organizations.

An author is a *name* here, never a person: two people of one name share a page, which says so. Names are one
where they differ only by case, accents, compatible forms (Unicode NFKD, UAX #15) and punctuation (`Noah A
Smith`, `Noah A. Smith`; `Rene Vidal`, `René Vidal`). Nothing else is certain: `J. Smith` may be John or Jane,
and so stays a name of its own. Read on all 35,840 spellings of 430 days, this joins 142 pairs.

What a name is, and its address, is a function of its text alone, so that no paper that comes later, and none
that is found for an earlier day, changes an address.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from operator import attrgetter

from generator.model.lazily import Lazily
from generator.model.mentions import Mentions
from generator.model.names import MOST, RESERVED, digest, plain_slug, slugify
from generator.model.paper import Organization, Paper
from generator.model.slugs import KnownSlugs

_MARKS = "*†‡§¶ \t\r\n,;"
"""Footnote marks and punctuation that a list of authors leaves behind a name."""

_HANDLE = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,78}[a-z0-9])?")


@dataclass(frozen=True, slots=True)
class Author:
    """A name under which papers were written, by one or several people."""

    slug: str
    """Its address and its identity; see `author_slug`."""
    name: str
    """The spelling that most papers use; of equals, one with accents, then the first by code point."""
    spellings: tuple[str, ...]
    """All of them, in that order."""
    papers: tuple[Paper, ...]
    """Newest day first, then by id."""


@dataclass(frozen=True, slots=True)
class Place:
    """An organization that papers name: one handle of the feed, in whatever case."""

    slug: str
    """Its address and its identity; see `organization_slug`."""
    handle: str
    """As its newest paper spells it."""
    name: str
    """What its papers call it most often; of equals, the newest."""
    papers: tuple[Paper, ...]
    """Newest day first, then by id."""


@dataclass(frozen=True, slots=True)
class People:
    """All names of authors and all organizations of an archive, by slug."""

    authors: Mapping[str, Author]
    """Each is made when it is asked for: of most names nobody asks more than their slug."""
    organizations: Mapping[str, Place]
    slugs: KnownSlugs
    """The slug of every author's name as it stands in a paper; a name without letters has none."""
    mentions: Mentions
    """Of authors, by slug."""

    @classmethod
    def of(cls, papers: Sequence[Paper], slugs: KnownSlugs | None = None) -> People:
        """The people of `papers`, whose order (newest day first) theirs keep. `slugs` are those of authors
        that somebody knows already."""
        slugs = KnownSlugs(author_slug) if slugs is None else slugs
        mentions = Mentions(papers, attrgetter("authors"), slugs)
        backed: dict[str, list[Paper]] = defaultdict(list)
        handles: dict[str, str] = {}
        for paper in papers:
            if paper.organization:
                handle = paper.organization.name
                slug = handles.get(handle)
                if slug is None:
                    slug = handles[handle] = organization_slug(paper.organization)
                backed[slug].append(paper)
        return cls(
            authors=Lazily(mentions, partial(_author, slugs, mentions)),
            organizations={slug: _place(slug, group) for slug, group in backed.items()},
            slugs=slugs,
            mentions=mentions,
        )

    def name_of(self, slug: str) -> str:
        """The name of the author with that slug."""
        only = self.slugs.only(slug)
        return only.strip(_MARKS) if only else self.authors[slug].name

    def author(self, name: str) -> Author | None:
        """The author that `name`, as it stands in a paper, is a spelling of."""
        slug = self.slugs.get(name)
        return self.authors[slug] if slug else None


def author_slug(name: str) -> str:
    """The slug that all spellings of a name share; empty where it has neither letter nor digit."""
    bare = name.strip(_MARKS)
    if bare.isascii() and (slug := plain_slug(bare)):
        return slug
    return slugify(bare) if has_author_slug(bare) else ""


def has_author_slug(name: str) -> bool:
    """Whether `author_slug` has one for it."""
    return name[:1].isalnum() or any(map(str.isalnum, name))


def organization_slug(organization: Organization) -> str:
    """Its handle in lower case, as the feed's own address has it. A handle that is no part of an address is
    spelled, and digits follow."""
    handle = organization.name.strip().casefold()
    if _HANDLE.fullmatch(handle) and ".." not in handle and handle not in RESERVED:
        return handle
    return f"{slugify(handle)[: MOST - 9].rstrip('-')}-{digest(handle)}"


def _author(slugs: KnownSlugs, mentions: Mentions, slug: str) -> Author:
    papers = mentions.of(slug)
    if only := slugs.only(slug).strip(_MARKS):
        return Author(slug, only, (only,), papers)
    uses = Counter(
        [name.strip(_MARKS) for paper in papers for name in paper.authors if slugs.get(name) == slug]
    )
    spellings = tuple(uses)
    if len(spellings) > 1:
        spellings = tuple(sorted(spellings, key=lambda name: (-uses[name], name.isascii(), name)))
    return Author(slug, spellings[0], spellings, papers)


def _place(slug: str, papers: list[Paper]) -> Place:
    known = [paper.organization for paper in papers if paper.organization]
    uses = Counter(organization.fullname for organization in known)
    name = max(uses, key=lambda fullname: uses[fullname])
    return Place(slug, known[0].name, name or known[0].name, tuple(papers))
