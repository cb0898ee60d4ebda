"""What a check found, as data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

_PLACES = 3
"""How many places of one finding are named, where it is found in many."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that is wrong, or worth knowing, in one place."""

    what: str
    """What is so, and what to do."""
    path: str
    """The file, relative to the site; empty for the site as a whole."""
    line: int = 0
    """From 1; 0 where no line is meant."""

    @property
    def where(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path or "the site"


@dataclass(slots=True)
class Counts:
    """What was looked at."""

    files: int = 0
    bytes: int = 0
    largest: int = 0
    pages: int = 0
    links: int = 0
    """Addresses that lead into the site, wherever they stand."""
    anchors: int = 0
    """Those of them that name a place on a page."""
    feeds: int = 0
    """Feeds, lists of feeds and other lists of addresses."""
    listed: int = 0
    """Pages in the sitemap."""


@dataclass(slots=True)
class Report:
    """What a check came to. The site holds together where there are no `errors`."""

    counts: Counts = field(default_factory=Counts)
    errors: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)


def lines(report: Report, *, whole: bool = False) -> Iterator[str]:
    """The report for a person. What is the same in many places is said once, with the first of them; all of
    them where the `whole` list is asked for."""
    counts = report.counts
    yield from _listed(report.notes, "note: ", whole=whole)
    yield from _listed(report.errors, "", whole=whole)
    yield (
        f"{counts.files:,} files of {_size(counts.bytes)}, the largest {_size(counts.largest)}; "
        f"{counts.pages:,} pages, {counts.listed:,} in the sitemap."
    )
    yield (
        f"{counts.links:,} addresses that lead into the site, {counts.anchors:,} of them to a place on a "
        f"page; {counts.feeds:,} feeds and lists."
    )
    if report.errors:
        kinds = len({error.what for error in report.errors})
        yield f"{_many(len(report.errors), 'finding')}, {kinds:,} of them different."
    else:
        yield "The site holds together."


def _listed(findings: Iterable[Finding], prefix: str, *, whole: bool) -> Iterator[str]:
    for what, group in groupby(sorted(findings), key=lambda finding: finding.what):
        places = list(group)
        named = places if whole or len(places) <= _PLACES + 1 else places[:_PLACES]
        for finding in named:
            yield f"{prefix}{finding.where}: {what}"
        if len(places) > len(named):
            rest = _many(len(places) - len(named), "more place")
            yield f"{prefix}  … and the same in {rest}; --all names them"


def _many(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def _size(size: int) -> str:
    """`512 bytes`, `8.7 KB`, `1.2 GB`."""
    if size < 1024:
        return f"{size} bytes"
    amount = float(size)
    for unit in ("KB", "MB"):
        amount /= 1024
        if amount < 1024:
            return f"{amount:,.1f} {unit}"
    return f"{amount / 1024:,.2f} GB"
