"""Text to terms: the same rules here, where the index is built, and in `search-analyzer.js`, which asks it.

Whatever is changed here must be changed there; the tests hold the two against each other over every token of
the real days. Stop words and stemmer are lunr's.
"""

from __future__ import annotations

import re
import unicodedata

from lunr.stemmer import PorterStemmer
from lunr.stop_word_filter import WORDS

STOP_WORDS = frozenset(WORDS)

_LETTERS = str.maketrans({
    "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d", "ς": "σ",
    "‘": "'", "’": "'", "ʼ": "'", "′": "'",
})  # fmt: skip
_POSSESSIVE = re.compile(r"'s(?!\w)")
_TOKEN = re.compile(
    r"[^\W_]+(?:\.(?<=[0-9]\.)(?=[0-9])[^\W_]+)*+"  # a word, a number, `2.5`
    r"(?:\+\+|(?<=(?<![^\W_])[cf])\#(?!\w))?"  # `c++`; C# and F#
)
_VERSIONED = re.compile(r"([0-9]{4}\.[0-9]{4,5})v[0-9]+")
_STEMMABLE = re.compile(r"[a-z]{3,}")


def fold(text: str) -> str:
    """`text` in lower case, without accents, with plain quotes."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text).lower()
        text = "".join(char for char in decomposed if unicodedata.category(char)[0] != "M")
        return text.translate(_LETTERS)
    return text.lower()


def tokens(text: str) -> list[str]:
    """The words of `text` in order, folded. Hyphen and slash part words; `2.5`, `c++` and ids stay whole."""
    folded = fold(text)
    if "'" in folded:
        folded = _POSSESSIVE.sub("", folded).replace("'", "")
    return _TOKEN.findall(folded)


def term(token: str, stemmer: PorterStemmer) -> str:
    """What `token` is indexed as; empty for a stop word. The version of an arXiv id does not count."""
    if token in STOP_WORDS:
        return ""
    if _STEMMABLE.fullmatch(token):
        return str(stemmer.stem(token))
    versioned = _VERSIONED.fullmatch(token)
    return versioned[1] if versioned else token


def terms(text: str) -> list[str]:
    """The terms of `text` in order, without stop words."""
    stemmer = PorterStemmer()
    return [found for found in (term(token, stemmer) for token in tokens(text)) if found]
