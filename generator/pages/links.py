"""Links to the pages of authors, organizations and keywords, where those exist. Only here is that decided."""

from __future__ import annotations

from generator.config import Settings
from generator.model.archive import Archive
from generator.model.keywords import Keyword, clean
from generator.model.paper import Organization, Paper
from generator.model.people import Author, organization_slug
from generator.pages import addresses
from generator.pages.page import Link


def has_author_page(author: Author, settings: Settings) -> bool:
    return len(author.papers) >= settings.author_papers


def has_keyword_page(keyword: Keyword, settings: Settings) -> bool:
    return len(keyword.papers) >= settings.keyword_papers


def author_links(archive: Archive, settings: Settings, paper: Paper) -> tuple[Link, ...]:
    """The paper's authors as it spells them; the address is empty where a name has no page."""
    return tuple(_author_link(archive, settings, name) for name in paper.authors)


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


def _author_link(archive: Archive, settings: Settings, name: str) -> Link:
    author = archive.people.author(name)
    found = author is not None and has_author_page(author, settings)
    return Link(name, addresses.author(author.slug) if author and found else "")


def _keyword_link(archive: Archive, settings: Settings, text: str) -> Link:
    keyword = archive.keywords.of_text(text)
    found = keyword is not None and has_keyword_page(keyword, settings)
    name = clean(text) or text
    return Link(name, addresses.keyword(keyword.slug) if keyword and found else _search(settings, name))


def _search(settings: Settings, words: str) -> str:
    """Where a search for `words`, side by side, stands; nowhere on a site without search."""
    asked = " ".join(words.translate(_NO_QUERY).split())
    return f'{addresses.SEARCH}?q="{asked}"' if settings.search and asked else ""


_NO_QUERY = str.maketrans(dict.fromkeys('"#&+;=?/\\$', " "))
"""What means something of its own in an address or to the search."""
