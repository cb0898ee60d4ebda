"""The index of keywords, and a page for every one that enough papers have."""

from __future__ import annotations

from collections.abc import Iterable

from generator.model.archive import Archive
from generator.model.keywords import Keyword
from generator.pages import addresses
from generator.pages.collection import Subject, subject_pages
from generator.pages.facets import Counted
from generator.pages.letters import index_pages
from generator.pages.page import Planned
from generator.pages.shelf import Share, Shelf

_KIND = "keyword"
_SHARES = (
    Share("Often with", "keywords", most=12, least=2),
    Share("Topics", "topics", most=5),
    Share("Organizations", "organizations", most=8, least=2),
)
_TOLD = 4
"""How many other spellings a page tells."""


def keyword_pages(archive: Archive, shelf: Shelf) -> Iterable[Planned]:
    links = shelf.register.keywords
    keywords = [archive.keywords.by_slug[slug] for slug in links]
    names = [Counted(links[keyword.slug], len(keyword.papers)) for keyword in keywords]
    index = index_pages("keywords", addresses.KEYWORDS, "Keywords", "keyword", names)
    yield from index
    for keyword in keywords:
        yield from subject_pages(shelf, _subject(keyword), keyword.papers)


def _subject(keyword: Keyword) -> Subject:
    return Subject(
        kind=_KIND,
        address=addresses.keyword(keyword.slug),
        section=addresses.KEYWORDS,
        name=keyword.name,
        title=f"Papers about {keyword.name}",
        description=f"Papers with the keyword {keyword.name}",
        shares=_SHARES,
        spellings=_spellings(keyword),
    )


def _spellings(keyword: Keyword) -> tuple[str, ...]:
    """The commonest other spellings, those left out that differ by case only."""
    if len(keyword.spellings) == 1:
        return ()
    folded = {spelling.casefold(): spelling for spelling in reversed(keyword.spellings)}
    return tuple(spelling for spelling in keyword.spellings[1:] if folded[spelling.casefold()] == spelling)[
        :_TOLD
    ]
