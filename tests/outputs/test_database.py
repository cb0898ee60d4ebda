"""The SQLite file, asked by SQLite."""

from __future__ import annotations

import gzip
import random
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.exporting.database import sqlite_file
from generator.exporting.holding import Exported
from generator.model.contents import Changes
from generator.model.markup import escape
from generator.model.paper import DayRecord, Figures, Observation
from generator.model.topics import Topic
from tests.support.built import Built
from tests.support.invented import archive_of, paper

MONDAY = date(2025, 1, 27)
AWKWARD = replace(
    paper(500, MONDAY),
    title="Robert'); DROP TABLE papers;-- 智谱",
    authors=("智谱", "Ada Lovelace", "智谱"),
    days=(MONDAY, date(2025, 3, 3)),
    categories=("cs.LG", "cs.AI"),
    keywords=("Sails", "sails"),
    abstract=escape("Costs $5 *now*."),
)
SEEN = (
    Observation("2025-01-27", AWKWARD.id, Figures(70, None, None)),
    Observation("2025-01-28T08:00:00Z", AWKWARD.id, Figures(77, 2, 12)),
)


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    changes = archive_of(days=2, per_day=3, first=MONDAY)
    changes = Changes(
        (*changes.papers, AWKWARD),
        (*changes.observations, *SEEN),
        (*changes.records, DayRecord(date(2025, 2, 2), 0, "empty", "2025-02-20T08:00:00Z")),
    )
    built = Built(tmp_path_factory.mktemp("database"), changes)
    return (built.folder / "site/exports/archive.sqlite.gz").read_bytes()


@pytest.fixture
def db(packed: bytes, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    path = tmp_path / "archive.sqlite"
    path.write_bytes(gzip.decompress(packed))
    connection = sqlite3.connect(path)
    yield connection
    connection.close()


def rows(db: sqlite3.Connection, query: str, *values: Any) -> list[tuple[Any, ...]]:
    return db.execute(query, values).fetchall()


def test_the_file_is_whole_and_its_links_lead_somewhere(db: sqlite3.Connection) -> None:
    assert rows(db, "PRAGMA integrity_check") == [("ok",)]
    assert rows(db, "PRAGMA foreign_key_check") == []
    assert rows(db, "PRAGMA freelist_count") == [(0,)]


def test_a_paper_has_its_facts_and_its_latest_figures(db: sqlite3.Connection) -> None:
    db.row_factory = sqlite3.Row
    (found,) = rows(db, "SELECT * FROM papers WHERE id = ?", AWKWARD.id)
    assert dict(found) == {
        "id": "2501.00500",
        "title": AWKWARD.title,
        "abstract": "Costs $5 *now*.",
        "summary": "Case 500 in one sentence.",
        "author_count": 3,
        "published": "2025-01-02",
        "day": "2025-01-27",
        "submitted_by": None,
        "organization": "acme",
        "organization_name": "Acme Gardens",
        "categories": "cs.LG cs.AI",
        "github": None,
        "project": None,
        "upvotes": 77,
        "comments": 2,
        "github_stars": 12,
    }


def test_authors_and_keywords_stand_in_the_papers_order_also_twice(db: sqlite3.Connection) -> None:
    asked = (
        "SELECT name FROM paper_authors JOIN authors ON author = authors.id WHERE paper = ? ORDER BY position"
    )
    assert rows(db, asked, AWKWARD.id) == [("智谱",), ("Ada Lovelace",), ("智谱",)]
    asked = "SELECT keyword FROM keywords WHERE id IN (SELECT keyword FROM paper_keywords WHERE paper = ?)"
    assert rows(db, asked, AWKWARD.id) == [("Sails",), ("sails",)]
    assert rows(db, "SELECT count(*), count(DISTINCT name) FROM authors") == [(8, 8)]


def test_topics_days_and_observations_can_be_joined(db: sqlite3.Connection) -> None:
    assert rows(db, "SELECT slug, name, parent FROM topics") == [
        ("gardens", "Gardens", None), ("boats", "Boats", None),
    ]  # fmt: skip
    asked = "SELECT paper, position, topic FROM paper_topics WHERE paper = '2501.00002'"
    assert rows(db, asked) == [("2501.00002", 1, "boats")]
    assert rows(db, "SELECT * FROM days") == [
        ("2025-01-27", 3, "open"), ("2025-01-28", 3, "open"), ("2025-02-02", 0, "empty"),
        ("2025-03-03", None, None),
    ]  # fmt: skip
    assert rows(db, "SELECT paper FROM day_papers WHERE day = '2025-03-03'") == [(AWKWARD.id,)]
    assert rows(db, "SELECT * FROM observations WHERE paper = ?", AWKWARD.id) == [
        (AWKWARD.id, "2025-01-27", 70, None, None), (AWKWARD.id, "2025-01-28T08:00:00Z", 77, 2, 12),
    ]  # fmt: skip


def test_papers_can_be_searched_after_one_statement(db: sqlite3.Connection) -> None:
    db.executescript(
        "CREATE VIRTUAL TABLE found USING fts5(title, abstract, content='papers');"
        "INSERT INTO found(found) VALUES ('rebuild');"
    )
    assert rows(db, "SELECT title FROM found WHERE found MATCH 'robert'") == [(AWKWARD.title,)]


def test_two_builds_of_one_content_give_the_same_bytes(packed: bytes, tmp_path: Path) -> None:
    changes = archive_of(days=2, per_day=3, first=MONDAY)
    papers, seen = [*changes.papers, AWKWARD], [*changes.observations, *SEEN]
    random.Random(5).shuffle(papers)
    record = DayRecord(date(2025, 2, 2), 0, "empty", "2025-02-20T08:00:00Z")
    built = Built(tmp_path, Changes(tuple(papers), tuple(seen), (record, *changes.records)))
    assert (built.folder / "site/exports/archive.sqlite.gz").read_bytes() == packed


def test_a_vote_makes_the_file_anew_and_a_changed_phrase_of_a_topic_without_effect_does_not(
    tmp_path: Path,
) -> None:
    built = Built(tmp_path, archive_of(days=1, per_day=2))
    seen = Observation("2025-01-28", "2501.00001", Figures(9, 9, 9))
    made = built.add(Changes(observations=(seen,))).made
    assert made["exports/archive.sqlite.gz"] == "its papers changed"
    topics = built.folder / "content/topics.yml"
    topics.write_text(topics.read_text().replace("rowing boat", "catamaran"))
    assert "exports/archive.sqlite.gz" in built.make().made  # `Rowing boat` is no boat any more
    topics.write_text(topics.read_text().replace("catamaran", "submarine"))
    assert "exports/archive.sqlite.gz" not in built.make().made


def test_a_database_without_papers_has_every_table() -> None:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(sqlite_file((), (Topic("a", "A", "About a."),), ()))
    tables = {name for (name,) in rows(connection, "SELECT name FROM sqlite_schema WHERE type = 'table'")}
    assert tables == {
        "papers", "authors", "paper_authors", "keywords", "paper_keywords", "topics", "paper_topics", "days",
        "day_papers", "observations",
    }  # fmt: skip
    assert rows(connection, "SELECT slug FROM topics") == [("a",)]


def test_many_rows_are_more_than_one_batch() -> None:
    known = [
        Exported(replace(paper(n, MONDAY), authors=("A", "B", f"C {n}")), Figures()) for n in range(4000)
    ]
    connection = sqlite3.connect(":memory:")
    connection.deserialize(sqlite_file(known, (), ()))
    assert rows(connection, "SELECT count(*), count(DISTINCT author) FROM paper_authors") == [(12000, 4002)]
