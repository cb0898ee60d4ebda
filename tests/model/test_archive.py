"""The archive as readers meet it: each paper in its days, weeks and months, the most upvoted first."""

from __future__ import annotations

from datetime import date

from generator.model.archive import Archive
from generator.model.contents import Contents
from generator.model.paper import DayRecord, Figures, Observation, Paper
from generator.model.periods import Month, Week
from generator.model.topics import TopicMatcher

FRIDAY, SATURDAY, MONDAY = date(2025, 10, 31), date(2025, 11, 1), date(2025, 11, 3)


def archive(*papers: Paper, upvotes: dict[str, int] | None = None, quiet: tuple[date, ...] = ()) -> Archive:
    contents = Contents(
        papers={paper.id: paper for paper in papers},
        observations={
            paper_id: (Observation("2025-11-04", paper_id, Figures(upvotes=count)),)
            for paper_id, count in (upvotes or {}).items()
        },
        records={day: DayRecord(day, 0, "empty", "2025-11-04T08:00:00Z") for day in quiet},
    )
    return Archive.of(contents, TopicMatcher.of(()))


def ids(papers: tuple[Paper, ...]) -> list[str]:
    return [paper.id for paper in papers]


def test_papers_are_ranked_by_upvotes_and_then_by_id() -> None:
    papers = [Paper(id=name, title="Wheels", days=(FRIDAY,)) for name in ("d", "a", "c", "b")]
    found = archive(*papers, upvotes={"c": 5, "b": 5, "d": 0})
    assert ids(found.by_day[FRIDAY]) == ["b", "c", "a", "d"]
    assert found.figures(papers[0]) == Figures(upvotes=0)
    assert found.figures(papers[1]) == Figures()


def test_a_paper_on_two_days_stands_on_both_and_in_a_week_or_month_once() -> None:
    found = archive(
        Paper(id="a", title="Wheels", days=(FRIDAY, SATURDAY)), Paper(id="b", title="Bells", days=(MONDAY,))
    )
    assert [ids(found.by_day[day]) for day in (FRIDAY, SATURDAY, MONDAY)] == [["a"], ["a"], ["b"]]
    assert {week.slug: ids(papers) for week, papers in found.by_week.items()} == {
        "2025-W44": ["a"],
        "2025-W45": ["b"],
    }
    assert {month.slug: ids(papers) for month, papers in found.by_month.items()} == {
        "2025-10": ["a"],
        "2025-11": ["a", "b"],
    }
    assert (Week(2025, 44) in found.by_week, Month(2025, 12) in found.by_month) == (True, False)


def test_all_papers_stand_newest_day_first_each_once() -> None:
    found = archive(
        Paper(id="a", title="Wheels", days=(FRIDAY, MONDAY)),
        Paper(id="b", title="Bells", days=(MONDAY,)),
        Paper(id="c", title="Tyres", days=(FRIDAY,)),
        upvotes={"c": 3},
    )
    assert ids(found.papers) == ["b", "c", "a"]


def test_a_paper_without_days_stands_on_its_publication_day() -> None:
    found = archive(Paper(id="a", title="Wheels", published=SATURDAY))
    assert ids(found.by_day[SATURDAY]) == ["a"]
    assert found.days == (SATURDAY,)


def test_a_quiet_day_is_a_day_of_the_archive_with_nothing_to_read() -> None:
    found = archive(Paper(id="a", title="Wheels", days=(FRIDAY,)), quiet=(SATURDAY,))
    assert found.days == (FRIDAY, SATURDAY)
    assert found.days_with_papers() == (FRIDAY,)


def test_an_empty_archive_is_an_archive() -> None:
    assert (archive().papers, archive().days, dict(archive().by_day)) == ((), (), {})
