"""Links to the pages of authors, organizations and keywords, where those exist. Only here is that decided."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

import msgspec

from generator.config import Settings
from generator.model.archive import Archive
from generator.model.keywords import clean, fold_keyword
from generator.model.paper import Organization, Paper
from generator.model.people import author_slug, has_author_slug, organization_slug
from generator.model.regulars import regulars
from generator.model.slugs import KnownSlugs
from generator.pages import addresses
from generator.pages.page import Link


def author_pages(archive: Archive, settings: Settings) -> tuple[str, ...]:
    """The names of authors that have a page, by slug, those of the newest papers first."""
    key = ("author pages", settings.author_papers, settings.author_share)
    found = archive.memo.get(key)
    if found is None:
        mentions, least = archive.people.mentions, settings.author_papers
        earned = regulars(mentions.tallies(least), len(mentions.known.slugs), share=settings.author_share)
        found = tuple(mentions.named(earned))
        archive.memo[key] = found
    assert isinstance(found, tuple)
    return found


def has_keyword_page(papers: Sequence[Paper], settings: Settings) -> bool:
    """Whether the keyword of `papers` has a page."""
    return len(papers) >= settings.keyword_papers


def keyword_pages(archive: Archive, settings: Settings) -> tuple[str, ...]:
    """The keywords that have a page, by slug, those of the newest papers first."""
    return tuple(archive.keywords.mentions.often(settings.keyword_papers))


class Slugs:
    """Slugs by text: a function of the text alone, with what was worked out of it already, which is left
    behind where this is sent to another machine."""

    def __init__(self, slug_of: Callable[[str], str], known: KnownSlugs | None = None) -> None:
        self._slug_of = slug_of
        self._known = known or KnownSlugs(slug_of)

    def of(self, text: str) -> str:
        """The slug of `text`; empty where it has none."""
        return self._known.get(text) or self._slug_of(text)

    def key(self, text: str) -> int:
        """What all texts with the slug of `text` share, and no others; 0 where it has none."""
        return self._known.numbers[text]

    def __reduce__(self) -> tuple[type[Slugs], tuple[Callable[[str], str]]]:
        return Slugs, (self._slug_of,)


class Names(msgspec.Struct, frozen=True):
    """How the names of authors and keywords, as they stand in a paper, lead somewhere."""

    authors: Slugs
    keywords: Slugs
    has_search: bool

    @classmethod
    def of(cls, archive: Archive, settings: Settings) -> Names:
        return cls(
            Slugs(author_slug, archive.people.slugs),
            Slugs(fold_keyword, archive.keywords.slugs),
            settings.search,
        )


def author_links(names: Names, paper: Paper, paged: Iterable[Link]) -> tuple[Link, ...]:
    """The paper's authors as it spells them; `paged` are the pages that its authors have. A name without one
    leads to a search for it, unless they are a crowd; then its address is empty. So a name's link changes
    only when it gets a page."""
    is_crowd = len(paper.authors) > _CROWD
    pages = {names.authors.key(link.text): link.address for link in paged}
    return tuple([_author_link(names, name, pages, is_crowd) for name in paper.authors])


def organization_link(organization: Organization | None) -> Link | None:
    """The organization as the paper calls it. Every organization has a page."""
    if organization is None:
        return None
    name = organization.fullname or organization.name
    return Link(name, addresses.organization(organization_slug(organization)))


def keyword_links(names: Names, paper: Paper, paged: Iterable[Link]) -> tuple[Link, ...]:
    """The paper's keywords as it spells them, each once; `paged` are the pages that they have. One without a
    page leads to a search for it, unless many stand before it; then its address is empty."""
    pages = {link.address for link in paged}
    spelled = {names.keywords.of(text) or text: text for text in reversed(paper.keywords)}
    return tuple(
        [
            _keyword_link(names, slug, spelled[slug], pages, is_late=number >= _MANY)
            for number, slug in enumerate(reversed(spelled))
        ]
    )


def _author_link(names: Names, name: str, pages: Mapping[int, str], is_crowd: bool) -> Link:
    if pages and (address := pages.get(names.authors.key(name))):
        return Link(name, address)
    is_sought = not is_crowd and has_author_slug(name)
    return Link(name, _search(names, name, field="author:") if is_sought else "")


def _keyword_link(names: Names, slug: str, text: str, pages: Collection[str], *, is_late: bool) -> Link:
    name = clean(text) or text
    if pages and (address := addresses.keyword(slug)) in pages:
        return Link(name, address)
    return Link(name, "" if is_late else _search(names, name))


def _search(names: Names, words: str, field: str = "") -> str:
    """Where a search for `words`, side by side, stands; nowhere on a site without search."""
    parts = words.split()
    if not "".join(parts).isalnum():  # most are: to see that is quicker than to look at each letter
        parts = words.translate(_NO_QUERY).split()
    return f'{addresses.SEARCH}?q={field}"{"+".join(parts)}"' if names.has_search and parts else ""


_CROWD = 10
"""More authors than these, and only those with a page are links: the page must stay light."""

_MANY = 10
"""A keyword with so many before it is a link only where it has a page, for the same reason."""

_NO_QUERY = str.maketrans(dict.fromkeys('"#&+;=?/\\$', " "))
"""What means something of its own in an address or to the search."""
