"""Made archives are what they say: the codec's own text, the same every time, in real proportions."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from generator.model.contents import Contents
from generator.model.paper import Paper
from generator.model.topics import TopicMatcher
from generator.store import codec
from generator.store.content import ContentStore
from generator.store.taxonomy import read_topics
from tests.bench.make_archive import NEWEST, Maker, days, make_archive, text_of

COUNT = 600


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("made") / "content"
    make_archive(COUNT, made)
    return made


@pytest.fixture(scope="module")
def contents(folder: Path) -> Contents:
    return ContentStore(folder).read_all()


@pytest.fixture(scope="module")
def papers(contents: Contents) -> list[Paper]:
    return list(contents.papers.values())


def test_a_made_paper_is_written_as_the_codec_writes_it():
    maker = Maker()
    made = [maker.paper(day) for day, listed in days(COUNT) for _ in range(listed)]
    assert [codec.encode(paper) for paper in made] == [text_of(paper) for paper in made]


def test_a_made_paper_is_read_back_as_it_was_made(papers: list[Paper]):
    maker = Maker()
    assert maker.paper(days(COUNT)[0][0]).title in {paper.title for paper in papers}
    assert papers == [codec.decode(text_of(paper), "") for paper in papers]


def test_the_same_seed_makes_the_same_bytes(folder: Path, tmp_path: Path):
    make_archive(COUNT, tmp_path / "again")
    assert _bytes(folder) == _bytes(tmp_path / "again")


def test_another_seed_makes_other_papers(folder: Path, tmp_path: Path):
    make_archive(50, tmp_path / "other", seed=8)
    written = {name: data for name, data in _bytes(tmp_path / "other").items() if name.endswith(".md")}
    assert set(written.values()).isdisjoint(_bytes(folder).values())


def test_every_paper_that_was_asked_for_is_there(papers: list[Paper]):
    assert len(papers) == COUNT


def test_a_larger_archive_is_an_older_one():
    assert days(10_000)[-100:] == days(5_000)[-100:]
    assert days(10_000)[0][0] < days(5_000)[0][0]
    assert days(300)[-1][0] == NEWEST == date(2026, 8, 28)


def test_papers_are_listed_on_weekdays_only():
    assert {day.weekday() for day, _ in days(5_000)} == {0, 1, 2, 3, 4}


def test_the_day_log_counts_what_is_listed(contents: Contents, papers: list[Paper]):
    listed = Counter(paper.day for paper in papers)
    assert {day: record.listed for day, record in contents.records.items()} == listed


def test_every_paper_has_figures(contents: Contents, papers: list[Paper]):
    assert contents.observations.keys() == {paper.id for paper in papers}


def test_abstracts_are_as_long_as_real_ones(papers: list[Paper]):
    lengths = sorted(len(paper.abstract) for paper in papers)
    assert 1200 < lengths[len(lengths) // 2] < 1450


def test_most_names_stand_on_one_paper_and_some_on_many(papers: list[Paper]):
    uses = Counter(name for paper in papers for name in paper.authors)
    assert 0.6 < sum(count == 1 for count in uses.values()) / len(uses) < 0.98
    assert sum(count >= 3 for count in uses.values()) > COUNT // 20


def test_every_paper_has_one_to_three_topics(folder: Path, papers: list[Paper]):
    matcher = TopicMatcher.of(read_topics(folder / "topics.yml"))
    found = Counter(len(matcher.match(paper)) for paper in papers)
    assert set(found) == {1, 2, 3}
    assert found[1] < 0.8 * COUNT


def _bytes(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
