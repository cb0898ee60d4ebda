"""Papers as CSV (RFC 4180): for spreadsheets.

A spreadsheet runs a cell that begins like a formula, and titles are typed by strangers. So a text that begins
with `=`, `+`, `-` or `@`, or with one of their full-width forms, gets an apostrophe before it, which
spreadsheets take for "this is text" (https://owasp.org/www-community/attacks/CSV_Injection). That changes the
text; who reads with a program takes the JSON Lines or the SQLite file, which change nothing.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator

from generator.exporting.holding import Exported

COLUMNS = (
    "id", "title", "authors", "author_count", "published", "day", "days", "submitted_by", "organization",
    "topics", "keywords", "categories", "summary", "github", "project", "arxiv", "upvotes", "comments",
    "github_stars",
)  # fmt: skip
_BETWEEN = "; "
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")

Cell = str | int | None


def csv_head() -> bytes:
    """The line of names."""
    return _lines([COLUMNS])


def csv_rows(papers: Iterable[Exported]) -> bytes:
    """A line for each of `papers`. UTF-8, lines end with CR LF, what is not known is empty. Nothing in it
    depends on where the site stands."""
    return _lines([guarded(cell) for cell in _cells(known)] for known in papers)


def _lines(rows: Iterable[Iterable[Cell]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("utf-8")


def guarded(cell: Cell) -> Cell:
    """`cell`, with an apostrophe before what a spreadsheet would run."""
    if isinstance(cell, str) and not cell[:1].isalnum() and _FORMULA.match(cell):
        return f"'{cell}"
    return cell


def _cells(known: Exported) -> Iterator[Cell]:
    """In the order of COLUMNS."""
    paper, figures = known.paper, known.figures
    yield paper.id
    yield paper.title
    yield _BETWEEN.join(paper.authors)
    yield paper.author_count or len(paper.authors)
    yield paper.published.isoformat() if paper.published else None
    yield paper.day.isoformat()
    yield _BETWEEN.join(day.isoformat() for day in paper.days)
    yield paper.submitted_by
    yield paper.organization.fullname if paper.organization else None
    yield _BETWEEN.join(slug for slug, _ in known.topics)
    yield _BETWEEN.join(paper.keywords)
    yield _BETWEEN.join(paper.categories)
    yield paper.summary
    yield paper.github
    yield paper.project
    yield f"https://arxiv.org/abs/{paper.arxiv_id}" if paper.arxiv_id else None
    yield figures.upvotes
    yield figures.comments
    yield figures.github_stars
