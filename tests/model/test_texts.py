"""Texts that are packed are the texts that were added."""

from __future__ import annotations

from zlib import crc32

from hypothesis import given
from hypothesis import strategies as st

from generator.model.texts import Texts

SOME = st.lists(st.text(max_size=5), unique=True, max_size=20)
TWINS = ("plumless", "buckeroo")
"""Two words of one checksum."""


def of(*texts: str) -> Texts:
    found = Texts()
    for number, text in enumerate(texts):
        assert found.add(text) == number
    return found


@given(SOME, SOME)
def test_packed_texts_have_their_numbers_and_are_found(some: list[str], more: list[str]) -> None:
    found = Texts(of(*some).packed())
    later = [text for text in more if text not in some]
    for text in later:
        found.add(text)
    again = Texts(found.packed())
    for texts in (found, again):
        assert (list(texts), len(texts)) == ([*some, *later], len(some) + len(later))
    assert [found.find(text) for text in some] == [*range(len(some))]
    assert [found.find(text) for text in later] == [None] * len(later), "only those that were packed are"
    assert [again.find(text) for text in (*some, *later)] == [*range(len(again))]


def test_texts_of_one_checksum_are_told_apart() -> None:
    assert crc32(TWINS[0].encode()) == crc32(TWINS[1].encode())
    texts = Texts(of("", *TWINS).packed())
    assert [texts.find(text) for text in TWINS] == [1, 2]
    assert Texts(of("", TWINS[0]).packed()).find(TWINS[1]) is None


def test_half_of_a_character_is_kept() -> None:
    assert list(Texts(of("\ud800", "a").packed())) == ["\ud800", "a"]
