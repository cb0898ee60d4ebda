"""The index of authors, and a page for every name that enough papers carry.

There may be many of these, so their papers stand in brief, to keep the whole site small.
"""

from __future__ import annotations

from collections.abc import Iterable

from generator.model.archive import Archive
from generator.model.people import Author
from generator.pages import addresses, feed_links
from generator.pages.collection import Subject, subject_pages
from generator.pages.facets import Counted
from generator.pages.letters import index_pages
from generator.pages.page import Planned
from generator.pages.shelf import Share, Shelf

_KIND = "author"
_SHARES = (
    Share("Often with", "authors", most=12, least=2),
    Share("Topics", "topics", most=5),
    Share("Organizations", "organizations", most=8),
    Share("Keywords", "keywords", most=12, least=2),
)


def author_pages(archive: Archive, shelf: Shelf) -> Iterable[Planned]:
    links = shelf.register.authors
    authors = [archive.people.authors[slug] for slug in links]
    names = [Counted(links[author.slug], len(author.papers)) for author in authors]
    index = index_pages("authors", addresses.AUTHORS, "Authors", "name", names)
    yield from index
    for author in authors:
        yield from subject_pages(shelf, _subject(author), author.papers)


def _subject(author: Author) -> Subject:
    return Subject(
        kind=_KIND,
        address=addresses.author(author.slug),
        section=addresses.AUTHORS,
        name=author.name,
        title=f"Papers by {author.name}",
        description=f"Papers under the name {author.name}",
        shares=_SHARES,
        spellings=author.spellings[1:],
        feeds=(feed_links.author(author),),
    )
