"""RIS, which EndNote, Mendeley, RefWorks and Zotero read (https://en.wikipedia.org/wiki/RIS_(file_format)).

The theme's `cite.js` writes the same of a paper's page.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from generator.citing import names
from generator.citing.reference import Reference


@lru_cache(maxsize=50_000)
def record(reference: Reference) -> str:
    """The record of an unpublished work (UNPB), with a line break at its end."""
    return "".join(f"{tag}  - {value}\n" for tag, value in _lines(reference)) + "ER  - \n"


@lru_cache(maxsize=65_536)
def author(name: str) -> str:
    """`Family, Given, Suffix`. A comma within a name that stays whole would part it, and is left out."""
    parts = names.parse(name)
    if not parts.given:
        return " ".join(parts.family.replace(",", " ").split())
    return ", ".join(part for part in (parts.family, parts.given, parts.suffix) if part)


def _lines(reference: Reference) -> Iterator[tuple[str, str]]:
    date = reference.date
    yield "TY", "UNPB"
    yield "ID", reference.key
    yield "TI", reference.title
    for name in reference.authors:
        yield "AU", author(name)
    yield "PY", str(date[0])
    if len(date) > 1:
        yield "DA", "/".join(f"{part:02d}" for part in date)
    if reference.arxiv:
        yield "PB", "arXiv"
        yield "AN", f"arXiv:{reference.arxiv}"
        yield "DO", reference.doi
    yield "UR", reference.url
