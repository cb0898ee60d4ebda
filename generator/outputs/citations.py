"""Lists of references as files: of every day, month and topic, and of the whole archive.

They stand in the folder of the page that shows the same list. A list is ordered by day, the oldest first,
then by id, so that votes change nothing and a new day goes to its end.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import starmap
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
    """Writes the references of a batch, each once for all its lists: a month at a time, so that those of one
    alone are held. What is made of them at that time are the pieces of all lists that were `add`ed.

    References of the last month are asked for on every new day, and so they are kept."""

    def __init__(
        self, base_url: str, months: Mapping[Month, list[Paper]], facts: Mapping[str, bytes], kept: Kept
    ) -> None:
        """`months` are all papers by the month of the day they stand on, the last month last; `facts` by id
        what stands for what is told of a paper."""
        self.base_url = base_url
        """Where papers stand that stand nowhere else."""
        self._months, self._facts, self._kept = months, facts, kept
        self._last: Month | None = [None, *months][-1]
        self._lists: defaultdict[Month, dict[bytes, Held[Paper]]] = defaultdict(dict)
        self._month_of: dict[bytes, Month] = {}
        self._wanted: Counter[bytes] = Counter()
        """By how many files each list is asked for: one may be the same as another."""
        self._month: Month | None = None
        self._written: dict[str, _Texts] = {}
        """Of the papers that stand or are listed in that month."""
        self._pieces: dict[bytes, Pieces] = {}
        """Of lists that somebody has yet to ask for."""

    def add(self, month: Month, papers: Held[Paper]) -> Held[Paper]:
        """`papers`, a list or a stretch of one, most of which stand in `month`."""
        self._lists[month][papers.digest] = papers
        self._month_of[papers.digest] = month
        self._wanted[papers.digest] += 1
        return papers

    def written(self, month: Month, paper: Paper) -> _Texts:
        """The reference in each format of `paper`, which stands on a list of that `month`."""
        if month != self._month:
            self._turn_to(month)
        found = self._written.get(paper.id)
        if found is None:  # it stands in another month
            found = self._written[paper.id] = self._write(paper)
        return found

    def pieces(self, papers: Held[Paper]) -> Pieces:
        """A list that was added, in each format; let go of here when it was asked for by all."""
        month = self._month_of[papers.digest]
        if papers.digest not in self._pieces and month != self._month:
            self._turn_to(month)
        self._wanted[papers.digest] -= 1
        take = self._pieces.get if self._wanted[papers.digest] > 0 else self._pieces.pop
        return take(papers.digest, None) or self._packed(month, papers)

    def _turn_to(self, month: Month) -> None:
        self._month = month
        write = self._recalled if month == self._last else self._afresh
        self._written = write(self._months.get(month, ()))
        self._pieces |= {key: self._packed(month, papers) for key, papers in self._lists[month].items()}

    def _packed(self, month: Month, papers: Held[Paper]) -> Pieces:
        columns = zip(*[self.written(month, paper) for paper in papers.all], strict=True)
        return tuple(
            Piece.of(form.between.join(texts).encode())
            for form, texts in zip(_FORMATS.values(), columns, strict=True)
        )

    def _afresh(self, papers: Iterable[Paper]) -> dict[str, _Texts]:
        return {paper.id: self._write(paper) for paper in papers}

    def _recalled(self, papers: Iterable[Paper]) -> dict[str, _Texts]:
        known, stand = self._kept.memo(_Texts), self.base_url.encode()
        drawer = known.drawer(ALL)
        written = {
            paper.id: drawer.get(digest(self._facts[paper.id] + stand), partial(self._write, paper))
            for paper in papers
        }
        known.save()
        return written

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
    month: Month = aside()
    writer: _Writer = aside()

    def make(self, theme: Theme) -> bytes:
        form, place = _FORMATS[self.name], list(_FORMATS).index(self.name)
        written = partial(self.writer.written, self.month)
        texts = form.between.join([written(paper)[place] for paper in self.papers.all])
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
                digest(month.digest + stand), partial(self.writer.pieces, month)
            )
            for place, month in enumerate(self.months)
        ]
        known.save()
        files = zip(_FORMATS.items(), zip(*made, strict=True), strict=True)
        return zip_of({name: list(_whole(form, pieces)) for (name, form), pieces in files})


def plan(site: Site) -> Iterable[Artifact]:
    """The files of each list that has papers. One process makes them all, each reference once."""
    archive, months = site.archive, months_of(site.archive)
    facts = facts_digests(archive)
    writer = _Writer(site.settings.base_url, months, facts, site.kept.of("references"))

    def held(month: Month, papers: list[Paper]) -> Held[Paper]:
        return writer.add(month, Held.of(papers, [facts[paper.id] for paper in papers]))

    periods = not site.is_lean
    for day, papers in sorted(archive.by_day.items()) if periods else ():
        found = _ordered(papers)
        listed = Held.of(found, [facts[paper.id] for paper in found])
        yield from _files(writer, addresses.day(day), Month.of(day), listed)
    for month, papers in archive.by_month.items() if periods else ():
        yield _parcel(writer, addresses.month(month), [held(month, _ordered(papers))], NOWHERE)
    for slug, of_topic in _months_by_topic(site).items():
        if of_topic:
            kept = site.kept.of(f"citations-{slug}")
            yield _parcel(writer, addresses.topic(slug), starmap(held, of_topic.items()), kept)
    weights = site.kept.of("weights").memo(int)
    for number, part in enumerate(_parts(starmap(held, months.items()), weights), 1):
        kept = site.kept.of(f"citations--{number}")
        recipe = Parcel(writer.base_url, tuple(part), kept, writer)
        yield Artifact(addresses.citations(number), "citations of the archive", recipe, _BATCH)


_BATCH = "citations"


def _files(writer: _Writer, address: str, month: Month, papers: Held[Paper]) -> Iterator[Artifact]:
    for name in _FORMATS:
        recipe = ListFile(name, writer.base_url, papers, month, writer)
        yield Artifact(address + name, f"citations of /{address}", recipe, _BATCH)


def _parcel(writer: _Writer, address: str, months: Iterable[Held[Paper]], kept: Kept) -> Artifact:
    """Long lists are packed: a paper stands in four or five of them."""
    recipe = Parcel(writer.base_url, tuple(months), kept, writer)
    return Artifact(address + addresses.CITATION_PARCEL, f"citations of /{address}", recipe, _BATCH)


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


def _whole(form: _Format, pieces: Iterable[Piece]) -> Iterator[Piece]:
    """A file from the `pieces` of its months."""
    before, between, after = (Piece.of(text.encode()) for text in (form.before, form.between, form.after))
    yield before
    for number, piece in enumerate(pieces):
        if number:
            yield between
        yield piece
    yield after
