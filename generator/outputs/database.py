"""The archive as one SQLite file, compressed: `exports/archive.sqlite.gz`. It is made anew for every change,
so that it has a batch of its own and is begun first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.exporting.database import sqlite_file
from generator.exporting.holding import Holding
from generator.exporting.packing import packed
from generator.model.paper import DayRecord
from generator.model.topics import Topic
from generator.outputs.artifact import Artifact
from generator.outputs.order import in_order
from generator.outputs.site import Site
from generator.pages import addresses
from generator.theme.theme import Theme


@dataclass(frozen=True, slots=True)
class SqliteFile:
    """The recipe of the database."""

    papers: Holding
    """Oldest first."""
    topics: tuple[Topic, ...]
    """Without their evidence, of which the file says nothing."""
    records: tuple[DayRecord, ...]

    def make(self, theme: Theme) -> bytes:
        return packed(sqlite_file(self.papers.papers, self.topics, self.records))


def plan(site: Site) -> Iterable[Artifact]:
    """None where exports are switched off, nor on a lean site."""
    if not site.settings.exports or site.is_lean:
        return
    archive = site.archive
    recipe = SqliteFile(
        Holding.of(archive, in_order(archive), figures=True, topics=True, observations=True),
        tuple(Topic(topic.slug, topic.name, topic.description, topic.parent) for topic in archive.topics),
        tuple(archive.records[day] for day in sorted(archive.records)),
    )
    yield Artifact(addresses.SQLITE_EXPORT, "SQLite file of the archive", recipe, "SQLite export")
