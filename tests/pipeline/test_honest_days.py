"""Nothing lets a failed fetch look like a quiet day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator import pipeline
from generator.cli import main
from generator.config import load_config
from generator.model.contents import Changes
from generator.model.paper import DayRecord
from tests.support.invented import paper, write_content

CHANGED = "2025-03-01T08:00:00Z"
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (date(2025, 2, day) for day in range(24, 29))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    records = (
        DayRecord(MONDAY, 1, "complete", CHANGED),
        DayRecord(TUESDAY, 0, "empty", CHANGED),
        DayRecord(WEDNESDAY, 1, "open", CHANGED),
        DayRecord(THURSDAY, 0, "failed", CHANGED),
    )
    papers = (paper(1, MONDAY), paper(2, WEDNESDAY), paper(3, date(2025, 2, 20)), paper(4))
    write_content(tmp_path / "content", Changes(papers=papers, records=records))
    pipeline.make_site(load_config(tmp_path / "content", tmp_path / "site"), now=CHANGED)
    return tmp_path


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (MONDAY, "1 paper listed; the list is complete."),
        (TUESDAY, "The feed listed no papers on this day."),
        (WEDNESDAY, "1 paper listed so far; the list may still grow."),
        (THURSDAY, "The feed could not be read for this day; what it listed is not known yet."),
        (date(2025, 2, 20), "1 paper known of this day; the feed was not asked for the whole of it."),
        (date(2025, 1, 2), "1 paper stands here by publication date."),
    ],
)
def test_a_day_says_what_is_known_of_it(folder: Path, day: date, said: str) -> None:
    assert said in (folder / f"site/papers/date/{day}/index.html").read_text()


def test_the_front_page_and_the_feeds_name_a_failed_day(folder: Path) -> None:
    said = "The feed could not be read for 27 February 2025; what it listed then is not known yet."
    for path in (
        "index.html",
        "feeds/papers/atom.xml",
        "feeds/papers/rss.xml",
        "feeds/topics/boats/atom.xml",
    ):
        assert said in (folder / "site" / path).read_text(), path


def test_the_calendar_tells_failed_empty_and_never_asked_apart(folder: Path) -> None:
    calendar = (folder / "site/papers/index.html").read_text()
    assert "2025-02-27: could not be read" in calendar
    assert "2025-02-25: nothing listed" in calendar
    assert "/papers/date/2025-02-28/" not in calendar


def test_status_prints_the_gaps_and_what_to_run(folder: Path) -> None:
    words = ["status", "--content", str(folder / "content"), "--now", "2025-03-01T00:00:00Z"]
    result = CliRunner().invoke(main, words)
    assert result.output.splitlines() == [
        "Days since 2025-02-20: 1 complete, 1 empty, 1 failed, 1 open.",
        "1 day was not read, because the feed failed:",
        "  papers snapshot --day 2025-02-27",
        "6 days were never asked for:",
        "  papers snapshot --since 2025-02-20 --until 2025-02-23",
        "  papers snapshot --since 2025-02-28 --until 2025-03-01",
    ]
    assert result.exit_code == 1
