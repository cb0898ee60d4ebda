"""TeX in a title or an abstract, as MathML.

`split` decides what of a text is mathematics; `mathml` renders it, or says that it cannot, and then it stays
the text that it was. In the feed's days a dollar is more often money than mathematics, and a price shown as a
formula misleads while a formula shown as TeX can still be read: where a dollar may be either, it is text.

Two dollars delimit a formula where
- they are neighbours in the text, neither escaped (`\\$`) nor doubled (`$$`), with no space just inside;
- what they enclose is balanced and holds no prose: `5 million and`, `P(final output is incorrect) le`;
- it is TeX beyond doubt (a macro, a script, a Greek letter, a percentage), or else begins with a letter and
  is as short and plain as `k`, `n+1` and `O(n)`, with no figure before it and, unless it is a single letter,
  no word behind it.
A bare number is a price (`$10$`). `\\(…\\)` is mathematics without such doubts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from html import escape, unescape
from xml.etree.ElementTree import Element

MAX_SOURCE = 500
"""Characters of TeX; what is longer is text."""
MAX_SIGNS = 28
"""Visible characters of a formula. A browser does not break it: a longer one would be wider than a phone."""
_MAX_DEPTH = 20
"""Braces in braces."""
_MAX_ANNOTATION = 100
"""Characters of TeX that are kept beside a formula that shows other ones, for those who copy it."""


_TOUCHING_END = re.compile(r"[^\s$]{1,12}\Z")
_TOUCHING_START = re.compile(r"\A[^\s$]{1,12}")


@dataclass(frozen=True, slots=True)
class Tex:
    """A formula in a text."""

    source: str
    raw: str
    """The same with its delimiters, as it stands in the text."""


_MARK = re.compile(r"(?<![\\$])(?:\\\\)*(?P<dollar>\$)(?!\$)|\\\((?P<inside>[^$]{1,500}?)\\\)")

_MACRO = re.compile(r"\\[A-Za-z]+")
_WORDING = re.compile(
    r"\\(?:text[a-z]*|math(?:rm|bf|it|sf|tt|bb|cal|frak|scr)|operatorname|mbox|emph|hbox)\s*\{[^{}]*\}"
)
_FUNCTIONS = "log|ln|exp|sin|cos|tan|max|min|sup|inf|lim|arg|argmax|argmin|mod|det|dim|ker|gcd|tr|Pr"
_WORD = (
    rf"(?!(?:{_FUNCTIONS})\b)"
    r"(?:[A-Za-z]{3,}|an|as|at|be|by|do|if|in|is|it|le|lt|ge|gt|ne|no|of|on|or|so|to|up|us|vs|we)(?![A-Za-z])"
)
_PROSE = re.compile(rf"(?<=\s){_WORD}|(?<![A-Za-z\\]){_WORD}(?=\s)")
_EVIDENCE = re.compile(r"\\[A-Za-z]|\^|_(?:[A-Za-z0-9](?![A-Za-z0-9])|[{\\])|[Ͱ-Ͽ℀-⅏∀-⋿×±]")
_PERCENTAGE = re.compile(r"[0-9][0-9.,]*\s?\\%")
_PLAIN = re.compile(r"(?!(?s:.*)[A-Za-z]{3})[A-Za-z(-][A-Za-z0-9\s()\[\],.'+\-−=<>|/*:]*")
_PLAIN_END = re.compile(r"[A-Za-z0-9)\]']\Z")
_REFUSED = re.compile(
    r"(?<!\\)[&#%]|\\[$]|\\(?:begin|end|new|renew|provide|def|let|declare|unicode|char)", re.I
)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]|\n[ \t]*\n")


def split(text: str) -> tuple[str | Tex, ...]:
    """What `text` is made of, in its order. Joined, with each formula's `raw`, it is `text` again."""
    parts: list[str | Tex] = []
    done = 0  # up to here all is in `parts`
    opening = -1  # where the dollar stands that may open a formula
    for mark in _MARK.finditer(text):
        if mark["dollar"]:
            at = mark.start("dollar")
            start, source, end = opening, text[opening + 1 : at], at + 1
            before, after = text[max(opening - 1, 0) : max(opening, 0)], text[end : end + 1]
            is_formula = opening >= 0 and _is_formula(source, before, after)
            opening = -1 if is_formula else at
        else:
            start, source, end = mark.start(), mark["inside"].strip(), mark.end()
            is_formula = _is_sound(source) and not _holds_prose(source)
            opening = -1
        if is_formula:
            parts += [part for part in (text[done:start], Tex(source, text[start:end])) if part]
            done = end
    return (*parts, text[done:]) if text[done:] or not parts else tuple(parts)


def html(text: str, escaped: Callable[[str], str]) -> str:
    """`text` as HTML: its formulas as MathML, all else as `escaped` gives it.

    Characters that touch a formula stay on its line, in a span of the class `formula`: else a browser might
    break a word there, or begin a line with the comma behind a formula.
    """
    if not may_hold(text):
        return escaped(text)
    plain = [""]  # before, between and behind the formulas
    formulas: list[str] = []
    for part in split(text):
        formula = mathml(part.source) if isinstance(part, Tex) else None
        if formula is None:
            plain[-1] += part.raw if isinstance(part, Tex) else part
        else:
            formulas.append(formula)
            plain.append("")
    told: list[str] = []  # joined, never added: `escaped` may give a Markup, which would escape what is added
    for formula, behind in zip(formulas, range(1, len(plain)), strict=True):
        before, touching_before = _parted(plain[behind - 1], _TOUCHING_END)
        after, touching_after = _parted(plain[behind], _TOUCHING_START)
        plain[behind] = after
        shown = "".join([escaped(touching_before), formula, escaped(touching_after)])
        told += [escaped(before), shown if shown == formula else f'<span class="formula">{shown}</span>']
    return "".join([*told, escaped(plain[-1])])


def _parted(text: str, touching: re.Pattern[str]) -> tuple[str, str]:
    """`text` without what touches a formula, and that."""
    found = touching.search(text)
    return (text[: found.start()] + text[found.end() :], found[0]) if found else (text, "")


def may_hold(text: str) -> bool:
    """Whether there is anything in `text` that could delimit a formula; of Markdown too."""
    return "$" in text or "\\(" in text


@lru_cache(maxsize=4096)
def mathml(source: str) -> str | None:
    """A `math` element for the TeX of a formula; None where it cannot be rendered.

    Only elements and attributes that are known here come out, so no address, style, class, colour or handler
    can; a macro that is not known to the library, which would show its name, is a failure.
    """
    if not _is_sound(source):
        return None
    # Most sites hold few formulas and many builds meet none; the library reads its symbols for 50 ms.
    from latex2mathml.converter import Converter

    try:
        tree = Converter().convert_to_element(source)
        signs = "".join(unescape(text) for text in tree.itertext())
        if not 0 < len(signs.strip()) <= MAX_SIGNS or "\\" in signs or _CONTROL.search(signs):
            return None
        content = "".join(_written(child) for child in tree)
    except Exception:  # the library is given what strangers typed, and tells its refusals in many ways
        return None
    if len(source) <= _MAX_ANNOTATION and source != signs:
        note = f'<annotation encoding="application/x-tex">{escape(source, quote=False)}</annotation>'
        content = f"<semantics>{content}{note}</semantics>"
    return f'<math display="inline">{content}</math>'


def _is_formula(source: str, before: str, after: str) -> bool:
    """Whether `source` between two dollars is mathematics; `before` and `after` are their neighbours."""
    if not source or source[0].isspace() or source[-1].isspace() or not _is_sound(source):
        return False
    if _holds_prose(source):
        return False
    bare = _WORDING.sub("", source)
    if source[0].isdigit() or source[0] in ".,":
        is_certain = bool(_PERCENTAGE.fullmatch(source) or _EVIDENCE.search(bare)) and source[0] != ","
        return is_certain and not after.isdigit()
    if _EVIDENCE.search(source):
        return source[0] not in ",;:!?)]}/"
    if before.isdigit() or not _PLAIN.fullmatch(source) or not _PLAIN_END.search(source):
        return False
    return len(source) == 1 or not after.isalnum()


def _holds_prose(source: str) -> bool:
    """Whether words stand in TeX as words do, outside of `\\text{…}` and the like."""
    return bool(_PROSE.search(_MACRO.sub("\\\\", _WORDING.sub("", source))))


def _is_sound(source: str) -> bool:
    """Whether TeX is short, balanced, not deep, and defines nothing; without environments and controls."""
    if not 0 < len(source) <= MAX_SOURCE or _REFUSED.search(source) or _CONTROL.search(source):
        return False
    depth = 0
    for brace in re.findall(r"\\.|[{}]", source, re.DOTALL):
        depth += (brace == "{") - (brace == "}")
        if not 0 <= depth <= _MAX_DEPTH:
            return False
    return depth == 0


_CHILDREN = {
    "mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "mover": 2, "munder": 2, "msubsup": 3, "munderover": 3,
    "mi": 0, "mn": 0, "mo": 0, "mtext": 0, "mspace": 0,
}  # fmt: skip
"""How many children an element must have, where that matters."""
_GROUPS = frozenset({"mrow", "mstyle", "msqrt"})
_TRUTH = "true|false"
_LENGTH = r"-?[0-9]?(?:\.[0-9]{1,4})?em"
_ATTRIBUTES = {
    "mathvariant": "[a-z-]{4,24}", "form": "prefix|infix|postfix", "stretchy": _TRUTH, "fence": _TRUTH,
    "separator": _TRUTH, "largeop": _TRUTH, "movablelimits": _TRUTH, "accent": _TRUTH, "accentunder": _TRUTH,
    "displaystyle": _TRUTH, "scriptlevel": "[0-2]", "linethickness": "0|0em|0px", "width": _LENGTH,
    "lspace": _LENGTH, "rspace": _LENGTH, "minsize": _LENGTH, "maxsize": _LENGTH,
}  # fmt: skip
_SPACE = '<mspace width="0.17em"></mspace>'


def _written(element: Element) -> str:
    """`element` as HTML and as XML. Raises ValueError where something in it is not known to be harmless."""
    children = list(element)
    if element.tag not in _GROUPS and _CHILDREN.get(element.tag) != len(children):
        raise ValueError(f"{element.tag} with {len(children)} children")
    for name, value in element.items():
        if not re.fullmatch(_ATTRIBUTES.get(name, "(?!)"), value):
            raise ValueError(f"{name}={value!r}")
    attributes = "".join(f' {name}="{value}"' for name, value in element.items())
    inside = escape(unescape(element.text or ""), quote=False)
    for place, child in enumerate(children):
        if place and element.tag in _GROUPS and _is_apart(children[place - 1], child):
            inside += _SPACE
        inside += _written(child)
    return f"<{element.tag}{attributes}>{inside}</{element.tag}>"


def _is_apart(one: Element, other: Element) -> bool:
    """Whether a thin space belongs between two: around `log`, which the library sets like a letter."""
    first, second = _nucleus(one), _nucleus(other)
    if first.tag == "mi" and _is_name(first):
        return second.tag != "mo"
    return second.tag == "mi" and _is_name(second) and first.tag in {"mi", "mn"}


def _nucleus(element: Element) -> Element:
    return element[0] if element.tag in {"msub", "msup", "msubsup"} and len(element) else element


def _is_name(element: Element) -> bool:
    text = element.text or ""
    return len(text) > 1 and text.isalpha()
