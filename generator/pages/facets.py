"""What often goes with some papers: authors, organizations and the like, each with its page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from generator.config import Settings
from generator.model.archive import Archive
from generator.model.paper import Paper
from generator.model.people import organization_slug
from generator.pages import addresses
from generator.pages.links import author_pages
from generator.pages.page import Link


@dataclass(frozen=True, slots=True)
class Counted:
    """Something that papers share, and how many do."""

    link: Link
    papers: int


@dataclass(frozen=True, slots=True)
class Facet:
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


def authors_of(archive: Archive, settings: Settings, papers: Iterable[Paper], *, most: int = 12) -> Facet:
    """The names that have a page and two or more of `papers`."""
    people, shown = archive.people, author_pages(archive, settings)

    def link(slug: str) -> Link | None:
        return Link(people.authors[slug].name, addresses.author(slug)) if slug in shown else None

    counts = Counter(slug for paper in papers for slug in people.slugs_of(paper))
    return facet("Authors", counts, link, most=most, least=2)


def organizations_of(archive: Archive, papers: Iterable[Paper], *, most: int = 8) -> Facet:
    """The organizations of `papers`."""
    places = archive.people.organizations

    def link(slug: str) -> Link:
        return Link(places[slug].name, addresses.organization(slug))

    counts = Counter(organization_slug(paper.organization) for paper in papers if paper.organization)
    return facet("Organizations", counts, link, most=most)
