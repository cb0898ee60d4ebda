"""What stands in a feed: a paper, or a day's list of papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from html import escape

from generator.model.paper import Paper
from generator.outputs.feeds.draft import NAMED, DayDraft, Draft, PaperDraft, Place, datetime_of, moment
from generator.pages import addresses
from generator.pages.cards import byline, count, day_text, teaser
from generator.theme import markdown

_KEPT = 2**8
"""Entries that a process keeps: those of a feed that comes in three formats."""


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


@lru_cache(maxsize=_KEPT)
def entry_of(draft: Draft) -> FeedEntry:
    """The entry of a paper or of a day."""
    return _of_day(draft) if isinstance(draft, DayDraft) else _of_paper(draft)


def _of_paper(draft: PaperDraft) -> FeedEntry:
    place, paper, updated, topics, is_brief = draft
    address = addresses.paper(paper.id)
    links = _links(paper)
    return FeedEntry(
        id=place.feed_id + address,
        url=place.base_url + address,
        title=paper.title,
        authors=paper.authors[:NAMED] if is_brief else paper.authors,
        summary=teaser(paper),
        abstract="" if is_brief else paper.abstract,
        topics=topics,
        links=links[:1] if is_brief else links,
        published=datetime_of(min(moment(paper, paper.listing_days[0]), updated)),
        updated=datetime_of(updated),
    )


def _links(paper: Paper) -> tuple[tuple[str, str], ...]:
    arxiv = f"https://arxiv.org/abs/{paper.arxiv_id}" if paper.arxiv_id else ""
    links = (("arXiv", arxiv), ("Code", paper.github or ""), ("Project", paper.project or ""))
    return tuple((text, address) for text, address in links if address.startswith(("https://", "http://")))


def _of_day(draft: DayDraft) -> FeedEntry:
    place, day, papers = draft
    address = addresses.day(day)
    at = datetime_of(draft.updated)
    return FeedEntry(
        id=place.feed_id + address,
        url=place.base_url + address,
        title=f"{day_text(day).text}: {count(len(papers), 'paper')}",
        authors=(),
        summary="",
        abstract="",
        topics=(),
        links=(),
        published=at,
        updated=at,
        lines=tuple(_line(place, paper) for paper in papers),
    )


def _line(place: Place, paper: Paper) -> Line:
    return Line(paper.title, place.base_url + addresses.paper(paper.id), byline(paper), teaser(paper))


def _item(line: Line) -> str:
    return (
        f'<li><p><a href="{escape(line.url)}">{escape(line.title)}</a><br>{escape(line.authors)}</p>'
        f"<p>{escape(line.summary)}</p></li>"
    )
