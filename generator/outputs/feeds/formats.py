"""Feeds as Atom, RSS 2.0 and JSON Feed 1.1; what the first two say of themselves is written by feedgen.

Nothing in a feed is the time of the build: an entry's `updated` is the paper's own, a feed's is that of its
latest entry. feedgen 1.0.0 wants some care: `updated` and `lastBuildDate` default to now; RSS links only to
itself, so that the hub is set in by hand.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape
from typing import Any

import msgspec
from feedgen.feed import FeedGenerator

from generator.outputs.feeds.feed import Feed
from generator.outputs.feeds.items import atom_entry, json_item, rss_item
from generator.theme.theme import Theme

TYPES = {
    "atom.xml": "application/atom+xml",
    "rss.xml": "application/rss+xml",
    "feed.json": "application/feed+json",
}
"""The file of each format, and its media type."""
_TITLE = re.compile(rb"<title>[^<]*</title>")
_ARCHIVE = b'<fh:archive xmlns:fh="http://purl.org/syndication/history/1.0"/>'


@dataclass(frozen=True, slots=True)
class AtomFeed:
    """The recipe of `atom.xml` (RFC 4287), with the links of RFC 5005 to older entries."""

    feed: Feed

    def make(self, theme: Theme) -> bytes:
        feed = self.feed
        out = _generator(feed, "atom.xml")
        out.id(feed.id)
        out.updated(feed.updated)
        out.author({"name": feed.publisher})
        if feed.previous:
            out.link(href=feed.previous, rel="prev-archive")
        if feed.current:
            out.link(href=feed.current, rel="current")
        if feed.hub:
            out.link(href=feed.hub, rel="hub")
        more = _ARCHIVE if feed.is_closed else b""
        return _joined(out.atom_str(), more, map(atom_entry, feed.entries.newest_first), b"</feed>")


@dataclass(frozen=True, slots=True)
class RssFeed:
    """The recipe of `rss.xml` (RSS 2.0, with `dc:creator` and `atom:link`)."""

    feed: Feed

    def make(self, theme: Theme) -> bytes:
        feed = self.feed
        out = _generator(feed, "rss.xml")
        out.load_extension("dc", atom=False, rss=True)
        out.lastBuildDate(feed.updated)
        out.docs("https://www.rssboard.org/rss-specification")
        hub = f'<atom:link rel="hub" href="{escape(feed.hub)}"/>'.encode() if feed.hub else b""
        made = _joined(out.rss_str(), hub, map(rss_item, feed.entries.newest_first), b"</channel>")
        return _TITLE.sub(_plain, made)


@dataclass(frozen=True, slots=True)
class JsonFeed:
    """The recipe of `feed.json` (https://www.jsonfeed.org/version/1.1/)."""

    feed: Feed

    def make(self, theme: Theme) -> bytes:
        feed = self.feed
        told: dict[str, object] = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": feed.title,
            "home_page_url": feed.url,
            "feed_url": feed.address + "feed.json",
            "description": feed.description,
            "language": feed.language,
            "authors": [{"name": feed.publisher}],
        }
        if feed.hub:
            told["hubs"] = [{"type": "WebSub", "url": feed.hub}]
        told["items"] = [json_item(draft) for draft in feed.entries.newest_first]
        try:
            return msgspec.json.encode(told)
        except UnicodeEncodeError:  # half of a surrogate pair; the standard library writes the same bytes,
            text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))  # and takes five times as long
            return text.encode("utf-8", "replace")


FORMATS: dict[str, Callable[[Feed], AtomFeed | RssFeed | JsonFeed]] = {
    "atom.xml": AtomFeed,
    "rss.xml": RssFeed,
    "feed.json": JsonFeed,
}


def _generator(feed: Feed, name: str) -> Any:
    """A feedgen feed without entries, and with what both formats of XML share."""
    out = FeedGenerator()
    out.title(feed.title)
    out.subtitle(feed.description)
    out.language(feed.language)
    out.link(href=feed.address + name, rel="self", type=TYPES[name])
    out.link(href=feed.url, rel="alternate")
    out.generator("Daily Papers Archive")
    return out


def _joined(head: bytes, more: bytes, entries: Iterable[bytes], end: bytes) -> bytes:
    """`head`, a feed without entries, with `more` and the `entries` before its `end`."""
    begin, close, rest = head.rpartition(end)
    return b"\n".join([begin + more, *entries, close + rest])


def _plain(title: re.Match[bytes]) -> bytes:
    """A title whose `&` and `<` are hexadecimal references: readers that take titles for HTML then show them
    as they are (RSS Best Practices Profile, "Character Data")."""
    return title[0].replace(b"&amp;", b"&#x26;").replace(b"&lt;", b"&#x3C;").replace(b"&gt;", b"&#x3E;")
