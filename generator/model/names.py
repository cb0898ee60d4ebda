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


def fold(text: str) -> str:
    """`text` in lower case without accents: what two spellings of one name share. Not only ASCII."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_FOLDED))
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()


def slugify(text: str) -> str:
    """An ASCII slug of at most 80 characters.

    Greek letters are spelled (`π₀` is `pi0`). What has no ASCII form at all (`智谱`) becomes `x-` and eight
    hexadecimal digits of its SHA-256, the same on every machine.
    """
    spelled = "".join(_GREEK.get(char, char) for char in fold(text))
    slug = re.sub(r"[^a-z0-9]+", "-", spelled).strip("-")[:80].rstrip("-")
    return slug or "x-" + hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8]
