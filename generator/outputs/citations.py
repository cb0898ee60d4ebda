"""Lists of references as files: of every day, month and topic, and of the whole archive.

They stand in the folder of the page that shows the same list. A list is ordered by day, the oldest first,
then by id, so that votes change nothing and a new day goes to its end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import NamedTuple

from generator.citing import bibtex, csl, ris
from generator.citing.reference import Reference, reference_of
from generator.exporting.holding import Held, facts_digests
from generator.exporting.packing import Piece, zip_of
from generator.files import digest
from generator.model.paper import Paper
from generator.model.periods import Month
from generator.outputs.artifact import Artifact, aside
from generator.outputs.kept import ALL, NOWHERE, Kept, Pieces, drawer_of
from generator.outputs.order import months_of
from generator.outputs.site import Site
from generator.pages import addresses
from generator.store.memo import Memo
from generator.theme import mathematics
from generator.theme.theme import Theme

MOST = 45_000_000
"""About how many bytes a file of the whole archive may have before it is packed."""


class _Format(NamedTuple):
    """How a list is written: what stands before, between and after its references."""

    write: Callable[[Reference], str]
    before: str
    between: str
    after: str


_FORMATS = dict(
    zip(
        addresses.CITATION_FILES,
        (
            _Format(lambda each: bibtex.entry(each, mathematics.split), "", "\n", ""),
            _Format(ris.record, "", "\n", ""),
            _Format(csl.item, "[\n", ",\n", "\n]\n"),
        ),
        strict=True,
    )
)
"""By the name of the file. CSL-JSON is one list, a paper a line."""


_Texts = tuple[str, ...]
"""A reference in each format."""


class _Writer:
    """Writes the references of a batch, each once for all its lists. What it wrote goes with the batch, save
    for the papers of the last month: they are asked for on every new day, and so they are kept."""

    def __init__(self, base_url: str, last: Mapping[bytes, Paper], kept: Kept) -> None:
        """`last` are the papers of the last month by what stands for their facts."""
        self.base_url = base_url
        """Where papers stand that stand nowhere else."""
        self._written: dict[str, _Texts] = {}
        self._last = last
        self._last_ids = frozenset([paper.id for paper in last.values()])
        self._kept = kept

    def written(self, paper: Paper) -> _Texts:
        """The reference of `paper` in each format."""
        if paper.id not in self._written:
            if paper.id in self._last_ids:
                self._recall()
            else:
                self._written[paper.id] = self._write(paper)
        return self._written[paper.id]

    def _recall(self) -> None:
        known, stand = self._kept.memo(_Texts), self.base_url.encode()
        for facts, paper in self._last.items():
            make = partial(self._write, paper)
            self._written[paper.id] = known.drawer(ALL).get(digest(facts + stand), make)
        known.save()

    def _write(self, paper: Paper) -> _Texts:
        reference = reference_of(paper, self.base_url + addresses.paper(paper.id))
        return tuple([form.write(reference) for form in _FORMATS.values()])


@dataclass(frozen=True, slots=True)
class ListFile:
    """The recipe of a list in one format."""

    name: str
    base_url: str
    """Where papers stand that stand nowhere else."""
    papers: Held[Paper]
    writer: _Writer = aside()

    def make(self, theme: Theme) -> bytes:
        form, place = _FORMATS[self.name], list(_FORMATS).index(self.name)
        texts = form.between.join(self.writer.written(paper)[place] for paper in self.papers.all)
        return f"{form.before}{texts}{form.after}".encode()


@dataclass(frozen=True, slots=True)
class Parcel:
    """The recipe of the three files of a long list in one ZIP file, without times."""

    base_url: str
    months: tuple[Held[Paper], ...]
    """The list in stretches, each of which is compressed by itself and kept."""
    kept: Kept = aside()
    writer: _Writer = aside()

    def make(self, theme: Theme) -> bytes:
        known, stand = self.kept.open(), self.base_url.encode()
        made = [
            known.drawer(drawer_of(place)).get(
                digest(month.digest + stand), partial(_pieces, month, self.writer)
            )
            for place, month in enumerate(self.months)
        ]
        known.save()
        files = zip(_FORMATS.items(), zip(*made, strict=True), strict=True)
        return zip_of({name: list(_whole(form, pieces)) for (name, form), pieces in files})


def plan(site: Site) -> Iterable[Artifact]:
    """The files of each list that has papers. One process makes them all, each reference once."""
    archive = site.archive
    facts = facts_digests(archive)
    held = partial(_held, facts)
    last = {facts[paper.id]: paper for paper in chain(*list(months_of(archive).values())[-1:])}
    writer = _Writer(site.settings.base_url, last, site.kept.of("references"))
    periods = not site.is_lean
    for day, papers in archive.by_day.items() if periods else ():
        yield from _files(writer, addresses.day(day), held(_ordered(papers)))
    for month, papers in archive.by_month.items() if periods else ():
        yield _parcel(writer, addresses.month(month), [held(_ordered(papers))], NOWHERE)
    for slug, months in _months_by_topic(site).items():
        if months:
            kept = site.kept.of(f"citations-{slug}")
            yield _parcel(writer, addresses.topic(slug), map(held, months.values()), kept)
    weights = site.kept.of("weights").memo(int)
    for number, part in enumerate(_parts(map(held, months_of(archive).values()), weights), 1):
        kept = site.kept.of(f"citations--{number}")
        recipe = Parcel(writer.base_url, tuple(part), kept, writer)
        yield Artifact(addresses.citations(number), "citations of the archive", recipe, _BATCH)


_BATCH = "citations"


def _files(writer: _Writer, address: str, papers: Held[Paper]) -> Iterator[Artifact]:
    for name in _FORMATS:
        recipe = ListFile(name, writer.base_url, papers, writer)
        yield Artifact(address + name, f"citations of /{address}", recipe, _BATCH)


def _parcel(writer: _Writer, address: str, months: Iterable[Held[Paper]], kept: Kept) -> Artifact:
    """Long lists are packed: a paper stands in four or five of them."""
    recipe = Parcel(writer.base_url, tuple(months), kept, writer)
    return Artifact(address + addresses.CITATION_PARCEL, f"citations of /{address}", recipe, _BATCH)


def _held(facts: Mapping[str, bytes], papers: list[Paper]) -> Held[Paper]:
    return Held.of(papers, [facts[paper.id] for paper in papers])


def _ordered(papers: Iterable[Paper]) -> list[Paper]:
    return sorted(papers, key=lambda paper: (paper.day, paper.id))


def _months_by_topic(site: Site) -> Mapping[str, Mapping[Month, list[Paper]]]:
    """The papers of every topic by the month of the day they stand on, in the order of a list."""
    archive = site.archive
    topics: dict[str, dict[Month, list[Paper]]] = {slug: {} for slug in archive.by_topic}
    for month, papers in months_of(archive).items():
        found: dict[str, list[Paper]] = defaultdict(list)
        for paper in papers:
            for match in archive.matches[paper.id]:
                found[match.slug].append(paper)
        for slug, of_topic in found.items():
            topics[slug][month] = of_topic
    return topics


def _parts(months: Iterable[Held[Paper]], weights: Memo[int]) -> Iterator[list[Held[Paper]]]:
    """The months in as many files as they need; a part is full before the next begins. `weights` are those of
    months that were weighed before."""
    part: list[Held[Paper]] = []
    weight = 0
    for papers in months:
        own = weights.drawer(ALL).get(papers.digest, partial(_weight, papers.all))
        if part and weight + own > MOST:
            yield part
            part, weight = [], 0
        part.append(papers)
        weight += own
    if part:
        yield part
    weights.save()


def _weight(papers: Iterable[Paper]) -> int:
    """About the bytes of their largest form, which is CSL-JSON."""
    return sum([300 + len(paper.title) + 45 * len(paper.authors) for paper in papers])


def _pieces(papers: Held[Paper], writer: _Writer) -> Pieces:
    """A stretch of a list, in each format."""
    columns = zip(*map(writer.written, papers.all), strict=True)
    return tuple(
        Piece.of(form.between.join(texts).encode())
        for form, texts in zip(_FORMATS.values(), columns, strict=True)
    )


def _whole(form: _Format, pieces: Iterable[Piece]) -> Iterator[Piece]:
    """A file from the `pieces` of its months."""
    before, between, after = (Piece.of(text.encode()) for text in (form.before, form.between, form.after))
    yield before
    for number, piece in enumerate(pieces):
        if number:
            yield between
        yield piece
    yield after
