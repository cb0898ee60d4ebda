"""Names come apart as their owners would part them, or not at all."""

from __future__ import annotations

import pytest

from generator.citing.names import Name, parse, short


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ada Lovelace", Name("Lovelace", "Ada")),
        ("  Ada\tKing  Lovelace ", Name("Lovelace", "Ada King")),
        ("Aaron van den Oord", Name("van den Oord", "Aaron")),
        ("Luc Van Gool", Name("Van Gool", "Luc")),
        ("Chien Van Nguyen", Name("Nguyen", "Chien Van")),
        ("Di Wu", Name("Wu", "Di")),
        ("jiajie Zhang", Name("Zhang", "jiajie")),
        ("Blaise Agüera y Arcas", Name("Agüera y Arcas", "Blaise")),
        ("Hal Daumé III", Name("Daumé", "Hal", "III")),
        ("John Smith, Jr.", Name("Smith", "John", "Jr.")),
        ("ليلى حسن", Name("حسن", "ليلى")),
    ],
)
def test_a_persons_name_is_parted(name: str, parts: Name) -> None:
    assert parse(name) == parts


@pytest.mark.parametrize(
    "name",
    ["OpenAI", "Kimi Team", "LG AI Research", "Clark Labs Inc.", "Team Tomato", "The Gardeners",
     "GLM-4.5 Team", "University of Tomatoes", "王小明", "王 小明", "Lovelace, Ada", "Jack and Jill",
     "Jack AND Jill", "de Vries", "Kimi and Friends Jr", "", "\\"],
)  # fmt: skip
def test_where_it_is_not_plain_the_name_stays_whole(name: str) -> None:
    assert parse(name) == Name(name)


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("Ada Lovelace", "lovelace"), ("Søren Ørsted", "orsted"), ("Hal Daumé III", "daume"),
        ("Kimi Team", "kimi"), ("Jean-Luc O'Neil-Smith", "oneilsmith"), ("王小明", ""),
        ("Ada 王", "ada"), ("", ""), ("Jr", ""),
    ],
)  # fmt: skip
def test_a_key_takes_the_last_word_that_says_something(name: str, word: str) -> None:
    assert short(name) == word
