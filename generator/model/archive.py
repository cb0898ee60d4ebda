"""The archive as readers meet it: every paper in its day, week, month and topics. Read-only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from operator import attrgetter
from typing import Protocol, TypeVar

from generator.model.contents import Contents
from generator.model.keywords import Keywords
from generator.model.paper import DayRecord, Figures, Paper
from generator.model.people import People
from generator.model.periods import Month, Week
from generator.model.sightings import Sightings
from generator.model.slugs import KnownSlugs
from generator.model.topics import Match, Topic

Key = TypeVar("Key")


_id = attrgetter("id")


class Matcher(Protocol):
    """Finds the topics of papers."""

    @property
    def topics(self) -> tuple[Topic, ...]: ...

    def match(
        self, paper: Paper, *, pinned: Sequence[str] = (), forbidden: Collection[str] = ()
    ) -> tuple[Match, ...]:
        """The paper's topics, the pinned ones in the order given, then the most certain first."""
        ...


@dataclass(frozen=True, slots=True)
class Archive:
    """Indices over all papers. Every list of papers is ranked: most upvotes first, then by id."""

    topics: tuple[Topic, ...]
    """In the owner's order."""
    topic_names: Mapping[str, str]
    """By slug."""
    papers: tuple[Paper, ...]
    """All papers, by the day they stand on, the newest day first, ranked within the day."""
    days: tuple[date, ...]
    """Every day that lists papers or of which the day log knows something, oldest first."""
    by_day: Mapping[date, tuple[Paper, ...]]
    by_week: Mapping[Week, tuple[Paper, ...]]
    by_month: Mapping[Month, tuple[Paper, ...]]
    by_topic: Mapping[str, tuple[Paper, ...]]
    """By slug, in the order of `papers`: the newest day first."""
    matches: Mapping[str, tuple[Match, ...]]
    """The topics of each paper by its id, most certain first; where they are remembered, without reasons."""
    people: People
    """Authors and organizations. Their papers stand newest day first, then by id, which no vote changes."""
    keywords: Keywords
    """Keywords, their papers likewise."""
    records: Mapping[date, DayRecord]
    observations: Sightings
    upvotes: Mapping[str, int]
    """The latest of each paper by its id; 0 where nobody knows."""
    memo: dict[object, object] = field(default_factory=dict, compare=False, repr=False)
    """What pages have worked out of this archive once and need again. Never anything else than they would
    work out anew."""

    @classmethod
    def of(
        cls,
        contents: Contents,
        matcher: Matcher,
        *,
        authors: KnownSlugs | None = None,
        keywords: KnownSlugs | None = None,
    ) -> Archive:
        """The archive of `contents`, each paper filed under the topics that `matcher` finds. `authors` and
        `keywords` are slugs that somebody knows already; they grow."""
        seen = Sightings.of(contents.observations)
        votes = {paper_id: seen.upvotes(paper_id) or 0 for paper_id in contents.papers}
        ranked = [
            contents.papers[each] for each in sorted(sorted(votes), key=votes.__getitem__, reverse=True)
        ]
        listed = _Listed.of(ranked)
        standing: dict[date, list[Paper]] = defaultdict(list)
        for paper in ranked:
            standing[paper.day].append(paper)
        matches = {
            paper.id: matcher.match(paper, pinned=paper.pinned_topics, forbidden=paper.forbidden_topics)
            for paper in ranked
        }
        newest = sorted(standing, reverse=True)
        papers = tuple(chain.from_iterable([standing[day] for day in newest]))
        steady = tuple(chain.from_iterable([sorted(standing[day], key=_id) for day in newest]))
        by_topic: dict[str, list[Paper]] = {topic.slug: [] for topic in matcher.topics}
        for paper in papers:
            for match in matches[paper.id]:
                by_topic[match.slug].append(paper)
        return cls(
            topics=matcher.topics,
            topic_names={topic.slug: topic.name for topic in matcher.topics},
            papers=papers,
            days=tuple(sorted({*listed.by_day, *contents.records})),
            by_day=_frozen(listed.by_day),
            by_week=_frozen(listed.by_week),
            by_month=_frozen(listed.by_month),
            by_topic=_frozen(by_topic),
            matches=matches,
            people=People.of(steady, authors),
            keywords=Keywords.of(steady, keywords),
            records=contents.records,
            observations=seen,
            upvotes=votes,
        )

    def figures(self, paper: Paper) -> Figures:
        """The latest figures of `paper`; all None where it was never observed."""
        return self.observations.latest(paper.id)

    def days_with_papers(self) -> tuple[date, ...]:
        """The days that have something to read, oldest first."""
        return tuple(day for day in self.days if day in self.by_day)


@dataclass(frozen=True, slots=True)
class _Listed:
    """Papers by the days that list them, and by the weeks and months of these; one that was listed twice in a
    period stands in it once."""

    by_day: dict[date, list[Paper]] = field(default_factory=dict)
    by_week: dict[Week, list[Paper]] = field(default_factory=dict)
    by_month: dict[Month, list[Paper]] = field(default_factory=dict)

    @classmethod
    def of(cls, papers: Iterable[Paper]) -> _Listed:
        """`papers` in their order."""
        listed = cls()
        known: dict[date, tuple[list[Paper], ...]] = {}
        for paper in papers:
            for day in paper.listing_days:
                lists = known.get(day)
                if lists is None:
                    lists = known[day] = listed._lists(day)
                for each in lists:
                    if not each or each[-1] is not paper:
                        each.append(paper)
        return listed

    def _lists(self, day: date) -> tuple[list[Paper], ...]:
        """The lists that a paper of `day` stands in."""
        return (
            self.by_day.setdefault(day, []),
            self.by_week.setdefault(Week.of(day), []),
            self.by_month.setdefault(Month.of(day), []),
        )


def _frozen(groups: Mapping[Key, list[Paper]]) -> Mapping[Key, tuple[Paper, ...]]:
    return {key: tuple(papers) for key, papers in groups.items()}
