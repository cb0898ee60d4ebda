"""The index of authors, and a page for every name that enough papers carry.

There may be many of these, so their papers stand in brief, to keep the whole site small.
"""

from __future__ import annotations

from collections.abc import Iterable

from generator.model.archive import Archive
from generator.model.people import Author
from generator.pages import addresses, feed_links
from generator.pages.collection import Subject, subject_pages
from generator.pages.facets import Counted, Facet
from generator.pages.letters import index_pages
from generator.pages.page import Page
from generator.pages.shelf import Shelf

_KIND = "author"


def author_pages(archive: Archive, shelf: Shelf) -> Iterable[Page]:
    links = shelf.authors.links
    authors = [archive.people.authors[slug] for slug in links]
    names = [Counted(links[author.slug], len(author.papers)) for author in authors]
    yield from index_pages("authors", addresses.AUTHORS, "Authors", "name", names)
    for author in authors:
        yield from subject_pages(shelf, _subject(author), _facets(shelf, author))


def _subject(author: Author) -> Subject:
    return Subject(
        kind=_KIND,
        address=addresses.author(author.slug),
        section=addresses.AUTHORS,
        name=author.name,
        title=f"Papers by {author.name}",
        description=f"Papers under the name {author.name}",
        papers=author.papers,
        feeds=(feed_links.author(author),),
        spellings=author.spellings[1:],
    )


def _facets(shelf: Shelf, author: Author) -> Iterable[Facet]:
    papers = author.papers
    yield shelf.authors.facet("Often with", papers, most=12, least=2, without=author.slug)
    yield shelf.topics.facet("Topics", papers, most=5)
    yield shelf.organizations.facet("Organizations", papers, most=8)
    yield shelf.keywords.facet("Keywords", papers, most=12, least=2)
