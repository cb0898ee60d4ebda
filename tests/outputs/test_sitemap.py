"""The sitemaps, read by the rules of the protocol (https://www.sitemaps.org/protocol.html)."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import etree

from generator.model.contents import Changes
from generator.outputs import sitemap
from tests.support.built import Built
from tests.support.invented import archive_of, paper

BASE = "https://example.org/base/"
NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    changes = archive_of(days=4, per_day=3, first=date(2024, 12, 30))
    odd = paper(900, date(2025, 1, 2), authors=("José & Söhne <x>",))
    settings = ["author_papers: 1", "exports: false"]
    return Built(
        tmp_path_factory.mktemp("map"), replace(changes, papers=(*changes.papers, odd)), settings=settings
    )


def entries(path: Path, root: str, entry: str) -> list[tuple[str, str]]:
    """Address and day of each entry, in a file that is what the protocol asks for."""
    data = path.read_bytes()
    tree = etree.fromstring(data)
    assert tree.tag == NAMESPACE + root
    assert len(data) < 50_000_000 and 0 < len(tree) <= 50_000
    found = []
    for item in tree:
        assert item.tag == NAMESPACE + entry
        names = [str(child.tag).removeprefix(NAMESPACE) for child in item]
        assert names in (["loc"], ["loc", "lastmod"])
        address, day = item.findtext(f"{NAMESPACE}loc") or "", item.findtext(f"{NAMESPACE}lastmod") or ""
        assert address.startswith(BASE) and len(address) < 2048 and address.isascii()
        assert not day or date.fromisoformat(day)
        found.append((address, day))
    return found


def maps(site: Built) -> dict[str, list[tuple[str, str]]]:
    root = site.folder / "site"
    index = entries(root / "sitemap.xml", "sitemapindex", "sitemap")
    found = {address: entries(root / address.removeprefix(BASE), "urlset", "url") for address, _ in index}
    assert {BASE + path.relative_to(root).as_posix() for path in root.glob("sitemaps/*")} == set(found)
    return found


def test_every_page_that_may_be_indexed_is_listed_once_and_no_other(site: Built) -> None:
    root = site.folder / "site"
    listed = Counter(
        unquote(address.removeprefix(BASE)) for group in maps(site).values() for address, _ in group
    )
    built = {
        path.relative_to(root).as_posix().removesuffix("index.html")
        for path in root.rglob("*.html")
        if 'content="noindex"' not in path.read_text(encoding="utf-8")
    }
    assert listed == Counter(built)
    assert len(built) > 40 and "authors/" in built and "404.html" not in built


def test_a_page_is_listed_by_the_address_it_calls_canonical(site: Built) -> None:
    for group in maps(site).values():
        for address, _ in group:
            html = site.read(unquote(address.removeprefix(BASE)))
            assert re.findall(r'<link rel="canonical" href="([^"]*)">', html) == [address]


def test_a_page_is_dated_by_its_papers_and_a_map_by_its_latest_page(site: Built) -> None:
    days = {address: day for group in maps(site).values() for address, day in group}
    assert days[f"{BASE}papers/date/2024-12-31/"] == "2024-12-31"
    assert days[f"{BASE}papers/2501.00900/"] == "2025-01-02"
    assert days[f"{BASE}"] == "2025-01-02"
    assert days[f"{BASE}about/"] == ""
    index = dict(entries(site.folder / "site/sitemap.xml", "sitemapindex", "sitemap"))
    for address, group in maps(site).items():
        assert index[address] == max(day for _, day in group)


def test_maps_are_parted_by_kind_and_year_and_those_of_papers_by_month(site: Built) -> None:
    names = [address.rpartition("/")[2] for address in maps(site)]
    some = {"papers-2024-12.xml", "papers-2025-01.xml", "lists-2024.xml", "lists-2025.xml", "pages.xml"}
    assert some <= set(names)
    assert names == sorted(names, key=lambda name: name.removesuffix(".xml"))


def test_a_new_day_makes_only_the_maps_of_this_month_and_year_again(tmp_path: Path) -> None:
    """The first week of 2025 began in 2024: its page changes, and is filed under the year in which it did."""
    site = Built(
        tmp_path, archive_of(days=5, per_day=3, first=date(2024, 12, 27)), settings=["exports: false"]
    )
    report = site.add(Changes((paper(950, date(2025, 1, 3)),)))
    made = {path for path in report.made if path.startswith("sitemap")}
    assert {
        "sitemap.xml",
        "sitemaps/papers-2025-01.xml",
        "sitemaps/lists-2025.xml",
        "sitemaps/lists-2024.xml",
    } <= made
    assert "sitemaps/papers-2024-12.xml" not in made


def test_a_long_map_goes_on_in_another(site: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "MOST", 2)
    small = Built(tmp_path, archive_of(days=1, per_day=5), settings=["exports: false"])
    sizes = {address.rpartition("/")[2]: len(group) for address, group in maps(small).items()}
    papers = {name: size for name, size in sizes.items() if name.startswith("papers-")}
    assert papers == {"papers-2025-01.xml": 2, "papers-2025-01-2.xml": 2, "papers-2025-01-3.xml": 1}
