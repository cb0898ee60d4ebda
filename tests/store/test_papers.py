"""Papers that stay in a file are the papers that were put there."""

from __future__ import annotations

import os
import pickle
import re
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generator.errors import FolderError
from generator.exporting import holding
from generator.model.paper import Organization, Paper
from generator.store import papers
from generator.store.papers import FoldedPaper, KeptPaper, PaperMemo

DAY = date(2025, 11, 7)
PAPERS = {
    b"1" * 16: Paper(
        "2511.00001", "Wheels", ("Ada Lovelace",), days=(DAY,), abstract="Wheels *turn* — 輪 🛞."
    ),
    b"2" * 16: Paper("2511.00002", "Bells", organization=Organization("b", "B"), published=DAY),
    b"3" * 16: Paper("2511.00003", "Pumps", days=(DAY,), abstract="Pumps.", withheld=frozenset({"github"})),
}


def kept(folder: Path, version: str = "one") -> dict[bytes, Paper]:
    return PaperMemo(folder / "papers", version).drawer("2025-11").known


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    memo = PaperMemo(tmp_path / "papers", "one")
    memo.drawer("2025-11").asked.update(PAPERS)
    memo.save()
    return tmp_path


def test_a_paper_is_read_when_somebody_asks_for_what_it_tells(folder: Path) -> None:
    """What it is filed by, its title, and its abstract are had without that."""
    for key, paper in kept(folder).items():
        plain = PAPERS[key]
        assert (paper.id, paper.day, paper.title, paper.abstract) == (
            plain.id, plain.day, plain.title, plain.abstract
        )  # fmt: skip
        assert (paper.organization, paper.github, paper.pinned_topics, hash(paper)) == (
            plain.organization, plain.github, plain.pinned_topics, hash(plain)
        )  # fmt: skip
        assert type(paper) is FoldedPaper
        assert paper.authors == plain.authors
        assert type(paper) is KeptPaper
        assert (paper.withheld, paper.summary, paper.abstract) == (
            plain.withheld, plain.summary, plain.abstract
        )  # fmt: skip


def test_papers_come_back_as_they_were(folder: Path) -> None:
    found = kept(folder)
    assert found == PAPERS
    for key, paper in found.items():
        plain = PAPERS[key]
        assert isinstance(paper, KeptPaper)
        assert (paper == plain, plain == paper, hash(paper)) == (True, True, hash(plain))
        assert (paper.abstract, repr(paper.plain)) == (plain.abstract, repr(plain))
        assert paper != replace(plain, abstract="Another.")
        assert paper != replace(plain, title="Another")
        assert replace(plain, abstract="Another.") != paper


def test_what_stands_for_a_paper_does_not_tell_where_its_abstract_is(folder: Path) -> None:
    for key, paper in kept(folder).items():
        assert holding._encode(paper) == holding._encode(PAPERS[key])


@pytest.mark.parametrize(
    "made",
    [
        lambda paper: pickle.loads(pickle.dumps(paper)),
        deepcopy,
        lambda paper: replace(paper, title=paper.title),
    ],
)
def test_what_is_made_of_a_paper_has_its_abstract_with_it(
    folder: Path, made: Callable[[Paper], Paper]
) -> None:
    for key, paper in kept(folder).items():
        assert type(made(paper)) is Paper
        assert made(paper) == PAPERS[key]


def test_papers_are_kept_anew_from_the_file_that_held_them(folder: Path) -> None:
    """The file they are read from is replaced meanwhile."""
    found = kept(folder)
    memo = PaperMemo(folder / "papers", "one")
    more = Paper("2511.00004", "Sails", days=(DAY,), abstract="Sails.")
    memo.drawer("2025-11").asked.update({**found, b"4" * 16: more})
    memo.save()
    assert kept(folder) == {**PAPERS, b"4" * 16: more}
    assert found == PAPERS


def test_a_file_that_became_shorter_is_an_error_that_names_it(folder: Path) -> None:
    """Better than an abstract of which the end is missing."""
    found = kept(folder)
    (path,) = folder.iterdir()
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size - 3)
    with pytest.raises(FolderError, match=re.escape(f"{path}: became shorter")):
        [paper.abstract for paper in found.values()]


def test_where_very_many_files_are_open_papers_are_read_at_once(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(papers, "_most_open", lambda: 0)
    found = kept(folder)
    (path,) = folder.iterdir()
    path.write_bytes(b"")
    assert found == PAPERS


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="needs Linux to see which files are open")
def test_a_file_is_closed_with_the_last_of_its_papers(folder: Path) -> None:
    def is_open() -> bool:
        return any(str(path) == os.path.realpath(each) for each in Path("/proc/self/fd").iterdir())

    (path,) = folder.iterdir()
    found = kept(folder)
    assert is_open()
    found.clear()
    assert not is_open()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[:-3],
        lambda data: data[:-3] + b"xxx",
        lambda data: data + b"x",
        lambda data: data[:20],
        lambda data: data[:4],
        lambda data: b"",
    ],
)
def test_a_damaged_file_holds_nothing(folder: Path, spoil: Callable[[bytes], bytes]) -> None:
    (path,) = folder.iterdir()
    path.write_bytes(spoil(path.read_bytes()))
    assert kept(folder) == {}


def test_another_program_knows_nothing(folder: Path) -> None:
    assert kept(folder, "two") == {}
