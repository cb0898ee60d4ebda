"""Everything that content/ holds, as values, and a change to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from generator.model.paper import DayRecord, Figures, Observation, Paper
from generator.model.sightings import Sightings


@dataclass(frozen=True, slots=True)
class Contents:
    """All papers by id, all observations by paper (oldest first), and the day log by day."""

    papers: Mapping[str, Paper] = field(default_factory=dict)
    observations: Mapping[str, tuple[Observation, ...]] = field(default_factory=dict)
    records: Mapping[date, DayRecord] = field(default_factory=dict)
    _listed: Mapping[date, frozenset[str]] | None = field(default=None, repr=False, compare=False)

    def listed_on(self, day: date) -> frozenset[str]:
        """The ids of the papers that name `day` among their days."""
        return self._listings().get(day, frozenset())

    def _listings(self) -> Mapping[date, frozenset[str]]:
        """Worked out when somebody asks: a build does not."""
        if self._listed is None:
            object.__setattr__(self, "_listed", _listings({}, self.papers.values()))
        return self._listed or {}

    def figures_of(self, paper_id: str) -> Figures:
        """The latest figures of a paper; all None where it was never observed."""
        return Sightings.of(self.observations).latest(paper_id)

    def with_changes(self, changes: Changes) -> Contents:
        """These contents after `changes`, which give papers more days and never fewer."""
        observations = Sightings.of(self.observations).with_more(changes.observations)
        if not changes.papers:
            papers, listed = self.papers, self._listed
        else:
            papers = {**self.papers, **{paper.id: paper for paper in changes.papers}}
            listed = _listings(self._listings(), changes.papers)
        records = {**self.records, **{record.day: record for record in changes.records}}
        return Contents(papers, observations, records, listed)


def _listings(known: Mapping[date, frozenset[str]], papers: Iterable[Paper]) -> Mapping[date, frozenset[str]]:
    """`known` with the ids of `papers` on each of their days."""
    fresh: dict[date, set[str]] = defaultdict(set)
    for paper in papers:
        for day in paper.days:
            fresh[day].add(paper.id)
    return {**known, **{day: known.get(day, frozenset()) | ids for day, ids in fresh.items()}}


@dataclass(frozen=True, slots=True)
class Changes:
    """What is new or different. Empty where nothing is."""

    papers: tuple[Paper, ...] = ()
    observations: tuple[Observation, ...] = ()
    records: tuple[DayRecord, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.papers or self.observations or self.records)
