"""The feed's own interface as files: the importer and the feed client read back what was stored."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator import pipeline
from generator.config import load_config
from generator.feed.client import FeedClient
from generator.importing import import_files
from generator.model.contents import Changes, Contents
from generator.model.markup import escape
from generator.model.paper import DayRecord, Figures, Observation, Organization, Paper
from generator.store.content import ContentStore
from tests.support.built import NOW, Built
from tests.support.invented import archive_of, entry, paper
from tests.support.replay import real_days, real_page, replay

MONDAY, TUESDAY, SUNDAY = date(2025, 1, 27), date(2025, 1, 28), date(2025, 2, 2)
AWKWARD = replace(
    paper(500, MONDAY),
    title='Does <think> & a "tomato"\'s `$5` *matter*? 智谱 \\',
    authors=("Ada & Eve <x>", "智谱", "智谱"),
    days=(MONDAY, TUESDAY),
    submitted_by="somebody",
    organization=Organization("acme", "Acme 智 Gardens"),
    keywords=("a, b", "c/d", "x"),
    github="https://github.com/somebody/case-500",
    project="https://example.org/a?b=c&d=e",
    abstract=escape("# One\n\n> two\nthree costs $5 & takes <1 hour *now* \\alpha\n\n1. four"),
)
CHANGES = archive_of(days=3, per_day=4)
CHANGES = Changes(
    (*CHANGES.papers, AWKWARD),
    (*CHANGES.observations, Observation("2025-01-27T08:00:00Z", AWKWARD.id, Figures(77, 3, 12))),
    (*CHANGES.records, DayRecord(SUNDAY, 0, "empty", "2025-02-20T08:00:00Z")),
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    imported = replace(paper(600), published=MONDAY, title="Of no list")
    failed = DayRecord(date(2025, 2, 3), 0, "failed", NOW)
    changes = replace(
        CHANGES, papers=(*CHANGES.papers, imported), records=(*CHANGES.records, failed)
    )  # fmt: skip
    return Built(tmp_path_factory.mktemp("api"), changes)


def api(built: Built) -> Path:
    return built.folder / "site/api"


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def stored(folder: Path) -> Contents:
    return ContentStore(folder).read_all()


def facts(contents: Contents) -> dict[str, Paper]:
    """The papers that a list has, without what an editor did to their files."""
    return {
        paper.id: replace(paper, withheld=frozenset()) for paper in contents.papers.values() if paper.days
    }  # fmt: skip


def test_the_importer_reads_back_the_papers_the_figures_and_the_days(built: Built, tmp_path: Path) -> None:
    config = load_config(tmp_path / "content", tmp_path / "site")
    report = import_files(config, [api(built) / "daily_papers"], now=NOW)
    assert [each.error or each.problems or each.notes for each in report.files] == [()] * 4
    assert report.unknown_fields == {}
    before, after = stored(built.folder / "content"), stored(tmp_path / "content")
    assert facts(after) == facts(before)
    assert {each: after.figures_of(each) for each in facts(after)} == {
        each: before.figures_of(each) for each in facts(before)
    }
    assert {day: record.listed for day, record in after.records.items()} == {
        MONDAY: 5, TUESDAY: 5, date(2025, 1, 29): 4,
    }  # fmt: skip


def test_the_feed_client_reads_back_the_papers(built: Built, tmp_path: Path) -> None:
    days = {path.stem: read(path) for path in (api(built) / "daily_papers").glob("*.json")}
    config = load_config(tmp_path / "content", tmp_path / "site")
    with replay(days) as feed, FeedClient(feed.url, user_agent="tests/1.0") as client:
        report = pipeline.take_snapshot(
            config, client, lambda _: [date.fromisoformat(day) for day in sorted(days)], now=NOW
        )
    assert report.unreachable == ""
    after = stored(tmp_path / "content")
    assert facts(after) == facts(stored(built.folder / "content"))
    assert after.records[SUNDAY].status == "empty"


@pytest.mark.real
def test_real_days_are_read_back_as_they_were_stored(tmp_path: Path) -> None:
    from generator.exporting.feed_shape import answer
    from generator.exporting.holding import Exported
    from generator.feed.normalise import normalise_page

    for name in real_days()[::7]:
        day = date.fromisoformat(name)
        page = normalise_page(real_page(name), day)
        again = normalise_page(
            json.loads(answer(Exported(each.paper, each.figures) for each in page.entries)), day
        )
        assert again.notes == again.problems == ()
        assert again.entries == page.entries


def test_an_entry_has_the_feeds_shape(built: Built) -> None:
    awkward = read(api(built) / "daily_papers/2025-01-27.json")[0]
    assert awkward == {
        "paper": {
            "id": "2501.00500",
            "title": AWKWARD.title,
            "summary": "# One\n\n> two\nthree costs $5 & takes <1 hour *now* \\alpha\n\n1. four",
            "authors": [{"name": "Ada & Eve <x>"}, {"name": "智谱"}, {"name": "智谱"}],
            "publishedAt": "2025-01-02T00:00:00.000Z",
            "upvotes": 77,
            "projectPage": "https://example.org/a?b=c&d=e",
            "githubRepo": "https://github.com/somebody/case-500",
            "githubStars": 12,
            "ai_summary": "Case 500 in one sentence.",
            "ai_keywords": ["a, b", "c/d", "x"],
            "organization": {"name": "acme", "fullname": "Acme 智 Gardens"},
        },
        "title": AWKWARD.title,
        "numComments": 3,
        "submittedBy": {"name": "somebody"},
    }


def test_what_is_not_known_is_missing_and_never_null(tmp_path: Path) -> None:
    bare = Paper(id="2501.00009", title="On nothing", days=(MONDAY,))
    built = Built(tmp_path, Changes((bare,)))
    assert (api(built) / "daily_papers/2025-01-27.json").read_text() == (
        '[{"paper":{"id":"2501.00009","title":"On nothing"},"title":"On nothing"}]'
    )


def test_a_day_has_the_papers_that_the_feed_listed_and_only_known_days_have_files(built: Built) -> None:
    names = {path.name for path in (api(built) / "daily_papers").iterdir()}
    assert names == {"2025-01-27.json", "2025-01-28.json", "2025-01-29.json", "2025-02-02.json"}
    monday = [each["paper"]["id"] for each in read(api(built) / "daily_papers/2025-01-27.json")]
    assert monday == ["2501.00500", "2501.00004", "2501.00003", "2501.00002", "2501.00001"]
    assert read(api(built) / "daily_papers/2025-02-02.json") == []


def test_the_latest_day_and_the_index_are_there(built: Built) -> None:
    latest = (api(built) / "daily_papers.json").read_bytes()
    assert latest == (api(built) / "daily_papers/2025-01-29.json").read_bytes()
    index = read(api(built) / "index.json")
    assert index["day"] == "https://example.org/base/api/daily_papers/{date}.json"
    assert index["days"] == ["https://example.org/base/api/days/2025.json"]
    named = [index["latest"], *index["days"], *index["jsonl"], index["csv"], index["sqlite"]]
    for address in named:
        assert (built.folder / "site" / address.removeprefix("https://example.org/base/")).is_file(), address
    assert read(api(built) / "days/2025.json") == {
        "2025-01-27": 5, "2025-01-28": 5, "2025-01-29": 4, "2025-02-02": 0,
    }  # fmt: skip


def test_a_new_day_touches_its_own_answer_the_latest_and_its_year(tmp_path: Path) -> None:
    built = Built(tmp_path, archive_of(days=3, per_day=2))
    made = built.add(Changes((paper(900, date(2025, 1, 30)),))).made
    assert {path for path in made if path.startswith("api/")} == {
        "api/daily_papers/2025-01-30.json", "api/daily_papers.json", "api/days/2025.json",
    }  # fmt: skip


def test_a_feed_entry_that_was_stored_is_answered_as_it_came(tmp_path: Path) -> None:
    raw = entry(1, authors=[{"name": "Ada Lovelace"}])
    config = load_config(tmp_path / "content", tmp_path / "site")
    with replay({"2025-01-27": [raw]}) as feed, FeedClient(feed.url, user_agent="tests/1.0") as client:
        pipeline.take_snapshot(config, client, lambda _: [MONDAY], now=NOW)
    pipeline.make_site(config, now=NOW)
    (ours,) = read(tmp_path / "site/api/daily_papers/2025-01-27.json")
    theirs = raw["paper"]
    same = ("id", "title", "authors", "upvotes", "ai_keywords", "ai_summary", "githubRepo", "organization")
    assert {key: ours["paper"][key] for key in same} == {key: theirs[key] for key in same}
    assert ours["numComments"] == raw["numComments"]
    assert ours["submittedBy"]["name"] == theirs["submittedOnDailyBy"]["user"]
    assert ours["paper"]["publishedAt"][:10] == theirs["publishedAt"][:10]


def test_without_exports_there_is_no_data_and_no_link_to_it(tmp_path: Path) -> None:
    built = Built(tmp_path, archive_of(days=1, per_day=1), settings=["exports: false"])
    assert not api(built).exists()
    assert not (built.folder / "site/exports").exists()
    assert "Take it with you" not in built.read("about")
