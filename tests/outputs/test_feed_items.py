"""Entries of feeds against feedgen's, and against a reader of XML."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from feedgen.entry import FeedEntry as Item
from lxml import etree

from generator.model.paper import Paper
from generator.outputs.feeds.draft import DayDraft, Draft, Drafted, Entries, PaperDraft, Place
from generator.outputs.feeds.entry import entry_of
from generator.outputs.feeds.feed import Feed
from generator.outputs.feeds.formats import JsonFeed
from generator.outputs.feeds.items import atom_entry, json_item, rss_item
from generator.theme.theme import Theme
from tests.support.invented import paper

PLACE = Place("tag:example.org,2026:", 'https://example.org/it\'s/"a"&b/')
MONDAY = date(2025, 1, 27)
_AT = 63_873_000_000
_DC = "http://purl.org/dc/elements/1.1/"
PLAIN = paper(1, MONDAY)
HOSTILE = replace(
    PLAIN,
    title='Cats & <b>dogs</b> &amp; ]]> "it\'s" xmlns:dc="x" \r \t 智谱 \U0001f600',
    authors=("<script>", 'Ada & "Bo"', "]]>"),
    abstract='Ends ]]> here & <there>, with "quotes" and a \r return.',
    summary='One < two & "three" > ]]>',
    github='https://example.org/?a=1&b="2"',
)
BARE = Paper(id="bare", title="Bare", published=MONDAY)
DRAFTS: list[Draft] = [
    PaperDraft(PLACE, PLAIN, _AT, ("Gardens",)),
    PaperDraft(PLACE, HOSTILE, _AT, ('A & "B" <c> \t\n\r', "D")),
    PaperDraft(PLACE, HOSTILE, _AT, is_brief=True),
    PaperDraft(PLACE, PLAIN, _AT, is_brief=True),
    PaperDraft(PLACE, BARE, _AT),
    DayDraft(PLACE, MONDAY, (PLAIN, HOSTILE, BARE)),
]


@pytest.mark.parametrize("draft", DRAFTS)
def test_an_atom_entry_is_what_feedgen_would_write(draft: Draft) -> None:
    entry, item = entry_of(draft), _item(draft)
    item.id(entry.id)
    item.updated(entry.updated)
    item.author([{"name": name} for name in entry.authors])
    if entry.is_brief:
        item.summary(entry.summary or entry.title)
    else:
        item.content(entry.content, type="html")
    assert atom_entry(draft) == etree.tostring(item.atom_entry(), encoding="utf-8")


@pytest.mark.parametrize("draft", [each for each in DRAFTS if not entry_of(each).is_brief])
def test_an_rss_item_is_what_feedgen_would_write(draft: Draft) -> None:
    entry, item = entry_of(draft), _item(draft)
    item.load_extension("dc", atom=False, rss=True)
    item.guid(entry.id, permalink=False)
    item.description(entry.content)
    if entry.authors:
        item.dc.dc_creator(list(entry.authors))
    wrapped = b'<rss xmlns:dc="%s">%s</rss>' % (_DC.encode(), rss_item(draft))
    (found,) = etree.fromstring(wrapped)
    assert _told(found) == _told(item.rss_entry())


def _item(draft: Draft) -> Item:
    entry, item = entry_of(draft), Item()
    item.title(entry.title)
    item.link(href=entry.url, rel="alternate")
    item.published(entry.published)
    item.category([{"term": topic} for topic in entry.topics])
    return item


def _told(element: etree._Element) -> list[tuple[str, str | None, dict[str, str]]]:
    return [(str(each.tag), each.text, dict(each.attrib)) for each in element.iter()]


@pytest.mark.parametrize(
    "title", ["Plain", "".join(map(chr, range(0x2100))), "Half \ud800 a pair", "\U0001f600"]
)
def test_a_json_feed_is_what_the_standard_library_would_write(title: str) -> None:
    draft = PaperDraft(PLACE, replace(HOSTILE, title=title), _AT, ("Gardens",))
    entries = Entries.of([Drafted(draft, b"")])
    made = JsonFeed(Feed("i", "t", "d", "p", "en", "u", "a/", entries, "hub")).make(
        Theme("none", (), (), "/", "")
    )
    text = json.dumps(json.loads(made), ensure_ascii=False, separators=(",", ":"))
    assert made == text.encode()
    (item,) = json.loads(made)["items"]
    assert item == json.loads(json.dumps(json_item(draft)).replace("\\ud800", "?"))


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\ufffe", "\ud800"])
def test_what_xml_cannot_hold_is_refused(character: str) -> None:
    draft = PaperDraft(PLACE, replace(PLAIN, title=f"A{character}B"), _AT)
    for write in (atom_entry, rss_item):
        with pytest.raises(ValueError, match=r"cannot stand in a feed|surrogates not allowed"):
            write(draft)
