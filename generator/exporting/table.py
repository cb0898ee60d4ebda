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

from generator.exporting.holding import Known

COLUMNS = (
    "id", "title", "authors", "author_count", "published", "day", "days", "submitted_by", "organization",
    "topics", "keywords", "categories", "summary", "github", "project", "page", "upvotes", "comments",
    "github_stars",
)  # fmt: skip
_BETWEEN = "; "
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")

Cell = str | int | None


def csv_table(papers: Iterable[Known], pages: str) -> bytes:
    """A line of names, then a line for each of `papers`; `pages` is the address below which each has a page
    by its id. UTF-8, lines end with CR LF, what is not known is empty."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([guarded(cell) for cell in _cells(known, pages)] for known in papers)
    return text.getvalue().encode("utf-8")


def guarded(cell: Cell) -> Cell:
    """`cell`, with an apostrophe before what a spreadsheet would run."""
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell


def _cells(known: Known, pages: str) -> Iterator[Cell]:
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
    yield f"{pages}{paper.id}/"
    yield figures.upvotes
    yield figures.comments
    yield figures.github_stars
