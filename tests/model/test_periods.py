"""Weeks and months: their names, their bounds, their addresses."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model.periods import (
    Month,
    Week,
    days_between,
    long_day,
    neighbours,
    plain_day,
    short_day,
)

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@settings(max_examples=200, deadline=None)
@given(DAYS)
def test_a_day_lies_within_its_week_and_its_month(day: date) -> None:
    week, month = Week.of(day), Month.of(day)
    assert week.first <= day <= week.last
    assert (week.last - week.first).days == 6
    assert month.first <= day <= month.last
    assert Month.of(month.last + timedelta(days=1)) != month


def test_the_first_days_of_january_may_belong_to_week_53_of_the_year_before() -> None:
    assert Week.of(date(2021, 1, 3)) == Week(2020, 53)
    assert Week(2020, 53).slug == "2020-W53"
    assert (Week(2020, 53).first, Week(2020, 53).last) == (date(2020, 12, 28), date(2021, 1, 3))
    assert Week.of(date(2024, 12, 30)) == Week(2025, 1)


def test_a_month_ends_on_its_last_day_also_in_february_and_december() -> None:
    assert Month(2024, 2).last == date(2024, 2, 29)
    assert Month(2025, 2).last == date(2025, 2, 28)
    assert Month(2025, 12).last == date(2025, 12, 31)


def test_periods_are_ordered_by_time() -> None:
    assert sorted([Week(2025, 2), Week(2024, 50), Week(2025, 1)]) == [
        Week(2024, 50),
        Week(2025, 1),
        Week(2025, 2),
    ]
    assert Month(2024, 12) < Month(2025, 1)


def test_names_are_english_and_need_no_locale() -> None:
    day = date(2025, 11, 7)
    assert long_day(day) == "Friday, 7 November 2025"
    assert plain_day(day) == "7 November 2025"
    assert short_day(day) == "7 Nov 2025"
    assert (Month.of(day).name, Month.of(day).short_name, Month.of(day).slug) == (
        "November 2025",
        "Nov",
        "2025-11",
    )
    assert (Week.of(day).name, Week.of(day).slug) == ("Week 45, 2025", "2025-W45")


def test_a_span_has_both_its_ends_and_nothing_where_it_runs_backwards() -> None:
    first = date(2024, 2, 28)
    assert days_between(first, date(2024, 3, 1)) == (first, date(2024, 2, 29), date(2024, 3, 1))
    assert days_between(first, first) == (first,)
    assert days_between(first, date(2024, 2, 27)) == ()


def test_neighbours_at_the_ends_are_missing() -> None:
    assert list(neighbours("abc")) == [(None, "a", "b"), ("a", "b", "c"), ("b", "c", None)]
    assert list(neighbours("a")) == [(None, "a", None)]
    assert list(neighbours("")) == []
