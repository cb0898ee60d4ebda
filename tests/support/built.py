"""An invented site, built whole, and where its links lead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from generator import pipeline
from generator.config import load_config, override
from generator.model.contents import Changes
from generator.report import BuildReport
from generator.store.content import ContentStore
from tests.support.invented import write_content

NOW = "2025-03-01T12:00:00Z"


class Built:
    """A content folder and the site that is made from it, under a base path."""

    def __init__(self, folder: Path, changes: Changes, *, settings: Iterable[str] = ()) -> None:
        self.folder = folder
        write_content(folder / "content", changes, settings=settings)
        self.report = self.make()

    def add(self, changes: Changes) -> BuildReport:
        store = ContentStore(self.folder / "content")
        store.write(store.read_all(), changes)
        return self.make()

    def make(self) -> BuildReport:
        config = load_config(self.folder / "content", self.folder / "site")
        config = override(config, base_url="https://example.org/base/")
        return pipeline.make_site(config, now=NOW)

    def has(self, address: str) -> bool:
        return (self.folder / "site" / address / "index.html").is_file()

    def read(self, address: str) -> str:
        return (self.folder / "site" / address / "index.html").read_text(encoding="utf-8")

    def main(self, address: str) -> str:
        """What stands between header and footer of the page at `address`, without tags, on one line."""
        main = self.read(address).partition("<main id=main>")[2].partition("</main>")[0]
        return " ".join(re.sub(r"<[^>]*>", "", main).split())

    def links(self, address: str) -> dict[str, str]:
        """Where the links of the page lead, by their text."""
        found = re.findall(r'<a\b[^>]*?href="/base/([^"]*)"[^>]*>(.*?)</a>', self.read(address), re.DOTALL)
        return {" ".join(re.sub(r"<[^>]*>", "", text).split()): unquote(href) for href, text in found}

    def neighbour(self, address: str, rel: str) -> str:
        """Where the page's link of kind `rel` (`prev`, `next`) leads; empty where it has none."""
        found = re.search(rf'<a\b[^>]*\brel="{rel}"[^>]*?href="/base/([^"]*)"', self.read(address))
        return found[1] if found else ""


def broken_links(site: Path, base: str = "/base/") -> list[str]:
    """Every `href`, `src` and `action` of the site's own that leads nowhere, as `page -> address`.

    A link leads somewhere where its file stands in `site` and, if it names a place on a page, an element of
    that page has that id.
    """
    pages = {path: _Page(path) for path in sorted(site.rglob("*.html"))}
    return [
        f"{path.relative_to(site)} -> {link}"
        for path, page in pages.items()
        for link in page.links
        if not _leads_somewhere(link, path, site, base, pages)
    ]


def _leads_somewhere(link: str, at: Path, site: Path, base: str, pages: dict[Path, _Page]) -> bool:
    address, fragment = urldefrag(urljoin(base + at.relative_to(site).as_posix(), link))
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return True
    if not parts.path.startswith(base):
        return False
    target = site / unquote(parts.path.removeprefix(base))
    target = target / "index.html" if target.is_dir() or parts.path.endswith("/") else target
    if not target.is_file():
        return False
    return not fragment or target not in pages or fragment in pages[target].ids


class _Page(HTMLParser):
    """The links and the ids of a page."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in {"href", "src", "action"} and value is not None:
                self.links.append(value)
            if name == "id" and value:
                self.ids.add(value)


def ids_twice(site: Path) -> Iterator[str]:
    """Pages on which two elements have one id."""
    for path in sorted(site.rglob("*.html")):
        ids = re.findall(r'\bid="([^"]+)"', path.read_text(encoding="utf-8"))
        if len(ids) != len(set(ids)):
            yield path.relative_to(site).as_posix()
