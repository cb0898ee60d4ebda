"""BibTeX: one `@misc` entry, in ASCII, for classic styles and for biblatex alike.

`archiveprefix` and `primaryclass` are arXiv's names (https://info.arxiv.org/help/hypertex/bibstyles/), which
biblatex reads as `eprinttype` and `eprintclass`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote

from generator.citing import names, tex
from generator.citing.reference import Reference

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""Macros that every style defines."""
_ALL_NAMED, _NAMED = 20, 10
"""Up to how many authors a brief entry names all, and how many where there are more; biblatex calls these
`maxnames` and `minnames`."""


def brief_entry(reference: Reference, split: tex.Split) -> str:
    """The entry for a place where it must be short: of more than 20 authors it names 10 `and others`, which
    every style prints as "et al."; most styles would do so themselves."""
    if len(reference.authors) <= _ALL_NAMED:
        return entry(reference, split)
    return _entry(reference, split, " and ".join([*map(author, reference.authors[:_NAMED]), "others"]))


def entry(reference: Reference, split: tex.Split) -> str:
    """The entry, with a line break at its end; `split` finds the formulas of its title."""
    return _entry(reference, split, " and ".join(map(author, reference.authors)))


def _entry(reference: Reference, split: tex.Split, authors: str) -> str:
    date = reference.date
    fields = (
        ("title", f"{{{tex.title(reference.title, split)}}}"),
        ("author", f"{{{authors}}}" if authors else ""),
        ("year", f"{{{date[0]}}}"),
        ("month", _MONTHS[date[1] - 1] if len(date) > 1 else ""),
        ("eprint", f"{{{reference.arxiv}}}" if reference.arxiv else ""),
        ("archiveprefix", "{arXiv}" if reference.arxiv else ""),
        ("primaryclass", f"{{{tex.escape(reference.category)}}}" if reference.category else ""),
        ("doi", f"{{{reference.doi}}}" if reference.doi else ""),
        ("url", f"{{{_quoted(reference.url)}}}" if reference.url else ""),
    )
    lines = "".join(f"  {name} = {value},\n" for name, value in fields if value)
    return f"@misc{{{reference.key},\n{lines}}}\n"


@lru_cache(maxsize=names.KEPT)
def author(name: str) -> str:
    """`van den Oord, Aaron`, `Daum{\\'e}, III, Hal`; what stays whole is in braces: `{Kimi Team}`."""
    parts = names.parse(name)
    if not parts.given:
        return f"{{{tex.escape(parts.family) or '?'}}}"
    family, given = tex.escape(parts.family), tex.escape(parts.given)
    if not family or not given:  # of signs that nobody sees
        return f"{{{family or given or '?'}}}"
    if " " in parts.family and _PARTED.search(parts.family):
        family = f"{{{family}}}"
    return f"{family}, {parts.suffix}, {given}" if parts.suffix else f"{family}, {given}"


def _quoted(address: str) -> str:
    return _NOT_IN_ADDRESSES.sub(lambda found: quote(found[0], safe=""), address)


_PARTED = re.compile(r"(?:\A|\s)[^\sa-z]\S*\s(?:.*\s)?[a-z]")
"""A family name that BibTeX would part at its word in lower case: `Agüera y Arcas`."""
_NOT_IN_ADDRESSES = re.compile(r"[^A-Za-z0-9%/:=&?~#+!$,;'@()*\[\]._-]")
"""What is percent-encoded in an address, braces above all."""
