"""The archive as files for other programs: JSON Lines by month, and one CSV file of all papers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from itertools import chain

from generator.exporting.holding import Holding
from generator.exporting.lines import json_lines
from generator.exporting.packing import Piece, gzip_of, packed
from generator.exporting.table import csv_head, csv_rows
from generator.outputs.artifact import Artifact, aside
from generator.outputs.kept import Kept, Pieces, drawer_of
from generator.outputs.order import months_of
from generator.outputs.site import Site
from generator.pages import addresses
from generator.pages.known import register
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
        made = [
            known.drawer(drawer_of(place)).get(month.digest, partial(_rows, month))
            for place, month in enumerate(self.months)
        ]
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
    known = register(archive, site.settings)
    rows = [
        Holding.of(archive, papers, figures=True, topics=True, told=(known.listed(papers),))
        for papers in months.values()
    ]
    table = Table(tuple(rows), site.kept.of("table"))
    yield Artifact(addresses.CSV_EXPORT, "CSV of all papers", table, "CSV export")
