"""What an archive shows over time."""

from __future__ import annotations

from datetime import date, timedelta

from generator.model.archive import Archive
from generator.model.contents import Contents
from generator.model.paper import Paper
from generator.model.periods import Month
from generator.model.topics import TopicMatcher
from generator.model.trends import by_month, months_of, moves, spread


def paper(number: int, day: date, *keywords: str) -> Paper:
    return Paper(id=f"{number}", title="Ropes", days=(day,), keywords=keywords)


def archive(*papers: Paper) -> Archive:
    return Archive.of(Contents(papers={each.id: each for each in papers}), TopicMatcher.of(()))


def test_months_have_no_gap() -> None:
    papers = [paper(1, date(2024, 11, 30)), paper(2, date(2025, 2, 1))]
    assert months_of(papers) == (Month(2024, 11), Month(2024, 12), Month(2025, 1), Month(2025, 2))
    assert by_month(papers, months_of(papers)) == (1, 0, 0, 1)
    assert months_of(()) == ()


def test_votes_spread_over_ranges_that_double() -> None:
    assert spread([0, 0, 1, 2, 3, 4, 7, 8]) == {(0, 0): 2, (1, 1): 1, (2, 3): 2, (4, 7): 2, (8, 15): 1}
    assert spread([]) == {}


def test_a_keyword_rises_or_falls_by_its_share_of_papers_in_all_its_spellings() -> None:
    first = date(2025, 1, 1)
    papers = []
    for number in range(300):
        day = first + timedelta(days=number)
        recent = number >= 210
        words = ["Knots" if number % 2 else "knot"] if recent or number % 10 == 0 else []
        words += ["sails"] if not recent or number % 10 == 0 else []
        papers.append(paper(number, day, "rope", *words))
    rising, falling = moves(archive(*papers), 5)
    assert [(move.keyword.slug, move.before, move.after) for move in rising] == [("knot", 10.0, 100.0)]
    assert [(move.keyword.slug, move.before, move.after) for move in falling] == [("sail", 100.0, 10.0)]


def test_a_handful_of_papers_is_no_trend() -> None:
    first = date(2025, 1, 1)
    papers = [paper(n, first + timedelta(days=n), *(["fad"] if n > 290 else [])) for n in range(300)]
    assert moves(archive(*papers), 5) == ((), ())


def test_a_young_archive_has_no_before() -> None:
    assert moves(archive(paper(1, date(2025, 1, 1), "rope")), 5) == ((), ())
    assert moves(archive(), 5) == ((), ())
