"""Entries of feeds before they are worked out: the papers, and what the plan must know of each entry.

A plan asks for the entries of every paper on every build, a feed for its own when it is made. So a draft
holds raw papers, and comes with bytes that stand for all that its entry shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property, partial
from operator import attrgetter
from typing import NamedTuple
from zlib import crc32

import msgspec

from generator.exporting.holding import facts_digests
from generator.files import digest
from generator.model.paper import Paper
from generator.outputs.site import Site

_FIRST_HOURS = 8 * 60 * 60
"""In seconds: by then a day's list has mostly been read, so that no entry seems to come from the future."""
_DAY = 24 * 60 * 60
_BEGINNING = datetime(1, 1, 1, tzinfo=UTC)
NAMED = 3
"""Authors of a brief entry."""

_encode = msgspec.msgpack.Encoder().encode


class Place(NamedTuple):
    """Where entries stand."""

    feed_id: str
    """How their ids begin."""
    base_url: str


class PaperDraft(NamedTuple):
    """Of the entry of a paper."""

    place: Place
    paper: Paper
    updated: int
    """A moment, as `moment` tells it."""
    topics: tuple[str, ...] = ()
    """Their names; none in a brief entry."""
    is_brief: bool = False

    @property
    def order(self) -> tuple[int, str]:
        return self.updated, self.paper.id


class DayDraft(NamedTuple):
    """Of the entry of a day, which is its list."""

    place: Place
    day: date
    papers: tuple[Paper, ...]

    @property
    def updated(self) -> int:
        return midnight(self.day) + _FIRST_HOURS

    @property
    def order(self) -> tuple[int, str]:
        return self.updated, self.day.isoformat()


Draft = PaperDraft | DayDraft


class Drafted(NamedTuple):
    """A draft, and bytes that stand for all that its entry shows."""

    draft: Draft
    told: bytes


class _Carrier:
    """What entries carry beside their digest, which stands for them."""

    drafts: Callable[[], Iterable[Draft]]


@dataclass(frozen=True)
class Entries(_Carrier):
    """Entries, known by a digest, so that no plan has to work them out."""

    digest: bytes

    @classmethod
    def of(cls, drafted: Iterable[Drafted]) -> Entries:
        """In whatever order."""
        drafted = tuple(drafted)
        told = b"".join(sorted([each.told for each in drafted]))
        return cls.later(digest(told), lambda: [each.draft for each in drafted])

    @classmethod
    def later(cls, digest: bytes, drafts: Callable[[], Iterable[Draft]]) -> Entries:
        """Those that `drafts` will give, in whatever order; `digest` stands for them."""
        found = cls(digest)
        object.__setattr__(found, "drafts", drafts)
        return found

    def __reduce__(self) -> tuple[object, ...]:
        """Whoever is sent entries gets their drafts, and nothing of the archive."""
        return Entries.later, (self.digest, partial(tuple, self.newest_first))

    @cached_property
    def newest_first(self) -> tuple[Draft, ...]:
        return tuple(sorted(self.drafts(), key=lambda draft: draft.order, reverse=True))


class Desk:
    """Drafts of one site, each made once."""

    def __init__(self, site: Site) -> None:
        self._archive = site.archive
        self._place = Place(site.settings.feed_id, site.settings.base_url)
        self._where = _encode(self._place)
        self._facts = facts_digests(site.archive)
        self._moments: dict[date, Mapping[str, int]] = {}
        self._near: dict[date, bytes] = {}
        self._brief: dict[str, Drafted] = {}
        self._full: dict[str, Drafted] = {}

    def full(self, papers: Iterable[Paper]) -> list[Drafted]:
        return [self._full.get(paper.id) or self._drafted(paper) for paper in papers]

    def brief(self, papers: Iterable[Paper]) -> list[Drafted]:
        """By their summaries alone, for the feeds that are many."""
        return [self._brief.get(paper.id) or self._drafted_in_brief(paper) for paper in papers]

    def all_in_brief(self, papers: Sequence[Paper]) -> Entries:
        """The same as entries that are not even drafted before somebody asks, for lists of what is over."""
        facts, near = self._facts, self._near
        days = {paper.listing_days[-1] for paper in papers}
        for day in days - near.keys():
            near[day] = digest(b"".join(sorted([facts[each.id] for each in self._archive.by_day[day]])))
        told = (
            *sorted([facts[paper.id] for paper in papers]),
            *[near[day] for day in sorted(days)],
            self._where,
        )
        return Entries.later(digest(b"".join(told)), lambda: [each.draft for each in self.brief(papers)])

    def anew(self, paper: Paper, updated: datetime) -> Drafted:
        """In full, as if it had been listed at that moment, though not before it was."""
        (drafted,) = self.full([paper])
        at = max(seconds_of(updated), min(moment(paper, paper.listing_days[0]), self._moment(paper)))
        assert isinstance(drafted.draft, PaperDraft)
        return Drafted(drafted.draft._replace(updated=at), drafted.told + _encode(at))

    def days(self, days: Iterable[date]) -> Iterator[Drafted]:
        """The list of each day, in its order."""
        for day in days:
            papers = self._archive.by_day[day]
            facts = b"".join([self._facts[paper.id] for paper in papers])
            yield Drafted(DayDraft(self._place, day, papers), digest(self._where + _encode(day) + facts))

    def _moment(self, paper: Paper) -> int:
        """Follows from the facts of all papers that are listed on the paper's last day."""
        day = paper.listing_days[-1]
        found = self._moments.get(day)
        if found is None:
            found = self._moments[day] = unique_moments(day, self._archive.by_day[day])
        return found[paper.id]

    def _drafted(self, paper: Paper) -> Drafted:
        names = self._archive.topic_names
        topics = tuple([names[match.slug] for match in self._archive.matches[paper.id]])
        draft = PaperDraft(self._place, paper, self._moment(paper), topics)
        told = digest(self._facts[paper.id] + self._where + _encode((draft.updated, topics)))
        self._full[paper.id] = drafted = Drafted(draft, told)
        return drafted

    def _drafted_in_brief(self, paper: Paper) -> Drafted:
        at = self._moment(paper)
        draft = PaperDraft(self._place, paper, at, (), True)
        told = b"%b%x%b" % (self._facts[paper.id], at, self._where)
        self._brief[paper.id] = drafted = Drafted(draft, told)
        return drafted


def unique_moments(day: date, papers: Iterable[Paper]) -> Mapping[str, int]:
    """The moments of those of `papers` that were last listed on `day`, by id; no two are the same, as the
    W3C's validator wants it. They stay on the day, so that those of other days are others."""
    taken: set[int] = set()
    moments: dict[str, int] = {}
    for paper in sorted(papers, key=attrgetter("id")):
        if paper.listing_days[-1] == day:
            at = moment(paper, day)
            while at in taken:
                at += 1
            taken.add(at)
            moments[paper.id] = at
    return moments


def moment(paper: Paper, day: date) -> int:
    """A moment on `day` that is the paper's own, so that the entries of one day differ and keep their place:
    seconds since the beginning of the year 1.

    The feed tells days, not times. The seconds since midnight are the digits after the point of an arXiv id,
    or a checksum of any other id, folded into the day's first hours.
    """
    seconds = int(paper.id[5:]) if paper.arxiv_id else crc32(paper.id.encode())
    return midnight(day) + seconds % _FIRST_HOURS


def midnight(day: date) -> int:
    return (day.toordinal() - 1) * _DAY


def datetime_of(seconds: int) -> datetime:
    return _BEGINNING + timedelta(seconds=seconds)


def seconds_of(at: datetime) -> int:
    return int((at - _BEGINNING).total_seconds())
