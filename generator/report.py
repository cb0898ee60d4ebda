"""What happened, as data. The command line says it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from generator.errors import Problem
from generator.model.paper import DayStatus


class Progress(Protocol):
    """Shows that long work goes on."""

    def __call__(self, label: str, total: int) -> AbstractContextManager[Callable[[int], None]]:
        """Begin a stage of `total` steps; what it gives is called with the number of steps just done."""
        ...


@contextmanager
def silent(label: str, total: int) -> Iterator[Callable[[int], None]]:
    """A Progress that shows nothing."""
    yield lambda steps: None


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did."""

    papers: int
    days: int
    topics: int
    pages: int
    """How many HTML pages the site has; the other files are feeds and assets."""
    made: Mapping[str, str]
    """Path and reason of every file that was made. One that was made again and came out as it was is kept."""
    kept: int
    removed: tuple[str, ...]
    held: object = field(default=None, compare=False, repr=False)
    """What the build worked with, which lives as long as this: to give it back piece by piece takes a while,
    and a program that ends can spare itself that."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What is known about one file of the site."""

    path: str
    claimant: str
    """Who wants it; empty where nobody does."""
    present: bool
    last_made: str
    """The UTC moment of the build that last made it; empty where none is remembered."""
    last_reason: str
    would: str
    """Why the next build would make or remove it; empty where it would leave it alone."""
    topics: tuple[tuple[str, float, tuple[str, ...]], ...] = ()
    """Of a paper's page: its topics with score and evidence."""


@dataclass(frozen=True, slots=True)
class DayOutcome:
    """What asking for one day came to."""

    day: date
    status: DayStatus | None
    """As the day log has it now; None where it has no row."""
    listed: int = 0
    """How many entries the feed listed."""
    added: int = 0
    amended: int = 0
    figures: int = 0
    """Rows added to the metrics log."""
    problems: tuple[Problem, ...] = ()
    """Entries that were refused."""
    notes: tuple[Problem, ...] = ()
    """Things dropped from entries that were kept."""
    unknown_fields: Mapping[str, int] = field(default_factory=dict)
    """Fields of the feed that this program has never heard of, with how often they came."""
    error: str = ""
    """Why the day could not be had; empty where it could."""


@dataclass(frozen=True, slots=True)
class SnapshotReport:
    """What a snapshot did."""

    outcomes: tuple[DayOutcome, ...] = ()
    unreachable: str = ""
    """Why the feed could not be reached at all; empty where it could. The days after that were not asked."""
    differing: Mapping[str, int] = field(default_factory=dict)
    """Fields in which the feed now says something else than what is stored, with how many papers."""
    unknown_fields: Mapping[str, int] = field(default_factory=dict)
    """Fields of the feed that this program has never heard of, with how often they came."""

    @property
    def changed(self) -> bool:
        return any(outcome.added or outcome.amended or outcome.figures for outcome in self.outcomes)

    @property
    def failed(self) -> bool:
        return bool(self.unreachable) or any(outcome.error for outcome in self.outcomes)

    @property
    def refused(self) -> int:
        """How many entries were refused."""
        return sum(len(outcome.problems) for outcome in self.outcomes)


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What importing one file came to."""

    path: str = ""
    kind: str = ""
    """What it is: `the feed's answer`."""
    days: tuple[date, ...] = ()
    """The days that it says something of."""
    listed: int = 0
    """How many papers it has."""
    added: int = 0
    amended: int = 0
    figures: int = 0
    """Rows added to the metrics log."""
    problems: tuple[Problem, ...] = ()
    """What of it was refused."""
    notes: tuple[Problem, ...] = ()
    """Things dropped from papers that were kept, and what had to be inferred."""
    error: str = ""
    """Why it was refused as a whole, with its path; empty where it was not."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did."""

    files: tuple[FileOutcome, ...] = ()
    """In the order of their paths."""
    differing: Mapping[str, int] = field(default_factory=dict)
    """Fields in which a file says something else than what is stored, with how many papers."""
    unknown_fields: Mapping[str, int] = field(default_factory=dict)
    """Fields that this program has never heard of, with how often they came."""

    @property
    def read(self) -> tuple[FileOutcome, ...]:
        """The files that are pages."""
        return tuple(outcome for outcome in self.files if not outcome.error)

    @property
    def refused(self) -> int:
        """How many files and entries were refused."""
        return sum(len(outcome.problems) + bool(outcome.error) for outcome in self.files)


@dataclass(frozen=True, slots=True)
class EnrichPlan:
    """What asking arXiv would take."""

    papers: int
    """How many lack what it can add."""
    requests: int
    seconds: float


@dataclass(frozen=True, slots=True)
class EnrichReport:
    """What came of asking arXiv for stored papers."""

    wanted: int
    """How many papers there were to ask for."""
    answered: int = 0
    """Of how many it said something: what it knows, or that it knows nothing."""
    requests: int = 0
    changed: int = 0
    """How many papers know more now."""
    fields: Mapping[str, int] = field(default_factory=dict)
    """The fields that were filled or replaced, with how many papers."""
    unknown: tuple[str, ...] = ()
    """The ids that it does not know."""
    left: tuple[Problem, ...] = ()
    """What differs and was left alone: paper and what."""
    refused: tuple[Problem, ...] = ()
    """What of its answers could not be read."""
    errors: tuple[str, ...] = ()
    """Requests that failed after every attempt."""
