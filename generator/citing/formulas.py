"""Formulas that LaTeX sets with its kernel alone: no package, no error, nothing that is defined.

A formula comes from strangers and must not stop a document: macros are listed here, scripts and arguments
looked at. What asks for more than that is not set at all; whoever asks prints its source.
"""

from __future__ import annotations

import re

_MACRO = re.compile(r"\\([A-Za-z]+)")
_INSTEAD = {
    "mathbb": "mathbf", "mathscr": "mathcal", "mathfrak": "mathrm", "operatorname": "mathrm",
    "boldsymbol": "mathbf", "bm": "mathbf", "text": "mathrm", "textnormal": "mathrm", "dfrac": "frac",
    "tfrac": "frac", "lvert": "vert", "rvert": "vert", "leqslant": "leq", "geqslant": "geq",
    "dots": "ldots", "varnothing": "emptyset",
}  # fmt: skip
"""Macros of packages, and what of the kernel comes closest."""


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_BARE = _names("""
    alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi
    varpi rho varrho sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi
    Sigma Upsilon Phi Psi Omega times cdot div pm mp ast star circ bullet oplus ominus otimes odot cap
    cup setminus wedge vee land lor lnot neg dagger leq le geq ge neq ne ll gg sim simeq approx equiv
    cong propto subset supset subseteq supseteq in ni notin mid parallel perp vdash models prec succ to
    gets rightarrow leftarrow Rightarrow Leftarrow leftrightarrow Leftrightarrow mapsto longrightarrow
    uparrow downarrow infty partial nabla forall exists emptyset ell hbar Re Im aleph prime angle top
    bot sum prod int oint bigcup bigcap log ln exp sin cos tan max min sup inf lim arg det dim ker gcd
    Pr ldots cdots vdots ddots quad qquad lbrace rbrace langle rangle lfloor rfloor lceil rceil vert
    Vert backslash colon
""")
_WITH_ONE = _names("""
    hat bar tilde vec dot ddot check breve acute grave widehat widetilde overline underline sqrt mathrm
    mathbf mathit mathsf mathtt mathcal
""")
"""Macros that want one argument."""
_SIGN = (
    r"\\(?:infty|top|bot|prime|partial|nabla|ell|emptyset|forall|exists|aleph|ast|star|circ|bullet|dagger|times"
    r"|perp|pm|mp|alpha|beta|gamma|delta|(?:var)?epsilon|zeta|eta|(?:var)?theta|iota|kappa|lambda|mu|nu|xi"
    r"|(?:var)?pi|(?:var)?rho|(?:var)?sigma|tau|upsilon|(?:var)?phi|chi|psi|omega|Gamma|Delta|Theta|Lambda|Xi"
    r"|Pi|Sigma|Upsilon|Phi|Psi|Omega)(?![A-Za-z])"
)
"""One sign, which may be raised, lowered and accented without braces."""
_SCRIPT = r"(?:\{[^{}]*\}|\\[A-Za-z]+|[^\s\\{])"
_BROKEN_SCRIPT = (
    r"[\^_]\s*(?:\Z|[\^_}]|\\[^A-Za-z])"  # nothing to raise or to lower
    rf"|\^\s*{_SCRIPT}(?:\s*_\s*{_SCRIPT})?\s*['^]|_\s*{_SCRIPT}(?:\s*\^\s*{_SCRIPT})?\s*_|'\s*\^"
    rf"|[\^_]\s*(?=\\)(?!{_SIGN})"
)
_ONE = rf"\s*\{{|\s+[A-Za-z]|\s*{_SIGN}"
"""These two are long, and compiled where there is a formula."""
_TWO = re.compile(r"\s*\{[^{}]*\}\s*\{[^{}]*\}")
_SPACE = re.compile(r"\\[,;:! ]")


def kernel(source: str) -> str:
    """`source` in the kernel's mathematics, ASCII; empty where that cannot be said."""
    source = source.replace("\\{", "\\lbrace ").replace("\\}", "\\rbrace ").strip()
    source = _MACRO.sub(lambda found: "\\" + _INSTEAD.get(found[1], found[1]), source)
    return source if source and _is_kernel(source) else ""


def _is_kernel(source: str) -> bool:
    """Whether LaTeX sets `source` in a formula without a package and without an error."""
    if (
        not source.isascii()
        or re.search(_BROKEN_SCRIPT, source)
        or re.search(r"[$#&%~]", source.replace("\\%", ""))
    ):
        return False
    bare = _SPACE.sub(".", source.replace("\\%", ""))
    for found in _MACRO.finditer(bare):
        name, behind = found[1], bare[found.end() :]
        if name == "frac":
            if not _TWO.match(behind):
                return False
        elif name in _WITH_ONE:
            if not re.match(_ONE, behind):
                return False
        elif name not in _BARE:
            return False
    return "\\" not in _MACRO.sub("", bare) and _is_balanced(bare)


def _is_balanced(source: str) -> bool:
    depth = 0
    for brace in re.findall("[{}]", source):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0
