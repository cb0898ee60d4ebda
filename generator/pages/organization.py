"""The index of organizations, and a page for each."""

from __future__ import annotations

from collections.abc import Iterable

from generator.model.archive import Archive
from generator.model.people import Place
from generator.pages import addresses, feed_links
from generator.pages.collection import Subject, subject_pages
from generator.pages.facets import Counted, Facet
from generator.pages.letters import index_pages
from generator.pages.page import Page
from generator.pages.shelf import Shelf

_KIND = "organization"


def organization_pages(archive: Archive, shelf: Shelf) -> Iterable[Page]:
    links = shelf.organizations.links
    places = [archive.people.organizations[slug] for slug in links]
    names = [Counted(links[place.slug], len(place.papers)) for place in places]
    yield from index_pages("organizations", addresses.ORGANIZATIONS, "Organizations", "organization", names)
    for place in places:
        yield from subject_pages(shelf, _subject(place), _facets(shelf, place))


def _subject(place: Place) -> Subject:
    return Subject(
        kind=_KIND,
        address=addresses.organization(place.slug),
        section=addresses.ORGANIZATIONS,
        name=place.name,
        title=f"Papers from {place.name} ({place.handle})",
        description=f"Papers from {place.name}",
        papers=place.papers,
        feeds=(feed_links.organization(place),),
        note=place.handle,
    )


def _facets(shelf: Shelf, place: Place) -> Iterable[Facet]:
    yield shelf.topics.facet("Topics", place.papers, most=5)
    yield shelf.authors.facet("Authors", place.papers, most=12, least=2)
    yield shelf.keywords.facet("Keywords", place.papers, most=12, least=2)
