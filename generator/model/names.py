"""Slugs: names as parts of an address. Stable, readable, never empty."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_FOLDED = str.maketrans({
    "ß": "ss", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d",
    "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ı": "i", "þ": "th", "ð": "d",
})  # fmt: skip
_GREEK = dict(zip("αβγδεζηθικλμνξοπρστυφχψω", (
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu",
    "nu", "xi", "omicron", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega",
), strict=True))  # fmt: skip

MOST = 80
"""How long a slug may be, in characters."""

RESERVED = frozenset({"a-z", "index.html"})
"""What no name's slug is: below an index, these hold the pages of its letters and itself."""

_PARTING = str.maketrans({chr(code): " " for code in range(128) if not chr(code).isalnum()})
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


def fold(text: str) -> str:
    """`text` in lower case without accents: what two spellings of one name share. Not only ASCII.

    Compatible forms are one (NFKD, UAX #15): `ﬁ` is `fi`, `２` is `2`, `²` is `2`.
    """
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.translate(_FOLDED))
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()


def spell(text: str) -> str:
    """`text` folded, its Greek letters spelled."""
    folded = fold(text)
    return folded if folded.isascii() else "".join(_GREEK.get(char, char) for char in folded)


def slugify(text: str) -> str:
    """An ASCII slug of at most 80 characters: a function of `text` alone, so that it never changes.

    Greek letters are spelled (`π₀` is `pi0`). Where something is left out that tells names apart, letters
    without an ASCII form or what stands beyond the 80th character, eight hexadecimal digits of a SHA-256
    follow (`李 Wei` is `wei-` and digits); where nothing is left, they follow an `x-` (`智谱`).
    """
    spelled = spell(text)
    lost = False
    if not spelled.isascii():
        lost = any(char.isalnum() for char in _NOT_ASCII.findall(spelled))
        spelled = _NOT_ASCII.sub(" ", spelled)
    slug = "-".join(spelled.translate(_PARTING).split())
    if slug and len(slug) <= MOST and not lost and slug not in RESERVED:
        return slug
    return f"{slug[: MOST - 9].rstrip('-') or 'x'}-{digest(fold(text))}"


def plain_slug(text: str) -> str:
    """`slugify` for most of what is ASCII; empty where it takes more than putting hyphens between words."""
    slug = "-".join(text.lower().translate(_PARTING).split())
    return slug if len(slug) <= MOST and slug not in RESERVED else ""


def digest(text: str) -> str:
    """Eight hexadecimal digits that stand for `text`, the same on every machine (SHA-256)."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8]
