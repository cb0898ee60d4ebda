"""Which names of authors have earned a page, and that they keep it."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from generator.model import regulars as module
from generator.model.regulars import regulars

Tallies = list[tuple[int, NDArray[np.int32], NDArray[np.int32]]]


def on_days(*days: str) -> Tallies:
    """A paper for each word; its letters are its authors, who wait from two papers on."""
    papers: Counter[str] = Counter()
    tallies = []
    for day in days:
        for word in day.split():
            papers.update(set(word))
        names = sorted({letter for word in day.split() for letter in word if papers[letter] >= 2})
        numbers, has = [ord(name) for name in names], [papers[name] for name in names]
        tallies.append((len(day.split()), np.array(numbers, np.int32), np.array(has, np.int32)))
    return tallies


def named(tallies: Tallies, *, share: int) -> set[str]:
    return set(map(chr, regulars(tallies, 256, share=share).tolist()))


@pytest.fixture(autouse=True)
def little_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FIRST_PAGES", 2)


def test_in_a_small_archive_every_name_with_enough_papers_has_a_page() -> None:
    assert named(on_days("ab ab", "a c"), share=1) == {"a", "b"}


def test_where_there_is_little_room_the_names_with_most_papers_have_it() -> None:
    assert named(on_days("abcd abcd abc ac"), share=1) == {"a", "c"}


def test_equals_have_a_page_together_or_not_at_all() -> None:
    assert named(on_days("abc abc"), share=1) == frozenset()


def test_a_page_that_is_earned_stays_when_others_write_more() -> None:
    listed = on_days("ab ab", "cd cd cd cd", "cd cd cd")
    assert named(listed, share=1) == {"a", "b"}


def test_room_grows_with_the_archive() -> None:
    listed = on_days("ab ab", "cd cd cd cd", "cd cd cd")
    assert named(listed, share=20) == {"a", "b"}
    assert named(listed, share=50) == {"a", "b", "c", "d"}


@given(st.lists(st.text("abcdef ", max_size=20), max_size=12), st.integers(1, 60), st.integers(0, 12))
def test_no_later_day_takes_a_page_away(days: list[str], share: int, cut: int) -> None:
    before, after = on_days(*days[:cut]), on_days(*days)
    assert named(before, share=share) <= named(after, share=share)
