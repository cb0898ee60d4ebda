"""Which days a snapshot asks for."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from generator.feed.entry import DayPage, Entry
from generator.feed.merge import reconcile, record_failure
from generator.feed.schedule import Wanted, days_to_ask
from generator.model.contents import Contents
from generator.model.paper import DayRecord, DayStatus, Figures, Paper

TODAY = date(2025, 11, 30)


def november(*numbers: int) -> tuple[date, ...]:
    return tuple(date(2025, 11, number) for number in numbers)


def known(*rows: tuple[int, DayStatus, int]) -> Contents:
    """Days of November with their status, and on which day of November that was noted."""
    records = [
        DayRecord(
            date(2025, 11, day), 0 if status == "empty" else 5, status, f"2025-11-{noted:02d}T08:00:00Z"
        )
        for day, status, noted in rows
    ]
    return Contents(records={record.day: record for record in records})


def asked(contents: Contents, wanted: Wanted | None = None, *, latest: int = 3) -> tuple[date, ...]:
    return days_to_ask(contents, wanted or Wanted(), today=TODAY, latest=latest)


def test_days_that_are_named_are_asked_whatever_is_known_each_once_and_in_order() -> None:
    contents = known((3, "complete", 20))
    assert asked(contents, Wanted(days=(*november(5, 3), *november(5)))) == november(3, 5)


def test_without_a_word_the_latest_days_are_asked() -> None:
    assert asked(Contents()) == november(28, 29, 30)
    assert asked(Contents(), latest=1) == november(30)


def test_without_a_word_the_days_that_may_still_change_or_could_not_be_had_are_asked_too() -> None:
    contents = known(
        (1, "complete", 15), (2, "failed", 3), (3, "open", 3), (20, "open", 21), (22, "empty", 23)
    )
    assert asked(contents) == november(2, 3, 20, 22, 28, 29, 30)


def test_a_day_of_the_future_is_not_asked_unless_it_is_named() -> None:
    tomorrow = TODAY + timedelta(days=1)
    contents = Contents(records={tomorrow: DayRecord(tomorrow, 0, "open", "2025-11-30T08:00:00Z")})
    assert asked(contents) == november(28, 29, 30)
    assert asked(contents, Wanted(since=TODAY, until=tomorrow)) == november(30)
    assert asked(contents, Wanted(days=(tomorrow,))) == (tomorrow,)


def test_an_empty_day_is_asked_until_that_was_made_sure_two_weeks_later() -> None:
    assert asked(known((1, "empty", 2))) == november(1, 28, 29, 30)
    assert asked(known((1, "empty", 14))) == november(1, 28, 29, 30)
    assert asked(known((1, "empty", 15))) == november(28, 29, 30)


def test_a_span_has_both_ends_and_skips_what_is_finished() -> None:
    contents = known((2, "complete", 17), (3, "empty", 18), (4, "empty", 5), (5, "open", 5), (6, "failed", 6))
    span = Wanted(since=november(1)[0], until=november(7)[0])
    assert asked(contents, span) == november(1, 4, 5, 6, 7)
    again = Wanted(since=november(1)[0], until=november(7)[0], again=True)
    assert asked(contents, again) == november(1, 2, 3, 4, 5, 6, 7)


@pytest.mark.parametrize(
    ("wanted", "days"),
    [
        (Wanted(since=date(2025, 11, 29)), november(29, 30)),
        (Wanted(until=date(2025, 11, 7)), november(7)),
        (Wanted(since=date(2025, 12, 5)), ()),
        (Wanted(since=date(2025, 11, 7), until=date(2025, 11, 5)), ()),
        (Wanted(since=date(2025, 11, 30), until=date.max), november(30)),
    ],
)
def test_a_span_with_one_end_or_none_in_the_past_is_what_it_says(
    wanted: Wanted, days: tuple[date, ...]
) -> None:
    assert asked(Contents(), wanted) == days


def answer(day: date) -> DayPage:
    """Nothing at weekends, one paper else."""
    if day.weekday() >= 5:
        return DayPage(day)
    return DayPage(day, (Entry(Paper(id=f"p{day:%Y%m%d}", title="Wheels", days=(day,)), Figures()),))


def test_a_backfill_that_was_cut_off_goes_on_where_it_stopped_and_then_is_done() -> None:
    span = Wanted(since=date(2025, 9, 1), until=date(2025, 10, 31))
    contents, rounds = Contents(), []
    while days := asked(contents, span):
        rounds.append(days[0])
        for day in days[:20]:
            contents = contents.with_changes(
                reconcile(contents, answer(day), now="2025-11-30T08:00:00Z").changes
            )
    assert rounds == [date(2025, 9, 1), date(2025, 9, 21), date(2025, 10, 11), date(2025, 10, 31)]
    assert asked(contents) == november(28, 29, 30)


def test_a_day_that_failed_in_a_backfill_is_asked_again_by_the_next_snapshot() -> None:
    contents = Contents().with_changes(record_failure(Contents(), november(3)[0], now="2025-11-30T08:00:00Z"))
    assert asked(contents) == november(3, 28, 29, 30)
    assert asked(contents, Wanted(since=november(2)[0], until=november(3)[0])) == november(2, 3)


def test_a_year_of_snapshots_asks_no_more_days_than_two_weeks_hold() -> None:
    contents, most = Contents(), 0
    for step in range(365):
        today = date(2025, 1, 1) + timedelta(days=step)
        days = days_to_ask(contents, Wanted(), today=today, latest=7)
        most = max(most, len(days))
        for day in days:
            change = reconcile(contents, answer(day), now=f"{today}T08:00:00Z").changes
            contents = contents.with_changes(change)
    assert most == 15
    finished = [day for day, record in contents.records.items() if record.status in ("complete", "empty")]
    assert len(finished) >= 365 - 15
