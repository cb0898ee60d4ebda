"""What a card tells of an abstract is what the whole abstract would tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import example, given
from hypothesis import strategies as st

from generator.model.markup import unescape
from generator.pages.cards import opening, teaser
from tests.support.invented import paper

PAPER = paper(1, date(2025, 1, 27))
WORDS = st.lists(
    st.sampled_from(["Boats", "sail.", "\\*", "\\\\", "\n", "  ", "a", "é", "gardens!"]), max_size=90
)


@given(WORDS, st.integers(1, 60))
@example(["\\*"] * 80, 10)
@example([" "] * 80 + ["Boats", "sail."], 9)
@example(["sail.", "Boats"] * 20, 29)
def test_a_teaser_is_cut_from_the_beginning_as_from_the_whole(words: list[str], most: int) -> None:
    abstract = " ".join(words)
    whole = " ".join(unescape(abstract).split())
    assert teaser(replace(PAPER, summary=None, abstract=abstract), most) == opening(whole, most)
