"""Words become the same terms where the index is built and where it is asked."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from lunr.stemmer import PorterStemmer

from generator.search.analyzer import STOP_WORDS, pieces, term, terms, tokens
from tests.search.real import real_documents
from tests.search.support import node

ODD = [
    "GPT-4.1 and GPT-4: x", "c++ C++ C# f# a#b abc# _c# x++y", "Ærøskøbing Łódź straße œuvre ıstanbul İstanbul ŞŞ",  # noqa: E501
    "the model's models’ don't O’Brien 'quoted' rock ’n’ roll ''s", r"$\pi_0$ costs $5 & \alpha\beta _under_score_",  # noqa: E501
    "2.5 3. .5 1.2.3 v1.5 llama3.1 10.000 1,000 2402.12345v2 arXiv:2402.12345", "日本語 のテスト 中文 한국어 ελληνικάς ΣΑΣ",  # noqa: E501
    "ﬁne ①② Ⅷ ½ x² 𝐀𝐁 e\u0301 \u0301 a\u0000b \ud800 🎉party", "sky dying ied ing ion s's yes y eed bled ss oed", "", "---", "+ ++ # ' \\",  # noqa: E501
    "İ\u0307 ǅ ŉ ʼn ﬀ ß ẞ Ǆ", "x\u2011y a\u00adb zero\u200bwidth tab\tnew\nline\u2028end",
]  # fmt: skip


def in_script(folder: Path, texts: Sequence[str]) -> tuple[list[list[str]], dict[str, str]]:
    script = """
    import { tokens, term } from "./search-analyzer.js";
    const all = input.map(tokens);
    console.log(JSON.stringify([all, Object.fromEntries([...new Set(all.flat())].map((each) => [each, term(each)]))]));
    """  # noqa: E501
    found, stems = node(folder, script, texts)
    return found, stems


def plain(token: str) -> str:
    """The term of `token` by lunr's stemmer alone."""
    if re.fullmatch("[a-z]{3,}", token):
        return str(PorterStemmer().stem(token))
    return re.sub(r"^([0-9]{4}\.[0-9]{4,5})v[0-9]+$", r"\1", token)


def of_pieces(text: str) -> list[str]:
    return [
        token
        for piece in pieces([text]).decode().split()
        for token in ([piece] if piece.isalnum() else tokens(piece))
    ]


def assert_same(folder: Path, texts: Sequence[str]) -> int:
    """Compare both sides over `texts`; how many different tokens they have."""
    ours = [tokens(text) for text in texts]
    assert [text for text, one in zip(texts, ours, strict=True) if of_pieces(text) != one] == []
    theirs, stems = in_script(folder, texts)
    wrong = [(text, one, other) for text, one, other in zip(texts, ours, theirs, strict=True) if one != other]
    assert wrong == []
    stemmer = PorterStemmer()
    assert [
        token for token in stems if token not in STOP_WORDS and term(token, stemmer) != plain(token)
    ] == []
    different = {token: (term(token, stemmer), stem) for token, stem in stems.items()}
    assert {token: pair for token, pair in different.items() if pair[0] != pair[1]} == {}
    return len(stems)


def test_both_sides_agree_on_odd_texts(tmp_path: Path) -> None:
    texts = [text.encode("utf-8", "replace").decode() for text in ODD]
    assert assert_same(tmp_path, texts) > 50


def test_no_token_reaches_across_pieces() -> None:
    dice = random.Random(6)
    letters = "ab.2'+#_ -sΣς’é½…İ\u0301\u00ad中 cF/\n"
    for _ in range(20_000):
        text = "".join(dice.choices(letters, k=dice.randint(1, 9)))
        assert of_pieces(text) == tokens(text), text


def test_both_sides_agree_on_endings_of_every_kind(tmp_path: Path) -> None:
    dice = random.Random(2)
    endings = [
        "s",
        "es",
        "ies",
        "sses",
        "eed",
        "ed",
        "ing",
        "y",
        "ational",
        "tional",
        "enci",
        "anci",
        "izer",
        "bli",
        "alli",
        "entli",
        "eli",
        "ousli",
        "ization",
        "ation",
        "ator",
        "alism",
        "iveness",
        "fulness",
        "ousness",
        "aliti",
        "iviti",
        "biliti",
        "logi",
        "icate",
        "ative",
        "alize",
        "iciti",
        "ical",
        "ful",
        "ness",
        "al",
        "ance",
        "ence",
        "er",
        "ic",
        "able",
        "ible",
        "ant",
        "ement",
        "ment",
        "ent",
        "sion",
        "tion",
        "ou",
        "ism",
        "ate",
        "iti",
        "ous",
        "ive",
        "ize",
        "e",
        "ll",
        "ss",
    ]
    stems = ["".join(dice.choices("abeilostuywxz", k=dice.randint(0, 5))) for _ in range(400)]
    words = [stem + first + second for stem in stems for first in dice.sample(endings, 4)
             for second in ("", dice.choice(endings))]  # fmt: skip
    assert assert_same(tmp_path, [" ".join(words)]) > 2000


def test_the_stop_words_are_those_of_lunr(tmp_path: Path) -> None:
    found, stems = in_script(tmp_path, [" ".join(sorted(STOP_WORDS)), "survey key array"])
    assert len(found[0]) == len(STOP_WORDS)
    assert [stems[word] for word in found[0]] == [""] * len(STOP_WORDS)
    assert [stems[word] for word in found[1]] == ["survei", "kei", "arrai"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("GPT-4.1", ["gpt", "4.1"]),
        ("Qwen2.5-VL", ["qwen2.5", "vl"]),
        ("C++ and C#", ["c++", "c#"]),
        ("the model's models", ["model", "model"]),
        ("Gödel’s Łódź", ["godel", "lodz"]),
        ("$5 \\textbf{x}", ["5", "textbf", "x"]),
        ("arXiv:2402.12345v2", ["arxiv", "2402.12345"]),
        ("read/write state-of-the-art", ["read", "write", "state", "art"]),
    ],
)
def test_a_text_becomes_terms(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


@pytest.mark.real
def test_both_sides_agree_on_every_token_of_the_real_days(tmp_path: Path) -> None:
    texts = [text for paper in real_documents() for text in paper.document().texts]
    assert assert_same(tmp_path, texts) > 60_000
