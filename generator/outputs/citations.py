"""Lists of references as files: of every day, month and topic, and of the whole archive.

They stand in the folder of the page that shows the same list. A list is ordered by day, the oldest first,
then by id, so that votes change nothing and a new day goes to its end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from generator.citing import bibtex, csl, ris
from generator.citing.reference import Reference
from generator.model.paper import Paper
from generator.outputs.artifact import Artifact
from generator.outputs.site import Site
from generator.pages import addresses
from generator.pages.references import reference
from generator.theme import mathematics
from generator.theme.theme import Theme

MOST = 45_000_000
"""About how many bytes a file of the whole archive may have before it is packed."""


@dataclass(frozen=True, slots=True)
class BibFile:
    """The recipe of a BibTeX file."""

    references: tuple[Reference, ...]

    def make(self, theme: Theme) -> bytes:
        return "\n".join(bibtex.entry(each, mathematics.split) for each in self.references).encode()


@dataclass(frozen=True, slots=True)
class RisFile:
    """The recipe of a RIS file."""

    references: tuple[Reference, ...]

    def make(self, theme: Theme) -> bytes:
        return "\n".join(map(ris.record, self.references)).encode()


@dataclass(frozen=True, slots=True)
class CslFile:
    """The recipe of a CSL-JSON file: a list, one paper a line."""

    references: tuple[Reference, ...]

    def make(self, theme: Theme) -> bytes:
        return f"[\n{f',{chr(10)}'.join(map(csl.item, self.references))}\n]\n".encode()


_Recipe = BibFile | RisFile | CslFile


@dataclass(frozen=True, slots=True)
class Parcel:
    """The recipe of the three files of a long list in one ZIP file, without times."""

    references: tuple[Reference, ...]

    def make(self, theme: Theme) -> bytes:
        packed = BytesIO()
        with ZipFile(packed, "w", ZIP_DEFLATED) as parcel:
            for name, recipe in _FORMATS:
                parcel.writestr(ZipInfo(name, _NO_TIME), recipe(self.references).make(theme), ZIP_DEFLATED)
        return packed.getvalue()


_NO_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest that ZIP can tell."""


_RECIPES: tuple[type[_Recipe], ...] = (BibFile, RisFile, CslFile)
_FORMATS = tuple(zip(addresses.CITATION_FILES, _RECIPES, strict=True))


def plan(site: Site) -> Iterable[Artifact]:
    """The files of each list that has papers. One process makes them all, each reference once."""
    archive = site.archive
    periods = not site.is_lean
    for day, papers in archive.by_day.items() if periods else ():
        yield from _files(site, addresses.day(day), papers)
    for month, papers in archive.by_month.items() if periods else ():
        yield from _parcel(site, addresses.month(month), papers)
    for slug, papers in archive.by_topic.items():
        yield from _parcel(site, addresses.topic(slug), papers)
    for number, references in enumerate(_parts(_references(site, archive.papers)), 1):
        path = addresses.citations(number)
        yield Artifact(path, "citations of the archive", Parcel(references), _BATCH)


_BATCH = "citations"


def _files(site: Site, address: str, papers: Iterable[Paper]) -> Iterator[Artifact]:
    references = _references(site, papers)
    if references:
        for name, recipe in _FORMATS:
            yield Artifact(address + name, f"citations of /{address}", recipe(references), _BATCH)


def _parcel(site: Site, address: str, papers: Iterable[Paper]) -> Iterator[Artifact]:
    """Long lists are packed: a paper stands in four or five of them."""
    references = _references(site, papers)
    if references:
        path = address + addresses.CITATION_PARCEL
        yield Artifact(path, f"citations of /{address}", Parcel(references), _BATCH)


def _references(site: Site, papers: Iterable[Paper]) -> tuple[Reference, ...]:
    ordered = sorted(papers, key=lambda paper: (paper.day, paper.id))
    return tuple(reference(site.archive, site.settings, paper) for paper in ordered)


def _parts(references: Iterable[Reference]) -> Iterator[tuple[Reference, ...]]:
    """The references in as many files as they need; a part is full before the next begins."""
    part: list[Reference] = []
    weight = 0
    for each in references:
        own = _weight(each)
        if part and weight + own > MOST:
            yield tuple(part)
            part, weight = [], 0
        part.append(each)
        weight += own
    if part:
        yield tuple(part)


def _weight(each: Reference) -> int:
    """About the bytes of its largest form, which is CSL-JSON."""
    return 300 + len(each.title.encode()) + sum(30 + len(name.encode()) for name in each.authors)
