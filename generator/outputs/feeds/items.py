"""Entries as Atom, RSS and JSON. Each is made once in a process and stands in every feed that holds it.

They are set with lxml, which escapes and refuses what XML cannot hold. feedgen would make the same elements;
an archive has more entries than pages, though, and by way of feedgen each costs three times as much.
"""

from __future__ import annotations

from email.utils import format_datetime
from functools import lru_cache

from lxml import etree

from generator.outputs.feeds.draft import Draft
from generator.outputs.feeds.entry import KEPT, FeedEntry, entry_of

_DC = "http://purl.org/dc/elements/1.1/"
_ITEM = f'<item xmlns:dc="{_DC}">'.encode()
_add = etree.SubElement


@lru_cache(maxsize=KEPT)
def atom_entry(draft: Draft) -> bytes:
    """`<entry>`, without the namespace, which is the feed's."""
    entry = entry_of(draft)
    root = etree.Element("entry")
    _add(root, "id").text = entry.id
    _add(root, "title").text = entry.title
    _add(root, "updated").text = entry.updated.isoformat()
    for name in filter(None, entry.authors):
        _add(_add(root, "author"), "name").text = name
    if not entry.is_brief:
        _add(root, "content", type="html").text = entry.content
    _add(root, "link", href=entry.url)
    if entry.is_brief:
        _add(root, "summary").text = entry.summary or entry.title
    for topic in entry.topics:
        _add(root, "category", term=topic)
    _add(root, "published").text = entry.published.isoformat()
    return etree.tostring(root, encoding="utf-8")


@lru_cache(maxsize=KEPT)
def rss_item(draft: Draft) -> bytes:
    """`<item>`, without the namespace of `dc:creator`, which is the feed's."""
    entry = entry_of(draft)
    root = etree.Element("item", nsmap={"dc": _DC})
    _add(root, "title").text = entry.title
    _add(root, "link").text = entry.url
    if entry.content:
        _add(root, "description").text = entry.content
    _add(root, "guid", isPermaLink="false").text = entry.id
    for topic in entry.topics:
        _add(root, "category").text = topic
    _add(root, "pubDate").text = format_datetime(entry.published)
    for name in entry.authors:
        _add(root, f"{{{_DC}}}creator").text = name
    return etree.tostring(root, encoding="utf-8").replace(_ITEM, b"<item>", 1)


def json_item(draft: Draft) -> dict[str, object]:
    entry: FeedEntry = entry_of(draft)
    told: dict[str, object] = {"id": entry.id, "url": entry.url, "title": entry.title}
    if entry.links:
        told["external_url"] = entry.links[0][1]
    told["content_html"] = entry.content
    if entry.summary:
        told["summary"] = entry.summary
    told["date_published"] = entry.published.isoformat()
    told["date_modified"] = entry.updated.isoformat()
    if entry.authors:
        told["authors"] = [{"name": name} for name in entry.authors]
    if entry.topics:
        told["tags"] = list(entry.topics)
    return told
