"""Which feeds there are, how they hang together, and how readers find them."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest
from lxml import etree

from generator import pipeline
from generator.config import load_config, override
from generator.model.contents import Changes
from generator.model.paper import Organization
from generator.outputs import feeds
from tests.support.invented import archive_of, paper, write_content

BASE = "https://example.org/archive/"
NAMES = {"a": "http://www.w3.org/2005/Atom", "fh": "http://purl.org/syndication/history/1.0"}
HOSTILE = "Cats & <b>dogs</b> &amp; ]]> $5"
DAYS = 75


def build(folder: Path, days: int = DAYS) -> Path:
    changes = archive_of(days=days, per_day=3, first=date(2025, 1, 1))
    papers = [
        replace(each, authors=("Ada Lovelace", *each.authors), organization=Organization("acme", "Acme"))
        for each in changes.papers
    ]
    papers[-1] = replace(papers[-1], title=HOSTILE)
    write_content(
        folder / "content",
        Changes(tuple(papers), changes.observations, changes.records),
        settings=["feed_entries: 20", "websub_hub: https://hub.example/"],
    )
    config = override(load_config(folder / "content", folder / "site"), base_url=BASE)
    pipeline.make_site(config, now="2025-06-01T00:00:00Z")
    return folder / "site"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("lists"))


def atom(site: Path, address: str) -> etree._Element:
    return etree.parse(site / address.removeprefix(BASE)).getroot()


def texts(element: etree._Element, path: str) -> list[str]:
    return [str(found) for found in element.xpath(path, namespaces=NAMES)]


def all_feeds(site: Path) -> list[Path]:
    return [path for path in (site / "feeds").rglob("*") if path.suffix in {".xml", ".json"}]


@pytest.mark.parametrize("folder", ["papers", "daily", "trending", "top-of-the-week", "topics/gardens"])
def test_each_list_comes_in_three_formats_that_say_the_same(site: Path, folder: str) -> None:
    feed = atom(site, f"feeds/{folder}/atom.xml")
    rss = etree.parse(site / f"feeds/{folder}/rss.xml").getroot()
    told = json.loads((site / f"feeds/{folder}/feed.json").read_text())
    ids = texts(rss, "channel/item/guid/text()")
    assert ids
    assert ids == [item["id"] for item in told["items"]]
    assert texts(feed, "a:entry/a:id/text()")[: len(ids)] == ids
    assert told["version"] == "https://jsonfeed.org/version/1.1"
    assert told["feed_url"] == f"{BASE}feeds/{folder}/feed.json"
    assert all(item["content_html"] and item["url"].startswith(BASE) for item in told["items"])


def test_authors_and_organizations_with_a_page_have_a_feed(site: Path) -> None:
    assert len(texts(atom(site, "feeds/authors/ada-lovelace/atom.xml"), "a:entry/a:id/text()")) == 15
    assert len(texts(atom(site, "feeds/organizations/acme/atom.xml"), "a:entry/a:id/text()")) == 15
    authors = {path.parent.name for path in (site / "authors").glob("*/index.html")} - {"a-z"}
    assert {path.name for path in (site / "feeds/authors").iterdir()} == authors


def test_a_reader_that_follows_the_months_has_every_paper(site: Path) -> None:
    feed = atom(site, "feeds/papers/atom.xml")
    found: set[str] = set(texts(feed, "a:entry/a:id/text()"))
    documents = 0
    while previous := texts(feed, "a:link[@rel='prev-archive']/@href"):
        feed = atom(site, previous[0])
        documents += 1
        found |= set(texts(feed, "a:entry/a:id/text()"))
        assert texts(feed, "a:link[@rel='current']/@href") == [f"{BASE}feeds/papers/atom.xml"]
    assert documents == 2
    assert len(found) == DAYS * 3


def test_a_month_is_closed_when_it_is_over_for_good_and_then_never_changes(tmp_path: Path) -> None:
    before = build(tmp_path / "before", days=50)
    after = build(tmp_path / "after", days=DAYS)
    january, february = (f"feeds/papers/2025-{month}/atom.xml" for month in ("01", "02"))
    assert texts(atom(before, january), "fh:archive/text() | fh:archive") != []
    assert not (before / february).exists()
    assert (after / february).exists()
    assert (before / january).read_bytes() == (after / january).read_bytes()


def test_where_much_is_still_open_the_open_months_have_documents_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "_STRETCH", 10)
    site = build(tmp_path, days=50)
    assert len(texts(atom(site, "feeds/papers/atom.xml"), "a:entry/a:id/text()")) == 20
    february = atom(site, "feeds/papers/2025-02/atom.xml")
    assert february.find("fh:archive", NAMES) is None
    assert texts(february, "a:link[@rel='prev-archive']/@href") == [f"{BASE}feeds/papers/2025-01/atom.xml"]


def test_the_daily_feed_has_one_entry_a_day_with_all_its_papers(site: Path) -> None:
    told = json.loads((site / "feeds/daily/feed.json").read_text())
    assert len(told["items"]) == 30
    assert told["items"][0]["title"] == "16 March 2025: 3 papers"
    assert told["items"][0]["content_html"].count("<li>") == 3


def test_the_weekly_feed_has_the_best_of_weeks_that_are_over(site: Path) -> None:
    told = json.loads((site / "feeds/top-of-the-week/feed.json").read_text())
    assert len(told["items"]) == 40
    assert all(date.fromisoformat(item["date_modified"][:10]).weekday() == 0 for item in told["items"])


def test_no_two_entries_of_a_feed_have_the_same_moment_or_id(site: Path) -> None:
    for path in all_feeds(site):
        if path.name != "atom.xml":
            continue
        root = etree.parse(path).getroot()
        for what in ("updated", "id"):
            counts = Counter(texts(root, f"a:entry/a:{what}/text()"))
            assert all(count == 1 for count in counts.values()), path


def test_papers_of_one_day_whose_digits_fold_alike_still_differ(tmp_path: Path) -> None:
    day = date(2025, 2, 3)
    papers = tuple(replace(paper(1, day), id=f"2502.{number:05d}") for number in (100, 28900, 57700))
    write_content(tmp_path / "content", Changes(papers))
    pipeline.make_site(load_config(tmp_path / "content", tmp_path / "site"), now="2025-03-01T00:00:00Z")
    root = etree.parse(tmp_path / "site/feeds/papers/atom.xml").getroot()
    assert len(set(texts(root, "a:entry/a:updated/text()"))) == 3


def test_titles_of_rss_are_safe_in_readers_that_take_them_for_html(site: Path) -> None:
    text = (site / "feeds/papers/rss.xml").read_text()
    assert "<title>Cats &#x26; &#x3C;b&#x3E;dogs&#x3C;/b&#x3E; &#x26;amp; ]]&#x3E; $5</title>" in text
    assert HOSTILE in texts(etree.fromstring(text.encode()), "channel/item/title/text()")


def test_dates_of_rss_are_those_of_mail(site: Path) -> None:
    rss = etree.parse(site / "feeds/papers/rss.xml").getroot()
    dates = texts(rss, "channel/item/pubDate/text()")
    assert len(dates) == 20
    assert all(re.fullmatch(r"\w{3}, \d{2} \w{3} \d{4} \d\d:\d\d:\d\d \+0000", each) for each in dates)
    moments = [parsedate_to_datetime(each) for each in dates]
    assert moments == sorted(moments, reverse=True)


def test_every_feed_names_itself_its_page_and_its_hub(site: Path) -> None:
    for path in all_feeds(site):
        address = BASE + path.relative_to(site).as_posix()
        if path.suffix == ".json":
            told = json.loads(path.read_text())
            assert (told["feed_url"], told["hubs"][0]["url"]) == (address, "https://hub.example/")
            page = told["home_page_url"]
        else:
            root = etree.parse(path).getroot()
            links = root.xpath("a:link | channel/*[local-name()='link' and @href]", namespaces=NAMES)
            told = {link.get("rel"): link.get("href") for link in links}
            assert (told["self"], told["hub"]) == (address, "https://hub.example/")
            page = told.get("alternate") or texts(root, "channel/link/text()")[0]
        assert (site / page.removeprefix(BASE) / "index.html").exists()


def test_a_page_announces_its_own_feed_first(site: Path) -> None:
    for page, own in {
        "": "feeds/papers/atom.xml",
        "topics/gardens/": "feeds/topics/gardens/atom.xml",
        "authors/ada-lovelace/": "feeds/authors/ada-lovelace/atom.xml",
        "organizations/acme/": "feeds/organizations/acme/atom.xml",
        "papers/trending/": "feeds/trending/atom.xml",
        "papers/2501.00001/": "feeds/papers/atom.xml",
    }.items():
        html = (site / page / "index.html").read_text()
        link = r'<link rel="alternate" type="application/[a-z]+\+[a-z]+"[^>]* href="([^"]+)"'
        found = re.findall(link, html)
        assert found[0] == f"/archive/{own}"
        assert all((site / each.removeprefix("/archive/")).exists() for each in found)


def test_lists_of_feeds_name_them_all(site: Path) -> None:
    named: set[str] = set()
    for name in ("feeds.opml", "people.opml"):
        named |= set(texts(etree.parse(site / "feeds" / name).getroot(), "//outline/@xmlUrl"))
    subscribed = {
        BASE + path.relative_to(site).as_posix()
        for path in all_feeds(site)
        if path.name == "atom.xml" and not re.fullmatch(r"\d{4}-\d\d", path.parent.name)
    }
    assert named == subscribed


def test_a_new_day_leaves_the_feeds_of_others_alone(tmp_path: Path) -> None:
    build(tmp_path, days=DAYS)
    later = date(2025, 1, 1) + timedelta(days=DAYS)
    fresh = replace(paper(900, later), authors=("Nobody Known",), organization=None)
    write_content(tmp_path / "content", Changes((fresh,)), settings=["feed_entries: 20"])
    config = override(load_config(tmp_path / "content", tmp_path / "site"), base_url=BASE)
    made = pipeline.make_site(
        replace(config, settings=replace(config.settings, websub_hub="https://hub.example/")),
        now="2025-06-02T00:00:00Z",
    ).made
    assert "feeds/papers/atom.xml" in made
    assert not [path for path in made if path.startswith(("feeds/authors/", "feeds/organizations/"))]
