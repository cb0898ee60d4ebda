"""Names of authors taken apart, as reference managers want them.

The feed gives names as they are spoken: `Ada Lovelace`, `Aaron van den Oord`, `Hal Daumé III`, `Kimi Team`.
Where it is not plain which word is the family's (one word, a comma, Chinese characters, a company), the name
stays whole: a name that is sorted oddly is better than one that is wrong.
"""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from generator.model.names import fold

_SUFFIXES = frozenset({"Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV", "2nd", "3rd"})
_PARTICLES = frozenset(
    {"Van", "Von", "De", "Del", "Della", "Di", "Da", "Dos", "Du", "Der", "Den", "Ten", "Ter"}
)
"""Also written with a capital: `Luc Van Gool`. Those in lower case need no list."""
_FIRST = frozenset(word.lower() for word in _PARTICLES)
_BETWEEN = frozenset({"y", "i", "e"})
"""What joins two family names: `Blaise Agüera y Arcas`."""
_VIETNAMESE = frozenset({"nguyen", "tran", "pham", "le", "phan", "vu", "huynh", "hoang"})
"""Family names before or after which `Van` is a middle name."""
_CORPORATE = frozenset({
    "AI", "NLP", "LLM", "Team", "team", "Lab", "Labs", "Laboratory", "Group", "Inc", "Ltd", "LLC", "GmbH",
    "Corp", "Corporation", "Company", "University", "Institute", "Academy", "Collaboration", "Consortium",
    "Foundation", "Project", "Community", "Initiative", "Alliance", "Research", "Robotics", "Technologies",
    "contributors", "Contributors",
})  # fmt: skip
"""Last words of what is no person."""
_JOINING = frozenset({"and", "for", "the", "university", "institute", "department"})
_UNUSUAL = re.compile(r"[0-9&@/,;()]")
_WHOLE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")
"""Kana, Han and Hangul: family names come first, mostly without a space."""
_SILENT = frozenset({"jr", "sr", "ii", "iii", "iv", "team", "lab", "labs", "group", "inc"})
"""Last words that say nothing about who it is; `bibtex.js` of the theme knows the same."""
_NOT_LETTERS = re.compile("[^a-z]")


class Name(msgspec.Struct, frozen=True, gc=False):
    """A name in its parts. `given` is empty where `family` is the whole name, and must not be taken apart."""

    family: str
    """With its particles: `van den Oord`."""
    given: str = ""
    suffix: str = ""


KEPT = 2**14
"""How many names a process keeps in each form: most that stand in several papers."""


@lru_cache(maxsize=KEPT)
def parse(name: str) -> Name:
    """The parts of a name; never fails."""
    words = name.split()
    suffix = words.pop() if len(words) > 2 and words[-1] in _SUFFIXES else ""
    if suffix:
        words[-1] = words[-1].removesuffix(",")
    if len(words) < 2 or _is_whole(words):
        return Name(" ".join(name.split()))
    start = _start(words)
    return Name(" ".join(words[start:]), " ".join(words[:start]), suffix)


def short(name: str) -> str:
    """The one word of `name` that a key is made of, in a-z: the last that says something; may be empty."""
    words = [_NOT_LETTERS.sub("", fold(word)) for word in name.split()]
    return next((word for word in reversed(words) if word and word not in _SILENT), "")


def _is_whole(words: list[str]) -> bool:
    """Whether it is not plain which of these words are the family's."""
    name = " ".join(words)
    return (
        words[-1].rstrip(".") in _CORPORATE
        or words[0] in _FIRST
        or words[0] == "Team"
        or not _JOINING.isdisjoint(name.lower().split())
        or _UNUSUAL.search(name) is not None
        or (not name.isascii() and _WHOLE.search(name) is not None)
    )


def _start(words: list[str]) -> int:
    """Where the family's name begins: at its first particle, else at the last word."""
    last = len(words) - 1
    for at in range(1, last):
        word = words[at]
        if word in _BETWEEN:
            return max(1, at - 1)
        if word in _PARTICLES:
            if word != "Van" or fold(words[-1]) not in _VIETNAMESE:
                return at
        elif word.islower() and word.isalpha():
            return at
    return last
