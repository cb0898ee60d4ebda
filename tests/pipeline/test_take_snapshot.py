"""Taking a snapshot from a feed on loopback, through the command line as a person would."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.files import exclusive
from tests.support.invented import TOPICS, entry
from tests.support.replay import Replay, real_days, real_page, replay

NOW = "2025-03-01T08:00:00Z"


@pytest.fixture
def feed() -> Iterator[Replay]:
    with replay({"2025-02-27": [entry(1), entry(2)], "2025-02-28": [entry(3)]}) as server:
        yield server


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/topics.yml").write_text(TOPICS)
    return tmp_path


def papers(folder: Path, *words: str) -> Result:
    where = ["--content", str(folder / "content"), "--site", str(folder / "site")]
    return CliRunner().invoke(main, [words[0], *where, *words[1:]], catch_exceptions=False)


def snapshot(folder: Path, feed: Replay, *words: str, now: str = NOW) -> Result:
    return papers(folder, "snapshot", "--feed-url", feed.url, "--now", now, *words)


def files(folder: Path) -> Mapping[str, bytes]:
    content = folder / "content"
    return {
        path.relative_to(content).as_posix(): path.read_bytes()
        for path in content.rglob("*") if path.is_file()
    }  # fmt: skip


def test_a_snapshot_asks_for_the_last_seven_days(folder: Path, feed: Replay) -> None:
    assert snapshot(folder, feed).exit_code == 0
    assert feed.asked == [f"date=2025-02-{day}&limit=100&p=0" for day in range(23, 29)] + [
        "date=2025-03-01&limit=100&p=0"
    ]


def test_a_paper_is_stored_as_markdown_with_front_matter(folder: Path, feed: Replay) -> None:
    snapshot(folder, feed)
    stored = files(folder)["papers/2025/02/27/2501.00001.md"].decode()
    assert stored == (
        '---\n'
        'id: "2501.00001"\n'
        'title: Mending a Sail, part 1\n'
        'authors: [Ada Lovelace, Person 1]\n'
        'published: 2025-01-02\n'
        'days: [2025-02-27]\n'
        'submitted_by: somebody\n'
        'organization: {name: acme, fullname: Acme Gardens}\n'
        'keywords: [watering cans, sails]\n'
        'summary: Case 1 in one sentence.\n'
        'github: https://github.com/somebody/case-1\n'
        '---\n'
        'We look at case 1. It costs \\$5 & takes \\<1 hour.\n'
        '\n'
        'Then we \\*stop\\*.\n'
    )  # fmt: skip


def test_figures_go_to_the_metrics_log_and_days_to_the_day_log(folder: Path, feed: Replay) -> None:
    snapshot(folder, feed, "--since", "2025-02-26", "--until", "2025-02-28")
    assert files(folder)["metrics/2025-03.csv"].decode().splitlines() == [
        "observed,id,upvotes,comments,github_stars",
        f"{NOW},2501.00001,1,1,",
        f"{NOW},2501.00002,2,2,",
        f"{NOW},2501.00003,3,3,",
    ]
    assert files(folder)["days.csv"].decode().splitlines() == [
        "day,listed,status,changed_at",
        f"2025-02-26,0,empty,{NOW}",
        f"2025-02-27,2,open,{NOW}",
        f"2025-02-28,1,open,{NOW}",
    ]


def test_the_same_snapshot_twice_changes_no_byte(folder: Path, feed: Replay) -> None:
    snapshot(folder, feed)
    before = files(folder)
    snapshot(folder, feed, now="2025-03-01T20:00:00Z")
    assert files(folder) == before


def test_a_day_of_more_than_a_hundred_papers_is_read_to_its_end(folder: Path, feed: Replay) -> None:
    feed.days["2025-02-28"] = [entry(number) for number in range(1, 251)]
    result = snapshot(folder, feed, "--day", "2025-02-28")
    assert "250 listed, 250 new" in result.output
    assert feed.asked == [f"date=2025-02-28&limit=100&p={page}" for page in range(3)]


def test_what_appears_later_is_filled_in_and_what_is_stored_stays(folder: Path, feed: Replay) -> None:
    feed.days["2025-02-28"] = [entry(3, githubRepo=None, ai_summary=None)]
    snapshot(folder, feed)
    path = folder / "content/papers/2025/02/28/2501.00003.md"
    path.write_text(path.read_text().replace("title: ", "# mine\ntitle: My own title for "))
    feed.days["2025-02-28"] = [entry(3, upvotes=99, summary="", authors=[])]
    result = snapshot(folder, feed, now="2025-03-02T08:00:00Z")
    text = path.read_text()
    assert "# mine\ntitle: My own title for" in text
    assert "github: https://github.com/somebody/case-3" in text
    assert "We look at case 3." in text and "Ada Lovelace" in text
    assert "1 completed" in result.output
    assert "title of 1" in result.output
    assert "2025-03-02T08:00:00Z,2501.00003,99,3," in files(folder)["metrics/2025-03.csv"].decode()


def test_a_paper_on_two_days_is_one_paper_with_two_days(folder: Path, feed: Replay) -> None:
    feed.days["2025-02-28"] = [entry(1), entry(3)]
    snapshot(folder, feed)
    assert b"days: [2025-02-27, 2025-02-28]" in files(folder)["papers/2025/02/27/2501.00001.md"]
    assert len([path for path in files(folder) if path.endswith(".md")]) == 3


def test_a_paper_listed_earlier_than_known_moves_to_that_day(folder: Path, feed: Replay) -> None:
    feed.days["2025-02-26"] = [entry(3)]
    snapshot(folder, feed, "--day", "2025-02-28")
    snapshot(folder, feed, "--day", "2025-02-26")
    assert [path for path in files(folder) if path.endswith(".md")] == ["papers/2025/02/26/2501.00003.md"]


def test_without_a_feed_snapshot_fails_and_site_goes_on(folder: Path, feed: Replay) -> None:
    snapshot(folder, feed)
    before = files(folder)
    strict = papers(folder, "snapshot", "--feed-url", "http://127.0.0.1:9/api")
    assert strict.exit_code == 1
    assert "the feed could not be reached" in strict.output
    lenient = papers(folder, "site", "--feed-url", "http://127.0.0.1:9/api", "--now", NOW)
    assert lenient.exit_code == 0
    said = [line for line in lenient.output.splitlines() if "could not be reached" in line]
    assert len(said) == 1 and said[0].endswith("Building from what is stored.")
    assert (folder / "site/papers/2501.00001/index.html").is_file()
    assert files(folder) == before


def test_an_entry_that_is_no_paper_is_refused_by_name_and_the_rest_is_kept(
    folder: Path, feed: Replay
) -> None:
    feed.days["2025-02-28"] = [entry(3), entry(4, id="../../etc/passwd"), entry(5)]
    result = snapshot(folder, feed, "--day", "2025-02-28")
    assert result.exit_code == 3
    assert "2025-02-28, entry 2" in result.output
    assert sorted(Path(path).stem for path in files(folder) if path.endswith(".md")) == [
        "2501.00003",
        "2501.00005",
    ]
    assert not (folder / "etc").exists()


def test_a_second_run_says_who_holds_the_lock(folder: Path, feed: Replay) -> None:
    with exclusive(folder / ".cache", "content", what="content"):
        result = snapshot(folder, feed)
    assert result.exit_code == 1
    assert "is being written by process" in result.output


def test_a_backfill_that_was_cut_off_goes_on_where_it_stopped(folder: Path, feed: Replay) -> None:
    late = "2025-06-01T08:00:00Z"
    snapshot(folder, feed, "--since", "2025-02-25", "--until", "2025-02-27", now=late)
    feed.asked.clear()
    snapshot(folder, feed, "--since", "2025-02-25", "--until", "2025-03-01", now=late)
    assert [query[5:15] for query in feed.asked] == ["2025-02-28", "2025-03-01"]


def test_help_teaches(folder: Path) -> None:
    said = CliRunner().invoke(main, ["--help"]).output
    for word in ("site", "snapshot", "build", "serve", "explain", "content/archive.yml"):
        assert word in said


def test_a_date_that_is_none_is_named(folder: Path) -> None:
    result = papers(folder, "snapshot", "--day", "2025-02-30")
    assert result.exit_code == 2
    assert "'2025-02-30' is no date; write it as 2025-11-07" in result.output


@pytest.mark.real
def test_a_handful_of_real_days_is_stored_whole_and_built(folder: Path) -> None:
    days = [*real_days()[:3], "2024-08-01", "2025-09-30", "2026-08-21"]
    listed = {entry["paper"]["id"] for day in days for entry in real_page(day)}
    with replay() as feed:
        words = [word for day in days for word in ("--day", day)]
        assert snapshot(folder, feed, *words, now="2026-08-30T08:00:00Z").exit_code == 0
    stored = {Path(path).stem for path in files(folder) if path.endswith(".md")}
    assert stored == listed
    assert papers(folder, "build").exit_code == 0
    assert {path.parent.name for path in folder.glob("site/papers/*/index.html")} >= listed


def test_a_feed_that_cuts_at_fifty_without_a_word_is_read_to_its_end(folder: Path, feed: Replay) -> None:
    feed.most_per_page = 50
    feed.days["2025-02-28"] = [entry(number) for number in range(1, 121)]
    result = snapshot(folder, feed, "--day", "2025-02-28")
    assert "120 listed, 120 new" in result.output


def test_a_day_that_is_no_longer_stored_is_not_taken_for_unchanged(folder: Path, feed: Replay) -> None:
    feed.has_etags = True
    snapshot(folder, feed, "--day", "2025-02-28")
    assert "nothing listed" in snapshot(folder, feed, "--day", "2025-02-28").output
    path = folder / "content/papers/2025/02/28/2501.00003.md"
    path.unlink()
    snapshot(folder, feed, "--day", "2025-02-28")
    assert path.exists()


def test_no_id_from_the_feed_can_keep_the_site_from_being_built(folder: Path, feed: Replay) -> None:
    names = ("index.html", "Case-1", "case-1", "CASE-1", "trending", "404.html", "con", "a.b", "sw.js")
    feed.days["2025-02-28"] = [entry(9), *(entry(number, id=name) for number, name in enumerate(names, 10))]
    snapshot(folder, feed, "--day", "2025-02-28")
    assert papers(folder, "build").exit_code == 0
    assert (folder / "site/papers/case-1/index.html").is_file()
    assert (folder / "site/papers/2501.00009/index.html").is_file()
