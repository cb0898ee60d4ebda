"""What trends and what climbs: by the archive's own days, whatever the clock says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from generator.model.archive import Archive
from generator.model.contents import Contents
from generator.model.paper import Figures, Observation, Paper
from generator.model.topics import TopicMatcher
from generator.model.trending import climbers, heat, now, top, trending

MONDAY, TUESDAY, NEXT_MONDAY = date(2025, 11, 3), date(2025, 11, 4), date(2025, 11, 10)

Log = Mapping[str, tuple[tuple[str, int | None], ...]]


def archive(listed: Mapping[str, date], log: Log | None = None) -> Archive:
    """Papers by the day that lists them, and what was observed of each: when, and how many upvotes."""
    papers = {name: Paper(id=name, title=f"Of {name}", days=(day,)) for name, day in listed.items()}
    seen = {
        name: tuple(Observation(when, name, Figures(upvotes=votes)) for when, votes in rows)
        for name, rows in (log or {}).items()
    }
    return Archive.of(Contents(papers=papers, observations=seen), TopicMatcher.of(()))


def ids(papers: tuple[Paper, ...]) -> list[str]:
    return [paper.id for paper in papers]


@pytest.mark.parametrize(
    ("upvotes", "age", "expected"),
    [(1, 0, 0.0), (0, 3, 0.0), (11, 0, 10 / 2**1.8), (11, 1, 10 / 3**1.8), (101, 7, 100 / 9**1.8)],
)
def test_heat_is_the_votes_of_others_over_age_plus_two_to_the_power_of_1_8(
    upvotes: int, age: int, expected: float
) -> None:
    assert heat(upvotes, age) == pytest.approx(expected)


def test_a_paper_of_yesterday_needs_twice_the_votes_and_one_of_a_week_ago_fifteen_times() -> None:
    assert heat(11, 0) / heat(11, 1) == pytest.approx(2.07, abs=0.01)
    assert heat(11, 0) / heat(11, 7) == pytest.approx(15.0, abs=0.05)


def test_now_is_the_newest_observation_or_list() -> None:
    assert now(archive({})) is None
    assert now(archive({"a": MONDAY})) == MONDAY
    assert now(archive({"a": MONDAY}, {"a": (("2025-11-04T08:00:00Z", 1),)})) == TUESDAY
    assert now(archive({"a": MONDAY, "b": NEXT_MONDAY}, {"a": (("2025-11-04", 1),)})) == NEXT_MONDAY


def test_fresh_papers_trend_over_older_ones_with_somewhat_more_votes() -> None:
    seen = archive(
        {"old": MONDAY, "fresh": NEXT_MONDAY, "famous": MONDAY, "unread": NEXT_MONDAY},
        {
            "old": (("2025-11-10", 100),),
            "fresh": (("2025-11-10", 10),),
            "famous": (("2025-11-10", 1000),),
            "unread": (("2025-11-10", 1),),
        },
    )
    assert ids(trending(seen, 9)) == ["famous", "fresh", "old"]
    assert ids(trending(seen, 1)) == ["famous"]


def test_equally_hot_papers_stand_by_id() -> None:
    log = dict.fromkeys("cab", (("2025-11-03", 5),))
    assert ids(trending(archive(dict.fromkeys("cab", MONDAY), log), 9)) == ["a", "b", "c"]


def test_climbers_gained_most_between_the_last_two_rounds() -> None:
    seen = archive(
        dict.fromkeys(("slow", "fast", "still", "fallen", "new"), MONDAY),
        {
            "slow": (("2025-11-03", 10), ("2025-11-04T08:00:00Z", 11)),
            "fast": (("2025-11-01", 0), ("2025-11-03", 1), ("2025-11-04T08:00:00Z", 9)),
            "still": (("2025-11-01", 0), ("2025-11-03", 90)),
            "fallen": (("2025-11-03", 9), ("2025-11-04T08:00:00Z", 2)),
            "new": (("2025-11-04T08:00:00Z", 50),),
        },
    )
    found = [(climb.paper.id, climb.gain, climb.since) for climb in climbers(seen, 9)]
    assert found == [("fast", 8, MONDAY), ("slow", 1, MONDAY)]


def test_asking_twice_a_day_does_not_hide_the_gains_of_the_day() -> None:
    rows = (("2025-11-03T08:00:00Z", 10), ("2025-11-04T08:00:00Z", 40), ("2025-11-04T20:00:00Z", 41))
    (climb,) = climbers(archive({"a": MONDAY}, {"a": rows}), 9)
    assert (climb.gain, climb.since) == (31, MONDAY)


def test_a_paper_that_is_new_climbs_from_its_first_row_of_the_day() -> None:
    rows = (("2025-11-04T08:00:00Z", 2), ("2025-11-04T20:00:00Z", 7))
    (climb,) = climbers(archive({"a": TUESDAY}, {"a": rows}), 9)
    assert (climb.gain, climb.since) == (5, TUESDAY)


def test_observations_without_upvotes_are_passed_over() -> None:
    rows = (("2025-11-03", 3), ("2025-11-04", None), ("2025-11-05", 8))
    (climb,) = climbers(archive({"a": MONDAY}, {"a": rows}), 9)
    assert (climb.gain, climb.since) == (5, MONDAY)


def test_nothing_climbs_where_nothing_was_observed_twice() -> None:
    assert climbers(archive({"a": MONDAY}), 9) == ()
    assert climbers(archive({"a": MONDAY}, {"a": (("2025-11-03", 3),)}), 9) == ()


def test_the_top_is_by_upvotes_and_then_by_id() -> None:
    seen = archive(dict.fromkeys("dcba", MONDAY), {"c": (("2025-11-03", 3),), "b": (("2025-11-03", 3),)})
    assert ids(top(seen, seen.papers, 3)) == ["b", "c", "a"]
