"""Everything that content/ holds, as values, and a change to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from generator.model.paper import DayRecord, Figures, Observation, Paper


@dataclass(frozen=True, slots=True)
class Contents:
    """All papers by id, all observations by paper (oldest first), and the day log by day."""

    papers: Mapping[str, Paper] = field(default_factory=dict)
    observations: Mapping[str, tuple[Observation, ...]] = field(default_factory=dict)
    records: Mapping[date, DayRecord] = field(default_factory=dict)

    def figures_of(self, paper_id: str) -> Figures:
        """The latest figures of a paper; all None where it was never observed."""
        seen = self.observations.get(paper_id)
        return seen[-1].figures if seen else Figures()

    def with_changes(self, changes: Changes) -> Contents:
        """These contents after `changes`."""
        observations = dict(self.observations)
        for new in changes.observations:
            before = observations.get(new.paper_id, ())
            observations[new.paper_id] = tuple(sorted((*before, new), key=lambda seen: seen.observed))
        return Contents(
            papers={**self.papers, **{paper.id: paper for paper in changes.papers}},
            observations=observations,
            records={**self.records, **{record.day: record for record in changes.records}},
        )


@dataclass(frozen=True, slots=True)
class Changes:
    """What is new or different. Empty where nothing is."""

    papers: tuple[Paper, ...] = ()
    observations: tuple[Observation, ...] = ()
    records: tuple[DayRecord, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.papers or self.observations or self.records)
