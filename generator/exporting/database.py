"""The archive as one SQLite file; its tables are sqlite-utils'.

The same papers give the same bytes: rows go in by the papers' order, numbers are given in that order, and
nothing asks the clock. (SQLite writes its own version into the file, so another version gives other bytes.)
There is no full-text index: the packed file would be half as large again, and whoever wants one makes it in
a moment (docs/exports.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from generator.exporting.holding import Exported
from generator.model.markup import unescape
from generator.model.paper import DayRecord
from generator.model.topics import Topic

Row = tuple[object, ...]
"""Values in the order of a table's columns."""


def sqlite_file(papers: Sequence[Exported], topics: Iterable[Topic], records: Iterable[DayRecord]) -> bytes:
    """The bytes of the database of `papers`, oldest first; of all `topics`; and of the log of days."""
    from sqlite_utils import Database  # here, since to import it costs each run of the command a tenth second

    authors = _Numbers()
    keywords = _Numbers()
    db = Database(memory=True)
    try:
        _fill(db, "papers", map(_paper, papers), pk="id")
        links = [(known.paper.id, place, authors[name])
                 for known in papers for place, name in enumerate(known.paper.authors, 1)]  # fmt: skip
        _fill(db, "authors", authors.rows(), pk="id")
        _fill(db, "paper_authors", links, pk=("paper", "position"),
              foreign_keys=[("paper", "papers", "id"), ("author", "authors", "id")])  # fmt: skip
        links = [(known.paper.id, place, keywords[word])
                 for known in papers for place, word in enumerate(known.paper.keywords, 1)]  # fmt: skip
        _fill(db, "keywords", keywords.rows(), pk="id")
        _fill(db, "paper_keywords", links, pk=("paper", "position"),
              foreign_keys=[("paper", "papers", "id"), ("keyword", "keywords", "id")])  # fmt: skip
        _fill(db, "topics", map(_topic, topics), pk="slug")
        of_topics = (
            (known.paper.id, place, slug, round(score, 6))
            for known in papers
            for place, (slug, score) in enumerate(known.topics, 1)
        )
        _fill(db, "paper_topics", of_topics, pk=("paper", "position"),
              foreign_keys=[("paper", "papers", "id"), ("topic", "topics", "slug")])  # fmt: skip
        _fill(db, "days", _days(papers, records), pk="day")
        listed = sorted((day.isoformat(), known.paper.id) for known in papers for day in known.paper.days)
        _fill(db, "day_papers", listed, pk=("day", "paper"),
              foreign_keys=[("day", "days", "day"), ("paper", "papers", "id")])  # fmt: skip
        _fill(db, "observations", _observations(papers), pk=("paper", "observed"),
              foreign_keys=[("paper", "papers", "id")])  # fmt: skip
        for table, column in (
            ("papers", "day"), ("paper_authors", "author"), ("paper_keywords", "keyword"),
            ("paper_topics", "topic"),
        ):  # fmt: skip
            db.table(table).create_index([column])
        db.vacuum()
        return bytes(db.conn.serialize())
    finally:
        db.close()


class _Numbers(dict[str, int]):
    """Names with a number each, from 1, in the order in which they are first asked for."""

    def __missing__(self, name: str) -> int:
        self[name] = number = len(self) + 1
        return number

    def rows(self) -> Iterator[Row]:
        return ((number, name) for name, number in self.items())


_COLUMNS: dict[str, dict[str, type]] = {
    "papers": {
        "id": str, "title": str, "abstract": str, "summary": str, "author_count": int, "published": str,
        "day": str, "submitted_by": str, "organization": str, "organization_name": str, "categories": str,
        "github": str, "project": str, "upvotes": int, "comments": int, "github_stars": int,
    },
    "authors": {"id": int, "name": str},
    "paper_authors": {"paper": str, "position": int, "author": int},
    "keywords": {"id": int, "keyword": str},
    "paper_keywords": {"paper": str, "position": int, "keyword": int},
    "topics": {"slug": str, "name": str, "description": str, "parent": str},
    "paper_topics": {"paper": str, "position": int, "topic": str, "score": float},
    "days": {"day": str, "listed": int, "status": str},
    "day_papers": {"day": str, "paper": str},
    "observations": {"paper": str, "observed": str, "upvotes": int, "comments": int, "github_stars": int},
}  # fmt: skip
"""Every table, also where it has no rows, with its columns in order."""


def _fill(db: Any, name: str, rows: Iterable[Row], **options: Any) -> None:
    """The table `name` with `rows`; `options` are those of `create`.

    The rows go in by way of the standard library: sqlite-utils looks at each value, which takes as long again
    as all the rest. A table whose key has several parts is that key's index and nothing beside it, which is a
    seventh less to write and a quarter less to do (https://sqlite.org/withoutrowid.html).
    """
    columns = _COLUMNS[name]
    table = db.create_table_sql(name, columns, strict=True, **options).rstrip("; \n")
    db.execute(f"{table}, WITHOUT ROWID" if isinstance(options["pk"], tuple) else table)
    places = ", ".join("?" * len(columns))
    with db.conn:
        db.conn.executemany(f"insert into {name} values ({places})", rows)  # noqa: S608 - no name is a user's


def _paper(known: Exported) -> Row:
    paper, figures, organization = known.paper, known.figures, known.paper.organization
    return (
        paper.id,
        paper.title,
        unescape(paper.abstract),
        paper.summary,
        paper.author_count or len(paper.authors),
        paper.published.isoformat() if paper.published else None,
        paper.day.isoformat(),
        paper.submitted_by,
        organization.name if organization else None,
        organization.fullname if organization else None,
        " ".join(paper.categories) or None,
        paper.github,
        paper.project,
        figures.upvotes,
        figures.comments,
        figures.github_stars,
    )


def _topic(topic: Topic) -> Row:
    return topic.slug, topic.name, topic.description, topic.parent


def _days(papers: Iterable[Exported], records: Iterable[DayRecord]) -> Iterator[Row]:
    """The log of days, and the days that only papers name (nothing is known of their list as a whole)."""
    rows: dict[str, Row] = {
        day.isoformat(): (day.isoformat(), None, None) for known in papers for day in known.paper.days
    }
    for record in records:
        day = record.day.isoformat()
        rows[day] = (day, record.listed, record.status)
    return (rows[day] for day in sorted(rows))


def _observations(papers: Iterable[Exported]) -> Iterator[Row]:
    for known in papers:
        for seen in known.observations:
            figures = seen.figures
            yield known.paper.id, seen.observed, figures.upvotes, figures.comments, figures.github_stars
