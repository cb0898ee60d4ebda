"""The search index: `search/index.bin`, which names the rest, and the files of each segment."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

import msgspec

from generator.exporting.holding import facts_digests
from generator.files import digest
from generator.model.archive import Archive
from generator.model.markup import unescape
from generator.model.paper import Organization, Paper
from generator.model.topics import Match
from generator.outputs.artifact import Artifact
from generator.outputs.order import days_of, in_order
from generator.outputs.recollection import Recollection
from generator.outputs.site import Site
from generator.pages.cards import opening, teaser
from generator.search.codec import pack, varints
from generator.search.document import Document, Record, Row, Source, texts_of
from generator.search.segments import FORMAT, Segment, segments, segments_of
from generator.theme.theme import Theme

_TEASER = 70
"""Characters of a result's summary. Each result brings nineteen others along, so all must stay light."""
_PAIR = 2
"""As many authors are named both; of more only the first."""
_encoder = msgspec.msgpack.Encoder()


@dataclass(frozen=True, slots=True)
class Entrance:
    """The recipe of `search/index.bin`: the segments, and all of the recent one that must be read first."""

    segments: tuple[Segment, ...]
    votes: tuple[str, ...]
    """The file of each segment's upvotes, in its folder."""
    topics: tuple[tuple[str, str], ...]
    """Slug and name, by the numbers that records use."""

    def make(self, theme: Theme) -> bytes:
        told = {
            "format": FORMAT,
            "topics": self.topics,
            "segments": [
                {
                    "folder": segment.digest,
                    "papers": segment.papers,
                    "votes": votes,
                    "records": segment.records,
                }
                for segment, votes in zip(self.segments, self.votes, strict=True)
            ],
        }
        head = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
        return pack([head, *self.segments[-1].files.about])


@dataclass(frozen=True, slots=True)
class SegmentFile:
    """The recipe of a file of a segment."""

    segment: Segment
    name: str

    def make(self, theme: Theme) -> bytes:
        return self.segment.files.file(self.name)


class _Holder:
    segment: Segment


@dataclass(frozen=True)
class RecordFile(_Holder):
    """The recipe of a file of records of the recent part: its name stands for its papers and all topics."""

    digest: str

    def make(self, theme: Theme) -> bytes:
        return self.segment.files.file(f"r{self.segment.records.index(self.digest)}.bin")


@dataclass(frozen=True, slots=True)
class Votes:
    """The recipe of a segment's upvotes, which change more often than its papers."""

    segment: Segment
    votes: tuple[tuple[str, int], ...]
    """By id; papers without any are left out."""

    def make(self, theme: Theme) -> bytes:
        votes = dict(self.votes)
        return pack([varints([votes.get(each.id, 0) for each in self.segment.files.placed])])


def plan(site: Site) -> Iterable[Artifact]:
    """Every file of the index; none where search is switched off."""
    if not site.settings.search:
        return ()
    archive = site.archive
    matches, days = archive.matches, days_of(archive)
    topics = tuple((topic.slug, topic.name) for topic in archive.topics)
    row = Row(in_order(archive), lambda paper: Stored(paper, _slugs(matches[paper.id])))
    found = segments_of(
        row,
        [(day, len(papers)) for day, papers in days.items()],
        [slug for slug, _ in topics],
        Recollection(site.kept.of("search"), partial(_told, archive)),
    )
    return _planned(found, archive.upvotes, topics)


def _slugs(matches: Iterable[Match]) -> tuple[str, ...]:
    return tuple([match.slug for match in matches])


def _told(archive: Archive, ids: Sequence[str]) -> bytes:
    """What stands for all that `Stored` tells of the papers `ids`."""
    facts, matches = facts_digests(archive), archive.matches
    found = [matches[paper_id] for paper_id in ids]
    slugs = " ".join([match.slug for each in found for match in each])
    topics = _encoder.encode((list(map(len, found)), slugs))
    return digest(b"".join([*[facts[paper_id] for paper_id in ids], topics]))


@dataclass(frozen=True, slots=True)
class Stored:
    """A paper of the archive, as the index takes it."""

    paper: Paper
    topics: tuple[str, ...]

    @property
    def id(self) -> str:
        return self.paper.id

    @property
    def day(self) -> date:
        return self.paper.day

    def told(self) -> bytes:
        paper = self.paper
        return _encoder.encode((
            paper.id, paper.day, paper.title, paper.authors, paper.author_count, paper.organization,
            paper.keywords, paper.abstract, paper.summary, self.topics, bool(paper.github),
        ))  # fmt: skip

    def document(self) -> Document:
        paper = self.paper
        organization = _named(paper.organization)
        abstract = f"{unescape(paper.abstract)}\n{paper.summary or ''}"
        return Document(
            texts=texts_of(paper.id, paper.title, paper.authors, organization, paper.keywords, abstract),
            organization=organization,
            topics=self.topics,
            has_code=bool(paper.github),
        )

    def record(self) -> Record:
        paper = self.paper
        named = paper.authors if len(paper.authors) == _PAIR else paper.authors[:1]
        return Record(
            id=paper.id,
            day=paper.day,
            title=paper.title,
            author=", ".join(named),
            others=(paper.author_count or len(paper.authors)) - len(named) if named else 0,
            teaser=opening(teaser(paper, _TEASER), _TEASER),
            topics=self.topics,
            has_code=bool(paper.github),
        )


def plan_index(
    sources: Iterable[Source], upvotes: Mapping[str, int], topics: tuple[tuple[str, str], ...]
) -> Iterator[Artifact]:
    """The files of an index of `sources`; `upvotes` by id; `topics` as slug and name."""
    return _planned(segments(sources, [slug for slug, _ in topics]), upvotes, topics)


def _planned(
    found: Sequence[Segment], upvotes: Mapping[str, int], topics: tuple[tuple[str, str], ...]
) -> Iterator[Artifact]:
    votes = [_votes(segment, upvotes) for segment in found]
    names = tuple(_name(each) for each in votes)
    yield Artifact(
        "search/index.bin", "search index", Entrance(tuple(found), names, topics), found[-1].folder
    )
    for segment, recipe, name in zip(found, votes, names, strict=True):
        yield Artifact(segment.folder + name, "search index, upvotes", recipe, segment.folder)
        is_last = segment is found[-1]
        for each in segment.names:
            if not (is_last and each == "about.bin"):
                yield Artifact(segment.path(each), "search index", _file(segment, each), segment.folder)


def _named(organization: Organization | None) -> str:
    return f"{organization.fullname} / {organization.name}" if organization else ""


def _votes(segment: Segment, upvotes: Mapping[str, int]) -> Votes:
    given = upvotes.get
    return Votes(segment, tuple([(each, number) for each in segment.sources.ids if (number := given(each))]))


def _file(segment: Segment, name: str) -> SegmentFile | RecordFile:
    if not (segment.grows and name[0] == "r"):
        return SegmentFile(segment, name)
    recipe = RecordFile(segment.records[int(name[1:].removesuffix(".bin"))])
    object.__setattr__(recipe, "segment", segment)
    return recipe


def _name(votes: Votes) -> str:
    return f"votes-{hashlib.blake2b(repr(votes.votes).encode(), digest_size=5).hexdigest()}.bin"
