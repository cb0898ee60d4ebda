"""The feeds, read by a feed reader's own parser and by an XML parser."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import feedparser
import pytest

from generator import pipeline
from generator.config import load_config, override
from generator.model.contents import Changes
from tests.support.invented import archive_of, paper, write_content

ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
AWKWARD = replace(
    paper(500, date(2025, 2, 10)),
    title="Does <think> & a tomato's `$5` *matter*? ]]> é 智谱",
    authors=("Ada & Eve <x>", "智谱"),
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("feeds")
    changes = archive_of(days=5, per_day=12)
    write_content(
        folder / "content", replace(changes, papers=(*changes.papers, AWKWARD)), settings=["feed_entries: 20"]
    )
    config = override(
        load_config(folder / "content", folder / "site"), base_url="https://example.org/archive/"
    )
    pipeline.make_site(config, now="2025-03-01T00:00:00Z")
    return folder / "site"


@pytest.mark.parametrize("name", ["atom.xml", "rss.xml"])
def test_a_feed_reader_finds_the_latest_papers_newest_first(site: Path, name: str) -> None:
    feed = feedparser.parse((site / "feeds/papers" / name).read_bytes())
    assert not feed.bozo
    assert len(feed.entries) == (20 if name == "rss.xml" else 61)
    assert feed.entries[0].title == AWKWARD.title
    assert feed.entries[0].link == "https://example.org/archive/papers/2501.00500/"
    assert feed.entries[0].id == "tag:daily-papers-archive.github.io,2026:papers/2501.00500/"
    moments = [entry.get("updated_parsed") or entry.published_parsed for entry in feed.entries]
    assert moments == sorted(moments, reverse=True)
    assert len(set(moments)) == len(moments)


def test_atom_has_every_author_and_content_that_is_escaped_once(site: Path) -> None:
    entry = feedparser.parse((site / "feeds/papers/atom.xml").read_bytes()).entries[0]
    assert [author.name for author in entry.authors] == list(AWKWARD.authors)
    assert "It costs $5 &amp; takes &lt;1 hour." in entry.content[0].value
    assert "<p>Ada &amp; Eve &lt;x&gt;, 智谱</p>" in entry.content[0].value


def test_rss_has_its_authors_as_dublin_core_creators(site: Path) -> None:
    item = ElementTree.parse(site / "feeds/papers/rss.xml").getroot().find("channel/item")
    assert item is not None
    assert [creator.text for creator in item.iter(f"{DC}creator")] == list(AWKWARD.authors)
    guid = item.find("guid")
    assert guid is not None and guid.get("isPermaLink") == "false"


def test_nothing_is_dated_by_the_build(site: Path) -> None:
    root = ElementTree.parse(site / "feeds/papers/atom.xml").getroot()
    first = root.find(f"{ATOM}entry/{ATOM}updated")
    assert first is not None and first.text == "2025-02-10T00:08:20+00:00"
    assert root.findtext(f"{ATOM}updated") == first.text
    channel = ElementTree.parse(site / "feeds/papers/rss.xml").getroot()
    assert channel.findtext("channel/lastBuildDate") == "Mon, 10 Feb 2025 00:08:20 +0000"


def test_every_topic_has_its_own_feeds_and_they_name_themselves(site: Path) -> None:
    for slug in ("gardens", "boats"):
        for name in ("atom.xml", "rss.xml"):
            feed = feedparser.parse((site / "feeds/topics" / slug / name).read_bytes())
            links = {link.rel: link.href for link in feed.feed.links}
            assert links["self"] == f"https://example.org/archive/feeds/topics/{slug}/{name}"
            assert links["alternate"] == f"https://example.org/archive/topics/{slug}/"
            assert feed.entries


def test_an_empty_feed_is_still_valid_and_has_a_date_of_its_own(tmp_path: Path) -> None:
    write_content(tmp_path / "content", Changes())
    pipeline.make_site(load_config(tmp_path / "content", tmp_path / "site"), now="2025-03-01T00:00:00Z")
    root = ElementTree.parse(tmp_path / "site/feeds/papers/atom.xml").getroot()
    assert root.findtext(f"{ATOM}updated") == "2023-05-01T00:00:00+00:00"
