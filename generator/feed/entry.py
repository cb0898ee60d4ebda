"""What one answer of a feed comes to, whichever source it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from generator.errors import Problem
from generator.model.paper import Figures, Paper


@dataclass(frozen=True, slots=True)
class Entry:
    """One paper as one answer of the feed listed it.

    `paper.days` holds the day that listed it, or nothing where the source does not say.
    """

    paper: Paper
    figures: Figures


@dataclass(frozen=True, slots=True)
class DayPage:
    """All that the feed said about one day: good entries, in order, and what was wrong with the others."""

    day: date
    entries: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()
    """Entries refused, each with its day, position and reason."""
    notes: tuple[Problem, ...] = ()
    """What was left out of entries that were kept, and what in them had to be guessed."""
    whole: bool = True
    """False where the answer was cut short, so that more may have been listed than was read."""
    unknown_fields: Mapping[str, int] = field(default_factory=dict)
    """Fields that the feed sent and this program has never heard of, and how often: `paper.newThing` -> 3."""
