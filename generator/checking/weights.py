"""What may be how heavy: pages for their readers, the site for its host."""

from __future__ import annotations

import re
import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from generator.checking.findings import Counts, Finding

_DAY = re.compile(r"papers/date/\d{4}-\d\d-\d\d/index\.html")
_PAPER = re.compile(r"papers/(?!(?:date|week|month|year|trending|top)/)[^/]+(?:/[^/]+)?/index\.html")
_GZIP_FRAME = 18
"""Bytes of head and tail (RFC 1952, section 2.3) around what is compressed."""


@dataclass(frozen=True, slots=True)
class Limits:
    """In bytes; pages as a host sends them, with gzip."""

    day: int = 30 * 1024
    """A page of a day and its style sheets, where it lists at most `day_papers`."""
    day_papers: int = 42
    paper: int = 9 * 1024
    """A page of a paper of at most `paper_authors`; each stands on it twice, which cannot be helped."""
    paper_authors: int = 250
    file: int = 100 * 1024**2
    """One file, at GitHub: https://docs.github.com/en/repositories/working-with-files/managing-large-files."""
    site: int = 1024**3
    """A site at GitHub Pages: https://docs.github.com/en/pages/getting-started-with-github-pages."""


def is_day(path: str) -> bool:
    return _DAY.fullmatch(path) is not None


def is_paper(path: str) -> bool:
    """Whether the file is the page of one paper. An old arXiv id holds a slash."""
    return _PAPER.fullmatch(path) is not None


def packed(data: bytes, *, unless_below: int = 0) -> int:
    """How many bytes of `data` a host sends; perhaps too many where that is below a limit all the same."""
    if len(data) < unless_below:
        return len(data)
    quick = len(zlib.compress(data, 1)) + _GZIP_FRAME
    return quick if quick < unless_below else len(zlib.compress(data, 6)) + _GZIP_FRAME


def of_day(path: str, page: int, styles: int, papers: int, limits: Limits) -> Iterator[Finding]:
    if papers <= limits.day_papers and page + styles > limits.day:
        yield Finding(
            f"is too heavy for a day of at most {limits.day_papers} papers: more than "
            f"{limits.day / 1024:g} KB with gzip and its style sheet; shorten template or style sheet",
            path,
        )


def of_paper(path: str, page: int, authors: int, limits: Limits) -> tuple[Finding | None, bool]:
    """What is to be said of a paper's page, and whether that is an error."""
    if page <= limits.paper:
        return None, False
    is_error = authors <= limits.paper_authors
    why = "shorten the template" if is_error else f"its paper has more than {limits.paper_authors} authors"
    what = f"is too heavy for the page of a paper: more than {limits.paper / 1024:g} KB with gzip; {why}"
    return Finding(what, path), is_error


def of_site(sizes: Collection[tuple[str, int]], counts: Counts, limits: Limits) -> Iterator[Finding]:
    for path, size in sizes:
        if size > limits.file:
            yield Finding(
                f"is larger than the {limits.file / 1024**2:,.4g} MB that GitHub takes of one file; "
                "switch off what makes it (exports: false)",
                path,
            )
    if counts.bytes > limits.site:
        yield Finding(
            f"is larger than the {limits.site / 1024**3:.4g} GB that GitHub Pages hosts; publish fewer pages "
            "(author_share, keyword_papers, exports in the settings) or choose another host",
            "",
        )
