"""The query language: what each part means, and that nothing a person types throws."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest

from tests.search.support import Found, Searcher, document, node

PAPERS: list[Found] = [
    document(1, title="Flow matching for boats", authors=("Yann LeCun", "Ada Lovelace"), abstract="sail rope",
             organization="NVIDIA / nvidia", topics=("boats",), has_code=True, day=date(2025, 3, 7), teaser="About boats"),  # noqa: E501
    document(2, title="Matching socks", authors=("Grace Hopper",), abstract="a flow of water, then a match",
             topics=("gardens",), day=date(2025, 3, 20), teaser="x"),
    document(3, title="GPT-4.1 writes C++", authors=("Émile O’Brien",), abstract="code and boats",
             organization="Acme Gardens / acme", has_code=True, day=date(2024, 12, 31), teaser="x"),
    document(4, title="Watering gardens", abstract="tomato survey and key arrays", topics=("gardens", "boats"),  # noqa: E501
             day=date(2026, 1, 1), teaser="x"),
]  # fmt: skip


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    return Searcher(tmp_path_factory.mktemp("query"), PAPERS, **{"2501.00002": 9, "2501.00004": 30})


CASES = {
    "boats": {1, 3},
    "boat": {1, 3},
    "survey key array": {4},
    '"flow matching"': {1, 2},
    "flow -socks": {1},
    'flow -"matching socks"': {1},
    "title:flow": {1},
    "title:matching": {1, 2},
    "author:lecun": {1},
    'author:"lovelace ada"': {1},
    "author:O'Brien": {3},
    "by:emile": {3},
    "author:flow": set(),
    "topic:boats": {1, 4},
    'topic:"Boats and Sails"': {1, 4},
    "topic:boats topic:gardens": {4},
    "org:nvidia": {1},
    'org:"acme gardens"': {3},
    "has:code": {1, 3},
    "has:code boats -author:lecun": {3},
    "year:2025": {1, 2},
    "year:2025 topic:gardens": {2},
    "after:2025-03": {1, 2, 4},
    "after:2025-03-08": {2, 4},
    "after:2025-3-20": {2, 4},
    "before:2025": {3},
    "before:2025-03-20": {1, 3},
    "before:2025-03-20 after:2025": {1},
    "gpt-4.1": {3},
    "gpt-4: x": {3},
    "c++": {3},
    "2501.00002": {2},
    "arXiv:2501.00002v4": {2},
    "https://arxiv.org/pdf/2501.00002v2.pdf": {2},
    "9999.99999": set(),
    "the of and": {1, 2, 3, 4},
    "-flow": {3, 4},
    "nosuchword": set(),
    "nosuchword boats": {1, 3},
}


def test_each_part_of_the_language_finds_what_it_says(searcher: Searcher) -> None:
    found = searcher.ask(list(CASES))
    numbers = {
        query: {int(paper[-5:]) for paper, _ in results} for query, results in zip(CASES, found, strict=True)
    }
    assert numbers == CASES


def test_results_are_sorted_by_what_is_asked(searcher: Searcher) -> None:
    newest = ["2501.00004", "2501.00002", "2501.00001", "2501.00003"]
    assert searcher.ids("boats flow match water", sort="newest") == newest
    assert searcher.ids("year:2025") == newest[1:3]
    assert searcher.ids("boats flow match water", sort="upvotes")[:2] == ["2501.00004", "2501.00002"]


_PARSE = """
import { parse } from "./search-query.js";
console.log(JSON.stringify(input.map((typed) => parse(typed, [["gardens", "Gardens"], ["boats", "Boats and Sails"]]))));
"""  # noqa: E501


def test_nothing_that_is_typed_throws(tmp_path: Path) -> None:
    dice = random.Random(8)
    parts = ["title:", "author:", "topic:", "year:", "after:", "has:", "-", '"', "“", ":", " ", "  ", "a", "foo",  # noqa: E501
             "2025", "2025-13-99", "constructor:", "__proto__:", "toString:", "😀", "\ufeff", "\\", "(", "*", "~1", "^", "+",  # noqa: E501
             "gpt-4:", "İ", "\u0301", "arxiv:", "2401.00001", "v2", "/", "<b>", "\n"]  # fmt: skip
    typed = ["".join(dice.choices(parts, k=dice.randint(1, 9))) for _ in range(3000)]
    parsed = node(tmp_path, _PARSE, typed)
    assert len(parsed) == len(typed)
    assert all(word["terms"] and all(word["terms"]) for query in parsed for word in query["words"])


def test_what_is_not_understood_is_said(tmp_path: Path) -> None:
    unknown, day, many = node(tmp_path, _PARSE, ["topic:knots", "after:yesterday", "word " * 40])
    assert "No topic is called “knots”" in unknown["notes"][0]
    assert [word["text"] for word in unknown["words"]] == ["topic", "knots"]
    assert "no date" in day["notes"][0]
    assert len(many["words"]) == 24
    assert many["notes"]
