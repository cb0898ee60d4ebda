"""Links to the pages of authors, organizations and keywords, where those exist. Only here is that decided."""

from __future__ import annotations

from operator import attrgetter

from generator.config import Settings
from generator.model.archive import Archive
from generator.model.keywords import Keyword, clean
from generator.model.paper import Organization, Paper
from generator.model.people import organization_slug
from generator.model.regulars import regulars
from generator.pages import addresses
from generator.pages.page import Link


def author_pages(archive: Archive, settings: Settings) -> frozenset[str]:
    """The names of authors that have a page, by slug."""
    key = ("author pages", settings.author_papers, settings.author_share)
    found = archive.memo.get(key)
    if found is None:
        listed = [
            (paper.day, tuple(archive.people.slugs_of(paper)))
            for paper in sorted(archive.papers, key=attrgetter("day"))
        ]
        found = regulars(listed, least=settings.author_papers, share=settings.author_share)
        archive.memo[key] = found
    assert isinstance(found, frozenset)
    return found


def has_keyword_page(keyword: Keyword, settings: Settings) -> bool:
    return len(keyword.papers) >= settings.keyword_papers


def author_links(archive: Archive, settings: Settings, paper: Paper) -> tuple[Link, ...]:
    """The paper's authors as it spells them. A name without a page leads to a search for it, unless they are
    a crowd; then its address is empty. So a name's link changes only when it gets a page."""
    is_crowd = len(paper.authors) > _CROWD
    return tuple(_author_link(archive, settings, name, is_crowd) for name in paper.authors)


def organization_link(organization: Organization | None) -> Link | None:
    """The organization as the paper calls it. Every organization has a page."""
    if organization is None:
        return None
    name = organization.fullname or organization.name
    return Link(name, addresses.organization(organization_slug(organization)))


def keyword_links(archive: Archive, settings: Settings, paper: Paper) -> tuple[Link, ...]:
    """The paper's keywords as it spells them, each once. One without a page leads to a search for it."""
    spelled = {archive.keywords.slugs.get(text, text): text for text in reversed(paper.keywords)}
    return tuple(_keyword_link(archive, settings, spelled[slug]) for slug in reversed(spelled))


def _author_link(archive: Archive, settings: Settings, name: str, is_crowd: bool) -> Link:
    slug = archive.people.slugs.get(name)
    if slug in author_pages(archive, settings):
        return Link(name, addresses.author(slug))
    return Link(name, "" if is_crowd or slug is None else _search(settings, name, field="author:"))


def _keyword_link(archive: Archive, settings: Settings, text: str) -> Link:
    keyword = archive.keywords.of_text(text)
    found = keyword is not None and has_keyword_page(keyword, settings)
    name = clean(text) or text
    return Link(name, addresses.keyword(keyword.slug) if keyword and found else _search(settings, name))


def _search(settings: Settings, words: str, field: str = "") -> str:
    """Where a search for `words`, side by side, stands; nowhere on a site without search."""
    asked = "+".join(words.translate(_NO_QUERY).split())
    return f'{addresses.SEARCH}?q={field}"{asked}"' if settings.search and asked else ""


_CROWD = 10
"""More authors than these, and only those with a page are links: the page must stay light."""

_NO_QUERY = str.maketrans(dict.fromkeys('"#&+;=?/\\$', " "))
"""What means something of its own in an address or to the search."""
