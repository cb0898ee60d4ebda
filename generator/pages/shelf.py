"""What the pages of authors, organizations and keywords take from, made once for all of them.

Only what has a page is told, and counted over the papers of the page at hand. So such a page does not change
with papers that it does not show, save when something on it gets a page of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from generator.config import Settings
from generator.model.archive import Archive
from generator.model.paper import Paper
from generator.model.people import organization_slug
from generator.pages import addresses
from generator.pages.cards import Card, quiet_cards
from generator.pages.facets import Facet, facet
from generator.pages.formats import is_lean
from generator.pages.links import author_pages, has_keyword_page
from generator.pages.page import Link


@dataclass(frozen=True, slots=True)
class Shared:
    """One kind of thing that papers share and that has pages."""

    of_paper: Mapping[str, tuple[str, ...]]
    """By the paper's id: slugs, each once."""
    links: Mapping[str, Link]
    """By slug: its page."""

    def facet(
        self, title: str, papers: Iterable[Paper], *, most: int, least: int = 1, without: str = ""
    ) -> Facet:
        """The `most` that go with most of `papers`, each with `least` or more."""
        counts = Counter(chain.from_iterable(self.of_paper[paper.id] for paper in papers))
        counts.pop(without, None)
        return facet(title, counts, self.links.__getitem__, most=most, least=least)


@dataclass(frozen=True, slots=True)
class Shelf:
    """The cards of all papers by id, and what they share."""

    cards: Mapping[str, Card]
    authors: Shared
    organizations: Shared
    keywords: Shared
    topics: Shared
    has_feeds: bool
    """Whether authors and organizations have feeds."""

    @classmethod
    def of(cls, archive: Archive, settings: Settings) -> Shelf:
        return cls(
            has_feeds=not is_lean(archive, settings),
            cards=quiet_cards(archive, archive.papers),
            authors=_authors(archive, settings),
            organizations=_organizations(archive),
            keywords=_keywords(archive, settings),
            topics=Shared(
                {id: tuple(match.slug for match in matches) for id, matches in archive.matches.items()},
                {topic.slug: Link(topic.name, addresses.topic(topic.slug)) for topic in archive.topics},
            ),
        )


def _authors(archive: Archive, settings: Settings) -> Shared:
    people, shown = archive.people, author_pages(archive, settings)
    links = {
        slug: Link(author.name, addresses.author(slug))
        for slug, author in people.authors.items()
        if slug in shown
    }
    return Shared(_with_page({paper.id: people.slugs_of(paper) for paper in archive.papers}, links), links)


def _organizations(archive: Archive) -> Shared:
    links = {
        slug: Link(place.name, addresses.organization(slug))
        for slug, place in archive.people.organizations.items()
    }
    of_paper = {
        paper.id: (organization_slug(paper.organization),) if paper.organization else ()
        for paper in archive.papers
    }
    return Shared(of_paper, links)


def _keywords(archive: Archive, settings: Settings) -> Shared:
    keywords = archive.keywords
    links = {
        slug: Link(keyword.name, addresses.keyword(slug))
        for slug, keyword in keywords.by_slug.items()
        if has_keyword_page(keyword, settings)
    }
    return Shared(_with_page({paper.id: keywords.slugs_of(paper) for paper in archive.papers}, links), links)


def _with_page(
    of_paper: Mapping[str, Iterable[str]], links: Mapping[str, Link]
) -> dict[str, tuple[str, ...]]:
    return {id: tuple(slug for slug in slugs if slug in links) for id, slugs in of_paper.items()}
