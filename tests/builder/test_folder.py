"""The folder believes its memory only as far as the files bear it out."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.builder.folder import SiteFolder
from generator.builder.unchanged import MARK, MARK_TEXT, look_at_outputs
from generator.errors import FolderError
from tests.support import permissions

PRINT = b"page\n" + b"1" * 16


@pytest.fixture
def folder(tmp_path: Path) -> SiteFolder:
    folder = SiteFolder(tmp_path / "site", tmp_path / ".cache")
    folder.claim()
    return folder


def write(folder: SiteFolder, path: str, data: bytes) -> None:
    written = folder.write(path, data, PRINT, "because", "2025-01-01T00:00:00Z")
    folder.remember(folder.recall().files | {path: written.made})


def test_a_written_file_is_remembered_and_present(folder: SiteFolder) -> None:
    write(folder, "a/b.html", b"text")
    memory = folder.recall()
    assert (folder.folder / "a/b.html").read_bytes() == b"text"
    assert (memory.files["a/b.html"].fingerprint, memory.files["a/b.html"].reason) == (PRINT, "because")
    assert folder.present(memory).paths == {"a/b.html"}
    assert folder.present(memory).altered == frozenset()


def test_a_file_with_another_time_but_the_same_bytes_is_not_altered(folder: SiteFolder) -> None:
    write(folder, "a.html", b"text")
    os.utime(folder.folder / "a.html", (1, 1))
    present = folder.present(folder.recall())
    assert present.altered == frozenset()
    assert present.refreshed["a.html"].modified == 1_000_000_000


def test_a_file_of_the_same_size_with_other_bytes_is_altered(folder: SiteFolder) -> None:
    write(folder, "a.html", b"text")
    (folder.folder / "a.html").write_bytes(b"tixt")
    assert folder.present(folder.recall()).altered == {"a.html"}


def test_what_is_present_is_what_was_made_only_where_it_looks_just_so(folder: SiteFolder) -> None:
    for name in ("a.html", "b/c.html"):
        write(folder, name, b"text")
    memory = folder.recall()
    assert look_at_outputs(folder.folder, folder.folder.parent / ".cache").digest == memory.outputs
    assert folder.present(memory).paths == {"a.html", "b/c.html"}
    (folder.folder / "a.html").unlink()
    assert folder.present(memory).paths == {"b/c.html"}
    (folder.folder / "b/d.html").write_bytes(b"text")
    assert folder.present(memory).paths == {"b/c.html", "b/d.html"}


def test_equal_bytes_are_not_written_again(folder: SiteFolder) -> None:
    write(folder, "a.html", b"text")
    os.utime(folder.folder / "a.html", (1, 1))
    write(folder, "a.html", b"text")
    assert (folder.folder / "a.html").stat().st_mtime == 1


def test_a_file_that_came_after_it_was_seen_to_be_absent_is_written_over(folder: SiteFolder) -> None:
    write(folder, "a/b.html", b"somebody else's, and longer")
    written = folder.write("a/b.html", b"ours", PRINT, "because", "2025-01-01T00:00:00Z", is_absent=True)
    assert written.is_new and written.made.size == 4
    assert (folder.folder / "a/b.html").read_bytes() == b"ours"


def test_removing_takes_empty_folders_along_and_no_others(folder: SiteFolder) -> None:
    write(folder, "a/b/c.html", b"")
    write(folder, "a/d.html", b"")
    folder.remove(["a/b/c.html"])
    assert sorted(path.name for path in (folder.folder / "a").iterdir()) == ["d.html"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[:-3],
        lambda data: data[:2],
        lambda data: data.replace(b"a.html", b"b.html"),
        lambda data: data.replace(b"a.html", b"\xff.html"),
    ],
)
def test_a_damaged_memory_is_no_memory(folder: SiteFolder, spoil: Callable[[bytes], bytes]) -> None:
    write(folder, "a.html", b"text")
    memory = next((folder.folder.parent / ".cache").glob("*.memory"))
    assert set(folder.recall().files) == {"a.html"}
    memory.write_bytes(spoil(memory.read_bytes()))
    assert folder.recall().files == {}


def test_a_folder_with_strange_files_is_not_swept(tmp_path: Path) -> None:
    precious = tmp_path / "home" / "thesis.tex"
    precious.parent.mkdir()
    precious.write_text("years of work")
    with pytest.raises(FolderError, match="holds files that this program did not make"):
        SiteFolder(tmp_path / "home", tmp_path / ".cache").claim()
    assert precious.exists()


def test_a_folder_of_which_all_files_are_remembered_is_ours_without_its_mark(folder: SiteFolder) -> None:
    write(folder, "a/b.html", b"text")
    (folder.folder / ".git").mkdir()
    mark = folder.folder / MARK
    for spoil in (lambda: None, mark.touch, lambda: mark.symlink_to("a/b.html")):
        mark.unlink()
        spoil()
        folder.claim()
        assert mark.read_bytes() == MARK_TEXT
    assert (folder.folder / "a/b.html").read_bytes() == b"text"


def test_a_folder_with_one_strange_file_is_not_ours_without_its_mark(folder: SiteFolder) -> None:
    write(folder, "a/b.html", b"text")
    (folder.folder / MARK).unlink()
    (folder.folder / "a/thesis.tex").write_text("years of work")
    with pytest.raises(FolderError, match="holds files that this program did not make"):
        folder.claim()


def test_what_is_hidden_at_the_top_is_somebody_elses(folder: SiteFolder) -> None:
    (folder.folder / ".git").mkdir()
    (folder.folder / ".git" / "HEAD").write_text("ref")
    (folder.folder / ".well-known").write_text("")
    assert folder.present(folder.recall()).paths == frozenset()
    assert (folder.folder / MARK).exists()


@pytest.mark.parametrize("is_there", [False, True])
def test_a_disk_that_says_no_is_a_sentence_and_leaves_no_half_of_a_file(
    folder: SiteFolder, monkeypatch: pytest.MonkeyPatch, is_there: bool
) -> None:
    if is_there:
        write(folder, "a.html", b"the old text")
    real = os.write

    def fills_up(file: int, data: bytes) -> int:
        if len(data) < 8:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(file, data[:4])

    monkeypatch.setattr(os, "write", fills_up)
    with pytest.raises(FolderError, match=r"a\.html: could not be written: No space left on device"):
        folder.write("a.html", b"longer than it is", PRINT, "because", "now", is_absent=not is_there)
    assert not (folder.folder / "a.html").exists()


@permissions.needed
@pytest.mark.parametrize("mode", [0o000, 0o444])
def test_a_file_that_may_not_be_read_or_written_is_made_again(folder: SiteFolder, mode: int) -> None:
    write(folder, "a.html", b"text")
    (folder.folder / "a.html").write_bytes(b"tixt")
    (folder.folder / "a.html").chmod(mode)
    assert folder.present(folder.recall()).altered == {"a.html"}
    write(folder, "a.html", b"text")
    assert (folder.folder / "a.html").read_bytes() == b"text"


@permissions.needed
@pytest.mark.parametrize("mode", [0o000, 0o444])
def test_a_folder_that_may_not_be_looked_into_is_a_sentence_that_names_it(
    folder: SiteFolder, mode: int
) -> None:
    write(folder, "a/b.html", b"text")
    (folder.folder / "a").chmod(mode)
    try:
        with pytest.raises(FolderError, match=r"site/a.*: could not be looked at: Permission denied"):
            folder.present(folder.recall())
    finally:
        (folder.folder / "a").chmod(0o755)


def test_a_file_where_the_folder_belongs_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "site").write_bytes(b"mine")
    folder = SiteFolder(tmp_path / "site", tmp_path / ".cache")
    with pytest.raises(FolderError, match="site: is no folder, and the site is to stand there"):
        folder.present(folder.recall())


def test_the_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "site").symlink_to("real")
    folder = SiteFolder(tmp_path / "site", tmp_path / ".cache")
    folder.claim()
    write(folder, "a/b.html", b"text")
    assert folder.present(folder.recall()).paths == {"a/b.html"}
    assert (tmp_path / "real/a/b.html").read_bytes() == b"text"


def test_a_file_that_was_cut_off_is_not_believed(folder: SiteFolder) -> None:
    write(folder, "a.html", b"the old text")
    memory = folder.recall()
    (folder.folder / "a.html").write_bytes(b"the")
    (folder.folder / "b.html").write_bytes(b"the")
    assert folder.present(memory).altered == {"a.html"}
    assert "b.html" not in memory.files


def test_a_file_says_whether_its_bytes_are_new(folder: SiteFolder) -> None:
    told = [folder.write("a.html", data, PRINT, "because", "now").is_new for data in (b"1", b"1", b"2")]
    assert told == [True, False, True]
