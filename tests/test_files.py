"""Writing: the old file or the new one, never half; a lock that says who holds it; a disk that says no."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator.errors import FolderError, Locked
from generator.files import TEMPORARY_SUFFIX, digest, digests, exclusive, walk, write_atomically


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_whole_and_folders_on_the_way_are_made(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "c.txt"
    write_atomically(path, b"wheels")
    write_atomically(path, b"bells")
    assert path.read_bytes() == b"bells"
    assert names(path.parent) == ["c.txt"]


@pytest.mark.parametrize("step", ["write_bytes", "replace"])
@pytest.mark.parametrize(
    ("number", "words"), [(errno.ENOSPC, "No space left on device"), (errno.EROFS, "Read-only file system")]
)
def test_a_disk_that_says_no_leaves_the_old_bytes_and_no_temporary_and_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int, words: str
) -> None:
    path = tmp_path / "days.csv"
    write_atomically(path, b"old")
    real = Path.write_bytes

    def fail(self: Path, *arguments: object) -> int:
        if step == "write_bytes":
            real(self, b"ha")  # half of it was written before the disk was full
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, step, fail)
    with pytest.raises(FolderError) as caught:
        write_atomically(path, b"new and long")
    monkeypatch.undo()
    assert str(caught.value) == (
        f"{path}: could not be written: {words}. Nothing was half-written; make room or mend the folder's "
        "permissions, and run the same command again."
    )
    assert (path.read_bytes(), names(tmp_path)) == (b"old", ["days.csv"])


def test_a_run_that_is_killed_while_it_writes_leaves_the_old_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "days.csv"
    write_atomically(path, b"old")

    def killed(self: Path, target: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", killed)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(path, b"new")
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == [f".days.csv{TEMPORARY_SUFFIX}", "days.csv"]
    write_atomically(path, b"new")
    assert (path.read_bytes(), names(tmp_path)) == (b"new", ["days.csv"])


def test_a_file_where_a_folder_must_be_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "papers").write_bytes(b"a file")
    with pytest.raises(FolderError, match=r"papers/2025/a\.md: could not be written: Not a directory"):
        write_atomically(tmp_path / "papers" / "2025" / "a.md", b"wheels")
    assert (tmp_path / "papers").read_bytes() == b"a file"


def test_a_folder_where_the_file_must_be_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "days.csv").mkdir()
    with pytest.raises(FolderError, match=r"days\.csv: could not be written: Is a directory"):
        write_atomically(tmp_path / "days.csv", b"day")
    assert names(tmp_path) == ["days.csv"]


def test_two_runs_at_once_do_not_meet_and_the_second_says_who_was_first(tmp_path: Path) -> None:
    with exclusive(tmp_path, "content", what="content/"):
        with pytest.raises(Locked) as caught, exclusive(tmp_path, "content", what="content/"):
            pytest.fail("two runs hold one lock")
        assert str(caught.value) == (
            f"content/ is being written by process {os.getpid()}. Wait until it ends, then run this again."
        )
        with exclusive(tmp_path, "site", what="site/"):
            pass
    with exclusive(tmp_path, "content", what="content/"):
        pass


def test_a_lock_is_let_go_when_the_block_fails(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), exclusive(tmp_path, "content", what="content/"):
        raise ZeroDivisionError
    with exclusive(tmp_path, "content", what="content/"):
        pass


def test_a_lock_of_a_process_that_was_killed_is_free_again(tmp_path: Path) -> None:
    program = (
        "import os, pathlib, sys\nfrom generator.files import exclusive\n"
        "with exclusive(pathlib.Path(sys.argv[1]), 'content', what='content/'):\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    root = Path(__file__).parents[1]
    ended = subprocess.run([sys.executable, "-c", program, str(tmp_path)], cwd=root, check=False)
    assert ended.returncode == -9
    assert "content.holder" in names(tmp_path)
    with exclusive(tmp_path, "content", what="content/"):
        assert (tmp_path / "content.holder").read_text() == f"process {os.getpid()}\n"


def test_a_folder_that_cannot_be_locked_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "cache").write_bytes(b"a file")
    with (
        pytest.raises(FolderError, match=r"cache: could not be locked: File exists"),
        exclusive(tmp_path / "cache", "content", what="content/"),
    ):
        pytest.fail("there is no such folder")


def test_every_file_has_a_digest_of_its_bytes_in_order_save_hidden_ones_at_the_top(tmp_path: Path) -> None:
    whole = bytes(range(256)) * 300  # longer than what is read in one go
    for name, data in (
        ("b/x.md", b"wheels"),
        ("a.md", whole),
        (".git/y", b"?"),
        (".z", b"?"),
        ("b/.w", b"bells"),
    ):
        write_atomically(tmp_path / name, data)
    found = digests(tmp_path)
    assert list(found) == ["a.md", "b/.w", "b/x.md"]
    assert found == {"a.md": digest(whole), "b/.w": digest(b"bells"), "b/x.md": digest(b"wheels")}
    assert digests(tmp_path / "nowhere") == {}


def test_a_folder_that_cannot_be_looked_into_is_told_or_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    told: list[OSError] = []
    assert list(walk(str(tmp_path / "file"), unreadable=told.append)) == []
    assert [type(error) for error in told] == [NotADirectoryError]
    with pytest.raises(NotADirectoryError):
        list(walk(str(tmp_path / "file")))
