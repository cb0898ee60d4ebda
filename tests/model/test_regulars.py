"""Which names of authors have earned a page, and that they keep it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import regulars as module
from generator.model.regulars import regulars

Listed = list[tuple[date, tuple[str, ...]]]


def on_days(*days: str) -> Listed:
    """A paper for each word; its letters are its authors."""
    start = date(2025, 1, 1)
    return [(start + timedelta(days=at), tuple(word)) for at, day in enumerate(days) for word in day.split()]


@pytest.fixture(autouse=True)
def little_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FIRST_PAGES", 2)


def test_in_a_small_archive_every_name_with_enough_papers_has_a_page() -> None:
    assert regulars(on_days("ab ab", "a c"), least=2, share=1) == {"a", "b"}


def test_where_there_is_little_room_the_names_with_most_papers_have_it() -> None:
    assert regulars(on_days("abcd abcd abc ac"), least=2, share=1) == {"a", "c"}


def test_equals_have_a_page_together_or_not_at_all() -> None:
    assert regulars(on_days("abc abc"), least=2, share=1) == frozenset()


def test_a_page_that_is_earned_stays_when_others_write_more() -> None:
    listed = on_days("ab ab", "cd cd cd cd", "cd cd cd")
    assert regulars(listed, least=2, share=1) == {"a", "b"}


def test_room_grows_with_the_archive() -> None:
    listed = on_days("ab ab", "cd cd cd cd", "cd cd cd")
    assert regulars(listed, least=2, share=20) == {"a", "b"}
    assert regulars(listed, least=2, share=50) == {"a", "b", "c", "d"}


@given(st.lists(st.text("abcdef ", max_size=20), max_size=12), st.integers(1, 60), st.integers(0, 12))
def test_no_later_day_takes_a_page_away(days: list[str], share: int, cut: int) -> None:
    before, after = on_days(*days[:cut]), on_days(*days)
    assert regulars(before, least=2, share=share) <= regulars(after, least=2, share=share)
