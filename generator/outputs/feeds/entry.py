"""What stands in a feed: a paper, or a day's list of papers."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from html import escape

import msgspec

from generator.model.archive import Archive
from generator.model.paper import Paper
from generator.outputs.site import Site
from generator.pages import addresses
from generator.pages.cards import byline, count, day_text, teaser
from generator.theme import markdown

_FIRST_HOURS = 8 * 60 * 60
"""In seconds: by then a day's list has mostly been read, so that no entry seems to come from the future."""
_SECOND = timedelta(seconds=1)
_NAMED = 3
"""Authors of a brief entry."""

_encoder = msgspec.msgpack.Encoder()


@dataclass(frozen=True, slots=True)
class Line:
    """A paper in the list of a day."""

    title: str
    url: str
    authors: str
    summary: str


@dataclass(frozen=True)
class FeedEntry:
    """An entry of a feed, before it is XML or JSON."""

    id: str
    url: str
    title: str
    authors: tuple[str, ...]
    summary: str
    """Plain text."""
    abstract: str
    """Markdown; empty in a brief entry, which is its summary alone."""
    topics: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    """Where else the paper can be read: text and address."""
    published: datetime
    updated: datetime
    lines: tuple[Line, ...] = ()
    """Of a day, its papers."""

    @cached_property
    def digest(self) -> bytes:
        """16 bytes that stand for it."""
        return hashlib.blake2b(_encoder.encode(self), digest_size=16).digest()

    @cached_property
    def content(self) -> str:
        """The entry in full, as HTML. Mathematics stays the TeX that it is: most feed readers strip MathML,
        and with it the formula."""
        links = " · ".join(f'<a href="{escape(address)}">{text}</a>' for text, address in self.links)
        return "\n".join(
            part
            for part in (
                f"<p>{escape(', '.join(self.authors))}</p>" if self.authors else "",
                f"<p><strong>{escape(self.summary)}</strong></p>" if self.summary else "",
                markdown.to_html(self.abstract, formulas=False),
                f"<ol>{''.join(map(_item, self.lines))}</ol>" if self.lines else "",
                f"<p>{links}</p>" if links else "",
            )
            if part
        )

    @property
    def is_brief(self) -> bool:
        return not (self.abstract or self.lines)


def paper_entries(site: Site) -> dict[str, FeedEntry]:
    """The entry of every paper, by its id."""
    moments = unique_moments(site.archive.papers)
    return {paper.id: _entry(site, paper, moments[paper.id]) for paper in site.archive.papers}


def brief(entry: FeedEntry) -> FeedEntry:
    """`entry` by its summary alone, for the feeds that are many."""
    links = entry.links[:1]
    return replace(entry, abstract="", authors=entry.authors[:_NAMED], topics=(), links=links)


def day_entry(site: Site, day: date) -> FeedEntry:
    """The list of `day`, in its order."""
    address = addresses.day(day)
    papers = site.archive.by_day[day]
    moment = datetime.combine(day, time(), UTC) + timedelta(seconds=_FIRST_HOURS)
    return FeedEntry(
        id=f"{site.settings.feed_id}{address}",
        url=site.settings.base_url + address,
        title=f"{day_text(day).text}: {count(len(papers), 'paper')}",
        authors=(),
        summary="",
        abstract="",
        topics=(),
        links=(),
        published=moment,
        updated=moment,
        lines=tuple(_line(site, paper) for paper in papers),
    )


def unique_moments(papers: Iterable[Paper]) -> Mapping[str, datetime]:
    """When each paper was last listed, by its id; no two are the same, as the W3C's validator wants it."""
    taken: set[datetime] = set()
    moments: dict[str, datetime] = {}
    for paper in sorted(papers, key=lambda paper: paper.id):
        at = moment(paper, paper.listing_days[-1])
        while at in taken:
            at += _SECOND
        taken.add(at)
        moments[paper.id] = at
    return moments


def moment(paper: Paper, day: date) -> datetime:
    """A moment on `day` that is the paper's own, so that the entries of one day differ and keep their place.

    The feed tells days, not times. The seconds since midnight are the digits after the point of an arXiv id,
    or a checksum of any other id, folded into the day's first hours.
    """
    number = paper.id.rpartition(".")[2]
    seconds = int(number) if paper.arxiv_id else zlib.crc32(paper.id.encode())
    return datetime.combine(day, time(), UTC) + timedelta(seconds=seconds % _FIRST_HOURS)


def _entry(site: Site, paper: Paper, updated: datetime) -> FeedEntry:
    arxiv = f"https://arxiv.org/abs/{paper.arxiv_id}" if paper.arxiv_id else ""
    links = (("arXiv", arxiv), ("Code", paper.github or ""), ("Project", paper.project or ""))
    return FeedEntry(
        id=f"{site.settings.feed_id}{addresses.paper(paper.id)}",
        url=site.settings.base_url + addresses.paper(paper.id),
        title=paper.title,
        authors=paper.authors,
        summary=teaser(paper),
        abstract=paper.abstract,
        topics=_topics(site.archive, paper),
        links=tuple(
            (text, address) for text, address in links if address.startswith(("https://", "http://"))
        ),
        published=min(moment(paper, paper.listing_days[0]), updated),
        updated=updated,
    )


def _topics(archive: Archive, paper: Paper) -> tuple[str, ...]:
    return tuple(archive.topic_names[match.slug] for match in archive.matches[paper.id])


def _line(site: Site, paper: Paper) -> Line:
    address = site.settings.base_url + addresses.paper(paper.id)
    return Line(paper.title, address, byline(paper), teaser(paper))


def _item(line: Line) -> str:
    return (
        f'<li><p><a href="{escape(line.url)}">{escape(line.title)}</a><br>{escape(line.authors)}</p>'
        f"<p>{escape(line.summary)}</p></li>"
    )
