"""What was settled about related papers may be gone on with, and says what beginning anew would say."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from generator.files import digest
from generator.insight import lasting
from generator.insight import related as module
from generator.insight.lasting import Begun, alike_in, know_alike
from generator.insight.related import Settled, in_row, related
from generator.model.archive import Archive
from generator.model.contents import Contents
from generator.model.paper import Paper
from generator.model.topics import TopicMatcher
from tests.insight.test_related import FIRST, ids, invented

WORDS = [f"word{place}" for place in range(90)]


@pytest.fixture(autouse=True)
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a few hundred papers are as many steps and blocks as many thousand."""
    monkeypatch.setattr(module, "_STEP", 40)
    monkeypatch.setattr(module, "_BLOCK", 16)


@pytest.fixture
def resumed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows with every run that goes on, by the place where it does."""
    places: list[int] = []
    go_on = module._go_on

    def watched(row: object, starts: object, lists: object, known: Settled, begin: int) -> Settled:
        places.append(begin)
        return go_on(row, starts, lists, known, begin)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "_go_on", watched)
    return places


def archive_of(papers: list[Paper]) -> Archive:
    return Archive.of(Contents({each.id: each for each in papers}), TopicMatcher.of(()))


def recalled(papers: list[Paper], path: Path, *, has_files: bool = True) -> dict[str, list[str]]:
    archive = archive_of(papers)
    digests = {each.id: digest(repr(each).encode()) for each in papers} if has_files else {}
    row = in_row(papers)
    know_alike(archive, row, Begun(row, path, "one", digests).settled)
    return ids(alike_in(archive))


def new(number: int, day: int, dice: random.Random) -> Paper:
    words = dice.choices(WORDS, [1 / (place + 3) for place in range(len(WORDS))], k=50)
    return Paper(
        id=f"2501.{number:05d}",
        title=" ".join(words[:4]),
        days=(FIRST + timedelta(days=day),),
        abstract=" ".join(words),
        keywords=(f"{words[5]} {words[6]}",),
    )


@pytest.mark.parametrize("has_files", [True, False])
def test_thirty_growths_and_edits_give_what_beginning_anew_gives(
    tmp_path: Path, resumed: list[int], has_files: bool
) -> None:
    dice = random.Random(7)
    papers = [new(number, number // 5, dice) for number in range(300)]
    last = 60
    for step in range(30):
        kind = dice.choice(
            ["day", "day", "day", "same day", "edit of today", "edit", "before", "summary", "gone"]
        )
        number = 1000 + 10 * step
        if kind == "day":
            last += dice.choice([1, 1, 3])
            papers += [new(number + each, last, dice) for each in range(dice.randrange(1, 9))]
        elif kind == "same day":
            papers += [new(number + each, last, dice) for each in range(3)]
        elif kind == "before":
            papers.append(new(number, dice.randrange(last), dice))
        elif kind == "gone":
            papers.remove(dice.choice(papers))
        else:
            newest = [place for place, each in enumerate(papers) if each.day == FIRST + timedelta(days=last)]
            place = newest[-1] if kind == "edit of today" and newest else dice.randrange(len(papers))
            change = {"summary": "Said anew."} if kind == "summary" else {"title": "Tarred ropes and word3"}
            papers[place] = replace(papers[place], **change)  # type: ignore[arg-type]
        assert recalled(papers, tmp_path / "memo", has_files=has_files) == ids(related(papers)), kind
    assert len(resumed) > 15
    assert max(resumed) > 300


def test_a_new_day_goes_on_at_the_last_one_and_an_edit_of_the_last_weeks_a_little_before(
    tmp_path: Path, resumed: list[int]
) -> None:
    papers = invented(days=70, per_day=6)
    recalled(papers[:408], tmp_path / "memo")
    recalled(papers[:414], tmp_path / "memo")
    assert resumed == [402]
    papers[390] = replace(papers[390], title="Another")
    recalled(papers, tmp_path / "memo")
    assert resumed == [402, 360]


def test_what_has_nothing_to_do_with_likeness_changes_nothing(tmp_path: Path, resumed: list[int]) -> None:
    papers = invented(days=30, per_day=6)
    before = recalled(papers, tmp_path / "memo")
    papers[3] = replace(papers[3], github="https://github.com/rope/walks", summary="Tarred.")
    assert recalled(papers, tmp_path / "memo") == before
    assert resumed == [174]


def test_twice_as_many_papers_tell_anew_what_is_rare(tmp_path: Path, resumed: list[int]) -> None:
    papers = invented(days=50, per_day=6)
    recalled(papers[:252], tmp_path / "memo")
    assert recalled(papers, tmp_path / "memo") == ids(related(papers))
    assert resumed == []


@pytest.mark.parametrize("damage", [b"", b"one\n", b"two\n" + b"x" * 40])
def test_a_file_that_is_damaged_or_of_another_program_is_none(tmp_path: Path, damage: bytes) -> None:
    papers = invented(days=10, per_day=6)
    (tmp_path / "memo").write_bytes(damage)
    assert recalled(papers, tmp_path / "memo") == ids(related(papers))
    assert lasting._read(tmp_path / "memo", b"one\n")


def test_a_single_byte_that_is_another_is_damage(tmp_path: Path) -> None:
    papers = invented(days=10, per_day=6)
    recalled(papers, tmp_path / "memo")
    data = bytearray((tmp_path / "memo").read_bytes())
    assert lasting._read(tmp_path / "memo", b"one\n")
    data[-20] ^= 1
    (tmp_path / "memo").write_bytes(data)
    assert lasting._read(tmp_path / "memo", b"one\n") is None
    assert lasting._read(tmp_path / "memo", b"two\n") is None


def test_a_disk_that_says_no_is_no_matter(tmp_path: Path) -> None:
    (tmp_path / "memo").mkdir()
    papers = invented(days=4, per_day=4)
    assert recalled(papers, tmp_path / "memo") == ids(related(papers))


def test_an_archive_that_nobody_recalled_is_worked_out_once() -> None:
    archive = archive_of(invented(days=4, per_day=4))
    assert alike_in(archive) is alike_in(archive)
    assert ids(alike_in(archive)) == ids(related(archive.papers))
