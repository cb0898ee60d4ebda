"""The index of a segment, however much of it is looked at a time."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import numpy as np
import pytest

from generator.search import index as module
from generator.search import postings
from generator.search.analyzer import STOP_WORDS, tokens
from generator.search.index import build
from tests.search.support import document, documents


@pytest.mark.parametrize("block", [1, 7, 64, 1000])
@pytest.mark.parametrize("as_given", [False, True])
def test_an_index_is_the_same_in_blocks_of_any_size(
    monkeypatch: pytest.MonkeyPatch, block: int, as_given: bool
) -> None:
    """Some papers have no abstract, so that texts of no length stand at the seams, too."""
    papers = [*documents(20), *(document(900 + number) for number in range(3)), *documents(9, seed=5)]
    whole = build(papers, as_given=as_given)
    monkeypatch.setattr(module, "_BLOCK", block)
    monkeypatch.setattr(postings, "_STRETCH", 999 + block)
    monkeypatch.setattr(postings, "_STRETCHES", 99)
    found = build(papers, as_given=as_given)
    assert found.terms == whole.terms
    assert found.postings.columns(0, len(whole.terms)) == whole.postings.columns(0, len(whole.terms))
    assert (found.order.tolist(), found.lengths) == (whole.order.tolist(), whole.lengths)
    assert (found.totals, found.words, found.often) == (whole.totals, whole.words, whole.often)


def test_stop_words_are_counted_and_in_no_posting() -> None:
    papers = [document(1, abstract="The the THE cat isn't bird's."), document(2, abstract="the")]
    found = build(papers)
    written = Counter(token for each in papers for text in each.document().texts for token in tokens(text))
    assert written["the"] == 4
    words = dict(zip(found.words, found.often, strict=True))
    assert words == {word: n for word, n in written.items() if len(word) > 2 and word.isalpha()}
    assert not set(found.terms) & STOP_WORDS
    assert sorted(found.lengths) == [0, 3]


@pytest.mark.parametrize("held", [[], [0], [5], [1] * 100, [0, 90, 0, 1, 1, 0], [1, 2, 3] * 9])
def test_stretches_hold_all_terms_and_about_as_many_keys(
    monkeypatch: pytest.MonkeyPatch, held: list[int]
) -> None:
    monkeypatch.setattr(postings, "_STRETCH", 10)
    monkeypatch.setattr(postings, "_STRETCHES", 99)
    bounds = postings._stretches(np.array(held, np.int64))
    assert (bounds[0], bounds[-1]) == (0, len(held))
    assert all(first <= last for first, last in pairwise(bounds))
    assert all(sum(held[first:last]) <= 10 + 2 * max(held) for first, last in pairwise(bounds) if held)


@pytest.mark.parametrize("largest", [0, 1, 255, 256, 65_535, 65_536])
def test_numbers_made_narrow_are_the_same(largest: int) -> None:
    numbers = np.array([0, largest], np.int64)
    assert postings.narrow(numbers).tolist() == numbers.tolist()
    assert len(postings.narrow(numbers[:0])) == 0
