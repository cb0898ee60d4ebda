"""Citations as files: of a day, a month, a topic and the whole archive."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path
from zipfile import ZipFile

import bibtexparser
import pytest
import rispy

from generator.citing import csl
from generator.citing.reference import reference_of
from generator.exporting.holding import Held
from generator.model.contents import Changes
from generator.model.paper import Figures, Observation, Paper
from generator.outputs import citations
from generator.outputs.kept import Kept
from generator.pages import addresses
from tests.support.built import Built, broken_links
from tests.support.invented import archive_of, paper

TWICE = replace(paper(90, date(2025, 1, 27)), days=(date(2025, 1, 27), date(2025, 2, 1)))
FOLDERS = (
    "papers/date/2025-01-27/",
    "papers/date/2025-02-01/",
    "papers/month/2025-01/",
    "papers/month/2025-02/",
    "topics/gardens/",
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    changes = archive_of(days=6, per_day=3)
    return Built(tmp_path_factory.mktemp("citations"), replace(changes, papers=(*changes.papers, TWICE)))


_NAMES = (*addresses.CITATION_FILES, addresses.CITATION_PARCEL)


def read(built: Built, path: str) -> str:
    """The file at `path`, which stands for itself or, of a month or a topic, in a parcel."""
    file = built.folder / "site" / path
    parcel = file.with_name(addresses.CITATION_PARCEL)
    return (ZipFile(parcel).read(file.name) if parcel.exists() else file.read_bytes()).decode()


def ids(text: str) -> list[str]:
    """The arXiv ids of a BibTeX file, in its order."""
    return [str(entry["eprint"]) for entry in bibtexparser.parse_string(text).entries]


def test_a_day_a_month_and_a_topic_have_the_papers_of_their_page(built: Built) -> None:
    assert ids(read(built, "papers/date/2025-01-27/papers.bib")) == [
        "2501.00001", "2501.00002", "2501.00003", "2501.00090",
    ]  # fmt: skip
    assert "2501.00090" in ids(read(built, "papers/date/2025-02-01/papers.bib"))
    assert len(ids(read(built, "papers/month/2025-01/papers.bib"))) == 16
    shown = re.findall(r"papers/(2501\.\d{5})/", built.read("topics/gardens/"))
    assert set(ids(read(built, "topics/gardens/papers.bib"))) == set(shown)


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_three_formats_hold_the_same_papers_in_the_same_order(built: Built, folder: str) -> None:
    keys = [entry.key for entry in bibtexparser.parse_string(read(built, f"{folder}papers.bib")).entries]
    assert [item["id"] for item in json.loads(read(built, f"{folder}papers.csl.json"))] == keys
    assert [item["id"] for item in rispy.loads(read(built, f"{folder}papers.ris"))] == keys


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_page_leads_to_its_files(built: Built, folder: str) -> None:
    links = built.links(folder)
    if "date" in folder:
        assert [links[name] for name in ("BibTeX", "RIS", "CSL JSON")] == [
            f"{folder}{name}" for name in ("papers.bib", "papers.ris", "papers.csl.json")
        ]
    else:
        assert links["BibTeX, RIS and CSL JSON"] == f"{folder}papers.zip"


def test_a_parcel_holds_the_three_files_without_a_time(built: Built) -> None:
    parcel = ZipFile(built.folder / "site/topics/gardens/papers.zip")
    assert [each.filename for each in parcel.infolist()] == ["papers.bib", "papers.ris", "papers.csl.json"]
    assert {each.date_time for each in parcel.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert parcel.testzip() is None


def test_no_link_is_broken(built: Built) -> None:
    assert [
        link for link in broken_links(built.folder / "site") if "papers.b" in link or "cite" in link
    ] == []


def test_the_whole_archive_is_one_parcel(built: Built) -> None:
    found = ids(read(built, "citations/papers.bib"))
    assert found == sorted(found, key=lambda each: (each != "2501.00090" and each > "2501.00003", each))
    assert len(found) == 19
    folder = built.folder / "site/citations"
    assert [path.name for path in folder.iterdir()] == ["papers.zip"]


def test_a_paper_page_has_the_entry_of_the_files(built: Built) -> None:
    (bib,) = (
        unescape(text) for text in re.findall("<pre>(.*?)</pre>", built.read("papers/2501.00002/"), re.S)
    )
    assert bib in read(built, "papers/date/2025-01-27/papers.bib")


def test_an_archive_that_grows_past_a_file_goes_on_in_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers = [[paper(month * 10 + each, date(2025, month, 27)) for each in range(3)] for month in range(1, 7)]
    monkeypatch.setattr(citations, "MOST", 6 * citations._weight(papers[0][:1]) + 40)
    months = list(map(held, papers))
    kept = Kept(tmp_path / "weights", "one")
    assert list(citations._parts(months, kept.memo(int))) == [months[:2], months[2:4], months[4:]]
    with monkeypatch.context() as known:
        known.setattr(citations, "_weight", lambda papers: pytest.fail("weighed twice"))
        assert list(citations._parts(months, kept.memo(int))) == [months[:2], months[2:4], months[4:]]
    more = [*months[:5], held(papers[5] * 3)]
    assert list(citations._parts(more, kept.memo(int))) == [months[:2], months[2:4], months[4:5], more[5:]]
    assert list(citations._parts([], kept.memo(int))) == []


def held(papers: list[Paper]) -> Held[Paper]:
    return Held.of(papers, [each.id.encode() for each in papers])


@pytest.mark.parametrize("authors", [("Ada Lovelace",), ("Giuseppe Attardi", "Sergiu Hart-Lemonnier") * 20])
def test_the_weight_of_a_reference_is_about_that_of_its_csl_json(authors: tuple[str, ...]) -> None:
    found = replace(paper(7, date(2025, 1, 27)), authors=authors)
    size = len(csl.item(reference_of(found, "")).encode())
    assert 0.8 * size < citations._weight([found]) < 1.6 * size


def test_votes_change_no_citation_and_a_new_day_only_its_own(tmp_path: Path) -> None:
    built = Built(tmp_path, archive_of(days=3, per_day=3))
    seen = Observation("2025-02-20T08:00:00Z", "2501.00002", Figures(400, 1, 1))
    assert made(built, Changes(observations=(seen,))) == set()
    boats = [paper(number, date(2025, 2, 3), title="Folding a Boat", keywords=()) for number in (800, 801)]
    assert made(built, Changes(papers=tuple(boats))) == {
        "papers/date/2025-02-03",
        "papers/month/2025-02",
        "citations",
    }


def made(built: Built, changes: Changes) -> set[str]:
    """The folders in which a build changes citations."""
    site = built.folder / "site"
    before = {path: path.read_bytes() for path in site.rglob("papers.*")}
    built.add(changes)
    return {
        path.parent.relative_to(site).as_posix()
        for path in site.rglob("papers.*")
        if path.name in _NAMES and before.get(path) != path.read_bytes()
    }


@pytest.mark.parametrize("formats", ["full", "lean"])
def test_each_reference_is_written_once_for_all_lists_and_one_month_of_them_is_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, formats: str
) -> None:
    written: Counter[str] = Counter()
    held = []
    write = citations._Writer._write

    def watched(self: citations._Writer, paper: Paper) -> tuple[str, ...]:
        written[paper.id] += 1
        held.append(len(self._written))
        return write(self, paper)

    monkeypatch.setattr(citations._Writer, "_write", watched)
    changes = archive_of(days=90, per_day=2)
    twice = replace(TWICE, days=(date(2025, 1, 28), date(2025, 2, 1)), id="2501.90000")
    built = Built(
        tmp_path, replace(changes, papers=(*changes.papers, twice)), settings=[f"formats: {formats}"]
    )
    assert len(ids(read(built, "citations/papers.bib"))) == len(written) == 181
    assert written.pop(twice.id) == (2 if formats == "full" else 1)
    assert set(written.values()) == {1}
    assert max(held) <= 2 * 31 + 1
