"""Papers in the shape in which the feed's own interface answers.

The fields are named as the feed names them and mean what they mean there (`generator.feed.fields` says how
each is read); one that is not known is missing, as it is there. A date has no time of day here, so it is
written as the feed writes its dates since April 2026: as that day's midnight in UTC.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from generator.exporting.holding import Exported
from generator.model.markup import unescape


class Author(msgspec.Struct, frozen=True):
    name: str


class Submitter(msgspec.Struct, frozen=True):
    """Whoever submitted a paper, by the login."""

    name: str


class Organization(msgspec.Struct, frozen=True):
    name: str
    fullname: str


class PaperFields(msgspec.Struct, frozen=True, omit_defaults=True):
    """An entry's `paper`."""

    id: str
    title: str
    summary: str = ""
    """The abstract, as plain text."""
    authors: tuple[Author, ...] = ()
    published: str | None = msgspec.field(default=None, name="publishedAt")
    upvotes: int | None = None
    project: str | None = msgspec.field(default=None, name="projectPage")
    github: str | None = msgspec.field(default=None, name="githubRepo")
    stars: int | None = msgspec.field(default=None, name="githubStars")
    sentence: str | None = msgspec.field(default=None, name="ai_summary")
    keywords: tuple[str, ...] = msgspec.field(default=(), name="ai_keywords")
    organization: Organization | None = None


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One paper of a day. What the feed says here a second time (abstract, organization) stands in `paper`
    alone, and the submitter here alone; the title stands in both. The feed's `publishedAt` of this place has
    meant two things over time, neither of which is known here."""

    paper: PaperFields
    title: str
    comments: int | None = msgspec.field(default=None, name="numComments")
    submitter: Submitter | None = msgspec.field(default=None, name="submittedBy")


def answer(papers: Iterable[Exported]) -> bytes:
    """What the feed would answer for a day that listed `papers`: a JSON array, without white space."""
    return msgspec.json.encode([entry(each) for each in papers])


def entry(known: Exported) -> Entry:
    paper, figures = known.paper, known.figures
    login, organization = paper.submitted_by, paper.organization
    return Entry(
        paper=PaperFields(
            id=paper.id,
            title=paper.title,
            summary=unescape(paper.abstract),
            authors=tuple(map(Author, paper.authors)),
            published=_midnight(paper.published),
            upvotes=figures.upvotes,
            project=paper.project or None,
            github=paper.github or None,
            stars=figures.github_stars,
            sentence=paper.summary or None,
            keywords=paper.keywords,
            organization=Organization(organization.name, organization.fullname) if organization else None,
        ),
        title=paper.title,
        comments=figures.comments,
        submitter=Submitter(login) if login else None,
    )


def _midnight(day: date | None) -> str | None:
    return f"{day.isoformat()}T00:00:00.000Z" if day else None
