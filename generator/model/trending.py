"""What is read now, and what rises: rankings that follow from the archive alone, never from a clock.

`now` is the newest day of which the archive knows anything: its last observation or its last list.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter

from generator.model.archive import Archive
from generator.model.paper import Observation, Paper

GRAVITY = 1.8
"""How fast a paper sinks."""


@dataclass(frozen=True, slots=True)
class Climb:
    """How many upvotes a paper gained, and since when."""

    paper: Paper
    gain: int
    since: date


def now(archive: Archive) -> date | None:
    """The newest day of which the archive knows anything; None where it knows nothing."""
    return max((*_observed_last(archive), *archive.days_with_papers()), default=None)


def _observed_last(archive: Archive) -> set[date]:
    """The days on which papers were last observed."""
    return {date.fromisoformat(each) for each in {moment[:10] for _, moment in archive.observations.last()}}


def observed_day(seen: Observation) -> date:
    return date.fromisoformat(seen.observed[:10])


def heat(upvotes: int, age: int) -> float:
    """How hot a paper is that has `upvotes` and was first listed `age` days ago.

    (upvotes - 1) / (age + 2) ^ 1.8, the ranking of Hacker News in its common form (its author's code:
    https://news.ycombinator.com/item?id=1781013), with days for hours, since a front page turns over in hours
    and a daily list in days. One vote is the submitter's own. A paper of yesterday needs twice the votes of
    one of today to stand beside it, one of a week ago fifteen times. Reddit's ranking, in which 12.5 hours
    weigh as much as ten times the votes, would show the latest day and no other: a day makes 80 times.
    """
    return float((upvotes - 1) / (max(age, 0) + 2) ** GRAVITY) if upvotes > 1 else 0.0


def trending(archive: Archive, most: int) -> tuple[Paper, ...]:
    """The hottest papers, at most `most`; those without a second vote are none."""
    today = now(archive)
    if today is None:
        return ()
    hot: list[tuple[float, str, Paper]] = []
    for day, papers in groupby(archive.papers, attrgetter("day")):
        age = (today - day).days
        least = -hot[most - 1][0] if len(hot) >= most else 0.0
        for paper in papers:
            upvotes = archive.upvotes[paper.id]
            if upvotes > 1 and (found := heat(upvotes, age)) >= least:
                hot.append((-found, paper.id, paper))
        hot = sorted(hot)[:most]
    return tuple(paper for _, _, paper in hot)


def climbers(archive: Archive, most: int) -> tuple[Climb, ...]:
    """The papers that gained most in the last round of observations, at most `most`.

    The observations of one day are one round, so that asking twice a day does not hide the day's gains. The
    log has a row only where a figure changed: what a paper had before the round is its last row before that
    day, or, of a paper that is new, its first row of the day.
    """
    rounds = _observed_last(archive)
    if not rounds:
        return ()
    last = max(rounds)
    told = last.isoformat()
    asked = {paper_id for paper_id, moment in archive.observations.last() if moment.startswith(told)}
    found = [
        climb
        for paper in archive.papers
        if paper.id in asked and (climb := _climb(archive.observations[paper.id], paper, last))
    ]
    return tuple(sorted(found, key=lambda climb: (-climb.gain, climb.paper.id))[:most])


def top(archive: Archive, papers: Iterable[Paper], most: int) -> tuple[Paper, ...]:
    """The most upvoted of `papers`, at most `most`."""
    return tuple(sorted(papers, key=lambda paper: (-archive.upvotes[paper.id], paper.id))[:most])


def _climb(seen: Sequence[Observation], paper: Paper, last: date) -> Climb | None:
    told = [each for each in seen if each.figures.upvotes is not None]
    if len(told) < 2 or observed_day(told[-1]) != last:
        return None
    earlier = [each for each in told if observed_day(each) < last]
    before = earlier[-1] if earlier else told[0]
    gain = (told[-1].figures.upvotes or 0) - (before.figures.upvotes or 0)
    return Climb(paper, gain, observed_day(before)) if gain > 0 else None
