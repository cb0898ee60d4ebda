"""From a page of the feed, as JSON gives it, to entries: pure, and the place where its shape is known.

What is odd about a single field is told where that field is read (`fields`). Of the page as a whole:

- The day is the day that was asked for, not anything the entries say (the top-level `publishedAt` changed
  its meaning in March 2025; `submittedOnDailyAt` always has the page's own date).
- A key that does not apply is missing, and earlier days miss the keys of later ones; `null` never occurs
  but is read the same.
- An entry is refused only where it has no usable id or title, or more authors than a paper can have.
  Everything else that is wrong with it costs that field, with a note.
- Keys that are not in the table of known ones are counted, so that the owner learns of new ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from generator.errors import NotAPage, Problem
from generator.feed import fields
from generator.feed.answer import Unreadable
from generator.feed.entry import DayPage, Entry
from generator.feed.text import kind, quoted
from generator.model.paper import PAPER_ID, Figures, Paper

KNOWN_FIELDS = frozenset({
    "paper", "title", "publishedAt", "numComments", "summary", "thumbnail", "mediaUrl", "mediaUrls",
    "submittedBy", "isAuthorParticipating", "organization", "submitterOrganization",
})  # fmt: skip
KNOWN_PAPER_FIELDS = frozenset({
    "id", "title", "summary", "authors", "publishedAt", "upvotes", "discussionId", "projectPage",
    "githubRepo", "githubStars", "githubRepoAddedBy", "ai_keywords", "ai_summary", "ai_summary_model",
    "submittedOnDailyAt", "submittedOnDailyBy", "mediaUrls", "organization",
})  # fmt: skip
MAX_UNKNOWN = 100
"""How many different unknown fields are told apart; the rest are counted together."""


def normalise_page(raw: object, day: date) -> DayPage:
    """All entries of one day. `raw` is the array of the answer, or several pages' arrays put together.

    Raises NotAPage where it is no array.
    """
    if not isinstance(raw, (list, tuple)):
        raise NotAPage(
            f"{day}: {kind(raw)} stands where the day's array of papers should be; nothing was read."
        )
    entries: dict[str, Entry] = {}
    positions: dict[str, int] = {}
    problems: list[Problem] = []
    notes: list[Problem] = []
    unknown: Counter[str] = Counter()
    for position, raw_entry in enumerate(raw, start=1):
        _count_unknown(raw_entry, unknown)
        outcome, remarks = normalise_entry(raw_entry, day, f"{day}, entry {position}")
        notes += remarks
        if isinstance(outcome, Problem):
            problems.append(outcome)
            continue
        paper_id = outcome.paper.id
        if paper_id in entries:
            where = f"{day}, entry {position} ({paper_id})"
            notes.append(
                Problem(where, f"the same paper is entry {positions[paper_id]}; the two were made one")
            )
            entries[paper_id] = fuller(entries[paper_id], outcome)
        else:
            entries[paper_id] = outcome
            positions[paper_id] = position
    return DayPage(
        day=day,
        entries=tuple(entries.values()),
        problems=tuple(problems),
        notes=tuple(notes),
        unknown_fields=dict(unknown),
    )


def normalise_entry(raw: object, day: date | None, where: str) -> tuple[Entry | Problem, tuple[Problem, ...]]:
    """The entry, or why it was refused; and what was left out of it. `where` begins what is said of it.

    `day` is the day that lists it, None where the source does not say.
    """
    if isinstance(raw, Unreadable):
        return Problem(where, raw.reason), ()
    if not isinstance(raw, dict):
        return Problem(where, f"it is {kind(raw)}, not an object"), ()
    of_paper = raw.get("paper")
    if not isinstance(of_paper, dict):
        what = "it has no paper" if of_paper is None else f"its paper is {kind(of_paper)}, not an object"
        return Problem(where, what), ()
    notes: list[str] = []
    where = _with_id(where, of_paper.get("id"))
    try:
        paper = _paper(raw, of_paper, (day,) if day is not None else (), notes)
    except fields.EntryError as refused:
        return Problem(where, str(refused)), ()
    figures = Figures(
        upvotes=fields.figure(of_paper.get("upvotes"), "number of upvotes", notes),
        comments=fields.figure(raw.get("numComments"), "number of comments", notes),
        # Stars are kept where the repository is missing: it may appear in a later fetch of the day.
        github_stars=fields.figure(of_paper.get("githubStars"), "number of stars", notes),
    )
    return Entry(paper, figures), tuple(Problem(where, note) for note in notes)


def _paper(
    raw: Mapping[str, object], of_paper: Mapping[str, object], days: tuple[date, ...], notes: list[str]
) -> Paper:
    return Paper(
        id=fields.paper_id(of_paper.get("id")),
        title=fields.title(of_paper.get("title"), raw.get("title")),
        authors=fields.authors(of_paper.get("authors"), notes),
        published=fields.published(of_paper.get("publishedAt"), notes),
        days=days,
        submitted_by=fields.submitter(of_paper.get("submittedOnDailyBy"), raw.get("submittedBy"), notes),
        organization=fields.organization(raw.get("organization"), of_paper.get("organization"), notes),
        keywords=fields.keywords(of_paper.get("ai_keywords"), notes),
        summary=fields.summary(of_paper.get("ai_summary"), notes),
        github=fields.github(of_paper.get("githubRepo"), notes),
        project=fields.project(of_paper.get("projectPage"), notes),
        abstract=fields.abstract_text(of_paper.get("summary"), raw.get("summary"), notes),
    )


def fuller(one: Entry, other: Entry) -> Entry:
    """Two entries for one paper as one: whatever `one` lacks is taken from `other`, the longer of two lists
    and abstracts, and the higher of two figures, since figures of one day only grow."""
    first, second = one.paper, other.paper
    paper = replace(
        first,
        authors=max(first.authors, second.authors, key=len),
        published=first.published or second.published,
        submitted_by=first.submitted_by or second.submitted_by,
        organization=first.organization or second.organization,
        keywords=max(first.keywords, second.keywords, key=len),
        categories=max(first.categories, second.categories, key=len),
        doi=first.doi or second.doi,
        journal_ref=first.journal_ref or second.journal_ref,
        summary=first.summary or second.summary,
        github=first.github or second.github,
        project=first.project or second.project,
        abstract=max(first.abstract, second.abstract, key=len),
    )
    figures = Figures(
        upvotes=_higher(one.figures.upvotes, other.figures.upvotes),
        comments=_higher(one.figures.comments, other.figures.comments),
        github_stars=_higher(one.figures.github_stars, other.figures.github_stars),
    )
    return Entry(paper, figures)


def _higher(one: int | None, other: int | None) -> int | None:
    return max((figure for figure in (one, other) if figure is not None), default=None)


def _with_id(where: str, raw_id: object) -> str:
    return f"{where} ({raw_id})" if isinstance(raw_id, str) and PAPER_ID.fullmatch(raw_id) else where


def _count_unknown(raw: object, unknown: Counter[str]) -> None:
    if not isinstance(raw, dict):
        return
    if not raw.keys() <= KNOWN_FIELDS:
        _count(raw.keys() - KNOWN_FIELDS, "", unknown)
    of_paper = raw.get("paper")
    if isinstance(of_paper, dict) and not of_paper.keys() <= KNOWN_PAPER_FIELDS:
        _count(of_paper.keys() - KNOWN_PAPER_FIELDS, "paper.", unknown)


def _count(names: Iterable[object], prefix: str, unknown: Counter[str]) -> None:
    for name in sorted(map(str, names)):
        field = prefix + quoted(name)[1:-1]
        unknown[field if field in unknown or len(unknown) < MAX_UNKNOWN else "(others)"] += 1
