r"""Text as TeX in ASCII that BibTeX, biber and LaTeX read without a package.

- What has a command is in braces (`{\"u}`), which BibTeX takes for one letter; braces are commands too, since
  BibTeX counts even those that TeX is told to print.
- What TeX cannot print (Chinese, emoji) is transliterated: `王小明` comes out as `WangXiaoMing`. The other
  formats keep it as it is.
- A few letters (`ą`, `đ`, `þ`) exist only in LaTeX's encoding T1: `\usepackage[T1]{fontenc}`.
- Formulas use the mathematics of the LaTeX kernel alone; one that asks for more is printed as its source.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Protocol

from anyascii import anyascii
from pylatexenc.latexencode import UnicodeToLatexEncoder

from generator.citing import formulas


class Formula(Protocol):
    """TeX in a text."""

    @property
    def source(self) -> str: ...

    @property
    def raw(self) -> str: ...


Split = Callable[[str], Iterable["str | Formula"]]
"""Says what of a text is mathematics."""

_ASCII = {
    "\\": r"{\textbackslash}", "{": r"{\textbraceleft}", "}": r"{\textbraceright}", "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}", "<": r"{\textless}", ">": r"{\textgreater}", "|": r"{\textbar}",
    "$": r"\$", "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_",
}  # fmt: skip
_TRANSLATED = str.maketrans(_ASCII)
_SPECIAL = re.compile(r'[\\{}~^<>|$&%#_"]|[^ -~]')
_QUOTED = re.compile(r'"([^"]*)"')
_KNOWN = re.compile(
    r"""\{\\(?:['`^"~=.](?:\{?[A-Za-z]\}?|\{?\\[ij]\}?)|[uvHcdbrk]\{[A-Za-z]\}"""
    r"|ss|o|O|l|L|ae|AE|oe|OE|aa|AA|i|j|DJ|dj|DH|dh|TH|th|NG|ng|text(?:endash|emdash|quoteleft|quoteright"
    r"|quotedblleft|quotedblright|ellipsis|section|paragraph|copyright|registered|trademark|degree|pm|times|div|mu"
    r"|bullet|periodcentered|dagger|daggerdbl|sterling|exclamdown|questiondown|onehalf|onequarter|threequarters"
    r"|onesuperior|twosuperior|threesuperior|ordfeminine|ordmasculine|euro|yen|cent))\}"
)
"""What a LaTeX of 2020 or newer prints without a package."""
_ENSURED = re.compile(r"\{\\ensuremath\{([^{}]*)\}\}")
_MARKS = {
    "\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0304": "=", "\u0306": "u", "\u0307": ".",
    "\u0308": '"', "\u030a": "r", "\u030b": "H", "\u030c": "v", "\u0323": "d", "\u0327": "c", "\u0328": "k",
    "\u0331": "b",
}  # fmt: skip
_WORD = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*")
_AS_IT_IS = re.compile(r"(?: ?+[!'()*+,./0-9:;=?@A-Z\[\]`a-z-]++)*+ ?+")
"""Nothing special, and no white space but single spaces."""
_LOWERABLE = re.compile(
    r"(?:[:,;.!?)]*+ |[/(-])?"
    r"(?:(?:[AI]|[A-Z]?[a-z]++)(?:[:,;]? |[/-]|(?=[.!?]?\Z)))*+"
)
"""Words, whole ones, of which a style may lower the first letter: most of a title. Can be empty."""


def escape(text: str) -> str:
    """`text` as TeX that prints it."""
    text = " ".join(text.split())
    if not _SPECIAL.search(text):
        return text
    text = _QUOTED.sub(r"``\1''", unicodedata.normalize("NFC", text)).replace('"', "''")
    return _SPECIAL.sub(lambda found: _character(found[0]), text)


def title(text: str, split: Split) -> str:
    """A title as TeX: in braces what a style must not lower (`{BERT}`, `{GPT}-4`); formulas stay formulas."""
    if "$" not in text and "\\(" not in text:
        return _protected(text)
    return "".join(
        _protected(part) if isinstance(part, str) else _formula(part.source) or _protected(part.raw)
        for part in split(text)
    )


def _protected(text: str) -> str:
    done, at, parts = 0, 0, []
    while word := _WORD.search(text, _end(_LOWERABLE.match(text, at))):
        written, at = word[0], word.end()
        if not (written[1:].islower() and written.isalpha()) and _has_capitals(written):
            parts += [_gap(text[done : word.start()]), "{", escape(written), "}"]
            done = at
    return "".join([*parts, _gap(text[done:])])


def _end(found: re.Match[str] | None) -> int:
    return found.end() if found else 0


def _gap(text: str) -> str:
    """Escaped, with a space at an end that had one."""
    if _AS_IT_IS.fullmatch(text):
        return text
    before, after = " " * text[:1].isspace(), " " * text[-1:].isspace()
    return f"{before}{escape(text)}{after}" if text.strip() else before


def _has_capitals(word: str) -> bool:
    """Whether capitals belong to `word` itself: `BERT`, `arXiv`, `T5`, a single `Q`; not to `Attention`."""
    rest = word[1:]
    if rest != rest.lower() if rest.isascii() else any(char.isupper() for char in rest):
        return True
    if not word[0].isupper() or word in {"A", "I"}:
        return False
    return not rest or (not word.isalpha() and any(map(str.isdigit, word)))


@lru_cache(maxsize=8192)
def _character(char: str) -> str:
    """One character that TeX does not print as it is."""
    if char in _ASCII:
        return _ASCII[char]
    if unicodedata.category(char)[0] == "C":
        return ""
    known: str = _encoder().unicode_to_latex(char)
    if known.isascii() and char not in "ħĦ":
        if _KNOWN.fullmatch(known):
            return known
        if math := _ENSURED.fullmatch(known):
            found = formulas.kernel(math[1])
            if found:
                return f"{{${found}$}}"
    decomposed = unicodedata.normalize("NFD", char)
    base, marks = decomposed[0], decomposed[1:]
    if marks and base.isascii() and all(mark in _MARKS for mark in marks):
        made = f"\\{base} " if base in "ij" else base
        for mark in marks:
            made = f"\\{_MARKS[mark]}{{{made}}}"
        return f"{{{made}}}"
    return anyascii(char).translate(_TRANSLATED)


@lru_cache(maxsize=1)
def _encoder() -> UnicodeToLatexEncoder:
    return UnicodeToLatexEncoder(
        non_ascii_only=True,
        unknown_char_policy="keep",
        unknown_char_warning=False,
        replacement_latex_protection="braces-all",
    )


def _formula(source: str) -> str:
    """A formula in dollars, in braces so that no style changes its case; empty where it asks for too much."""
    found = formulas.kernel("".join(char if char.isascii() else _in_formula(char) for char in source))
    return f"{{${found}$}}" if found else ""


def _in_formula(char: str) -> str:
    """A character as TeX of a formula; a dollar, which no formula holds, where there is none."""
    found = re.fullmatch(r"\{\$(.*)\$\}", _character(char))
    return f"{{{found[1]}}}" if found else "$"
