"""What was observed of papers over time, kept as text: there are many times as many observations as papers,
and of most papers nobody asks more than the latest figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from operator import attrgetter

from generator.model.paper import Figures, Observation

_SEEN = attrgetter("observed")


class Sightings(Mapping[str, tuple[Observation, ...]]):
    """By the id of a paper its observations, oldest first."""

    __slots__ = ("_rows",)

    def __init__(self, rows: Mapping[str, str]) -> None:
        """`rows`: by id the paper's rows, a line each; see `row_of`."""
        self._rows = rows

    @classmethod
    def of(cls, observations: Mapping[str, Iterable[Observation]]) -> Sightings:
        """`observations` of papers by id, in any order."""
        if isinstance(observations, cls):
            return observations
        return cls({paper_id: _rows_of(seen) for paper_id, seen in observations.items() if seen})

    def __getitem__(self, paper_id: str) -> tuple[Observation, ...]:
        return tuple([_observation(paper_id, row) for row in self._rows[paper_id].split("\n")])

    def __contains__(self, paper_id: object) -> bool:
        return paper_id in self._rows

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def with_more(self, observations: Iterable[Observation]) -> Sightings:
        """These and `observations`."""
        rows = dict(self._rows)
        for seen in observations:
            rows[seen.paper_id] = joined(rows.get(seen.paper_id, ""), row_of(seen))
        return Sightings(rows)

    def rows(self, paper_id: str) -> str:
        """The rows of a paper, a line each; empty where it was never observed. What stands for all that was
        observed of it."""
        return self._rows.get(paper_id, "")

    def latest(self, paper_id: str) -> Figures:
        """The latest figures of a paper; all None where it was never observed."""
        row = last_row(self._rows.get(paper_id, ""))
        return _figures(row.split(",")) if row else Figures()

    def curve(self, paper_id: str) -> tuple[tuple[str, int], ...]:
        """The day or UTC moment of each observation that told upvotes, oldest first, and how many."""
        rows = [row.split(",", 2) for row in self.rows(paper_id).split("\n") if row]
        return tuple([(observed, int(upvotes)) for observed, upvotes, _ in rows if upvotes])

    def upvotes(self, paper_id: str) -> int | None:
        """The latest upvotes of a paper; None where nobody knows."""
        row = last_row(self._rows.get(paper_id, ""))
        votes = row and row.split(",", 2)[1]
        return int(votes) if votes else None

    def last(self) -> Iterator[tuple[str, str]]:
        """The id of each paper, and the day or UTC moment of its last observation."""
        for paper_id, rows in self._rows.items():
            yield paper_id, last_row(rows).partition(",")[0]


def row_of(seen: Observation) -> str:
    """An observation as text: when, upvotes, comments and stars, with commas between them; what is not known
    is empty."""
    told = (seen.figures.upvotes, seen.figures.comments, seen.figures.github_stars)
    return ",".join((seen.observed, *("" if each is None else str(each) for each in told)))


def last_row(rows: str) -> str:
    return rows[rows.rfind("\n") + 1 :]


def joined(before: str, after: str) -> str:
    """The rows of both, oldest first; each has its own in order."""
    if not before or not after:
        return before or after
    rows = f"{before}\n{after}"
    if last_row(before).partition(",")[0] <= after.partition(",")[0]:
        return rows
    return "\n".join(sorted(rows.split("\n"), key=lambda row: row.partition(",")[0]))


def _rows_of(seen: Iterable[Observation]) -> str:
    return "\n".join(map(row_of, sorted(seen, key=_SEEN)))


def _observation(paper_id: str, row: str) -> Observation:
    cells = row.split(",")
    return Observation(cells[0], paper_id, _figures(cells))


def _figures(cells: list[str]) -> Figures:
    _, upvotes, comments, stars = cells
    return Figures(
        int(upvotes) if upvotes else None, int(comments) if comments else None, int(stars) if stars else None
    )
