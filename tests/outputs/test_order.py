"""An order that no vote changes."""

from __future__ import annotations

from generator.model.archive import Archive
from generator.model.periods import Month
from generator.model.topics import TopicMatcher
from generator.outputs.order import days_of, in_order, months_of
from tests.support.versions import versions


def test_papers_stand_by_day_then_by_id_once_each_whatever_lists_them_again() -> None:
    twice = 0
    for contents in versions(40):
        archive = Archive.of(contents, TopicMatcher.of(()))
        expected = sorted(archive.papers, key=lambda paper: (paper.day, paper.id))
        assert in_order(archive) == expected
        for groups, of in ((days_of(archive), lambda day: day), (months_of(archive), Month.of)):
            assert [paper for papers in groups.values() for paper in papers] == expected
            assert list(groups) == sorted(groups)
            assert all(of(paper.day) == key for key, papers in groups.items() for paper in papers)
        twice += sum(len(paper.days) > 1 for paper in expected)
    assert twice > 20


def test_an_archive_without_papers_has_no_day() -> None:
    archive = Archive.of(next(versions(1)).__class__(), TopicMatcher.of(()))
    assert in_order(archive) == []
    assert days_of(archive) == months_of(archive) == {}
