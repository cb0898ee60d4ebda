"""Looking again: whatever was done to a folder is seen, and what nobody touched is not looked at."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from random import Random

import pytest

from generator import again
from generator.files import digest, walk

pytestmark = pytest.mark.skipif(not again.IS_TRUSTED, reason="only Linux is trusted")

OLD = 1_700_000_000_000_000_000
"""A time that all files are given, so that it tells nothing."""


class Folder:
    """A folder that is looked at again and again."""

    def __init__(self, place: Path) -> None:
        self.place = place / "site"
        self.memory = place / "cache" / "site.folders"
        for name in (
            "a.md",
            "b.md",
            "one.md",
            "one/c.md",
            "one/two/d.md",
            "three/e.md",
            ".hidden",
            ".git/head",
        ):
            self.write(name, name[-4:].encode())
        (self.place / "empty").mkdir()
        (self.place / "link.md").symlink_to("a.md")

    def write(self, name: str, data: bytes) -> None:
        path = self.place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        os.utime(path, ns=(OLD, OLD))

    def look(self) -> None:
        """See what is there, and nothing else."""
        time.sleep(0.02)  # a tick of the clock
        assert self.files() == _told(self.place)

    def files(self) -> list[tuple[str, int, int, int]]:
        return _all(again.statuses(self.place, self.memory))

    def kept(self) -> list[Path]:
        return sorted(self.memory.parent.glob("site.*"))


def _told(place: Path) -> list[tuple[str, int, int, int]]:
    """The same as a walk finds it."""
    return _all((path, entry.stat(follow_symlinks=False)) for path, entry in walk(str(place)))


def _all(seen: Iterable[tuple[str, os.stat_result]]) -> list[tuple[str, int, int, int]]:
    return sorted((path, each.st_ino, each.st_size, each.st_mtime_ns) for path, each in seen)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """One that was looked at twice, and in which all is believed."""
    monkeypatch.setattr(again, "SHORTLY", 0)
    folder = Folder(tmp_path)
    folder.look()
    folder.look()
    return folder


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows with every folder that is looked into."""
    found: list[str] = []
    inside = again._inside

    def looks_into(below: bytes, path: bytes) -> bytes:
        found.append(os.fsdecode(path))
        return inside(below, path)

    monkeypatch.setattr(again, "_inside", looks_into)
    return found


def test_what_nobody_touched_is_not_looked_at(folder: Folder, looked_at: list[str]) -> None:
    folder.look()
    assert looked_at == []


def test_only_what_was_touched_is_looked_at(folder: Folder, looked_at: list[str]) -> None:
    folder.write("one/c.md", b"c.mm")
    folder.write("three/f.md", b"f.md")
    folder.look()
    assert looked_at == ["three/"]


def test_what_was_touched_shortly_before_a_look_is_looked_at_once_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, looked_at: list[str]
) -> None:
    """It may have been changed after the look, in the same tick of the clock: then nothing tells."""
    folder = Folder(tmp_path)
    folder.look()
    everything = sorted(looked_at)
    assert everything == ["", "empty/", "one/", "one/two/", "three/"]
    looked_at.clear()
    folder.look()
    assert sorted(looked_at) == everything
    assert folder.kept() == []
    monkeypatch.setattr(again, "SHORTLY", 0)
    folder.look()
    looked_at.clear()
    folder.look()
    assert looked_at == []


def test_one_folder_that_was_touched_shortly_before_is_looked_into_until_it_has_settled(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, looked_at: list[str]
) -> None:
    folder.write("one/x.md", b"x.md")
    monkeypatch.setattr(again, "SHORTLY", 10**10)
    for _ in range(2):
        looked_at.clear()
        folder.look()
        assert looked_at == ["one/"]


def edit_in_place(folder: Path) -> None:
    with (folder / "one/c.md").open("r+b") as file:
        file.write(b"C")
    os.utime(folder / "one/c.md", ns=(OLD, OLD))


def write_anew(folder: Path) -> None:
    (folder / "one/c.md").write_bytes(b"C.md")
    os.utime(folder / "one/c.md", ns=(OLD, OLD))


def move_over(folder: Path) -> None:
    """As `cp -p` and `mv` do: the size is the same, and so is the time."""
    other = folder.parent / "other"
    other.write_bytes(b"C.md")
    os.utime(other, ns=(OLD, OLD))
    other.replace(folder / "one/c.md")


def swap(folder: Path) -> None:
    (folder / "a.md").rename(folder / "z")
    (folder / "b.md").rename(folder / "a.md")
    (folder / "z").rename(folder / "b.md")


def edit_by_another_name(folder: Path) -> None:
    os.link(folder / "one/c.md", folder.parent / "other")
    with (folder.parent / "other").open("r+b") as file:
        file.write(b"C")
    os.utime(folder / "one/c.md", ns=(OLD, OLD))


def add_a_file(folder: Path) -> None:
    (folder / "one/two/new.md").write_bytes(b"new")


def add_a_hidden_file(folder: Path) -> None:
    (folder / "one/.new").write_bytes(b"new")


def add_a_file_and_put_the_time_back(folder: Path) -> None:
    before = (folder / "one").stat()
    (folder / "one/new.md").write_bytes(b"new")
    os.utime(folder / "one", ns=(before.st_atime_ns, before.st_mtime_ns))


def add_a_hidden_file_at_the_top(folder: Path) -> None:
    (folder / ".new").write_bytes(b"new")


def add_a_hidden_folder_at_the_top(folder: Path) -> None:
    (folder / ".new").mkdir()
    (folder / ".new/x.md").write_bytes(b"new")


def add_folders(folder: Path) -> None:
    (folder / "one/four/five").mkdir(parents=True)
    (folder / "one/four/five/new.md").write_bytes(b"new")


def fill_an_empty_folder(folder: Path) -> None:
    (folder / "empty/new.md").write_bytes(b"new")


def remove_a_file(folder: Path) -> None:
    (folder / "one/c.md").unlink()


def remove_a_folder(folder: Path) -> None:
    shutil.rmtree(folder / "one")


def remove_everything(folder: Path) -> None:
    shutil.rmtree(folder)


def rename_a_file(folder: Path) -> None:
    (folder / "one/c.md").rename(folder / "one/C.md")


def rename_a_folder(folder: Path) -> None:
    (folder / "one").rename(folder / "eins")


def exchange_folders(folder: Path) -> None:
    (folder / "one").rename(folder / "z")
    (folder / "three").rename(folder / "one")
    (folder / "z").rename(folder / "three")


def put_a_folder_in_place_of_a_file(folder: Path) -> None:
    (folder / "one/c.md").unlink()
    (folder / "one/c.md").mkdir()
    (folder / "one/c.md/x.md").write_bytes(b"x")


def put_a_file_in_place_of_a_folder(folder: Path) -> None:
    shutil.rmtree(folder / "three")
    (folder / "three").write_bytes(b"x")


def put_another_folder_in_place_of_one(folder: Path) -> None:
    shutil.rmtree(folder / "three")
    (folder / "three").mkdir()
    (folder / "three/e.md").write_bytes(b"E.md")


def put_a_link_in_place_of_a_file(folder: Path) -> None:
    (folder / "a.md").unlink()
    (folder / "a.md").symlink_to("b.md")


def lead_a_link_elsewhere(folder: Path) -> None:
    (folder / "link.md").unlink()
    (folder / "link.md").symlink_to("b.md")


def lead_links_nowhere(folder: Path) -> None:
    (folder / "one/nowhere.md").symlink_to("nothing")
    (folder / "one/loop.md").symlink_to("loop.md")


def edit_where_a_link_leads(folder: Path) -> None:
    with (folder / "a.md").open("r+b") as file:
        file.write(b"A")
    os.utime(folder / "a.md", ns=(OLD, OLD))


CHANGES = [
    edit_in_place, write_anew, move_over, swap, edit_by_another_name, add_a_file, add_a_hidden_file,
    add_a_file_and_put_the_time_back, add_a_hidden_file_at_the_top, add_a_hidden_folder_at_the_top,
    add_folders, fill_an_empty_folder, remove_a_file, remove_a_folder, remove_everything, rename_a_file,
    rename_a_folder, exchange_folders, put_a_folder_in_place_of_a_file, put_a_file_in_place_of_a_folder,
    put_another_folder_in_place_of_one, put_a_link_in_place_of_a_file, lead_a_link_elsewhere,
    lead_links_nowhere, edit_where_a_link_leads,
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_is_seen(folder: Folder, change: Callable[[Path], None]) -> None:
    change(folder.place)
    folder.look()
    folder.look()


def test_a_link_to_a_folder_is_no_folder_even_where_what_it_leads_to_is_known(folder: Folder) -> None:
    folder.place.joinpath("one").rename(folder.place.parent / "elsewhere")
    folder.place.joinpath("one").symlink_to("../elsewhere")
    seen = {path for path, _ in again.statuses(folder.place, folder.memory)}
    assert seen == {path for path, _ in walk(str(folder.place))}
    assert "one" in seen and "one/c.md" not in seen


def test_folders_that_came_later_are_seen_once_where_others_are_gone(folder: Folder) -> None:
    for name in ("one/four", "three/five", "one/six", "three/seven"):
        folder.write(f"{name}/x.md", b"x.md")
        folder.look()
    for name in ("one/four", "three/five"):
        shutil.rmtree(folder.place / name)
    folder.look()


def test_whatever_is_done_one_after_the_other_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(again, "SHORTLY", 0)
    folder, dice = Folder(tmp_path), Random(20250301)
    for _ in range(60):
        for _ in range(dice.randrange(4)):
            _do_something(folder, dice)
        folder.look()


def _do_something(folder: Folder, dice: Random) -> None:
    paths = sorted(path for path in folder.place.rglob("*") if not path.is_symlink())
    kept = [path for path in paths if path.is_file() and path.name != "a.md"]
    folders = [folder.place, *(path for path in paths if path.is_dir())]
    number = str(dice.randrange(100))
    what = dice.randrange(6)
    if what == 0:
        dice.choice(folders).joinpath(number).mkdir(exist_ok=True)
    elif what == 1 and kept:
        dice.choice(kept).unlink()
    elif what == 2 and len(folders) > 4:
        shutil.rmtree(dice.choice(folders[1:]))
    elif what == 3 and kept:
        path = dice.choice(kept)
        path.write_bytes(number.zfill(len(path.read_bytes())).encode())
        os.utime(path, ns=(OLD, OLD))
    elif what == 4 and len(folders) > 1:
        source, target = dice.choice(folders[1:]), dice.choice(folders)
        if source not in (target, *target.parents) and not (target / source.name).exists():
            source.rename(target / source.name)
    else:
        folder.write(f"{dice.choice(folders).relative_to(folder.place)}/{number}.md", b"1234")


def spoil_by_cutting(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def spoil_a_byte(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def spoil_the_version(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data.replace(b"looked 1", b"looked 0"))


def spoil_the_kind(path: Path) -> None:
    """As a program might that remembers other things under the same name."""
    data = b"\x93\x01\x02\x03"
    path.write_bytes(b"".join((again._HEAD, digest(data), data)))


def spoil_by_emptying(path: Path) -> None:
    path.write_bytes(b"")


def spoil_by_deleting(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize(
    "spoil",
    [
        spoil_by_cutting, spoil_a_byte, spoil_the_version, spoil_the_kind, spoil_by_emptying,
        spoil_by_deleting,
    ],
)  # fmt: skip
def test_a_spoiled_memory_is_none_and_is_written_anew(
    folder: Folder, looked_at: list[str], spoil: Callable[[Path], None]
) -> None:
    (path,) = folder.kept()
    before = path.read_bytes()
    spoil(path)
    folder.look()
    assert looked_at
    assert path.read_bytes() == before


def test_the_memory_of_another_folder_is_not_believed(folder: Folder, tmp_path: Path) -> None:
    """Not even where all of its files have the same names, sizes and times."""
    shutil.copytree(folder.place, tmp_path / "other", symlinks=True)
    shutil.rmtree(tmp_path / "other/three")
    (tmp_path / "other/one/c.md").write_bytes(b"C.md")
    os.utime(tmp_path / "other/one/c.md", ns=(OLD, OLD))
    assert _all(again.statuses(tmp_path / "other", folder.memory)) == _told(tmp_path / "other")


def test_a_folder_that_moved_is_the_same_folder(folder: Folder, tmp_path: Path) -> None:
    folder.place.rename(tmp_path / "moved")
    assert _all(again.statuses(tmp_path / "moved", folder.memory)) == _told(tmp_path / "moved")


def test_where_nothing_can_be_remembered_all_is_looked_at(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    (tmp_path / "cache").write_bytes(b"a file")
    folder.look()
    folder.look()


def test_files_of_any_name_and_time_are_seen(folder: Folder, looked_at: list[str]) -> None:
    odd = os.fsdecode(b"one/\xff\xfe.md")
    folder.write(odd, b"odd")
    folder.write("one/new\nline.md", b"odd")
    folder.write("one/late.md", b"late")
    os.utime(folder.place / "one/late.md", (0, 250_000_000_000))
    for _ in range(2):
        looked_at.clear()
        folder.look()
    assert odd in {path for path, *_ in folder.files()}
    assert looked_at == []


def test_little_that_is_new_is_not_written_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, looked_at: list[str]
) -> None:
    monkeypatch.setattr(again, "SHORTLY", 0)
    folder = Folder(tmp_path)
    for number in range(200):
        folder.write(f"f{number}/x.md", b"text")
    folder.look()
    told = folder.memory.read_bytes()
    folder.write("f7/y.md", b"text")
    folder.look()
    assert folder.memory.read_bytes() == told
    for number in range(20):
        folder.write(f"f{number}/y.md", b"text")
    folder.look()
    assert folder.memory.read_bytes() != told
    looked_at.clear()
    folder.look()
    assert looked_at == []


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(again, "IS_TRUSTED", False)
    return


@pytest.mark.usefixtures("elsewhere")
def test_other_systems_are_not_trusted(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.look()
    assert not folder.memory.parent.exists()


def test_a_folder_that_cannot_be_looked_into_is_an_error(folder: Folder) -> None:
    shutil.rmtree(folder.place)
    folder.place.write_bytes(b"a file")
    with pytest.raises(NotADirectoryError):
        folder.files()
