"""The folder content/: read whole or refused with every reason; written whole or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generator.errors import ContentError, FolderError
from generator.files import TEMPORARY_SUFFIX
from generator.model.contents import Changes, Contents
from generator.model.paper import DayRecord, Figures, Observation, Paper
from generator.store.codec import encode
from generator.store.content import ContentStore

FRIDAY, SATURDAY, MONDAY = date(2025, 10, 31), date(2025, 11, 1), date(2025, 11, 3)
NOW = "2025-11-03T08:00:00Z"
WHEELS = Paper(id="2511.00001", title="Wheels", days=(MONDAY,), abstract="They turn.")
BELLS = Paper(id="2511.00002", title="Bells", days=(MONDAY,))
CHANGES = Changes(
    papers=(WHEELS, BELLS),
    observations=(
        Observation(NOW, BELLS.id, Figures(upvotes=3)),
        Observation(NOW, WHEELS.id, Figures(upvotes=5, comments=0)),
    ),
    records=(DayRecord(MONDAY, 2, "open", NOW),),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "content"


@pytest.fixture
def stored(folder: Path) -> Path:
    """A folder that holds CHANGES."""
    ContentStore(folder).write(Contents(), CHANGES)
    return folder


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def put(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def problems(folder: Path) -> list[str]:
    """What is wrong with `folder`, whose files are then as they were."""
    before = bytes_of(folder)
    with pytest.raises(ContentError) as caught:
        ContentStore(folder).read_all()
    assert bytes_of(folder) == before
    return [str(problem).replace(f"{folder}/", "") for problem in caught.value.problems]


# Written and read


def test_what_is_written_is_read_back(folder: Path) -> None:
    store = ContentStore(folder)
    written = store.write(store.read_all(), CHANGES)
    assert ContentStore(folder).read_all() == written
    assert written.papers == {WHEELS.id: WHEELS, BELLS.id: BELLS}


def test_the_folder_is_laid_out_by_day_and_month(stored: Path) -> None:
    assert {name: text.decode() for name, text in bytes_of(stored).items()} == {
        "days.csv": f"day,listed,status,changed_at\n2025-11-03,2,open,{NOW}\n",
        "metrics/2025-11.csv": (
            f"observed,id,upvotes,comments,github_stars\n{NOW},2511.00001,5,0,\n{NOW},2511.00002,3,,\n"
        ),
        "papers/2025/11/03/2511.00001.md": encode(WHEELS),
        "papers/2025/11/03/2511.00002.md": encode(BELLS),
    }


def test_a_folder_that_does_not_exist_is_empty_contents_and_is_not_made(folder: Path) -> None:
    assert ContentStore(folder).read_all() == Contents()
    assert not folder.exists()


def test_the_same_changes_twice_change_no_byte(stored: Path) -> None:
    before = bytes_of(stored)
    for _ in range(2):
        store = ContentStore(stored)
        store.write(store.read_all(), CHANGES)
    assert bytes_of(stored) == before


def test_no_changes_write_nothing(folder: Path) -> None:
    store = ContentStore(folder)
    store.write(store.read_all(), Changes())
    assert not folder.exists()


def test_metrics_are_sorted_and_each_row_stands_once_whatever_order_they_come_in(stored: Path) -> None:
    store = ContentStore(stored)
    contents = store.read_all()
    for observed in ("2025-11-05", "2025-11-01T08:00:00Z", "2025-11-05", "2025-10-31"):
        row = Observation(observed, WHEELS.id, Figures(upvotes=1))
        contents = store.write(contents, Changes(observations=(row,)))
    assert (stored / "metrics/2025-11.csv").read_text().split("\n") == [
        "observed,id,upvotes,comments,github_stars",
        "2025-11-01T08:00:00Z,2511.00001,1,,",
        f"{NOW},2511.00001,5,0,",
        f"{NOW},2511.00002,3,,",
        "2025-11-05,2511.00001,1,,",
        "",
    ]
    assert (stored / "metrics/2025-10.csv").read_text().count("2025-10-31,2511.00001,1,,\n") == 1
    seen = ContentStore(stored).read_all().observations[WHEELS.id]
    assert [each.observed for each in seen] == ["2025-10-31", "2025-11-01T08:00:00Z", NOW, "2025-11-05"]


def test_days_stand_in_order_and_only_the_row_that_changed_is_another(stored: Path) -> None:
    store = ContentStore(stored)
    contents = store.write(
        store.read_all(), Changes(records=(DayRecord(FRIDAY, 0, "failed", "2025-11-04T08:00:00Z"),))
    )
    store.write(contents, Changes(records=(DayRecord(FRIDAY, 9, "open", "2025-11-05T08:00:00Z"),)))
    assert (stored / "days.csv").read_text() == (
        "day,listed,status,changed_at\n"
        "2025-10-31,9,open,2025-11-05T08:00:00Z\n"
        f"2025-11-03,2,open,{NOW}\n"
    )  # fmt: skip


def test_a_paper_that_was_listed_earlier_moves_to_that_day_with_what_a_hand_wrote(stored: Path) -> None:
    path = stored / "papers/2025/11/03/2511.00001.md"
    path.write_text(path.read_text().replace("title: Wheels", "title: 'Wheels'  # round"))
    store = ContentStore(stored)
    store.write(store.read_all(), Changes(papers=(replace(WHEELS, days=(FRIDAY, MONDAY)),)))
    assert not path.exists()
    assert (stored / "papers/2025/10/31/2511.00001.md").read_text() == (
        "---\nid: \"2511.00001\"\ntitle: 'Wheels'  # round\ndays: [2025-10-31, 2025-11-03]\n---\nThey turn.\n"
    )
    assert ContentStore(stored).read_all().papers[WHEELS.id].days == (FRIDAY, MONDAY)


def test_a_paper_that_was_listed_later_stays_where_it_is(stored: Path) -> None:
    store = ContentStore(stored)
    store.write(store.read_all(), Changes(papers=(replace(WHEELS, days=(MONDAY, date(2025, 11, 4))),)))
    assert "papers/2025/11/03/2511.00001.md" in bytes_of(stored)


def test_a_paper_that_the_owner_put_elsewhere_stays_there(stored: Path) -> None:
    mine = stored / "papers/favourites/2511.00001.md"
    mine.parent.mkdir()
    (stored / "papers/2025/11/03/2511.00001.md").rename(mine)
    store = ContentStore(stored)
    contents = store.write(store.read_all(), Changes(papers=(replace(WHEELS, days=(FRIDAY, MONDAY)),)))
    store.write(contents, Changes(papers=(replace(WHEELS, days=(FRIDAY, MONDAY), summary="Turn."),)))
    assert [name for name in bytes_of(stored) if "00001" in name] == ["papers/favourites/2511.00001.md"]
    assert ContentStore(stored).read_all().papers[WHEELS.id].summary == "Turn."


def test_two_changes_in_one_run_reach_a_paper_that_moved_in_between(stored: Path) -> None:
    store = ContentStore(stored)
    once = replace(WHEELS, days=(SATURDAY, MONDAY))
    twice = replace(once, days=(FRIDAY, SATURDAY, MONDAY))
    contents = store.write(store.read_all(), Changes(papers=(once,)))
    store.write(contents, Changes(papers=(twice,)))
    assert [name for name in bytes_of(stored) if "00001" in name] == ["papers/2025/10/31/2511.00001.md"]
    assert ContentStore(stored).read_all().papers[WHEELS.id] == twice


def test_byte_order_mark_and_carriage_returns_are_read_over_and_kept(stored: Path) -> None:
    path = stored / "papers/2025/11/03/2511.00001.md"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    store = ContentStore(stored)
    contents = store.read_all()
    assert contents.papers[WHEELS.id] == WHEELS
    store.write(contents, Changes(papers=(replace(WHEELS, summary="Turn."),)))
    assert path.read_bytes() == (
        b'\xef\xbb\xbf---\r\nid: "2511.00001"\r\ntitle: Wheels\r\ndays: [2025-11-03]\r\nsummary: Turn.\r\n'
        b"---\r\nThey turn.\r\n"
    )


def test_logs_with_carriage_returns_and_a_byte_order_mark_are_read_and_grow(stored: Path) -> None:
    for name in ("days.csv", "metrics/2025-11.csv"):
        path = stored / name
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    store = ContentStore(stored)
    row = Observation("2025-11-04", WHEELS.id, Figures(upvotes=6))
    after = store.write(store.read_all(), Changes(observations=(row,)))
    assert [each.figures.upvotes for each in after.observations[WHEELS.id]] == [5, 6]
    assert ContentStore(stored).read_all() == after


def test_what_is_no_paper_of_ours_is_left_alone(stored: Path) -> None:
    put(stored, "papers/README.txt", "mine")
    put(stored, "papers/2025/.hidden.md", "mine")
    put(stored, "archive.yml", "title: Mine")
    assert set(ContentStore(stored).read_all().papers) == {WHEELS.id, BELLS.id}


# Broken by hand


def test_everything_that_is_broken_is_named_at_once_and_nothing_is_written(stored: Path) -> None:
    put(stored, "papers/2025/11/04/a.md", '---\nid: "a"\ntitle: x: y\n---\n')
    put(stored, "papers/2025/11/04/b.md", '---\nid: "b"\npublished: 2025-13-45\ntitle: B\n---\n')
    put(stored, "papers/2025/11/04/c.md", '---\nid: "c"\ntitle: C\ntitle: D\ndays: [2025-11-04]\n---\n')
    put(stored, "papers/2025/11/04/d.md", b'---\nid: "d"\ntitle: caf\xe9\n---\n')
    put(stored, "papers/2025/11/04/e.md", '---\ntitle: E\nid: "elsewhere"\ndays: [2025-11-04]\n---\n')
    put(
        stored,
        "papers/2025/11/04/2511.00001.md",
        '---\n# again\nid: "2511.00001"\ntitle: W\ndays: [2025-11-04]\n---\n',
    )
    put(stored, "papers/2025/11/04/f.md", '---\nid: "f"\n<<<<<<< HEAD\ntitle: F\n---\n')
    put(stored, "papers/2025/11/04/g.md", "just text\n")
    put(stored, "papers/2025/11/04/h.md", "")
    put(stored, "metrics/2025-12.csv", "observed,id,upvotes,comments,github_stars\nnever,a,1,1,1\n")
    put(stored, "days.csv", "day,listed,status,changed_at\n2025-11-07,x,open,2025-11-07\n")
    assert problems(stored) == [
        "papers/2025/11/04/2511.00001.md:3: holds 2511.00001, and so does papers/2025/11/03/2511.00001.md; "
        "keep one.",
        "papers/2025/11/04/a.md:3: is not YAML: mapping values are not allowed in this context.",
        "papers/2025/11/04/b.md:3: published has '2025-13-45', which is no date; mend it, or put quotes "
        "around it.",
        "papers/2025/11/04/c.md:4: 'title' stands here a second time.",
        "papers/2025/11/04/d.md:3: is not UTF-8 text; save it as UTF-8.",
        "papers/2025/11/04/e.md:3: holds elsewhere; name the file elsewhere.md.",
        "papers/2025/11/04/f.md:3: has the marks of a merge that was never finished; choose a side.",
        "papers/2025/11/04/g.md:1: must begin with a line of ---.",
        "papers/2025/11/04/h.md:1: must begin with a line of ---.",
        "metrics/2025-12.csv:2: 'never' is no day and no UTC moment such as 2025-11-07T08:00:00Z; the "
        "columns are observed,id,upvotes,comments,github_stars.",
        "days.csv:2: 'x' is no count; the columns are day,listed,status,changed_at.",
    ]


def test_the_error_says_how_many_problems_there_are_and_that_nothing_was_written(folder: Path) -> None:
    path = put(folder, "papers/a.md", "")
    with pytest.raises(ContentError) as caught:
        ContentStore(folder).read_all()
    assert str(caught.value) == (
        "1 problem in the content files; nothing was built or written:\n"
        f"  {path}:1: must begin with a line of ---."
    )


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("days.csv", "days.csv: cannot be read: Is a directory."),
        ("papers", "papers: cannot be read: Not a directory."),
    ],
)
def test_a_folder_for_a_file_and_a_file_for_a_folder_are_named(folder: Path, name: str, words: str) -> None:
    if name == "papers":
        put(folder, name, "a file")
    else:
        (folder / name).mkdir(parents=True)
    assert problems(folder) == [words]


@pytest.mark.parametrize("name", ["papers/2025/11", "metrics"])
def test_a_folder_that_cannot_be_looked_into_is_not_taken_for_an_empty_one(
    stored: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    real = os.scandir

    def scandir(path: str | Path) -> object:
        if Path(path) == stored / name:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    with pytest.raises(ContentError, match=f"{name}: cannot be read: Permission denied"):
        ContentStore(stored).read_all()


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("papers/2025/11", "moved"),
        ("papers/2025/11/03", "moved"),
        ("papers/2025/11/03", "nowhere"),
        ("papers/2025/11/03/2511.00001.md", "nowhere"),
        ("papers/2025/11/03", "content/papers/2025/11/03"),
    ],
)
def test_papers_behind_a_link_that_is_not_followed_are_not_taken_for_gone(
    stored: Path, name: str, target: str
) -> None:
    (stored / name).rename(stored.parent / "moved")
    (stored / name).symlink_to(stored.parent / target)
    words = "is a link to a folder or to nothing; put there what it leads to, or let papers/ as a whole"
    assert problems(stored) == [f"{name}: {words} be a link."]


@pytest.mark.parametrize("name", ["papers", "metrics", "days.csv", "papers/2025/11/03/2511.00001.md"])
def test_what_stands_elsewhere_is_followed_by_one_link_and_missed_where_it_is_gone(
    stored: Path, name: str
) -> None:
    before = ContentStore(stored).read_all()
    (stored / name).rename(stored.parent / "moved")
    (stored / name).symlink_to(stored.parent / "moved")
    assert ContentStore(stored).read_all() == before
    (stored.parent / "moved").rename(stored.parent / "gone")
    (told,) = problems(stored)
    assert told.startswith(f"{name}: ")


def test_links_that_editors_leave_are_nobodys(stored: Path) -> None:
    before = ContentStore(stored).read_all()
    (stored / "papers/2025/11/.#2511.00001.md").symlink_to("someone@somewhere.4711:1")
    assert ContentStore(stored).read_all() == before


def test_a_topic_that_nobody_knows_is_named_with_its_line(stored: Path) -> None:
    path = put(
        stored,
        "papers/2025/11/03/2511.00001.md",
        '---\nid: "2511.00001"\ntitle: Wheels\ndays: [2025-11-03]\n'
        "not_topics: [audio]\ntopics: [vision, smell]\n---\n",
    )
    store = ContentStore(stored)
    contents = store.read_all()
    store.check_topics(contents, ["vision", "audio", "smell"])
    with pytest.raises(ContentError) as caught:
        store.check_topics(contents, ["vision"])
    assert [str(problem) for problem in caught.value.problems] == [
        f"{path}:6: names the topic 'smell', which topics.yml does not have.",
        f"{path}:5: names the topic 'audio', which topics.yml does not have.",
    ]


# When the disk says no, or the run is killed


def failing(
    real: Callable[..., int], when: Callable[[Path], bool], error: BaseException
) -> Callable[..., int]:
    def write_bytes(self: Path, data: bytes) -> int:
        if when(self):
            real(self, data[: len(data) // 2])
            raise error
        return real(self, data)

    return write_bytes


MORE = Changes(
    papers=(
        replace(WHEELS, days=(FRIDAY, MONDAY), summary="Turn."),
        Paper(id="n", title="N", days=(MONDAY,)),
    ),
    observations=(Observation("2025-11-04T08:00:00Z", WHEELS.id, Figures(upvotes=9)),),
    records=(DayRecord(MONDAY, 3, "open", "2025-11-04T08:00:00Z"),),
)


@pytest.mark.parametrize("place", ["2511.00001.md", "n.md", "2025-11.csv", "days.csv"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS])
def test_a_disk_that_says_no_at_any_file_leaves_each_old_or_new_and_the_next_run_ends_it(
    stored: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, number: int
) -> None:
    old = bytes_of(stored)
    whole = ContentStore(tmp_path / "whole")
    expected = whole.write(whole.write(Contents(), CHANGES), MORE)
    store = ContentStore(stored)
    contents = store.read_all()
    no = OSError(number, os.strerror(number))
    monkeypatch.setattr(Path, "write_bytes", failing(Path.write_bytes, lambda path: place in path.name, no))
    with pytest.raises(FolderError, match=f"{place}: could not be written: {os.strerror(number)}"):
        store.write(contents, MORE)
    monkeypatch.undo()
    left = bytes_of(stored)
    new = bytes_of(tmp_path / "whole")
    assert all(data in (old.get(name), new.get(name), old.get(_monday(name))) for name, data in left.items())
    assert ("2025-11-03,3," in left["days.csv"].decode()) is False

    store = ContentStore(stored)
    store.write(store.read_all(), MORE)
    assert ContentStore(stored).read_all() == expected
    assert bytes_of(stored) == new


def _monday(name: str) -> str:
    return name.replace("2025/10/31", "2025/11/03")


@pytest.mark.parametrize("place", ["2511.00001.md", "n.md", "2025-11.csv", "days.csv"])
@pytest.mark.parametrize("moment", ["write_bytes", "replace"])
def test_a_run_that_is_killed_at_any_file_is_completed_by_the_next(
    stored: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, moment: str
) -> None:
    whole = ContentStore(tmp_path / "whole")
    whole.write(whole.write(Contents(), CHANGES), MORE)
    store = ContentStore(stored)
    contents = store.read_all()
    real = Path.replace

    def replace_(self: Path, target: Path) -> Path:
        if place in self.name:
            raise KeyboardInterrupt
        return real(self, target)

    if moment == "replace":
        monkeypatch.setattr(Path, "replace", replace_)
    else:
        stop = failing(Path.write_bytes, lambda path: place in path.name, KeyboardInterrupt())
        monkeypatch.setattr(Path, "write_bytes", stop)
    with pytest.raises(KeyboardInterrupt):
        store.write(contents, MORE)
    monkeypatch.undo()

    store = ContentStore(stored)
    store.tidy()
    store.write(store.read_all(), MORE)
    assert bytes_of(stored) == bytes_of(tmp_path / "whole")


def test_the_day_is_noted_last_so_that_a_day_that_is_noted_is_stored(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []
    real = Path.replace

    def replace_(self: Path, target: Path) -> Path:
        written.append(Path(target).name)
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace_)
    ContentStore(folder).write(Contents(), CHANGES)
    assert written == ["2511.00001.md", "2511.00002.md", "2025-11.csv", "days.csv"]


def test_a_file_that_somebody_edits_while_the_run_goes_on_is_not_written_over(stored: Path) -> None:
    store = ContentStore(stored)
    contents = store.read_all()
    path = stored / "papers/2025/11/03/2511.00001.md"
    path.write_text(path.read_text().replace("Wheels", "Wheels, mended"))
    before = bytes_of(stored)
    with pytest.raises(FolderError, match=r"2511\.00001\.md: somebody changed it while this ran"):
        store.write(contents, MORE)
    assert bytes_of(stored) == before


def test_a_file_that_somebody_takes_away_while_the_run_goes_on_is_a_sentence(stored: Path) -> None:
    store = ContentStore(stored)
    contents = store.read_all()
    (stored / "papers/2025/11/03/2511.00001.md").unlink()
    with pytest.raises(FolderError, match=r"2511\.00001\.md: could not be read: No such file"):
        store.write(contents, MORE)


def test_tidying_removes_our_temporaries_and_nothing_else(stored: Path) -> None:
    put(stored, f"papers/2025/11/03/.2511.00001.md{TEMPORARY_SUFFIX}", "half")
    put(stored, f".days.csv{TEMPORARY_SUFFIX}", "half")
    put(stored, f"papers/not-hidden{TEMPORARY_SUFFIX}", "mine")
    put(stored, "papers/.mine.tmp", "mine")
    (stored / f".folder{TEMPORARY_SUFFIX}").mkdir()
    ContentStore(stored).tidy()
    assert set(bytes_of(stored)) == {
        "days.csv",
        "metrics/2025-11.csv",
        "papers/.mine.tmp",
        "papers/2025/11/03/2511.00001.md",
        "papers/2025/11/03/2511.00002.md",
        f"papers/not-hidden{TEMPORARY_SUFFIX}",
    }
    assert (stored / f".folder{TEMPORARY_SUFFIX}").is_dir()


def test_a_temporary_that_cannot_be_removed_is_a_sentence(
    stored: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(stored, f".days.csv{TEMPORARY_SUFFIX}", "half")

    def unlink(self: Path, missing_ok: bool = False) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(Path, "unlink", unlink)
    with pytest.raises(FolderError, match="could not be removed: Read-only file system"):
        ContentStore(stored).tidy()
