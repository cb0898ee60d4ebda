"""Papers as JSON Lines (https://jsonlines.org): one object a line, UTF-8, with every key on every line.

The keys are those of the front matter in content/, so that one description serves both; the abstract is plain
text. Figures and topics are left out: they change when the paper does not.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from generator.exporting.holding import Exported
from generator.model.markup import unescape
from generator.model.paper import Organization, Paper


class Line(msgspec.Struct, frozen=True):
    """The stored facts of a paper. Where one is not known: null, or an empty array or text."""

    id: str
    title: str
    authors: tuple[str, ...]
    author_count: int
    published: date | None
    days: tuple[date, ...]
    submitted_by: str | None
    organization: Organization | None
    keywords: tuple[str, ...]
    categories: tuple[str, ...]
    summary: str | None
    github: str | None
    project: str | None
    abstract: str


def json_lines(papers: Iterable[Exported]) -> bytes:
    """`papers` in their order, each line ended by a line feed."""
    return msgspec.json.Encoder().encode_lines([_line(known.paper) for known in papers])


def _line(paper: Paper) -> Line:
    return Line(
        id=paper.id,
        title=paper.title,
        authors=paper.authors,
        author_count=paper.author_count or len(paper.authors),
        published=paper.published,
        days=paper.days,
        submitted_by=paper.submitted_by,
        organization=paper.organization,
        keywords=paper.keywords,
        categories=paper.categories,
        summary=paper.summary,
        github=paper.github,
        project=paper.project,
        abstract=unescape(paper.abstract),
    )
