"""Text to terms: the same rules here, where the index is built, and in `search-analyzer.js`, which asks it.

Whatever is changed here must be changed there; the tests hold the two against each other over every token of
the real days. Stop words and stemmer are lunr's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from lunr.stemmer import PorterStemmer
from lunr.stop_word_filter import WORDS

from generator.model.wordlist import lines_of

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
_ENDING = re.compile(
    r"(?:s|ed|ing|y|e|ll|al|er|ic|ant|ent|ion|ou|ism|ful|enci|anci|bli|alli|entli|eli|ousli|ator|aliti|iviti"
    r"|biliti|logi|iciti|iti)\Z"
)
"""Every ending that Porter's stemmer looks for ends in one of these: a word with none is its own stem."""
_STRANGE = re.compile(r"[^\x00-\x7f]")
_APART = bytes(
    [
        byte if byte > 127 or chr(byte) in ".+#'_" else ord(chr(byte).lower() if chr(byte).isalnum() else " ")
        for byte in range(256)
    ]
)


@lru_cache(maxsize=20_000)
def _folded(letter: str) -> str:
    """What one letter beyond ASCII is folded to. The letters around it do not count: what Unicode orders anew
    are marks, and those go."""
    decomposed = unicodedata.normalize("NFKD", letter).lower()
    kept = "".join(char for char in decomposed if unicodedata.category(char)[0] != "M")
    return kept.translate(_LETTERS)


def fold(text: str) -> str:
    """`text` in lower case, without accents, with plain quotes."""
    if not text.isascii():
        text = _STRANGE.sub(lambda found: _folded(found[0]), text)
    return text.lower()


def pieces(texts: Iterable[str]) -> bytes:
    """`texts` as lines (see `WordList`), cut where no token reaches across: the tokens of a line's pieces are
    those of the text, in order.

    Many times as fast as `tokens`. Most pieces are one token; the others need be looked at only once.
    """
    return lines_of([_cut(text) for text in texts], _APART)


def _cut(text: str) -> str:
    if not text.isascii():
        text = _STRANGE.sub(lambda found: _spaced(found[0]), text)
    return text.replace(". ", "  ")


@lru_cache(maxsize=20_000)
def _spaced(letter: str) -> str:
    return "".join(char if char.isascii() or char.isalnum() else " " for char in _folded(letter))


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
        return str(stemmer.stem(token)) if _ENDING.search(token) else token
    versioned = _VERSIONED.fullmatch(token)
    return versioned[1] if versioned else token


def terms_of(words: Iterable[str]) -> list[str]:
    """What each of `words` is indexed as."""
    stemmer = PorterStemmer()
    return [term(word, stemmer) for word in words]


def terms(text: str) -> list[str]:
    """The terms of `text` in order, without stop words."""
    return [found for found in terms_of(tokens(text)) if found]
