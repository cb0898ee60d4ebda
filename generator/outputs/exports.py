"""The archive as files for other programs: JSON Lines by month, and one CSV file of all papers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain, groupby

from generator.exporting.holding import Holding
from generator.exporting.lines import json_lines
from generator.exporting.packing import Piece, gzip_of, packed
from generator.exporting.table import csv_head, csv_rows
from generator.model.archive import Archive
from generator.model.paper import Paper
from generator.model.periods import Month
from generator.outputs.artifact import Artifact, aside
from generator.outputs.kept import ALL, Kept, Pieces
from generator.outputs.site import Site
from generator.pages import addresses
from generator.theme.theme import Theme


@dataclass(frozen=True, slots=True)
class MonthLines:
    """The recipe of a month's `papers-2025-11.jsonl.gz`."""

    papers: Holding

    def make(self, theme: Theme) -> bytes:
        return packed(json_lines(self.papers.papers))


@dataclass(frozen=True, slots=True)
class Table:
    """The recipe of `papers.csv.gz`."""

    months: tuple[Holding, ...]
    """Each of which is compressed by itself and kept."""
    kept: Kept = aside()

    def make(self, theme: Theme) -> bytes:
        known = self.kept.open()
        made = [known.drawer(ALL).get(month.digest, partial(_rows, month)) for month in self.months]
        known.save()
        return gzip_of([Piece.of(csv_head()), *chain.from_iterable(made)])


def _rows(month: Holding) -> Pieces:
    return (Piece.of(csv_rows(month.papers)),)


def plan(site: Site) -> Iterable[Artifact]:
    """None where exports are switched off."""
    if not site.settings.exports:
        return
    archive = site.archive
    months = months_of(archive)
    for month, papers in months.items():
        recipe = MonthLines(Holding.of(archive, papers))
        yield Artifact(addresses.lines_export(month), f"JSON Lines of {month.name}", recipe)
    rows = tuple(Holding.of(archive, papers, figures=True, topics=True) for papers in months.values())
    table = Table(rows, site.kept.of("table"))
    yield Artifact(addresses.CSV_EXPORT, "CSV of all papers", table, "CSV export")


def in_order(archive: Archive) -> list[Paper]:
    """All papers, by the day they stand on, the oldest first, then by id."""
    return list(chain.from_iterable(months_of(archive).values()))


def months_of(archive: Archive) -> Mapping[Month, list[Paper]]:
    """The same by month: each paper once, in the month of the day it stands on. Made once."""
    known = archive.memo.get(_MEMO)
    if not isinstance(known, dict):
        ordered = sorted(archive.papers, key=lambda paper: (paper.day, paper.id))
        by_day = groupby(ordered, key=lambda paper: paper.day)
        months: dict[Month, list[Paper]] = defaultdict(list)
        for day, papers in by_day:
            months[Month.of(day)].extend(papers)
        known = archive.memo[_MEMO] = dict(months)
    return known


_MEMO = "papers by month"
