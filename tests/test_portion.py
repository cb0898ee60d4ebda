"""Every page and every output falls to one portion, and all portions come to about the same work."""

from __future__ import annotations

from collections import Counter
from itertools import product

import pytest

from generator.outputs import SINGLE, share_out
from generator.portion import NOTHING, WHOLE, Shares, portions

NAMES = [f"papers/2501.{number:05}/" for number in range(5000)]


@pytest.mark.parametrize("count", [1, 2, 3, 8])
def test_each_name_and_each_output_falls_to_one(count: int) -> None:
    dealt = portions(count, {"dear": 16, "cheap": 1, "free": 0}).each
    assert len(dealt) == count
    assert all(sum(portion.takes(name) for portion in dealt) == 1 for name in NAMES)
    assert all(sum(portion.takes_paper(name) for portion in dealt) == 1 for name in NAMES)
    assert all(sum(portion.has(name) for portion in dealt) == 1 for name in ("dear", "cheap", "free"))


def test_one_portion_is_the_whole() -> None:
    assert portions(1, {"dear": 3}, common=16) == Shares((WHOLE,), NOTHING)
    assert all(WHOLE.takes(name) and WHOLE.takes_paper(name) for name in NAMES[:50])
    assert WHOLE.has("whatever")
    assert not any(NOTHING.takes(name) or NOTHING.takes_paper(name) for name in NAMES[:50])
    assert not NOTHING.has("whatever")


@pytest.mark.parametrize(("count", "costs", "common"), [(2, 0, 16), (3, 16, 16), (2, 100, 32), (8, 5, 0)])
def test_what_papers_all_have_in_common_falls_to_nobody_else(count: int, costs: int, common: int) -> None:
    shares = portions(count, {"dear": costs}, common=common)
    all_of_them = (*shares.each, shares.common)
    assert all(sum(portion.takes_paper(name) for portion in all_of_them) == 1 for name in NAMES)
    assert all(sum(portion.takes(name) for portion in shares.each) == 1 for name in NAMES)
    assert not any(shares.common.takes(name) for name in NAMES), "only papers have one page each"
    assert not shares.common.has("dear")
    assert len(shares.common.papers) <= common
    assert bool(shares.common.papers) == bool(common)


def test_who_has_a_dear_output_has_fewer_pages() -> None:
    dealt = portions(4, {"dear": 12, "cheap": 4}).each
    pages = Counter(number for name in NAMES for number, each in enumerate(dealt) if each.takes(name))
    work = [len(each.hands) + 12 * each.has("dear") + 4 * each.has("cheap") for each in dealt]
    assert work == [20, 20, 20, 20]
    assert pages[0] < 0.6 * pages[3]


def test_an_output_that_costs_more_than_a_fair_share_comes_alone() -> None:
    first, second = portions(2, {"dear": 100}).each
    assert (len(first.hands), len(second.hands)) == (0, 64)
    assert not any(first.takes(name) for name in NAMES)


def test_every_output_of_the_site_is_shared_out() -> None:
    names = [output.__name__.rpartition(".")[2] for output in SINGLE]
    for count, again in product((1, 2, 5), (False, True)):
        dealt = share_out(count, again=again).each
        assert all(sum(portion.has(name) for portion in dealt) == 1 for name in (*names, "subjects"))
