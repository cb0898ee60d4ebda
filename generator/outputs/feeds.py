"""Atom and RSS 2.0 feeds, written by feedgen.

Nothing in a feed is the time of the build: an entry's `updated` is the paper's own, a feed's is that of its
latest entry. Mathematics stays the TeX that it is: most feed readers strip MathML, and with it the formula.
feedgen 1.0.0 wants some care: `updated` and `lastBuildDate` default to now; `id()` and `guid()`
overwrite each other, so that each format has a generator of its own; RSS drops authors without an address, so
that they stand in `dc:creator`; entries come out reversed unless `order="append"`.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from html import escape
from typing import Any

from feedgen.feed import FeedGenerator

from generator.model.paper import Paper
from generator.outputs.artifact import Artifact
from generator.outputs.site import Site
from generator.pages import addresses
from generator.pages.cards import teaser
from generator.pages.day import failures
from generator.pages.page import FeedLink
from generator.pages.topic import topic_feed_link
from generator.theme import markdown
from generator.theme.theme import Theme

_FIRST_HOURS = 8 * 60 * 60
"""In seconds: by then a day's list has mostly been read, so that no entry seems to come from the future."""
_NO_ENTRY_YET = datetime(2023, 5, 1, tzinfo=UTC)
"""What an empty feed says of itself: about when the community's list began."""
_TYPES = {"atom.xml": "application/atom+xml", "rss.xml": "application/rss+xml"}


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A paper in a feed."""

    id: str
    url: str
    title: str
    authors: tuple[str, ...]
    summary: str
    """Plain text."""
    abstract: str
    """Markdown."""
    topics: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    """Where else the paper can be read: text and address."""
    published: datetime
    updated: datetime


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed before it is XML; its entries stand newest first."""

    id: str
    title: str
    description: str
    language: str
    url: str
    """The page that shows the same list."""
    address: str
    """Its folder, absolute; the file of each format stands in it."""
    entries: tuple[FeedEntry, ...]

    @property
    def updated(self) -> datetime:
        return max((entry.updated for entry in self.entries), default=_NO_ENTRY_YET)


@dataclass(frozen=True, slots=True)
class AtomFeed:
    """The recipe of `atom.xml` (RFC 4287)."""

    feed: Feed

    def make(self, theme: Theme) -> bytes:
        feed = self.feed
        out = _generator(feed, "atom.xml")
        out.id(feed.id)
        out.updated(feed.updated)
        out.author({"name": feed.title.partition(":")[0]})
        for entry in feed.entries:
            item = out.add_entry(order="append")
            _describe(item, entry)
            item.id(entry.id)
            item.updated(entry.updated)
            item.author([{"name": name} for name in entry.authors])
            item.summary(entry.summary or entry.title)
            item.content(_content(entry), type="html")
        return bytes(out.atom_str(pretty=True))


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
        for entry in feed.entries:
            item = out.add_entry(order="append")
            _describe(item, entry)
            item.guid(entry.id, permalink=False)
            item.description(_content(entry))
            if entry.authors:
                item.dc.dc_creator(list(entry.authors))
        return bytes(out.rss_str(pretty=True))


def plan(site: Site) -> Iterable[Artifact]:
    """Both formats for the whole archive and for every topic."""
    settings, archive = site.settings, site.archive
    most = settings.feed_entries
    everything = FeedLink(settings.title, addresses.ALL_PAPERS_FEED)
    gaps = failures(archive)
    feeds = [_feed(site, everything, settings.description, addresses.HOME, archive.papers[:most], gaps)]
    for topic in archive.topics:
        link = FeedLink(f"{settings.title}: {topic.name}", topic_feed_link(topic).address)
        papers = archive.by_topic[topic.slug][:most]
        feeds.append(_feed(site, link, topic.description, addresses.topic(topic.slug), papers, gaps))
    for feed in feeds:
        path = feed.address.removeprefix(settings.base_url)
        yield Artifact(f"{path}atom.xml", f"Atom feed {feed.title}", AtomFeed(feed))
        yield Artifact(f"{path}rss.xml", f"RSS feed {feed.title}", RssFeed(feed))


def moment(paper: Paper, day: date) -> datetime:
    """A moment on `day` that is the paper's own, so that the entries of one day differ and keep their place.

    The feed tells days, not times. The seconds since midnight are the digits after the point of an arXiv id,
    or a checksum of any other id, folded into the day's first hours.
    """
    number = paper.id.rpartition(".")[2]
    seconds = int(number) if paper.arxiv_id else zlib.crc32(paper.id.encode())
    return datetime.combine(day, time(), UTC) + timedelta(seconds=seconds % _FIRST_HOURS)


def _feed(
    site: Site, link: FeedLink, description: str, page: str, papers: Iterable[Paper], gaps: str
) -> Feed:
    """A feed of `papers`; its description also says which days are missing from it (`gaps`)."""
    settings = site.settings
    entries = sorted((_entry(site, paper) for paper in papers), key=lambda e: (e.updated, e.id), reverse=True)
    return Feed(
        id=f"{settings.feed_id}{link.address}",
        title=link.title,
        description=f"{description} {gaps}".rstrip(),
        language=settings.language,
        url=settings.base_url + page,
        address=settings.base_url + link.address,
        entries=tuple(entries),
    )


def _entry(site: Site, paper: Paper) -> FeedEntry:
    names = {topic.slug: topic.name for topic in site.archive.topics}
    arxiv = f"https://arxiv.org/abs/{paper.arxiv_id}" if paper.arxiv_id else ""
    links = (("arXiv", arxiv), ("Code", paper.github or ""), ("Project", paper.project or ""))
    days = paper.listing_days
    return FeedEntry(
        id=f"{site.settings.feed_id}{addresses.paper(paper.id)}",
        url=site.settings.base_url + addresses.paper(paper.id),
        title=paper.title,
        authors=paper.authors,
        summary=teaser(paper),
        abstract=paper.abstract,
        topics=tuple(names[match.slug] for match in site.archive.matches[paper.id]),
        links=tuple(
            (text, address) for text, address in links if address.startswith(("https://", "http://"))
        ),
        published=moment(paper, days[0]),
        updated=moment(paper, days[-1]),
    )


def _generator(feed: Feed, name: str) -> Any:
    """A feedgen feed with what both formats share."""
    out = FeedGenerator()
    out.title(feed.title)
    out.subtitle(feed.description)
    out.language(feed.language)
    out.link(href=feed.address + name, rel="self", type=_TYPES[name])
    out.link(href=feed.url, rel="alternate")
    out.generator("Daily Papers Archive")
    return out


def _describe(item: Any, entry: FeedEntry) -> None:
    """What an entry is in both formats."""
    item.title(entry.title)
    item.link(href=entry.url, rel="alternate")
    item.published(entry.published)
    item.category([{"term": topic} for topic in entry.topics])


def _content(entry: FeedEntry) -> str:
    """The entry in full, as HTML."""
    links = " · ".join(f'<a href="{escape(address)}">{text}</a>' for text, address in entry.links)
    abstract = markdown.to_html(entry.abstract, formulas=False)
    return "\n".join(
        part
        for part in (
            f"<p>{escape(', '.join(entry.authors))}</p>" if entry.authors else "",
            f"<p><strong>{escape(entry.summary)}</strong></p>" if entry.summary else "",
            abstract,
            f"<p>{links}</p>" if links else "",
        )
        if part
    )
