"""What is read now, and what rises: rankings that follow from the archive alone, never from a clock.

`now` is the newest day of which the archive knows anything: its last observation or its last list.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from generator.model.archive import Archive
from generator.model.paper import Observation, Paper

GRAVITY = 1.8
"""How fast a paper sinks."""
_MEMO = "last round"


@dataclass(frozen=True, slots=True)
class Climb:
    """How many upvotes a paper gained, and since when."""

    paper: Paper
    gain: int
    since: date


def now(archive: Archive) -> date | None:
    """The newest day of which the archive knows anything; None where it knows nothing."""
    seen = next(iter(last_round(archive).values()), ())
    return max((*map(observed_day, seen[-1:]), *archive.days_with_papers()), default=None)


def last_round(archive: Archive) -> Mapping[str, Sequence[Observation]]:
    """All observations, oldest first, of each paper that was observed on the last day on which any was, by
    id; found out once."""
    found = archive.memo.get(_MEMO)
    if not isinstance(found, dict):
        moments = dict(archive.observations.last())
        last = max(moments.values(), default="")[:10]
        found = archive.memo[_MEMO] = {
            paper_id: archive.observations[paper_id]
            for paper_id, moment in moments.items()
            if moment.startswith(last)
        }
    return found


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
    for day in reversed(archive.days_with_papers()):
        least = -hot[most - 1][0] if len(hot) >= most else 0.0
        for paper in archive.by_day[day]:
            if paper.day == day:
                upvotes = archive.upvotes[paper.id]
                found = heat(upvotes, (today - day).days)
                if upvotes <= 1 or found < least:
                    break  # the others of the day have no more
                hot.append((-found, paper.id, paper))
        hot = sorted(hot)[:most]
    return tuple(paper for _, _, paper in hot)


def climbers(archive: Archive, most: int) -> tuple[Climb, ...]:
    """The papers that gained most in the last round of observations, at most `most`.

    The observations of one day are one round, so that asking twice a day does not hide the day's gains. The
    log has a row only where a figure changed: what a paper had before the round is its last row before that
    day, or, of a paper that is new, its first row of the day.
    """
    observed = last_round(archive)
    found = [
        climb
        for paper in archive.papers
        if (seen := observed.get(paper.id)) and (climb := _climb(seen, paper))
    ]
    return tuple(sorted(found, key=lambda climb: (-climb.gain, climb.paper.id))[:most])


def top(archive: Archive, papers: Iterable[Paper], most: int) -> tuple[Paper, ...]:
    """The most upvoted of `papers`, at most `most`."""
    return tuple(sorted(papers, key=lambda paper: (-archive.upvotes[paper.id], paper.id))[:most])


def _climb(seen: Sequence[Observation], paper: Paper) -> Climb | None:
    last = observed_day(seen[-1])
    told = [each for each in seen if each.figures.upvotes is not None]
    if len(told) < 2 or observed_day(told[-1]) != last:
        return None
    earlier = [each for each in told if observed_day(each) < last]
    before = earlier[-1] if earlier else told[0]
    gain = (told[-1].figures.upvotes or 0) - (before.figures.upvotes or 0)
    return Climb(paper, gain, observed_day(before)) if gain > 0 else None
