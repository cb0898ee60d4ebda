"""The index of organizations, and a page for each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from generator.model.archive import Archive
from generator.model.people import Place
from generator.pages import addresses, feed_links
from generator.pages.collection import Subject, subject_pages
from generator.pages.facets import Counted
from generator.pages.letters import index_pages
from generator.pages.page import Link, Planned
from generator.pages.shelf import Share, Shelf

_KIND = "organization"
_SHARES = (
    Share("Topics", "topics", most=5),
    Share("Authors", "authors", most=12, least=2),
    Share("Keywords", "keywords", most=12, least=2),
)


def organization_pages(archive: Archive, shelf: Shelf) -> Iterable[Planned]:
    links = shelf.register.organizations
    places = [archive.people.organizations[slug] for slug in links]
    alike = Counter([place.name for place in places])
    names = [
        Counted(_apart(place) if alike[place.name] > 1 else links[place.slug], len(place.papers))
        for place in places
    ]
    index = index_pages("organizations", addresses.ORGANIZATIONS, "Organizations", "organization", names)
    yield from index
    for place in places:
        yield from subject_pages(shelf, _subject(place), place.papers)


def _apart(place: Place) -> Link:
    """A place whose name is that of others, too, by its handle."""
    return Link(f"{place.name} ({place.handle})", addresses.organization(place.slug))


def _subject(place: Place) -> Subject:
    return Subject(
        kind=_KIND,
        address=addresses.organization(place.slug),
        section=addresses.ORGANIZATIONS,
        name=place.name,
        title=f"Papers from {place.name} ({place.handle})",
        description=f"Papers from {place.name}",
        shares=_SHARES,
        note=place.handle,
        feeds=(feed_links.organization(place),),
    )
