"""The index of keywords, and a page for every one that enough papers have."""

from __future__ import annotations

from collections.abc import Iterable

from generator.model.archive import Archive
from generator.model.keywords import Keyword
from generator.pages import addresses
from generator.pages.collection import Subject, subject_pages
from generator.pages.facets import Counted, Facet
from generator.pages.letters import index_pages
from generator.pages.page import Page
from generator.pages.shelf import Shelf

_KIND = "keyword"
_TOLD = 4
"""How many other spellings a page tells."""


def keyword_pages(archive: Archive, shelf: Shelf) -> Iterable[Page]:
    links = shelf.keywords.links
    keywords = [archive.keywords.by_slug[slug] for slug in links]
    names = [Counted(links[keyword.slug], len(keyword.papers)) for keyword in keywords]
    yield from index_pages("keywords", addresses.KEYWORDS, "Keywords", "keyword", names)
    for keyword in keywords:
        yield from subject_pages(shelf, _subject(keyword), _facets(shelf, keyword))


def _subject(keyword: Keyword) -> Subject:
    return Subject(
        kind=_KIND,
        address=addresses.keyword(keyword.slug),
        section=addresses.KEYWORDS,
        name=keyword.name,
        title=f"Papers about {keyword.name}",
        description=f"Papers with the keyword {keyword.name}",
        papers=keyword.papers,
        spellings=_spellings(keyword),
    )


def _spellings(keyword: Keyword) -> tuple[str, ...]:
    """The commonest other spellings, those left out that differ by case only."""
    folded = {spelling.casefold(): spelling for spelling in reversed(keyword.spellings)}
    return tuple(spelling for spelling in keyword.spellings[1:] if folded[spelling.casefold()] == spelling)[
        :_TOLD
    ]


def _facets(shelf: Shelf, keyword: Keyword) -> Iterable[Facet]:
    papers = keyword.papers
    yield shelf.keywords.facet("Often with", papers, most=12, least=2, without=keyword.slug)
    yield shelf.topics.facet("Topics", papers, most=5)
    yield shelf.organizations.facet("Organizations", papers, most=8, least=2)
