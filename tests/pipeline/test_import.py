"""Importing what somebody kept of the feed, through the command line as a person would."""

from __future__ import annotations

import gzip
import itertools
import json
import random
import shutil
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.files import exclusive
from generator.store.content import ContentStore
from tests.support.invented import TOPICS, entry, title
from tests.support.replay import DATA, replay

NOW = "2025-03-01T08:00:00Z"
TEXT = """\
Daily Papers

Feb 28

{title}

We say it in text x2013 and at length.

acme Acme Gardens
·
Jan 1 7

A Kite without an Id

We fly it.

  • 3 authors
·
Dec 8, 2024
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/topics.yml").write_text(TOPICS)
    (tmp_path / "kept").mkdir()
    return tmp_path


def papers(folder: Path, *words: str) -> Result:
    where = ["--content", str(folder / "content"), "--site", str(folder / "site")]
    return CliRunner().invoke(main, [words[0], *where, *words[1:]], catch_exceptions=False)


def imported(folder: Path, *words: object, now: str = NOW) -> Result:
    return papers(folder, "import", "--now", now, *map(str, words or (folder / "kept",)))


def keep(folder: Path, name: str, raw: object) -> Path:
    """A kept file: text as it is, anything else as JSON."""
    path = folder / "kept" / name
    path.write_text(raw if isinstance(raw, str) else json.dumps(raw), encoding="utf-8")
    return path


def files(folder: Path) -> Mapping[str, bytes]:
    content = folder / "content"
    return {
        path.relative_to(content).as_posix(): path.read_bytes()
        for path in sorted(content.rglob("*")) if path.is_file()
    }  # fmt: skip


def lines(folder: Path, name: str) -> list[str]:
    return files(folder)[name].decode().splitlines()[1:]


def paper(folder: Path, stem: str) -> str:
    return next(data for path, data in files(folder).items() if path.endswith(f"/{stem}.md")).decode()


def stems(folder: Path) -> list[str]:
    return sorted(Path(path).stem for path in files(folder) if path.endswith(".md"))


def as_html(props: object) -> str:
    return f'<!doctype html><div data-target="DailyPapers" data-props="{escape(json.dumps(props))}"></div>'


def test_a_kept_answer_is_stored_as_a_snapshot_stores_it(folder: Path) -> None:
    raw = [entry(1), entry(2)]
    other = folder / "other"
    shutil.copytree(folder / "content", other / "content")
    with replay({"2025-02-28": raw}) as feed:
        papers(other, "snapshot", "--feed-url", feed.url, "--day", "2025-02-28", "--now", NOW)
    keep(folder, "2025-02-28.json", raw)
    result = imported(folder, "--observed", NOW, folder / "kept")
    assert (result.exit_code, files(folder)) == (0, files(other))
    assert (
        "2025-02-28.json: the feed's answer of 2025-02-28: 2 listed, 2 new, 2 with new figures"
        in result.output
    )


def test_figures_are_of_the_fetch_or_the_day_and_never_of_the_present(folder: Path) -> None:
    keep(folder, "2025-02-27.json", [entry(1)])
    keep(folder, "2025-02-28.at-2025-02-28T170000Z.json", [entry(2)])
    imported(folder)
    assert lines(folder, "metrics/2025-02.csv") == [
        "2025-02-27,2501.00001,1,1,",
        "2025-02-28T17:00:00Z,2501.00002,2,2,",
    ]
    assert [path for path in files(folder) if path.startswith("metrics/")] == ["metrics/2025-02.csv"]


def test_a_moment_that_is_given_counts_and_one_that_is_none_is_named(folder: Path) -> None:
    path = keep(folder, "2025-02-27.json", [entry(1)])
    imported(folder, "--observed", "2025-02-26T01:02:03Z", path)
    assert lines(folder, "metrics/2025-02.csv") == ["2025-02-26T01:02:03Z,2501.00001,1,1,"]
    for wrong in ("now", "2025-02-30", "2025-02-26T01:02:03", "2025-02-26T25:00:00Z"):
        result = imported(folder, "--observed", wrong, path)
        assert result.exit_code == 2
        assert "write it as 2025-11-07 or 2025-11-07T08:00:00Z" in result.output


def test_a_day_that_was_not_known_is_open_so_that_the_feed_is_asked(folder: Path) -> None:
    keep(folder, "2024-02-28.json", [entry(1), entry(2)])
    imported(folder)
    assert lines(folder, "days.csv") == [f"2024-02-28,2,open,{NOW}"]
    with replay({"2024-02-28": [entry(1), entry(2), entry(3)]}) as feed:
        papers(folder, "snapshot", "--feed-url", feed.url, "--now", NOW)
        assert "date=2024-02-28&limit=100&p=0" in feed.asked
    assert lines(folder, "days.csv")[0] == f"2024-02-28,3,complete,{NOW}"


@pytest.mark.parametrize(
    ("row", "after"),
    [
        ("2024-02-28,2,complete", "2024-02-28,2,complete,2025-01-01T00:00:00Z"),
        ("2024-02-28,9,complete", "2024-02-28,9,complete,2025-01-01T00:00:00Z"),
        ("2024-02-28,1,complete", f"2024-02-28,2,complete,{NOW}"),
        ("2024-02-28,0,failed", f"2024-02-28,2,failed,{NOW}"),
        ("2024-02-28,0,empty", f"2024-02-28,2,open,{NOW}"),
    ],
)
def test_of_a_day_that_was_known_only_the_number_listed_grows(folder: Path, row: str, after: str) -> None:
    (folder / "content/days.csv").write_text(f"day,listed,status,changed_at\n{row},2025-01-01T00:00:00Z\n")
    keep(folder, "2024-02-28.json", [entry(1), entry(2)])
    imported(folder)
    assert lines(folder, "days.csv") == [after]


def test_a_kept_page_that_lists_nothing_says_nothing_of_its_day(folder: Path) -> None:
    before = files(folder)
    keep(folder, "2025-02-22.json", [])
    result = imported(folder)
    assert (result.exit_code, files(folder)) == (0, before)
    assert "the feed's answer of 2025-02-22: nothing listed" in result.output


def test_nothing_stored_is_replaced_and_what_was_not_known_is_filled_in(folder: Path) -> None:
    keep(folder, "2025-02-28.json", [entry(1, githubRepo=None, ai_summary=None)])
    imported(folder)
    path = next((folder / "content/papers").rglob("*.md"))
    path.write_text(path.read_text().replace("title: ", "# mine\ntitle: My own title for "))
    keep(folder, "2025-02-28.json", [entry(1, summary="", authors=[])])
    result = imported(folder)
    text = path.read_text()
    assert "# mine\ntitle: My own title for Mending" in text and "Ada Lovelace" in text
    assert "github: https://github.com/somebody/case-1" in text and "We look at case 1." in text
    assert "something else than what is stored, which stands: title of 1." in result.output


def test_text_html_and_answer_of_one_paper_come_to_one_paper(folder: Path) -> None:
    keep(folder, "2025-02-28.json", [entry(1, summary="", organization=None)])
    keep(folder, "page.txt", TEXT.format(title=title(1).upper()))
    props = {"dateString": "2025-02-27", "dailyPapers": [entry(1, summary="")]}
    keep(folder, "page.html", as_html(props))
    result = imported(folder)
    assert result.exit_code == 0
    assert stems(folder) == ["2501.00001", "a-kite-without-an-id"]
    text = paper(folder, "2501.00001")
    assert "days: [2025-02-27, 2025-02-28]" in text and text.endswith(
        "---\nWe say it in text – and at length.\n"
    )
    assert "organization: {name: acme, fullname: Acme Gardens}" in text
    assert paper(folder, "a-kite-without-an-id") == (
        '---\n'
        'id: "a-kite-without-an-id"\n'
        'title: A Kite without an Id\n'
        'author_count: 3\n'
        'published: 2024-12-08\n'
        'days: []\n'
        '---\n'
        'We fly it.\n'
    )  # fmt: skip
    assert "something else" not in result.output


def test_a_paper_of_the_page_s_text_is_found_again_when_the_feed_gives_its_id(folder: Path) -> None:
    keep(folder, "page.txt", TEXT.format(title=title(1)))
    imported(folder)
    raw = entry(9, title="A Kite Without an Id")
    with replay({"2025-02-28": [raw]}) as feed:
        papers(folder, "snapshot", "--feed-url", feed.url, "--day", "2025-02-28", "--now", NOW)
    keep(folder, "2025-02-27.json", [raw])
    imported(folder)
    assert stems(folder) == ["a-kite-without-an-id", title(1).lower().replace(",", "").replace(" ", "-")]
    text = paper(folder, "a-kite-without-an-id")
    assert "authors: [Ada Lovelace, Person 9]" in text and "author_count" not in text
    assert "days: [2025-02-27, 2025-02-28]" in text and "published: 2024-12-08" in text
    assert lines(folder, "days.csv") == [f"2025-02-27,1,open,{NOW}", f"2025-02-28,1,open,{NOW}"]


def test_a_new_paper_without_a_date_stands_on_the_page_s_own_day(folder: Path) -> None:
    text = TEXT.format(title="One\n\nIt has an abstract.\n\nTwo")
    keep(folder, "page.txt", text)
    result = imported(folder)
    assert "days: [2025-02-28]" in paper(folder, "one")
    assert "no date stands with it, so it stands on the page's own day, 2025-02-28" in result.output
    keep(folder, "page.txt", text.replace("Daily Papers\n\nFeb 28\n\n", "").replace("One\n", "Three\n"))
    result = imported(folder)
    assert result.exit_code == 3 and "three" not in stems(folder)
    assert 'page.txt, "Three": no date stands with it or on the page' in result.output


def test_figures_of_which_nothing_tells_the_moment_are_left_out(folder: Path) -> None:
    path = keep(folder, "page.txt", TEXT.format(title="One").replace("Daily Papers\n\nFeb 28\n\n", ""))
    result = imported(folder, path)
    assert "nothing tells when its figures were seen" in result.output
    assert not any(name.startswith("metrics/") for name in files(folder))
    imported(folder, "--observed", "2025-02-28", path)
    assert lines(folder, "metrics/2025-02.csv") == ["2025-02-28,one,,7,"]


def test_the_year_of_dates_without_one_may_be_said(folder: Path) -> None:
    imported(folder, "--year", "2027", keep(folder, "page.txt", TEXT.format(title="One")))
    assert "published: 2027-01-01" in paper(folder, "one")
    assert lines(folder, "metrics/2027-02.csv") == ["2027-02-28,one,,7,"]


def test_what_is_no_page_is_refused_by_name_and_the_rest_goes_in(folder: Path) -> None:
    keep(folder, "2025-02-27.json", {"error": "Not here."})
    keep(folder, "2025-02-28.json", [entry(1), entry(2, id="../../etc/passwd"), entry(3)])
    result = imported(folder, folder / "absent", folder / "kept")
    assert result.exit_code == 3
    assert f"refused: {folder}/kept/2025-02-27.json: an object" in result.output
    assert f"refused: {folder}/absent: there is no such file or folder" in result.output
    assert "\n  2025-02-28, entry 2: its id" in result.output
    assert stems(folder) == ["2501.00001", "2501.00003"]


def test_where_nothing_can_be_read_nothing_is_written_and_it_fails(folder: Path) -> None:
    before = files(folder)
    keep(folder, "2025-02-27.json", "1")
    keep(folder, "2025-02-28.json", "")
    assert (imported(folder).exit_code, files(folder)) == (1, before)
    assert (imported(folder, folder / "absent").exit_code, files(folder)) == (1, before)
    assert papers(folder, "import").exit_code == 2


def test_unknown_fields_are_counted(folder: Path) -> None:
    keep(folder, "2025-02-28.json", [entry(1, moonPhase="full"), entry(2, moonPhase="new")])
    assert "does not know and does not keep: paper.moonPhase (2)." in imported(folder).output


def test_of_many_files_the_sum_is_said_and_what_was_refused(folder: Path) -> None:
    for number in range(1, 29):
        keep(folder, f"2025-02-{number:02d}.json", [entry(number)])
    keep(folder, "2025-01-01.json", [entry(30), 5])
    keep(folder, "2025-01-02.json", "1")
    said = imported(folder).stdout.splitlines()
    assert said == [
        f"{folder}/kept/2025-01-01.json: the feed's answer of 2025-01-01: "
        "1 listed, 1 new, 1 with new figures, 1 refused",
        "  2025-01-01, entry 2: it is a number, not an object",
        f"refused: {folder}/kept/2025-01-02.json: a number, not an array of entries. "
        "To have that day, ask the feed: papers snapshot --day 2025-01-02",
        "29 of 30 files read, 29 days: 29 listed, 29 new, 29 with new figures, 2 refused.",
    ]


def test_compressed_files_are_read(folder: Path) -> None:
    (folder / "kept/2025-02-28.json.gz").write_bytes(gzip.compress(json.dumps([entry(1)]).encode()))
    assert (imported(folder).exit_code, stems(folder)) == (0, ["2501.00001"])


def test_the_same_import_twice_changes_no_byte(folder: Path) -> None:
    keep(folder, "2025-02-28.json", [entry(1, upvotes=5), entry(2)])
    keep(folder, "2025-02-27.json", [entry(1, upvotes=4), entry(3)])
    keep(folder, "page.txt", TEXT.format(title=title(1)))
    keep(folder, "page.html", as_html({"periodType": "week", "dailyPapers": [entry(4), entry(5)]}))
    imported(folder)
    before = files(folder)
    result = imported(folder, now="2026-01-01T00:00:00Z")
    assert (result.exit_code, files(folder)) == (0, before)
    assert " new" not in result.output and "completed" not in result.output


def test_the_order_of_the_files_makes_no_difference(folder: Path) -> None:
    kept = [
        keep(folder, "2025-02-28.at-2025-02-28T100000Z.json", [entry(1, upvotes=5, ai_summary=None)]),
        keep(folder, "2025-02-28.at-2025-02-28T120000Z.json", [entry(1, upvotes=7), entry(2)]),
        keep(folder, "2025-02-27.json", [entry(1, upvotes=4, githubRepo=None)]),
        keep(folder, "page.txt", TEXT.format(title=title(1))),
    ]
    results = []
    for number, order in enumerate(itertools.permutations(kept)):
        other = folder / str(number)
        shutil.copytree(folder / "content", other / "content")
        imported(other, *order)
        results.append(files(other))
    assert all(each == results[0] for each in results)


def test_a_second_run_says_who_holds_the_lock(folder: Path) -> None:
    keep(folder, "2025-02-28.json", [entry(1)])
    with exclusive(folder / ".cache", "content", what="content"):
        result = imported(folder)
    assert result.exit_code == 1
    assert "is being written by process" in result.output


def test_an_import_that_was_cut_off_is_finished_by_the_next(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(1, 9):
        keep(folder, f"2025-02-{number:02d}.json", [entry(number), entry(number + 20)])
    whole = folder / "whole"
    shutil.copytree(folder / "content", whole / "content")
    imported(whole, folder / "kept")
    write = ContentStore._write_text
    written = itertools.count(1)

    def failing(store: ContentStore, path: Path, text: str) -> None:
        if next(written) == 7:
            raise KeyboardInterrupt
        write(store, path, text)

    monkeypatch.setattr(ContentStore, "_write_text", failing)
    assert imported(folder).exit_code == 1
    monkeypatch.undo()
    assert stems(folder) != stems(whole)
    imported(folder)
    assert files(folder) == files(whole)


def test_help_teaches() -> None:
    said = CliRunner().invoke(main, ["import", "--help"]).output
    for word in ("2025-11-07.json", "HTML", "text", "--observed", "--year", "Nothing that is stored is ever"):
        assert word in said


def last_figures(folder: Path) -> dict[str, Any]:
    contents = ContentStore(folder / "content").read_all()
    return {paper_id: contents.figures_of(paper_id) for paper_id in contents.papers}


@pytest.mark.real
def test_every_real_day_is_stored_whole(folder: Path) -> None:
    result = imported(folder, DATA / "feed")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "430 of 430 files read, 430 days: 7,469 listed, 7,467 new, 2 completed, 7,469 with new figures.",
        "What was imported says something else than what is stored, which stands: submitted_by of 1.",
    ]
    contents = ContentStore(folder / "content").read_all()
    assert (len(contents.papers), len(contents.records)) == (7467, 430)
    assert {record.status for record in contents.records.values()} == {"open"}
    before = files(folder)
    assert imported(folder, DATA / "feed", now="2027-01-01T00:00:00Z").exit_code == 0
    assert files(folder) == before


@pytest.mark.real
def test_real_fetches_of_one_day_come_to_the_same_in_any_order(folder: Path) -> None:
    versions = sorted((DATA / "feed-versions").glob("*.json"))
    shuffle = random.Random(7)
    at_once, one_by_one = [], []
    for number in range(4):
        together, apart = folder / f"together-{number}", folder / f"apart-{number}"
        for other in (together, apart):
            shutil.copytree(folder / "content", other / "content")
        imported(together, *versions)
        for path in versions:
            imported(apart, path)
        at_once.append(files(together))
        one_by_one.append((stems(apart), lines(apart, "days.csv"), last_figures(apart)))
        shuffle.shuffle(versions)
    assert all(each == at_once[0] for each in at_once)
    assert all(each == one_by_one[0] for each in one_by_one)
    assert (stems(folder / "together-0"), last_figures(folder / "together-0")) == (
        one_by_one[0][0], one_by_one[0][2],
    )  # fmt: skip


@pytest.mark.real
def test_real_files_that_are_no_page_are_refused_and_the_recovered_ones_go_in(folder: Path) -> None:
    result = imported(folder, DATA / "feed-malformed")
    assert (result.exit_code, result.output.count("refused: "), stems(folder)) == (1, 6, [])
    result = imported(folder, DATA / "feed-recovered", DATA / "feed-malformed")
    assert (result.exit_code, result.output.count("refused: "), len(stems(folder))) == (3, 6, 199)


@pytest.mark.real
def test_the_real_page_fills_in_the_embedded_content_and_adds_nothing(folder: Path) -> None:
    embedded = Path(__file__).parents[2] / "content"
    shutil.rmtree(folder / "content")
    shutil.copytree(embedded, folder / "content")
    before = ContentStore(folder / "content").read_all()
    result = imported(folder, DATA / "seed" / "daily-papers-page.txt")
    after = ContentStore(folder / "content").read_all()
    assert (result.exit_code, len(before.papers), after.papers.keys()) == (0, 102, before.papers.keys())
    assert after.observations == before.observations and after.records == before.records
    for paper_id, old in before.papers.items():
        new = after.papers[paper_id]
        assert new.abstract
        assert (new.summary, new.title, new.published, new.days) == (
            old.summary,
            old.title,
            old.published,
            old.days,
        )


@pytest.mark.real
def test_the_real_page_comes_into_an_empty_archive_whole(folder: Path) -> None:
    result = imported(folder, DATA / "seed" / "daily-papers-page.txt")
    assert (result.exit_code, len(stems(folder))) == (0, 102)
    once = files(folder)
    imported(folder, DATA / "seed" / "daily-papers-page.txt")
    assert files(folder) == once
