"""The filters that templates may use; each is a pure function of its arguments."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from markupsafe import Markup, escape

from generator.citing import bibtex, ris
from generator.citing.reference import Reference
from generator.theme import markdown, mathematics

_SCHEMES = ("https://", "http://")


def filters(base_path: str, origin: str) -> dict[str, Callable[..., object]]:
    """All filters by name, for a site that stands at `origin` under `base_path`."""

    def url(address: str) -> str:
        """Where an address of the site stands: with the base path before it."""
        return base_path + quote(address, safe="/#?=&;-._~+,")

    def absolute(address: str) -> str:
        """The same with scheme and host."""
        return origin + url(address)

    return {
        "url": url,
        "absolute": absolute,
        "outside": outside,
        "markdown": to_markup,
        "mathematics": with_formulas,
        "grouped": grouped,
        "bibtex": to_bibtex,
        "ris": ris.record,
    }


def outside(address: str) -> str:
    """An address that leaves the site, where it is one that a reader may safely follow; else nothing."""
    return address if address.lower().startswith(_SCHEMES) else ""


def to_markup(text: str) -> Markup:
    """Markdown as HTML that needs no further escaping."""
    return Markup(markdown.to_html(text))  # noqa: S704 - the parser escapes what it is given


def with_formulas(text: str) -> Markup:
    """Plain text with its TeX as MathML: for what a page shows, not for attributes and `<title>`."""
    return Markup(mathematics.html(text, escape))  # noqa: S704 - all but known MathML is escaped


def to_bibtex(reference: Reference) -> str:
    """A reference as BibTeX, with the formulas that a page would show."""
    return bibtex.entry(reference, mathematics.split)


def grouped(number: int) -> str:
    """`12,345`."""
    return f"{number:,}"
