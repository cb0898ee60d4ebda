"""The filters that templates may use; each is a pure function of its arguments."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import quote

from markupsafe import Markup, escape

from generator.citing import bibtex
from generator.citing.reference import Reference
from generator.theme import markdown, mathematics

_SCHEMES = ("https://", "http://")
_LEFTWARDS = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""Characters that run from right to left, or make others do so (Unicode's blocks of such scripts)."""


_EITHER_WAY = Markup(' dir="auto"')
_NOT_PLAIN = re.compile('[^A-Za-z0-9/#?=&;:._~+,"-]')
"""What is percent-encoded in addresses of the site, beside quotes; most have nothing of it."""

_PLAIN_ADDRESS = re.compile("https?://[A-Za-z0-9/._~?=&#:+-]*")
"""Most of those that leave the site."""
_IN_NO_ADDRESS = re.compile(r"""[\x00-\x20"<>\\^`{|}\x7f]|%(?![0-9A-Fa-f]{2})""")


def _percent(found: re.Match[str]) -> str:
    return _percent_of(found[0])


@lru_cache(maxsize=4096)
def _percent_of(char: str) -> str:
    return quote(char, safe="")


def filters(base_path: str, origin: str) -> dict[str, Callable[..., object]]:
    """All filters by name, for a site that stands at `origin` under `base_path`."""

    @lru_cache(maxsize=16_384)
    def url(address: str) -> str:
        """Where an address of the site stands: with the base path before it."""
        return base_path + _NOT_PLAIN.sub(_percent, address).replace('"', "%22")

    def absolute(address: str) -> str:
        """The same with scheme and host."""
        return origin + url(address)

    return {
        "url": url,
        "absolute": absolute,
        "outside": outside,
        "markdown": to_markup,
        "mathematics": with_formulas,
        "direction": direction,
        "isolated": isolated,
        "grouped": grouped,
        "bibtex": to_bibtex,
    }


def outside(address: str) -> str:
    """An address that leaves the site, where it is one that a reader may safely follow; else nothing. What no
    address holds (RFC 3986) is percent-encoded, save for letters beyond ASCII, which browsers read."""
    if _PLAIN_ADDRESS.fullmatch(address):
        return address
    if not address.lower().startswith(_SCHEMES):
        return ""
    return _IN_NO_ADDRESS.sub(_percent, address.rstrip())


def to_markup(text: str) -> Markup:
    """Markdown as HTML that needs no further escaping."""
    return Markup(markdown.to_html(text))  # noqa: S704 - the parser escapes what it is given


def with_formulas(text: str) -> str:
    """Plain text with its TeX as MathML: for what a page shows, not for attributes and `<title>`. Most has
    none, and is yet to be escaped like all that a template writes."""
    if not mathematics.may_hold(text):
        return text
    return Markup(mathematics.html(text, escape))  # noqa: S704 - all but known MathML is escaped


def direction(text: str) -> str:
    """The attribute that lets an element run from right to left, where its text may; else nothing, since most
    texts do not and there are many."""
    return "" if text.isascii() or not _LEFTWARDS.search(text) else _EITHER_WAY


def isolated(text: str) -> str:
    """A name whose direction is no matter to what stands around it."""
    return text if text.isascii() or not _LEFTWARDS.search(text) else Markup("<bdi>{}</bdi>").format(text)


def to_bibtex(reference: Reference) -> str:
    """A reference as BibTeX, with the formulas that a page would show. It does not name a whole crowd."""
    return bibtex.brief_entry(reference, mathematics.split)


def grouped(number: int) -> str:
    """`12,345`."""
    return f"{number:,}"
