"""Pages as HTML."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

import msgspec

from generator.outputs.artifact import Artifact
from generator.outputs.site import Site
from generator.pages import addresses, feed_links
from generator.pages.machine.coins import coins_of
from generator.pages.machine.head import head_of
from generator.pages.page import FeedLink, Link, Planned
from generator.theme.theme import Theme

ICON = "assets/img/icon.svg"
MANIFEST = "manifest.webmanifest"


@dataclass(frozen=True, slots=True)
class Chrome:
    """What stands around every page. Nothing here may change from one day to the next."""

    title: str
    description: str
    language: str
    style: str
    """The address of the style sheet."""
    icon: str
    navigation: tuple[Link, ...]
    feed: FeedLink
    """The feed of the whole archive."""
    search: str
    """The address of the search page; empty where there is none."""
    manifest: str
    """The address of the manifest; empty where the archive is not kept offline."""
    base_url: str
    lean: bool
    """Whether the formats that repeat a page are left out."""
    votes: bool
    """Whether readers vote on the papers of the feed."""


class HtmlPage(msgspec.Struct, frozen=True, gc=False):
    """The recipe of a page."""

    aside: ClassVar[tuple[str, ...]] = ("planned",)
    page: bytes
    """Stands for all that the page is composed from."""
    chrome: Chrome
    template: str
    """A digest of the page's template and of all that it extends or includes."""
    planned: Planned

    def make(self, theme: Theme) -> bytes:
        page, site = self.planned.compose(), self.chrome
        head = head_of(page, site=site.title, language=site.language, base_url=site.base_url, lean=site.lean)
        coins = coins_of(site.base_url)
        html = theme.render(
            template_of(page), page=page, view=page.view, site=site, head=head, coins=coins
        )  # fmt: skip
        return html.encode("utf-8")


def plan(site: Site) -> Iterable[Artifact]:
    """One file a page."""
    chrome = chrome_of(site)
    templates: dict[str, str] = {}
    for page in site.pages:
        template = templates.get(page.kind)
        if template is None:
            template = templates[page.kind] = site.theme.template_digest(template_of(page))
        recipe = HtmlPage(page.digest, chrome, template, page)
        yield Artifact(page.path, f"{page.kind} page /{page.address}", recipe, page.batch)


def template_of(page: Planned) -> str:
    return f"pages/{page.kind}.html"


def chrome_of(site: Site) -> Chrome:
    settings = site.settings
    return Chrome(
        title=settings.title,
        description=settings.description,
        language=settings.language,
        style=site.style_address,
        icon=ICON,
        navigation=(
            Link("Today", addresses.HOME),
            *((Link("Trending", addresses.TRENDING),) if settings.feed.has_votes else ()),
            Link("Calendar", addresses.CALENDAR),
            Link("Topics", addresses.TOPICS),
            Link("Trends", addresses.TRENDS),
            Link("Feeds", addresses.FEEDS),
            Link("About", addresses.ABOUT),
        ),
        feed=feed_links.everything(settings),
        search=addresses.SEARCH if settings.search else "",
        manifest=MANIFEST if settings.offline else "",
        base_url=settings.base_url,
        lean=site.is_lean,
        votes=settings.feed.has_votes,
    )
