"""Entries as Atom, RSS and JSON. Each is made once in a process and stands in every feed that holds it.

An archive has more entries than pages, so that the two in XML are written as text. feedgen writes the same,
which the tests compare, and takes several times as long.
"""

from __future__ import annotations

from email.utils import format_datetime
from functools import lru_cache

from generator.outputs.feeds.draft import Draft
from generator.outputs.feeds.entry import FeedEntry, entry_of

_KEPT = 2**8
"""Entries that a process keeps in each form: those of feeds that are made one after the other."""
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r"))
_NONCHARACTERS = ("\ufffe".encode(), "\uffff".encode())
"""With surrogates, what XML cannot hold, not even escaped (https://www.w3.org/TR/xml/#charsets)."""


@lru_cache(maxsize=_KEPT)
def atom_entry(draft: Draft) -> bytes:
    """`<entry>`, without the namespace, which is the feed's."""
    entry = entry_of(draft)
    names = [f"<author><name>{_text(name)}</name></author>" for name in entry.authors if name]
    topics = [f'<category term="{_quoted(topic)}"/>' for topic in entry.topics]
    if entry.is_brief:
        content, summary = "", f"<summary>{_text(entry.summary or entry.title)}</summary>"
    else:
        content, summary = f'<content type="html">{_text(entry.content)}</content>', ""
    return _checked(
        f"<entry><id>{_text(entry.id)}</id><title>{_text(entry.title)}</title>"
        f"<updated>{entry.updated.isoformat()}</updated>{''.join(names)}{content}"
        f'<link href="{_quoted(entry.url)}"/>{summary}{"".join(topics)}'
        f"<published>{entry.published.isoformat()}</published></entry>"
    )


@lru_cache(maxsize=_KEPT)
def rss_item(draft: Draft) -> bytes:
    """`<item>`, without the namespace of `dc:creator`, which is the feed's."""
    entry = entry_of(draft)
    topics = [f"<category>{_text(topic)}</category>" for topic in entry.topics]
    names = [f"<dc:creator>{_text(name)}</dc:creator>" for name in entry.authors]
    description = f"<description>{_text(entry.content)}</description>" if entry.content else ""
    return _checked(
        f"<item><title>{_text(entry.title)}</title><link>{_text(entry.url)}</link>{description}"
        f'<guid isPermaLink="false">{_text(entry.id)}</guid>{"".join(topics)}'
        f"<pubDate>{format_datetime(entry.published)}</pubDate>{''.join(names)}</item>"
    )


def _text(text: str) -> str:
    """Between tags. A bare carriage return would be read as a line feed."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def _quoted(text: str) -> str:
    """Between double quotes, where a bare line feed would be read as a space."""
    return _text(text).replace('"', "&quot;").replace("\t", "&#9;").replace("\n", "&#10;")


def _checked(xml: str) -> bytes:
    """Raises ValueError for a character that XML cannot hold."""
    data = xml.encode()
    if len(data.translate(None, _CONTROLS)) < len(data) or any(each in data for each in _NONCHARACTERS):
        raise ValueError(f"holds a character that cannot stand in a feed: {xml!r}")
    return data


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
