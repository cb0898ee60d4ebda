"""The feed's answers that somebody kept as files: which day they are of, and what is no page."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.errors import NotAPage
from generator.feed.saved import MAX_SAVED, files_in, parse_saved, read_saved
from generator.feed.saved_page import SavedPage

from .invented import DAY, entry, full, real_file


def page(raw: object, path: str = "2025-11-07.json") -> SavedPage:
    return parse_saved(json.dumps(raw).encode(), path)


def refusal(data: bytes, path: str = "2025-11-07.json") -> str:
    with pytest.raises(NotAPage) as refused:
        parse_saved(data, path)
    return str(refused.value)


def ids(saved: SavedPage) -> Sequence[str]:
    return [each.paper.id for day in saved.days for each in day.entries]


def of_day(number: int, day: str) -> dict[str, Any]:
    return entry(f"2511.{number:05d}", submittedOnDailyAt=f"{day}T09:00:00.000Z")


@pytest.mark.parametrize(
    ("path", "observed"),
    [
        ("2025-11-07.json", "2025-11-07"),
        ("kept/2025-11-07.json", "2025-11-07"),
        ("2025-11-07.json.gz", "2025-11-07"),
        ("2025-11-07", "2025-11-07"),
        ("daily_papers_2025-11-07.json", "2025-11-07"),
        ("2025-11-07 (1).json", "2025-11-07"),
        ("2025-11-07.at-2025-11-08T080102Z.json", "2025-11-08T08:01:02Z"),
        ("2025-11-07.at-2025-11-08T080102Z.json.gz", "2025-11-08T08:01:02Z"),
    ],
)
def test_the_name_tells_the_day_and_the_moment_of_the_fetch(path: str, observed: str) -> None:
    saved = page([full(1)], path)
    assert ([each.day for each in saved.days], saved.observed) == ([DAY], observed)
    assert saved.days[0].entries[0].paper.days == (DAY,)


def test_a_name_without_a_date_leaves_the_day_to_the_entries_where_all_agree() -> None:
    saved = page([of_day(1, "2025-11-06"), of_day(2, "2025-11-06")], "papers.json")
    assert (saved.day, saved.observed) == (date(2025, 11, 6), "2025-11-06")


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ([of_day(1, "2025-11-06"), of_day(2, "2025-11-07")], "its entries are not all of one day"),
        ([of_day(1, "2025-11-06"), entry("2511.00002")], "its entries are not all of one day"),
        ([entry(), entry("2511.00002")], "its entries do not tell the day"),
        ([], "an empty array, and its name has no date"),
    ],
)
def test_where_neither_name_nor_entries_tell_the_day_the_file_is_refused_with_what_to_do(
    raw: object, reason: str
) -> None:
    said = refusal(json.dumps(raw).encode(), "kept/papers.json")
    assert said.startswith("kept/papers.json: ") and reason in said
    assert "Name it after the day" in said


def test_a_name_that_the_entries_contradict_counts_and_says_so() -> None:
    saved = page([of_day(1, "2025-11-06")])
    assert saved.day == DAY
    assert [note.what for note in saved.notes] == [
        "some of its entries say that they were listed on 2025-11-06; its name counts"
    ]


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("2025-02-30.json", "its name has the date 2025-02-30"),
        ("0001-01-01.json", "its name has the date 0001-01-01"),
        ("2025-11-07.at-2025-11-07T250000Z.json", "its name has the fetch time 2025-11-07T250000Z"),
    ],
)
def test_a_name_with_a_date_that_is_none_is_refused(path: str, reason: str) -> None:
    assert reason in refusal(b"[]", path)


def test_a_page_that_lists_nothing_is_a_page() -> None:
    saved = page([])
    assert (saved.listed, [each.day for each in saved.days]) == (0, [DAY])


PRINTED = str({"paper": {"id": "2511.00001", "title": "A"}})


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'{"error": "Not here."}', 'an object, not an array of entries; it says "Not here."'),
        (b'{"status": 1, "count": 2}', 'an object, not an array of entries; its keys are "status", "count"'),
        (b"{}", "an object, not an array of entries; it is empty"),
        (b"1", "a number, not an array of entries"),
        (b"null", "null, not an array of entries"),
        (b'"text"', "text, not an array of entries"),
        (b"[1, 2]", "an array that begins with a number, not an array of entries"),
        (b'["a"]', "an array that begins with text, not an array of entries"),
        (json.dumps([PRINTED]).encode(), "an array of texts in which Python printed the entries (repr)"),
        (json.dumps({"data": [PRINTED]}).encode(), '"data" holds texts in which Python printed the entries'),
        (b"", "it is empty"),
        (b" \n", "it is empty"),
        (b"[{", "breaks off before its first entry is whole"),
        (b"\xff\xfeh\0i\0", "neither JSON, nor HTML, nor the text of the feed's page"),
        (b"h\xe9", "is not UTF-8 text"),
        (b"\x80\x81\0\x01", "is not UTF-8 text"),
        (b"Just a note.\n\nAnother one.", "neither JSON, nor HTML, nor the text of the feed's page"),
    ],
)
def test_what_is_no_page_is_named_as_what_it_is(data: bytes, reason: str) -> None:
    said = refusal(data, "kept/2025-11-07.json")
    assert said.startswith("kept/2025-11-07.json")
    assert reason in said


def test_a_bad_entry_is_named_and_the_good_ones_are_kept() -> None:
    saved = page([full(1), entry("../x"), full(2)])
    assert ids(saved) == ["2511.00001", "2511.00002"]
    assert [problem.where for problem in saved.problems] == ["2025-11-07, entry 2"]


def test_of_an_array_that_breaks_off_the_whole_entries_are_kept() -> None:
    saved = parse_saved(json.dumps([full(1), full(2)]).encode()[:-200], "2025-11-07.json")
    assert ids(saved) == ["2511.00001"]
    assert not saved.days[0].whole
    assert "breaks off" in saved.problems[0].what


def test_a_byte_order_mark_and_utf_16_are_read() -> None:
    text = json.dumps([full(1)])
    for data in (b"\xef\xbb\xbf" + text.encode(), text.encode("utf-16")):
        assert ids(parse_saved(data, "2025-11-07.json")) == ["2511.00001"]


def test_a_compressed_file_is_read_whatever_its_name(tmp_path: Path) -> None:
    for name in ("2025-11-07.json.gz", "2025-11-07.json"):
        path = tmp_path / name
        path.write_bytes(gzip.compress(json.dumps([full(1)]).encode()))
        assert ids(read_saved(path)) == ["2511.00001"]


def test_a_compressed_file_that_is_cut_or_endless_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "2025-11-07.json.gz"
    for data, reason in (
        (gzip.compress(b"[" + b" " * 5000)[:-9], "cannot be unpacked"),
        (b"\x1f\x8bnot gzip at all", "cannot be unpacked"),
        (gzip.compress(bytes(MAX_SAVED + 1)), "it holds more than 64 MiB"),
    ):
        path.write_bytes(data)
        with pytest.raises(NotAPage, match=reason):
            read_saved(path)


def test_a_folder_is_walked_in_order_and_each_file_is_taken_once(tmp_path: Path) -> None:
    for name in (
        "b.json",
        "a.json.gz",
        "A.HTM",
        "sub/c.txt",
        ".hidden.json",
        ".git/d.json",
        "README.md",
        "x",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("[]")
    files, refused = files_in(
        [tmp_path / "b.json", tmp_path / "sub/../b.json", tmp_path, tmp_path / "x", tmp_path]
    )
    names = [path.relative_to(tmp_path).as_posix() for path in files]
    assert (names, refused) == (["b.json", "A.HTM", "a.json.gz", "sub/c.txt", "x"], ())


def test_a_path_that_is_nothing_is_named(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    files, refused = files_in([tmp_path / "absent.json", tmp_path / "empty", Path("/dev/null")])
    assert files == ()
    assert [str(error).removeprefix(f"{tmp_path}/").partition(".")[0] for error in refused] == [
        "absent",
        "empty: no file in this folder can be a page; those end in ",
        "/dev/null: it is neither a file nor a folder",
    ]


@pytest.mark.real
def test_every_real_page_is_read_whole() -> None:
    listed = {}
    for folder in ("feed", "feed-recovered", "feed-versions"):
        files, refused = files_in([real_file(folder)])
        pages = [read_saved(path) for path in files]
        assert refused == () and not any(page.problems or page.notes for page in pages)
        listed[folder] = (len(files), sum(page.listed for page in pages))
    assert listed == {"feed": (430, 7469), "feed-recovered": (15, 199), "feed-versions": (21, 327)}


@pytest.mark.real
def test_every_real_file_that_is_no_page_is_refused_by_name() -> None:
    said = {}
    for path in files_in([real_file("feed-malformed")])[0]:
        with pytest.raises(NotAPage) as refused:
            read_saved(path)
        assert str(refused.value).startswith(f"{path}: ")
        said[path.name] = str(refused.value).removeprefix(f"{path}: ").partition(",")[0].partition(" (")[0]
    printed = "texts in which Python printed the entries"
    assert said == {
        "empty-array.json": "an empty array",
        "error-object.json": "an object",
        "no-data-object.json": "an object",
        "python-repr-array.json": f"an array of {printed}",
        "scalar-one.json": "a number",
        "wrapped-object-with-repr.json": f'an object whose "data" holds {printed}',
    }
