"""Phrases as they stand in texts: words and marks, in which case, hyphens and plurals make no difference."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator

_MARKS = ".,;:!?()"
_CUT = bytes.maketrans(
    string.punctuation.encode(),
    "".join(["." if char in _MARKS else " " for char in string.punctuation]).encode(),
)
"""What is no letter or digit parts two words, and no phrase reaches across a mark."""
_ALSO_CUT = re.compile("[\u2010-\u205e]")
"""Dashes, quotation marks and the like."""


def words_of(text: str) -> list[str]:
    """The words and marks of `text`, in lower case."""
    text = text.lower()
    if not text.isascii():
        text = _ALSO_CUT.sub(" ", text)
    cut = text.encode("utf-8", "surrogatepass").translate(_CUT).replace(b".", b" . ")
    return cut.decode("utf-8", "surrogatepass").split()


def folded(text: str) -> tuple[str, ...]:
    """The words and marks of `text`, each in the singular."""
    return tuple(map(singular, words_of(text)))


def forms(phrase: str) -> list[tuple[str, ...]]:
    """A phrase as words, with its hyphens as gaps, and with them as nothing."""
    return [form for form in dict.fromkeys((folded(phrase), folded(phrase.replace("-", "")))) if form]


def singular(word: str) -> str:
    """A plural without its ending; anything else as it is."""
    if len(word) <= 3 or not word.endswith("s") or word.endswith(("ss", "us", "is", "ias")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("sses", "xes", "ches", "shes")) else word[:-1]


def spellings(word: str) -> Iterator[str]:
    """A folded word as texts spell it, singular and plural."""
    for spelling in (word, word + "s", word + "es", re.sub("y$", "ies", word)):
        if singular(spelling) == word:
            yield spelling
