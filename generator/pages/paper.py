"""A page for every paper: everything that is known about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache, partial
from typing import ClassVar

import msgspec

from generator.citing.reference import Reference, reference_of
from generator.config import Settings
from generator.exporting.holding import facts_digests
from generator.files import digest
from generator.insight.lasting import alike_in
from generator.model.archive import Archive
from generator.model.paper import Paper
from generator.model.periods import neighbours
from generator.pages import addresses
from generator.pages.cards import day_text, opening, short_day_text, teaser
from generator.pages.curve import Curve, upvote_curve
from generator.pages.known import Known, Register, register
from generator.pages.links import Names, author_links, keyword_links, organization_link
from generator.pages.page import DateText, Draft, Link, Page, PageKind, path_of, told
from generator.portion import WHOLE, Portion

_DESCRIPTION = 200
_KEPT = 2**15
"""Lines that a process keeps: a paper is like some eight others."""


class DayOf(msgspec.Struct, frozen=True, gc=False):
    """A day that shows the paper."""

    day: DateText
    address: str


class RelatedLine(msgspec.Struct, frozen=True, gc=False):
    """A paper that is like this one."""

    paper: Link
    day: DateText


class PaperView(msgspec.Struct, frozen=True, gc=False):
    """What a paper's page shows. Empty text and None stand for what is not known."""

    id: str
    title: str
    authors: tuple[Link, ...]
    """Without an address where there is no page for the name; `keywords` likewise."""
    author_count: int
    organization: Link | None
    published: DateText | None
    listed: tuple[DayOf, ...]
    """The days that listed it; of an imported paper, none."""
    stands_on: DayOf
    submitted_by: str
    summary: str
    abstract: str
    """Markdown."""
    keywords: tuple[Link, ...]
    categories: tuple[str, ...]
    doi: str
    """Of the version that a journal or conference has; the preprint's own follows from its id."""
    journal: str
    """What arXiv says of where it appeared."""
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
    curve: Curve | None
    """Its upvotes over time, where there is enough to see."""
    related: tuple[RelatedLine, ...]
    """Papers that are like it, the closest first."""
    reference: Reference
    """What its citation is written from."""


class _Ground(msgspec.Struct, frozen=True):
    """What all pages of papers stand on."""

    settings: Settings
    names: Names
    digest: bytes
    """Stands for both."""


class _Draft(msgspec.Struct, frozen=True, gc=False):
    """A `Draft` of the page of `paper`: there are so many that they are kept small."""

    kind: ClassVar[str] = "paper"
    batch: ClassVar[str] = ""
    ground: _Ground
    known: Register
    paper: Paper
    alike: tuple[Paper, ...]
    above: Paper | None
    """The papers beside it in the list of its day; `below` likewise."""
    below: Paper | None
    digest: bytes

    @property
    def address(self) -> str:
        return addresses.paper(self.paper.id)

    @property
    def path(self) -> str:
        return path_of(self.address)

    @property
    def changed(self) -> str:
        return self.paper.listing_days[-1].isoformat()

    def compose(self) -> Page:
        return _page(self.ground, self.known.of((self.paper, *self.alike)), self.above, self.below)

    def __reduce__(self) -> tuple[type[Draft], tuple[object, ...]]:
        """What is sent to another machine takes its papers along and not the whole register."""
        papers = self.known.of((self.paper, *self.alike))
        compose = partial(_page, self.ground, papers, self.above, self.below)
        return Draft, (self.kind, self.address, self.changed, self.digest, compose)


def _plan(archive: Archive, settings: Settings, portion: Portion = WHOLE) -> Iterable[_Draft]:
    known, alike, facts = register(archive, settings), alike_in(archive), facts_digests(archive)
    ground = _Ground(settings, Names.of(archive, settings), told(settings))
    for day in archive.days_with_papers():
        for above, paper, below in neighbours(archive.by_day[day]):
            if paper.day == day and portion.takes_paper(paper.id):
                like = alike[paper.id]
                beside = (
                    facts[above.id] if above else _NOBODY, facts[below.id] if below else _NOBODY,
                    *[facts[each.id] for each in like],
                )  # fmt: skip
                stands = digest(b"".join((ground.digest, *beside, *known.whole(paper))))
                yield _Draft(ground, known, paper, like, above, below, stands)


_NOBODY = bytes(16)
"""Stands for no paper."""


def _page(ground: _Ground, papers: Sequence[Known], above: Paper | None, below: Paper | None) -> Page:
    """`papers`: the one at hand, and those that are like it."""
    known, *alike = papers
    paper, figures, settings = known.paper, known.figures, ground.settings
    arxiv = paper.arxiv_id
    days = tuple(DayOf(day_text(day), addresses.day(day)) for day in paper.listing_days)
    return Page(
        kind="paper",
        address=addresses.paper(paper.id),
        title=f"{paper.title} ({paper.id})",
        description=opening(teaser(paper, _DESCRIPTION), _DESCRIPTION)
        or f"{paper.title}, a paper of {days[0].day.text}.",
        view=PaperView(
            id=paper.id,
            title=paper.title,
            authors=author_links(ground.names, paper, known.authors),
            author_count=paper.author_count or len(paper.authors),
            organization=organization_link(paper.organization),
            published=day_text(paper.published) if paper.published else None,
            listed=days if paper.days else (),
            stands_on=days[0],
            submitted_by=paper.submitted_by or "",
            summary=paper.summary or "",
            abstract=paper.abstract,
            keywords=keyword_links(ground.names, paper, known.keywords),
            categories=paper.categories,
            doi=paper.doi or "",
            journal=paper.journal_ref or "",
            topics=known.topics,
            upvotes=figures.upvotes,
            comments=figures.comments,
            github_stars=figures.github_stars,
            arxiv=f"https://arxiv.org/abs/{arxiv}" if arxiv else "",
            pdf=f"https://arxiv.org/pdf/{arxiv}" if arxiv else "",
            discussion=settings.feed.discussion(arxiv),
            github=paper.github or "",
            project=paper.project or "",
            previous=_link(above),
            next=_link(below),
            curve=upvote_curve(known.curve),
            related=tuple(map(_related_line, alike)),
            reference=reference_of(paper, settings.base_url + addresses.paper(paper.id)),
        ),
        section=addresses.CALENDAR,
        changed=paper.listing_days[-1].isoformat(),
    )


@lru_cache(maxsize=_KEPT)
def _related_line(known: Known) -> RelatedLine:
    paper = known.paper
    return RelatedLine(Link(paper.title, addresses.paper(paper.id)), short_day_text(paper.day))


def _link(paper: Paper | None) -> Link | None:
    return Link(paper.title, addresses.paper(paper.id)) if paper else None


KIND = PageKind("paper", _plan, _plan)
