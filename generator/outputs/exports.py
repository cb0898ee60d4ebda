"""The archive as files for other programs: JSON Lines by month, and one CSV file of all papers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.exporting.holding import Holding
from generator.exporting.lines import json_lines
from generator.exporting.packing import packed
from generator.exporting.table import csv_table
from generator.model.archive import Archive
from generator.model.paper import Paper
from generator.model.periods import Month
from generator.outputs.artifact import Artifact
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

    papers: Holding

    def make(self, theme: Theme) -> bytes:
        return packed(csv_table(self.papers.papers))


def plan(site: Site) -> Iterable[Artifact]:
    """None where exports are switched off."""
    if not site.settings.exports:
        return
    archive = site.archive
    for month, papers in months_of(archive).items():
        recipe = MonthLines(Holding.of(archive, papers, figures=False))
        yield Artifact(addresses.lines_export(month), f"JSON Lines of {month.name}", recipe)
    table = Table(Holding.of(archive, in_order(archive), figures=True, around=True))
    yield Artifact(addresses.CSV_EXPORT, "CSV of all papers", table, "CSV export")


def in_order(archive: Archive) -> list[Paper]:
    """All papers, by the day they stand on, the oldest first, then by id."""
    return sorted(archive.papers, key=lambda paper: (paper.day, paper.id))


def months_of(archive: Archive) -> Mapping[Month, list[Paper]]:
    """The same by month: each paper once, in the month of the day it stands on."""
    months: dict[Month, list[Paper]] = defaultdict(list)
    for paper in in_order(archive):
        months[Month.of(paper.day)].append(paper)
    return months
