"""Markdown twins: what a page of a paper or a day says, at its address with `index.html.md` added.

That is where llms.txt (https://llmstxt.org) has readers look that want text and no page. A paper's twin has
no figures, so that it changes when its facts do and not with each vote.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import msgspec

from generator.exporting.holding import Held, facts_digests
from generator.exporting.twin import DayText, Item, PaperText, day_markdown, paper_markdown
from generator.model.paper import Paper
from generator.model.periods import plain_day
from generator.outputs.artifact import Artifact
from generator.outputs.site import Site
from generator.pages import addresses
from generator.pages.cards import author_line, teaser
from generator.pages.day import day_state
from generator.sources import FeedSettings
from generator.theme.filters import outside
from generator.theme.theme import Theme


class Listed(NamedTuple):
    """A paper, and the names of its topics."""

    paper: Paper
    topics: tuple[str, ...]


class Place(NamedTuple):
    """What the twins of a site say of where they stand."""

    base_url: str
    feed: FeedSettings


@dataclass(frozen=True, slots=True)
class PaperTwin:
    """The recipe of the twin of a paper."""

    listed: Held[tuple[Listed, Place]]
    """One of them."""

    def make(self, theme: Theme) -> bytes:
        ((listed, place),) = self.listed.all
        return paper_markdown(_paper(listed, place)).encode()


@dataclass(frozen=True, slots=True)
class DayTwin:
    """The recipe of the twin of a day."""

    day: date
    state: str
    base_url: str
    papers: Held[Paper]

    def make(self, theme: Theme) -> bytes:
        return day_markdown(_day(self)).encode()


def plan(site: Site) -> Iterable[Artifact]:
    """A twin of every paper's page and of every day's; none on a lean site."""
    if site.is_lean:
        return
    archive, settings = site.archive, site.settings
    names, facts = archive.topic_names, facts_digests(archive)
    place = Place(settings.base_url, settings.feed)
    stands = _encode(place)
    for paper in archive.papers:
        if not site.portion.takes_paper(paper.id):
            continue
        topics = tuple([names[match.slug] for match in archive.matches[paper.id]])
        told = (facts[paper.id], stands, _encode(topics))
        recipe = PaperTwin(Held.of([(Listed(paper, topics), place)], told))
        address = addresses.twin(addresses.paper(paper.id))
        yield Artifact(address, f"Markdown twin of paper {paper.id}", recipe)
    for day in archive.days:
        if not site.portion.takes(day.isoformat()):
            continue
        papers = archive.by_day.get(day, ())
        held = Held.of(papers, (facts[paper.id] for paper in papers))
        address = addresses.twin(addresses.day(day))
        yield Artifact(
            address,
            f"Markdown twin of day {day}",
            DayTwin(day, day_state(archive, day), settings.base_url, held),
        )


_encode = msgspec.msgpack.Encoder().encode


def _paper(listed: Listed, place: Place) -> PaperText:
    paper, topics = listed
    arxiv, organization = paper.arxiv_id, paper.organization
    return PaperText(
        title=paper.title,
        authors=paper.authors,
        author_count=paper.author_count or len(paper.authors),
        facts=(
            ("Listed", ", ".join(day.isoformat() for day in paper.days)),
            ("Published", paper.published.isoformat() if paper.published else ""),
            ("Organization", organization.fullname if organization else ""),
            ("Submitted by", paper.submitted_by or ""),
            ("Topics", ", ".join(topics)),
            ("Categories", ", ".join(paper.categories)),
        ),
        links=(
            ("Page", place.base_url + addresses.paper(paper.id)),
            ("arXiv", f"https://arxiv.org/abs/{arxiv}" if arxiv else ""),
            ("PDF", f"https://arxiv.org/pdf/{arxiv}" if arxiv else ""),
            ("Discussion", place.feed.discussion(arxiv)),
            ("Code", outside(paper.github or "")),
            ("Project", outside(paper.project or "")),
        ),
        summary=paper.summary or "",
        abstract=paper.abstract,
    )


def _day(twin: DayTwin) -> DayText:
    return DayText(
        title=f"Papers of {plain_day(twin.day)}",
        state=twin.state,
        page=twin.base_url + addresses.day(twin.day),
        items=tuple(_item(twin.base_url, paper) for paper in twin.papers.all),
    )


def _item(base_url: str, paper: Paper) -> Item:
    authors, more = author_line(paper)
    return Item(
        title=paper.title,
        address=base_url + addresses.twin(addresses.paper(paper.id)),
        authors=authors,
        more_authors=more,
        sentence=teaser(paper),
    )
