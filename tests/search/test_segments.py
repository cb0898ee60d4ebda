"""The index is cut by the papers alone: a new day leaves the base as it is, byte for byte."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain, pairwise
from pathlib import Path

import numpy as np
import pytest

from generator.builder.fingerprint import fingerprints
from generator.outputs.search import plan_index
from generator.search import segments as module
from generator.search.codec import front_coded, rice, unpack, varints
from generator.search.index import in_order
from generator.search.segments import BLOCK, RECORDS, boundary, segments
from tests.search.support import TOPICS, Found, documents, order_of, write_index


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Segments as small as invented archives."""
    monkeypatch.setattr(module, "BLOCK", 50)


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.bin")}


def row(counts: Sequence[int]) -> list[tuple[date, int]]:
    """Days in a row with so many papers each."""
    return [(date(2024, 1, 1) + timedelta(days=number), count) for number, count in enumerate(counts)]


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([], 0),
        ([40] * 12, 0),
        ([40] * 26, 0),
        ([40] * 27, 40 * 13),
        ([40] * 39, 40 * 13),
        ([40] * 40, 40 * 26),
        ([2000], 0),
        ([2000] + [1] * 14, 2000),
        ([0] * 30, 0),
    ],
)
def test_settled_days_join_the_base_by_the_block(counts: list[int], expected: int) -> None:
    assert boundary(row(counts)) == expected


def test_the_base_never_shrinks_and_seldom_moves_as_days_are_added() -> None:
    dice = random.Random(1)
    counts = [dice.randint(0, 60) for _ in range(800)]
    cuts = [boundary(row(counts[:end])) for end in range(len(counts) + 1)]
    assert cuts == sorted(cuts)
    assert sum(before != after for before, after in pairwise(cuts)) <= sum(counts) / BLOCK
    assert all(sum(counts[:end]) - cut <= BLOCK + 14 * 60 for end, cut in enumerate(cuts))


def test_nothing_added_to_the_last_two_weeks_moves_the_base() -> None:
    dice = random.Random(2)
    counts = [dice.randint(0, 60) for _ in range(200)]
    for end in range(20, 200):
        late = list(counts[:end])
        late[end - dice.randint(1, 14)] += dice.randint(1, 300)
        assert boundary(row(late)) == boundary(row(counts[:end]))


def test_a_paper_added_late_to_a_recent_day_leaves_the_base_as_it_is(small: None) -> None:
    papers = documents(400)
    base, recent = segments(papers, [])
    late = replace(papers[-30], id="2501.99999")
    assert late.day >= min(paper.day for paper in recent.sources)
    assert segments([*papers, late], [])[0] == base
    early = replace(papers[30], id="2501.99999")
    assert segments([*papers, early], [])[0] != base


def test_the_cut_does_not_ask_in_which_order_papers_come(small: None) -> None:
    papers = documents(300)
    shuffled = random.Random(4).sample(papers, len(papers))
    assert segments(papers, []) == segments(shuffled, [])


def test_a_new_day_changes_no_byte_of_the_base(small: None, tmp_path: Path) -> None:
    papers = documents(330)
    before = write_index(tmp_path / "one", papers)
    day = papers[-1].day + timedelta(days=1)
    more = [replace(paper, id=f"2502.{number:05d}", day=day) for number, paper in enumerate(papers[:8])]
    write_index(tmp_path / "two", [*papers, *more])
    base = next(iter(segments(papers, [slug for slug, _ in TOPICS]))).folder
    one, two = tree(tmp_path / "one"), tree(tmp_path / "two")
    held = {path: data for path, data in one.items() if path.startswith(base)}
    assert len(held) > 15
    assert {path: data for path, data in two.items() if path.startswith(base)} == held
    assert len(before) == len(one)


def test_a_new_day_gives_no_file_of_the_base_another_fingerprint(small: None) -> None:
    papers = documents(330)
    more = [replace(papers[0], id="2502.00001", day=papers[-1].day + timedelta(days=1))]
    made = [
        fingerprints({each.path: each for each in plan_index(held, dict.fromkeys((p.id for p in held), 1), TOPICS)}, "")  # noqa: E501
        for held in (papers, [*papers, *more])
    ]  # fmt: skip
    base = segments(papers, [slug for slug, _ in TOPICS])[0].folder
    assert {path: one for path, one in made[0].items() if path.startswith(base)} == {
        path: one for path, one in made[1].items() if path.startswith(base)
    }


def test_a_new_day_leaves_the_full_files_of_recent_records_alone(tmp_path: Path) -> None:
    papers = documents(70)
    day = papers[-1].day + timedelta(days=1)
    more = [replace(paper, id=f"2502.{number:05d}", day=day) for number, paper in enumerate(papers[:8])]
    write_index(tmp_path / "one", papers)
    write_index(tmp_path / "two", [*papers, *more])
    one, two = (
        {path: data for path, data in tree(tmp_path / name).items() if path.startswith(RECORDS)}
        for name in ("one", "two")
    )
    assert (len(one), len(two)) == (4, 4)
    assert len(one.items() & two.items()) == 3


def test_planning_indexes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    papers = documents(50)
    monkeypatch.setattr("generator.search.files.build", lambda *given, **named: pytest.fail("was indexed"))
    planned = list(plan_index(papers, dict.fromkeys((paper.id for paper in papers), 1), TOPICS))
    assert len(planned) > 5


def test_planning_makes_no_document(monkeypatch: pytest.MonkeyPatch) -> None:
    papers = documents(50)
    monkeypatch.setattr(Found, "document", lambda self: pytest.fail("was made"))
    monkeypatch.setattr(Found, "record", lambda self: pytest.fail("was made"))
    assert len(list(plan_index(papers, dict.fromkeys((paper.id for paper in papers), 1), TOPICS))) > 5


def test_an_archive_of_any_size_has_at_most_110_files_for_1000_papers() -> None:
    for count in (7_467, 30_000, 100_000):
        papers = documents(20, words=50)
        days = [replace(papers[n % 20], day=date(2000, 1, 1) + timedelta(days=n // 40)) for n in range(count)]
        found = segments(days, [])
        files = sum(len(segment.names) + 1 for segment in found)  # and the upvotes of each
        assert files <= count * 0.11, count


def test_new_upvotes_change_one_file_and_the_one_that_names_it(tmp_path: Path) -> None:
    papers = documents(60)
    write_index(tmp_path / "one", papers)
    write_index(tmp_path / "two", papers, **{papers[3].id: 7})
    one, two = tree(tmp_path / "one"), tree(tmp_path / "two")
    assert len(one) == len(two)
    changed = {path for path in one.keys() & two.keys() if one[path] != two[path]} | (one.keys() ^ two.keys())
    assert {path.rpartition("/")[2].partition("-")[0] for path in changed} == {"index.bin", "votes"}


def test_every_file_that_is_planned_is_made_whatever_the_size(tmp_path: Path) -> None:
    for count in (0, 1, 2, 17, 40):
        planned = write_index(tmp_path / str(count), documents(count))
        assert set(tree(tmp_path / str(count))) == {each.path for each in planned}


def test_shards_hold_every_term_once_and_cuts_lead_to_them(tmp_path: Path) -> None:
    papers = documents(300)
    planned = write_index(tmp_path, papers)
    (recent,) = segments(papers, [slug for slug, _ in TOPICS])
    index, about = recent.files.index, recent.files.about
    cuts = about[1].decode().split("\n")
    assert len(cuts) == recent.term_shards
    found: list[str] = []
    for number in range(recent.term_shards):
        names, held, *_ = unpack((tmp_path / recent.folder / f"t{number}.bin").read_bytes())
        before = ""
        for line in names.decode().split("\n") if held else ():
            before = before[: ord(line[0]) - 48] + line[1:]
            found.append(before)
            assert max(cut for cut in range(len(cuts)) if cuts[cut] <= before) == number
    assert found == list(index.terms)
    assert sorted(chain(*order_of(planned))) == sorted(paper.id for paper in papers)


@pytest.mark.parametrize("numbers", [[], [0], [127, 128], [16383, 16384, 5], list(range(0, 300_000, 977))])
def test_varints_are_read_back(numbers: list[int]) -> None:
    read, number, shift = [], 0, 0
    for byte in varints(numbers):
        number |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            read.append(number)
            number = shift = 0
    assert read == numbers


def test_gaps_are_read_back_from_their_bits() -> None:
    dice = random.Random(8)
    numbers = [0, 1, 5000, *(dice.randint(0, 300) for _ in range(200))]
    widths = [0, 3, 9, *(dice.randint(0, 8) for _ in range(200))]
    bits = "".join(f"{byte:08b}" for byte in rice(np.array(numbers), np.array(widths)))
    at, read = 0, []
    for width in widths:
        end = bits.index("1", at)
        read.append(((end - at) << width) + int("0" + bits[end + 1 : end + 1 + width], 2))
        at = end + 1 + width
    assert read == numbers
    assert len(bits) - at < 8


def test_words_share_their_beginnings_but_nothing_beyond_ascii() -> None:
    words = ["a", "ab", "abc", "b" * 90, "b" * 90 + "c", "naïf", "naïve", "été", "étés"]
    before, read = "", []
    for line in front_coded(words).decode().split("\n"):
        before = before[: ord(line[0]) - 48] + line[1:]
        read.append(before)
    assert read == words
    assert front_coded(words).decode().split("\n")[:4] == ["0a", "1b", "2c", "0" + "b" * 90]
    assert front_coded(words).decode().split("\n")[-3:] == ["2ïve", "0été", "0étés"]


def test_words_stand_as_a_browser_sorts_them() -> None:
    plain = ["b", "a", "été", "\uff41", "\u4e00"]
    assert in_order(plain) == ["a", "b", "été", "\u4e00", "\uff41"]
    assert in_order([*plain, "\U00020000"]) == ["a", "b", "été", "\u4e00", "\U00020000", "\uff41"]
    assert in_order([]) == []


def test_a_day_in_the_far_past_is_a_day_like_any_other(tmp_path: Path) -> None:
    papers: list[Found] = [replace(paper, day=date(1995, 2, 3)) for paper in documents(5)]
    assert len(write_index(tmp_path, papers)) > 4
