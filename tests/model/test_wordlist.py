"""Words by number, held against what Python's own split finds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.wordlist import WordList

words = st.text(st.sampled_from("abcé智\x7f"), min_size=1, max_size=4) | st.text(
    "ab", min_size=1, max_size=40
)
gaps = st.text(" \t\0\r", min_size=1, max_size=3)
lines = st.lists(st.tuples(gaps, words, gaps), max_size=8).map(lambda told: "".join(map("".join, told)))


def plain(line: str) -> list[str]:
    return line.replace("\0", " ").split()


@given(st.lists(st.lists(lines, min_size=1, max_size=5), max_size=6))
def test_every_word_of_every_line_is_found_under_one_number(blocks: list[list[str]]) -> None:
    known, met = WordList(), []
    for block in blocks:
        numbers, counts = known.numbers("\n".join(block).encode())
        met.append((block, numbers.tolist()))
        assert counts.tolist() == [len(plain(line)) for line in block]
    by_number = known.words()
    assert len(set(by_number)) == len(by_number) == len(known)
    for block, numbers in met:
        assert [by_number[number] for number in numbers] == [word for line in block for word in plain(line)]


def test_words_that_begin_alike_are_told_apart_by_their_length() -> None:
    known = WordList()
    for _ in range(2):
        numbers, _ = known.numbers(" ".join(["a" * length for length in range(1, 60)]).encode())
        assert numbers.tolist() == list(range(59))


@pytest.mark.parametrize("length", [1, 7, 8, 9, 15, 16, 17, 33])
def test_words_that_differ_in_one_place_only_are_two(length: int) -> None:
    known = WordList()
    different = ["a" * length, *("a" * place + "b" + "a" * (length - place - 1) for place in range(length))]
    for _ in range(2):
        numbers, _ = known.numbers(" ".join(different).encode())
        assert numbers.tolist() == list(range(length + 1))
    assert known.words() == different


def test_numbers_stay_while_the_list_grows_to_many_times_its_first_size() -> None:
    known = WordList()
    many = [f"samebase{number:x}" for number in range(30_000)]
    first, _ = known.numbers(" ".join(many[:500]).encode())
    again, _ = known.numbers("\n".join(many[::-1]).encode())
    assert again[::-1][:500].tolist() == first.tolist() == list(range(500))
    assert sorted(again.tolist()) == list(range(30_000))
    assert known.words(29_998) == [many[501], many[500]]


def test_a_text_without_words_has_lines_all_the_same() -> None:
    numbers, counts = WordList().numbers(b"\n \n")
    assert (numbers.tolist(), counts.tolist()) == ([], [0, 0, 0])
