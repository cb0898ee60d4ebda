"""Markdown twins: what a page of a paper or a day says, at its address with `index.html.md` added.

That is where llms.txt (https://llmstxt.org) has readers look that want text and no page. A paper's twin has
no figures, so that it changes when its facts do and not with each vote.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from generator.exporting.twin import DayText, Item, PaperText, day_markdown, paper_markdown
from generator.model.paper import Paper
from generator.model.periods import plain_day
from generator.outputs.artifact import Artifact
from generator.outputs.site import Site
from generator.pages import addresses
from generator.pages.cards import author_line, teaser
from generator.pages.day import day_state
from generator.theme.filters import outside
from generator.theme.theme import Theme


@dataclass(frozen=True, slots=True)
class PaperTwin:
    """The recipe of the twin of a paper."""

    text: PaperText

    def make(self, theme: Theme) -> bytes:
        return paper_markdown(self.text).encode()


@dataclass(frozen=True, slots=True)
class DayTwin:
    """The recipe of the twin of a day."""

    text: DayText

    def make(self, theme: Theme) -> bytes:
        return day_markdown(self.text).encode()


def plan(site: Site) -> Iterable[Artifact]:
    """A twin of every paper's page and of every day's; none on a lean site."""
    if site.is_lean:
        return
    for paper in site.archive.papers:
        address = addresses.twin(addresses.paper(paper.id))
        yield Artifact(address, f"Markdown twin of paper {paper.id}", PaperTwin(_paper(site, paper)))
    for day in site.archive.days:
        address = addresses.twin(addresses.day(day))
        yield Artifact(address, f"Markdown twin of day {day}", DayTwin(_day(site, day)))


def _paper(site: Site, paper: Paper) -> PaperText:
    settings, archive, arxiv = site.settings, site.archive, paper.arxiv_id
    organization = paper.organization
    topics = ", ".join(archive.topic_names[match.slug] for match in archive.matches[paper.id])
    return PaperText(
        title=paper.title,
        authors=paper.authors,
        author_count=paper.author_count or len(paper.authors),
        facts=(
            ("Listed", ", ".join(day.isoformat() for day in paper.days)),
            ("Published", paper.published.isoformat() if paper.published else ""),
            ("Organization", organization.fullname if organization else ""),
            ("Submitted by", paper.submitted_by or ""),
            ("Topics", topics),
            ("Categories", ", ".join(paper.categories)),
        ),
        links=(
            ("Page", settings.base_url + addresses.paper(paper.id)),
            ("arXiv", f"https://arxiv.org/abs/{arxiv}" if arxiv else ""),
            ("PDF", f"https://arxiv.org/pdf/{arxiv}" if arxiv else ""),
            ("Discussion", settings.feed.discussion(arxiv)),
            ("Code", outside(paper.github or "")),
            ("Project", outside(paper.project or "")),
        ),
        summary=paper.summary or "",
        abstract=paper.abstract,
    )


def _day(site: Site, day: date) -> DayText:
    return DayText(
        title=f"Papers of {plain_day(day)}",
        state=day_state(site.archive, day),
        page=site.settings.base_url + addresses.day(day),
        items=tuple(_item(site, paper) for paper in site.archive.by_day.get(day, ())),
    )


def _item(site: Site, paper: Paper) -> Item:
    authors, more = author_line(paper)
    return Item(
        title=paper.title,
        address=site.settings.base_url + addresses.twin(addresses.paper(paper.id)),
        authors=authors,
        more_authors=more,
        sentence=teaser(paper),
    )
