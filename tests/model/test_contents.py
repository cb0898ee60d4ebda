"""What content/ holds, and what it holds after a change."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model.contents import Changes, Contents
from generator.model.paper import DayRecord, Figures, Observation, Paper

MONDAY, TUESDAY = date(2025, 11, 3), date(2025, 11, 4)


def paper(number: int, *days: date) -> Paper:
    return Paper(id=f"2511.{number:05d}", title=f"Bicycles, Part {number}", days=days)


def seen(observed: str, upvotes: int, paper_id: str = "2511.00001") -> Observation:
    return Observation(observed, paper_id, Figures(upvotes=upvotes))


def test_no_changes_are_falsy_and_change_nothing() -> None:
    before = Contents(papers={"2511.00001": paper(1, MONDAY)})
    assert not Changes()
    assert before.with_changes(Changes()) == before


def test_a_change_replaces_a_paper_and_leaves_the_contents_before_it_alone() -> None:
    before = Contents(papers={"2511.00001": paper(1, MONDAY)})
    after = before.with_changes(Changes(papers=(paper(1, MONDAY, TUESDAY), paper(2, TUESDAY))))
    assert after.papers == {"2511.00001": paper(1, MONDAY, TUESDAY), "2511.00002": paper(2, TUESDAY)}
    assert before.papers == {"2511.00001": paper(1, MONDAY)}
    assert (before.listed_on(TUESDAY), after.listed_on(TUESDAY)) == (
        frozenset(),
        frozenset({"2511.00001", "2511.00002"}),
    )


def test_an_observation_goes_to_its_place_in_time_whenever_it_comes() -> None:
    contents = Contents()
    for row in (seen("2025-11-05", 3), seen("2025-11-03", 1), seen("2025-11-04T08:00:00Z", 2)):
        contents = contents.with_changes(Changes(observations=(row,)))
    assert [each.figures.upvotes for each in contents.observations["2511.00001"]] == [1, 2, 3]
    assert contents.figures_of("2511.00001") == Figures(upvotes=3)


def test_a_paper_that_was_never_observed_has_no_figures() -> None:
    assert Contents().figures_of("2511.00001") == Figures()


def test_a_day_has_one_record_the_newest() -> None:
    old = DayRecord(MONDAY, 3, "open", "2025-11-03T08:00:00Z")
    new = DayRecord(MONDAY, 4, "complete", "2025-11-20T08:00:00Z")
    contents = Contents(records={MONDAY: old}).with_changes(Changes(records=(new,)))
    assert contents.records == {MONDAY: new}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 6), st.sets(st.integers(1, 5), max_size=3)), max_size=12))
def test_the_papers_of_a_day_are_known_whether_they_were_read_or_came_one_by_one(
    arrivals: list[tuple[int, set[int]]],
) -> None:
    contents = Contents()
    for number, numbers in arrivals:
        known = contents.papers.get(f"2511.{number:05d}", paper(number))
        days = sorted({*known.days, *(date(2025, 11, day) for day in numbers)})
        contents = contents.with_changes(Changes(papers=(paper(number, *days),)))
    for day in (date(2025, 11, number) for number in range(1, 6)):
        listed = {each.id for each in contents.papers.values() if day in each.days}
        assert contents.listed_on(day) == listed
        assert Contents(papers=contents.papers).listed_on(day) == listed
