"""The index of a segment, however much of it is looked at a time."""

from __future__ import annotations

import pytest

from generator.search import index as module
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
    found = build(papers, as_given=as_given)
    assert found.terms == whole.terms
    assert found.postings.columns(0, len(whole.terms)) == whole.postings.columns(0, len(whole.terms))
    assert (found.order.tolist(), found.lengths) == (whole.order.tolist(), whole.lengths)
    assert (found.totals, found.words) == (whole.totals, whole.words)
