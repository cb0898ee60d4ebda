"""Whether two texts have the same words, apart from how mathematics and emphasis are marked in them. Pure.

The feed strips marks of TeX from titles and abstracts, not always the same ones: `$\\times$` comes as
`times`, `$\\mathcal{O}(n)$` as `mathcal{O}(n)`, `\\textsc{Wheel}` as it was or as `Wheel`; `$5` stays.
"""

from __future__ import annotations

import re

_NAMES = r"(?:text[a-z]*|math(?:rm|bf|it|sf|tt)|emph|mbox)"
TEXT_MACRO = re.compile(rf"\\{_NAMES}(?![a-zA-Z])\s*")
"""What sets words in a formula, or in another face: `\\textsc`."""
_BARE_MACRO = re.compile(rf"(?<![a-zA-Z]){_NAMES}(?=\{{)")
"""The same after the feed took its backslash."""
_MARKS = re.compile(r"[\\${}\s]")
_TEX = re.compile(r"[\\$]")


def letters(text: str) -> str:
    """`text` without white space, dollars, braces, backslashes, and macros that only change the face."""
    return _MARKS.sub("", TEXT_MACRO.sub("", text))


def same_words(one: str, other: str) -> bool:
    """Whether two texts differ in nothing but what `letters` drops, and bare names of its macros."""
    return one == other or _key(one) == _key(other) != ""


def more_tex(one: str, other: str) -> bool:
    """Whether `one` has more dollars and backslashes than `other`."""
    return len(_TEX.findall(one)) > len(_TEX.findall(other))


def _key(text: str) -> str:
    return letters(_BARE_MACRO.sub("", text))
