"""What stands in the place of a file of the site makes way, and what it leads to is left alone."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.builder.folder import SiteFolder
from generator.errors import FolderError
from tests.builder.test_folder import PRINT, write


@pytest.fixture
def folder(tmp_path: Path) -> SiteFolder:
    folder = SiteFolder(tmp_path / "site", tmp_path / ".cache")
    folder.claim()
    return folder


def lead_elsewhere(path: Path, outside: Path) -> None:
    path.symlink_to(outside)


def lead_nowhere(path: Path, outside: Path) -> None:
    path.symlink_to("nowhere")


def lead_to_itself(path: Path, outside: Path) -> None:
    path.symlink_to(path.name)


def lead_to_a_folder(path: Path, outside: Path) -> None:
    path.symlink_to(outside.parent)


def share_with_others(path: Path, outside: Path) -> None:
    os.link(outside, path)


def lay_a_pipe(path: Path, outside: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no pipes with names")
    os.mkfifo(path)


def make_folders(path: Path, outside: Path) -> None:
    (path / "a/b").mkdir(parents=True)
    (path / "c").mkdir()


STRANGE = [
    lead_elsewhere, lead_nowhere, lead_to_itself, lead_to_a_folder, share_with_others, lay_a_pipe,
    make_folders,
]  # fmt: skip


@pytest.mark.parametrize("outside", [b"text", b"mine"])
@pytest.mark.parametrize(
    ("put", "is_absent"),
    [*((put, False) for put in STRANGE), *((put, True) for put in STRANGE if put is not share_with_others)],
    ids=lambda value: getattr(value, "__name__", value),
)  # what was seen to be absent has no other name
def test_what_is_no_file_of_ours_makes_way_for_one_and_nothing_is_written_elsewhere(
    folder: SiteFolder, put: Callable[[Path, Path], None], is_absent: bool, outside: bytes
) -> None:
    other = folder.folder.parent / "elsewhere" / "mine.html"
    other.parent.mkdir()
    other.write_bytes(outside)
    path = folder.folder / "a.html"
    put(path, other)
    folder.write("a.html", b"text", PRINT, "because", "now", is_absent=is_absent)
    assert path.read_bytes() == b"text"
    assert path.is_file() and not path.is_symlink()
    assert other.read_bytes() == outside


@pytest.mark.parametrize("put", [*STRANGE[:4], lay_a_pipe])
def test_what_is_no_file_of_ours_is_present_and_altered(
    folder: SiteFolder, put: Callable[[Path, Path], None]
) -> None:
    write(folder, "a.html", b"text")
    path = folder.folder / "a.html"
    path.rename(folder.folder.parent / "mine.html")
    put(path, folder.folder.parent / "mine.html")
    put(folder.folder / "stranger", folder.folder.parent / "mine.html")
    present = folder.present(folder.recall())
    assert present.paths == {"a.html", "stranger"}
    assert present.altered == {"a.html"}
    folder.remove(["stranger"])
    assert not os.path.lexists(folder.folder / "stranger")
    assert (folder.folder.parent / "mine.html").read_bytes() == b"text"


def test_a_link_as_long_as_the_file_and_to_the_same_bytes_is_altered_all_the_same(folder: SiteFolder) -> None:
    write(folder, "a.html", b"just as big")
    (folder.folder / "a.html").rename(folder.folder.parent / "four")
    (folder.folder / "a.html").symlink_to("..///./four")
    assert (folder.folder / "a.html").lstat().st_size == (folder.folder / "a.html").stat().st_size
    assert folder.present(folder.recall()).altered == {"a.html"}


def test_a_folder_with_files_in_it_does_not_make_way(folder: SiteFolder) -> None:
    (folder.folder / "a.html/b").mkdir(parents=True)
    (folder.folder / "a.html/b/mine.txt").write_bytes(b"years of work")
    with pytest.raises(FolderError, match=r"a\.html: is a folder with files in it"):
        folder.write("a.html", b"text", PRINT, "because", "now", is_absent=True)
    assert (folder.folder / "a.html/b/mine.txt").read_bytes() == b"years of work"


def test_what_made_way_is_gone_when_it_is_to_be_removed(folder: SiteFolder) -> None:
    write(folder, "a/index.html", b"where a file was")
    write(folder, "b", b"where a folder was")
    folder.remove(["a", "b/c.txt"])
    assert (folder.folder / "a/index.html").exists()
    assert (folder.folder / "b").exists()
