"""The page ranks as lunr does, score by score; only then do the words that match share in."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from lunr.builder import Builder
from lunr.index import Index

from generator.search import segments
from generator.search.analyzer import terms
from generator.search.document import FIELDS
from tests.search.real import real_documents
from tests.search.support import Found, Searcher, documents

BOOSTS = (4, 2, 1, 2)
NEAR = 1e-9


def oracle(papers: Sequence[Found]) -> Index:
    """lunr's index of the terms of `papers`, with no pipeline of its own."""
    builder = Builder()
    builder.ref("id")
    for name, boost in zip(FIELDS, BOOSTS, strict=True):
        builder.field(name, boost=boost)
    for paper in papers:
        fields = zip(FIELDS, map(terms, paper.document().texts), strict=True)
        builder.add({"id": paper.id, **dict(fields)})
    return builder.build()


def lunr_scores(index: Index, query: str, fields: list[str] | None = None) -> dict[str, float]:
    asked = index.create_query()
    for term in terms(query):
        asked.term(term, use_pipeline=False, **({"fields": fields} if fields else {}))
    return {each["ref"]: each["score"] for each in index.query(asked)} if asked.clauses else {}


def queries(papers: Sequence[Found], count: int, seed: int = 3) -> list[str]:
    """Words of titles, names, keywords and abstracts, one to four of them, some of them twice."""
    dice = random.Random(seed)
    asked = []
    while len(asked) < count:
        words = dice.choice(dice.choice(papers).document().texts).replace(":", " ").replace('"', " ").split()
        words = [word for word in words if terms(word) and not word.startswith("-")]
        if words:
            asked.append(" ".join(dice.choices(words, k=dice.randint(1, 4))))
    return asked


def assert_same(asked: Sequence[str], found: Sequence[list[tuple[str, float]]], index: Index) -> None:
    for query, results in zip(asked, found, strict=True):
        wanted = lunr_scores(index, query)
        assert {paper for paper, _ in results} == set(wanted), query
        wrong = [(paper, score) for paper, score in results if abs(score - wanted[paper]) > NEAR]
        assert not wrong, (query, wrong[:3])
        scores = [score for _, score in results]
        assert scores == sorted(scores, reverse=True), query


@pytest.fixture(scope="module")
def papers() -> list[Found]:
    return documents(400)


def test_two_hundred_queries_score_as_lunr_does(tmp_path: Path, papers: list[Found]) -> None:
    asked = queries(papers, 200)
    assert_same(asked, Searcher(tmp_path, papers).ask(asked, isPlain=True), oracle(papers))


def test_two_segments_score_as_one(
    tmp_path: Path, papers: list[Found], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(segments, "BLOCK", 60)
    asked = queries(papers, 60, seed=4)
    searcher = Searcher(tmp_path, papers)
    assert len(list((tmp_path / "search").glob("*/about.bin"))) == 1  # the other's stands in index.bin
    assert_same(asked, searcher.ask(asked, isPlain=True), oracle(papers))


def test_a_word_asked_of_one_field_scores_as_lunr_does(tmp_path: Path, papers: list[Found]) -> None:
    index = oracle(papers)
    words = [query.split()[0] for query in queries(papers, 20, seed=5)]
    words = [word for word in words if len(terms(word)) == 1]
    found = Searcher(tmp_path, papers).ask([f"title:{word}" for word in words], isPlain=True)
    for word, results in zip(words, found, strict=True):
        wanted = lunr_scores(index, word, ["title"])
        assert dict(results) == pytest.approx(wanted, abs=NEAR), word


def test_papers_with_all_words_come_before_those_with_one(tmp_path: Path, papers: list[Found]) -> None:
    asked = queries(papers, 30, seed=6)
    held = {paper.id: set(terms(" / ".join(paper.document().texts))) for paper in papers}
    searcher = Searcher(tmp_path, papers)
    for query, plain, shared in zip(
        asked, searcher.ask(asked, isPlain=True), searcher.ask(asked), strict=True
    ):
        wanted = set(terms(query))
        expected = {paper: score * (len(wanted & held[paper]) / len(wanted)) ** 2 for paper, score in plain}
        assert dict(shared) == pytest.approx(expected, abs=NEAR), query


@pytest.mark.real
def test_two_hundred_queries_score_as_lunr_does_on_real_papers(tmp_path: Path) -> None:
    papers = real_documents()[-1000:]
    asked = queries(papers, 200)
    searcher = Searcher(tmp_path, papers)
    assert len(list((tmp_path / "search").glob("*/about.bin"))) == 1  # the other's stands in index.bin
    assert_same(asked, searcher.ask(asked, isPlain=True), oracle(papers))
