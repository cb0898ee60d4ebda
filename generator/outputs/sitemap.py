"""The map of the site for search engines (https://www.sitemaps.org/protocol.html): every page to be found.

`sitemap.xml` is an index of maps in `sitemaps/`. A page is filed by what it is and by the year in which it
last changed, a paper's by the month; so most maps never change again, and a new day makes a few of them anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from generator.outputs.artifact import Artifact
from generator.outputs.site import Site
from generator.pages.machine.head import absolute, is_indexed
from generator.pages.page import Listed, Planned
from generator.theme.theme import Theme

INDEX = "sitemap.xml"
FOLDER = "sitemaps/"
MOST = 40_000
"""Pages of a map; the protocol allows 50,000, and 50 MB, which as many addresses of ours do not reach."""
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_FILED = {
    **dict.fromkeys(
        ("day", "week", "month", "year", "topic", "topic_month", "home", "trending", "top"), "lists"
    ),
    **dict.fromkeys(("author", "organization", "keyword"), "names"),
}
"""What maps of kinds with many pages are called; papers have their own, and all others share one."""


Place = tuple[str, str]
"""A page or a map: its address on the site, and the day it last changed, or nothing."""


@dataclass(frozen=True, slots=True)
class SiteMap:
    """The recipe of one map."""

    base_url: str
    places: tuple[Place, ...]

    def make(self, theme: Theme) -> bytes:
        return _xml("urlset", "url", self)


@dataclass(frozen=True, slots=True)
class SiteMapIndex:
    """The recipe of the index of maps."""

    base_url: str
    places: tuple[Place, ...]

    def make(self, theme: Theme) -> bytes:
        return _xml("sitemapindex", "sitemap", self)


def plan(site: Site) -> Iterable[Artifact]:
    """The index, and every map it names."""
    base_url = site.settings.base_url
    maps: list[Place] = []
    for name, pages in _maps(site.listed):
        path = f"{FOLDER}{name}.xml"
        maps.append((path, max(changed for _, changed in pages)))
        yield Artifact(path, f"sitemap of {name}", SiteMap(base_url, tuple(pages)))
    yield Artifact(INDEX, "index of sitemaps", SiteMapIndex(base_url, tuple(maps)))


def _maps(pages: Iterable[Planned | Listed]) -> Iterator[tuple[str, Sequence[Place]]]:
    """The pages to list by the name of their map, in the order of names; a long one goes on in a `-2`."""
    filed: dict[str, list[Place]] = defaultdict(list)
    for page in pages:
        if is_indexed(page):
            filed[_map_of(page)].append((page.address, page.changed))
    for name, group in sorted(filed.items()):
        ordered = sorted(group)
        for start in range(0, len(ordered), MOST):
            number = start // MOST + 1
            yield f"{name}-{number}" if number > 1 else name, ordered[start : start + MOST]


def _map_of(page: Planned | Listed) -> str:
    if page.kind == "paper":
        return f"papers-{page.changed[:7]}"
    name = _FILED.get(page.kind)
    return f"{name}-{page.changed[:4]}".rstrip("-") if name else "pages"


def _xml(root: str, entry: str, of: SiteMap | SiteMapIndex) -> bytes:
    lines = ["<?xml version='1.0' encoding='utf-8'?>\n", f'<{root} xmlns="{_NAMESPACE}">']
    for address, changed in of.places:
        place = escape(absolute(of.base_url, address), quote=False)
        when = f"<lastmod>{changed}</lastmod>" if changed else ""
        lines.append(f"<{entry}><loc>{place}</loc>{when}</{entry}>")
    lines.append(f"</{root}>\n")
    return "".join(lines).encode()
