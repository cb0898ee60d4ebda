"""A page for every paper: everything that is known about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.config import Settings
from generator.model.archive import Archive
from generator.model.paper import Paper
from generator.model.periods import neighbours
from generator.pages import addresses
from generator.pages.cards import day_text, teaser, topic_links
from generator.pages.page import DateText, Link, Page, PageKind

_DESCRIPTION = 300


@dataclass(frozen=True, slots=True)
class DayOf:
    """A day that shows the paper."""

    day: DateText
    address: str


@dataclass(frozen=True, slots=True)
class PaperView:
    """What a paper's page shows. Empty text and None stand for what is not known."""

    id: str
    title: str
    authors: tuple[str, ...]
    author_count: int
    organization: str
    published: DateText | None
    listed: tuple[DayOf, ...]
    """The days that listed it; of an imported paper, none."""
    stands_on: DayOf
    submitted_by: str
    summary: str
    abstract: str
    """Markdown."""
    keywords: tuple[str, ...]
    categories: tuple[str, ...]
    topics: tuple[Link, ...]
    upvotes: int | None
    comments: int | None
    github_stars: int | None
    arxiv: str
    pdf: str
    discussion: str
    github: str
    project: str
    previous: Link | None
    """The paper above it in the list of its day."""
    next: Link | None


def _plan(archive: Archive, settings: Settings) -> Iterable[Page]:
    for day in archive.days_with_papers():
        for above, paper, below in neighbours(archive.by_day[day]):
            if paper.day == day:
                yield _page(archive, settings, paper, above, below)


def _page(
    archive: Archive, settings: Settings, paper: Paper, above: Paper | None, below: Paper | None
) -> Page:
    figures = archive.figures(paper)
    arxiv = paper.arxiv_id
    days = tuple(DayOf(day_text(day), addresses.day(day)) for day in paper.listing_days)
    return Page(
        kind="paper",
        address=addresses.paper(paper.id),
        title=f"{paper.title} ({paper.id})",
        description=teaser(paper, _DESCRIPTION) or f"{paper.title}, a paper of {days[0].day.text}.",
        view=PaperView(
            id=paper.id,
            title=paper.title,
            authors=paper.authors,
            author_count=paper.author_count or len(paper.authors),
            organization=paper.organization.fullname if paper.organization else "",
            published=day_text(paper.published) if paper.published else None,
            listed=days if paper.days else (),
            stands_on=days[0],
            submitted_by=paper.submitted_by or "",
            summary=paper.summary or "",
            abstract=paper.abstract,
            keywords=paper.keywords,
            categories=paper.categories,
            topics=topic_links(archive, paper),
            upvotes=figures.upvotes,
            comments=figures.comments,
            github_stars=figures.github_stars,
            arxiv=f"https://arxiv.org/abs/{arxiv}" if arxiv else "",
            pdf=f"https://arxiv.org/pdf/{arxiv}" if arxiv else "",
            discussion=f"{settings.feed.page}{arxiv}" if arxiv else "",
            github=paper.github or "",
            project=paper.project or "",
            previous=_link(above),
            next=_link(below),
        ),
        section=addresses.CALENDAR,
        changed=paper.listing_days[-1].isoformat(),
    )


def _link(paper: Paper | None) -> Link | None:
    return Link(paper.title, addresses.paper(paper.id)) if paper else None


KIND = PageKind("paper", _plan)
