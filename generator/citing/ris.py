"""RIS, which EndNote, Mendeley, RefWorks and Zotero read (https://en.wikipedia.org/wiki/RIS_(file_format)).

The theme's `cite.js` writes the same of a paper's page.
"""

from __future__ import annotations

from functools import lru_cache

from generator.citing import names
from generator.citing.reference import Reference


def record(reference: Reference) -> str:
    """The record of an unpublished work (UNPB), with a line break at its end."""
    date = reference.date
    lines = ["TY  - UNPB", f"ID  - {reference.key}", f"TI  - {reference.title}"]
    lines += [f"AU  - {author(name)}" for name in reference.authors]
    lines.append(f"PY  - {date[0]}")
    if len(date) > 1:
        lines.append(f"DA  - {'/'.join(f'{part:02d}' for part in date)}")
    if reference.arxiv:
        lines += ["PB  - arXiv", f"AN  - arXiv:{reference.arxiv}", f"DO  - {reference.doi}"]
    lines += [f"UR  - {reference.url}", "ER  - ", ""]
    return "\n".join(lines)


@lru_cache(maxsize=names.KEPT)
def author(name: str) -> str:
    """`Family, Given, Suffix`. A comma within a name that stays whole would part it, and is left out."""
    parts = names.parse(name)
    if not parts.given:
        return " ".join(parts.family.replace(",", " ").split())
    return ", ".join(part for part in (parts.family, parts.given, parts.suffix) if part)
