"""Stored and fresh knowledge as one: a snapshot adds, and never removes, shortens or replaces."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.errors import Problem
from generator.feed.entry import DayPage, Entry
from generator.feed.merge import (
    Difference,
    Reconciled,
    differing_fields,
    merge,
    observe,
    reconcile,
    record_failure,
    record_unchanged,
)
from generator.model.contents import Changes, Contents
from generator.model.paper import DayRecord, DayStatus, Figures, Observation, Organization, Paper
from tests.store.hostile import papers
from tests.support.replay import DATA

DAY, NEXT_DAY = date(2025, 11, 7), date(2025, 11, 8)
NOW = "2025-11-07T08:00:00Z"
NEXT_MORNING = "2025-11-08T08:00:00Z"
MUCH_LATER = "2025-11-21T08:00:00Z"
EVEN_LATER = "2025-12-21T08:00:00Z"
THIN = Paper(id="2511.00001", title="Wheels", days=(DAY,))
FULL = Paper(
    id="2511.00001",
    title="Wheels",
    authors=("Ida Rode",),
    published=date(2025, 11, 6),
    days=(DAY,),
    submitted_by="irode",
    organization=Organization("velo", "Velo Institute"),
    keywords=("wheels",),
    categories=("cs.RO",),
    summary="They turn.",
    github="https://github.com/velo/wheels",
    project="https://velo.example/wheels",
    abstract="They turn and turn.",
)
REFUSED = (Problem("2025-11-07, entry 1", "it has no id"),)


def page(*numbers: int, day: date = DAY, **more: Any) -> DayPage:
    entries = (
        Entry(Paper(id=f"2511.{n:05d}", title=f"Wheels, Part {n}", days=(day,)), Figures()) for n in numbers
    )
    return DayPage(day, tuple(entries), **more)


def after(contents: Contents, *steps: tuple[DayPage, str]) -> Contents:
    for each, now in steps:
        contents = contents.with_changes(reconcile(contents, each, now=now).changes)
    return contents


def row(contents: Contents, day: date = DAY) -> tuple[int, str, str]:
    record = contents.records[day]
    return record.listed, record.status, record.changed_at


# A paper


@settings(max_examples=100, deadline=None)
@given(papers("2511.00001"), papers("2511.00001"))
def test_nothing_that_is_stored_is_ever_removed_shortened_or_replaced(stored: Paper, fresh: Paper) -> None:
    merged = merge(stored, fresh)
    for name in (field.name for field in fields(Paper)):
        old, new = getattr(stored, name), getattr(merged, name)
        if name == "days":
            assert set(old) <= set(new)
        elif name == "author_count" and merged.authors != stored.authors:
            assert (stored.authors, new) == ((), None)
        elif old:
            assert new == old


@settings(max_examples=60, deadline=None)
@given(papers("2511.00001"), papers("2511.00001"))
def test_merging_again_changes_nothing(stored: Paper, fresh: Paper) -> None:
    merged = merge(stored, fresh)
    assert merge(merged, fresh) is merged
    assert merge(stored, stored) is stored


@settings(max_examples=60, deadline=None)
@given(papers("2511.00001"), papers("2511.00001"))
def test_a_withheld_field_is_not_filled_again(stored: Paper, fresh: Paper) -> None:
    attributes = {"topics": "pinned_topics", "not_topics": "forbidden_topics"}
    merged = merge(stored, fresh)
    assert merged.withheld == stored.withheld
    for name in stored.withheld:
        assert not getattr(merged, attributes.get(name, name))


def test_everything_that_appears_later_is_filled_in() -> None:
    assert merge(THIN, FULL) == FULL
    assert merge(FULL, THIN) is FULL


def test_the_owners_own_words_stand_and_the_difference_is_told() -> None:
    mine = replace(FULL, title="Wheels, round", summary="They do turn.")
    assert merge(mine, FULL) is mine
    assert differing_fields(mine, FULL) == ("title", "summary")
    assert differing_fields(THIN, FULL) == ()


def test_topics_of_the_owner_are_no_business_of_the_feed() -> None:
    mine = replace(THIN, pinned_topics=("vision",), forbidden_topics=("audio",))
    assert merge(mine, FULL) == replace(FULL, pinned_topics=("vision",), forbidden_topics=("audio",))


def test_names_take_the_place_of_the_number_of_authors() -> None:
    counted = replace(THIN, author_count=3)
    assert merge(counted, FULL) == FULL
    assert merge(THIN, counted) == counted
    assert merge(FULL, counted) is FULL
    assert merge(replace(THIN, withheld=frozenset({"authors"})), counted).author_count is None


def test_a_paper_on_two_days_is_one_paper_with_two_days() -> None:
    later = replace(THIN, days=(NEXT_DAY,))
    assert merge(THIN, later).days == merge(later, THIN).days == (DAY, NEXT_DAY)
    contents = after(Contents(), (page(1, day=NEXT_DAY), NEXT_MORNING), (page(1), NEXT_MORNING))
    assert {paper.id: paper.days for paper in contents.papers.values()} == {"2511.00001": (DAY, NEXT_DAY)}


# Figures


def seen(observed: str, *counts: int | None) -> Observation:
    return Observation(observed, "2511.00001", Figures(*counts))


def test_the_first_figures_are_noted_and_the_same_ones_are_not_noted_again() -> None:
    first = observe((), "2511.00001", Figures(3, 0, None), NOW)
    assert first == seen(NOW, 3, 0, None)
    assert observe((first,), "2511.00001", Figures(3, 0, None), NEXT_MORNING) is None


def test_silence_is_not_zero() -> None:
    first = seen(NOW, 3, 1, 7)
    assert observe((first,), "2511.00001", Figures(), NEXT_MORNING) is None
    assert observe((first,), "2511.00001", Figures(upvotes=4), NEXT_MORNING) == seen(NEXT_MORNING, 4, 1, 7)
    assert observe((first,), "2511.00001", Figures(upvotes=0), NEXT_MORNING) == seen(NEXT_MORNING, 0, 1, 7)


def test_a_paper_of_which_the_feed_tells_no_figures_gets_no_row() -> None:
    assert observe((), "2511.00001", Figures(), NOW) is None


def test_an_older_observation_is_held_against_what_was_known_before_it() -> None:
    rows = (seen(NOW, 3, None, None), seen(MUCH_LATER, 9, None, None))
    assert observe(rows, "2511.00001", Figures(upvotes=3), NEXT_MORNING) is None
    assert observe(rows, "2511.00001", Figures(upvotes=9), NEXT_MORNING) == seen(NEXT_MORNING, 9, None, None)
    assert observe(rows, "2511.00001", Figures(upvotes=1), "2025-11-06") == seen("2025-11-06", 1, None, None)
    assert observe(rows, "2511.00001", Figures(upvotes=5), NOW) is None


# A day


def test_a_day_that_may_still_grow_is_open_and_complete_two_weeks_later() -> None:
    contents = after(Contents(), (page(1, 2), NOW))
    assert row(contents) == (2, "open", NOW)
    contents = after(contents, (page(1, 2), "2025-11-20T23:59:59Z"))
    assert row(contents) == (2, "open", NOW)
    assert row(after(contents, (page(1, 2), MUCH_LATER))) == (2, "complete", MUCH_LATER)


def test_the_same_page_again_changes_nothing() -> None:
    first = DayPage(DAY, (Entry(FULL, Figures(3, 0, 7)), *page(2).entries))
    contents = after(Contents(), (first, NOW))
    for now in (NOW, NEXT_MORNING):
        assert reconcile(contents, first, now=now) == Reconciled(Changes())
    contents = after(contents, (first, MUCH_LATER))
    assert reconcile(contents, first, now=EVEN_LATER) == Reconciled(Changes())


def test_what_was_added_amended_and_left_standing_is_told() -> None:
    contents = after(Contents(), (page(1, 2), NOW))
    fresh = replace(FULL, title="Wheels, Part One", abstract="")
    told = reconcile(contents, DayPage(DAY, (Entry(fresh, Figures()), *page(2, 3).entries)), now=NEXT_MORNING)
    assert (told.added, told.amended) == (("2511.00003",), ("2511.00001",))
    assert told.differences == (Difference("2511.00001", "title"),)
    assert [paper.id for paper in told.changes.papers] == ["2511.00001", "2511.00003"]
    assert told.changes.papers[0] == replace(fresh, title="Wheels, Part 1")


def test_a_day_with_nothing_is_empty_once_it_is_over_and_open_before() -> None:
    contents = after(Contents(), (page(), NOW))
    assert row(contents) == (0, "open", NOW)
    contents = after(contents, (page(), NEXT_MORNING))
    assert row(contents) == (0, "empty", NEXT_MORNING)
    assert row(after(contents, (page(1), NEXT_MORNING))) == (1, "open", NEXT_MORNING)


def test_an_empty_day_is_made_sure_of_once_and_then_left_alone() -> None:
    contents = after(Contents(), (page(), NEXT_MORNING), (page(), "2025-11-10T08:00:00Z"))
    assert row(contents) == (0, "empty", NEXT_MORNING)
    contents = after(contents, (page(), MUCH_LATER))
    assert row(contents) == (0, "empty", MUCH_LATER)
    assert row(after(contents, (page(), EVEN_LATER))) == (0, "empty", MUCH_LATER)


def test_a_thinner_or_an_empty_answer_takes_nothing_away() -> None:
    contents = after(Contents(), (page(1, 2, 3), NOW))
    for answer in (page(1), page(), page(whole=False), page(2, whole=False), page(problems=REFUSED)):
        assert reconcile(contents, answer, now=NEXT_MORNING) == Reconciled(Changes())
    settled = after(contents, (page(), MUCH_LATER))
    assert row(settled) == (3, "complete", MUCH_LATER)
    assert len(settled.papers) == 3


def test_papers_that_the_owner_took_away_do_not_make_the_day_a_quiet_one() -> None:
    contents = replace_papers(after(Contents(), (page(1, 2), NOW)), {})
    assert row(after(contents, (page(), NEXT_MORNING))) == (2, "open", NOW)


def replace_papers(contents: Contents, those: dict[str, Paper]) -> Contents:
    return Contents(those, contents.observations, contents.records)


@pytest.mark.parametrize("answer", [page(whole=False), page(problems=REFUSED)], ids=["cut", "all refused"])
def test_an_answer_that_says_nothing_sure_never_looks_like_a_quiet_day(answer: DayPage) -> None:
    failed = after(Contents(), (answer, MUCH_LATER))
    assert row(failed) == (0, "failed", MUCH_LATER)
    assert row(after(failed, (answer, EVEN_LATER))) == (0, "failed", MUCH_LATER)
    empty = after(Contents(), (page(), NEXT_MORNING))
    assert row(after(empty, (answer, MUCH_LATER))) == (0, "empty", NEXT_MORNING)


def test_a_cut_answer_keeps_what_came_and_does_not_complete_the_day() -> None:
    cut = page(1, 2, whole=False)
    assert row(after(Contents(), (cut, MUCH_LATER))) == (2, "failed", MUCH_LATER)
    assert row(after(Contents(), (page(1), NOW), (cut, MUCH_LATER))) == (2, "open", MUCH_LATER)
    assert row(after(Contents(), (page(), NEXT_MORNING), (cut, MUCH_LATER))) == (2, "open", MUCH_LATER)
    assert row(after(Contents(), (page(1), MUCH_LATER), (cut, EVEN_LATER))) == (2, "complete", EVEN_LATER)


def test_a_page_of_which_some_entries_were_refused_is_a_page() -> None:
    assert row(after(Contents(), (page(1, problems=REFUSED), NOW))) == (1, "open", NOW)


def test_an_older_answer_that_comes_late_does_not_reopen_a_day() -> None:
    complete = after(Contents(), (page(1), MUCH_LATER))
    assert reconcile(complete, page(1), now=NOW) == Reconciled(Changes())
    assert row(after(complete, (page(1, 2), NOW))) == (2, "complete", MUCH_LATER)
    empty = after(Contents(), (page(), NEXT_MORNING))
    assert reconcile(empty, page(), now=NOW) == Reconciled(Changes())


def test_a_failure_is_noted_only_where_nothing_is_known() -> None:
    changes = record_failure(Contents(), DAY, now=NOW)
    assert changes == Changes(records=(DayRecord(DAY, 0, "failed", NOW),))
    statuses: tuple[DayStatus, ...] = ("complete", "open", "empty", "failed")
    for status in statuses:
        known = Contents(records={DAY: DayRecord(DAY, 3, status, NOW)})
        assert record_failure(known, DAY, now=MUCH_LATER) == Changes()


def test_a_failed_day_counts_the_papers_that_are_stored_for_it_anyway() -> None:
    imported = Contents(papers={THIN.id: THIN})
    assert record_failure(imported, DAY, now=NOW).records == (DayRecord(DAY, 1, "failed", NOW),)


def test_a_failed_day_that_answers_at_last_is_as_any_other() -> None:
    failed = Contents().with_changes(record_failure(Contents(), DAY, now=NOW))
    assert row(after(failed, (page(1), NEXT_MORNING))) == (1, "open", NEXT_MORNING)
    assert row(after(failed, (page(), NEXT_MORNING))) == (0, "empty", NEXT_MORNING)


def test_an_answer_as_it_was_completes_an_open_day_and_makes_sure_of_an_empty_one() -> None:
    opened = after(Contents(), (page(1), NOW))
    assert record_unchanged(opened, DAY, now=NEXT_MORNING) == Changes()
    assert record_unchanged(opened, DAY, now=MUCH_LATER).records == (
        DayRecord(DAY, 1, "complete", MUCH_LATER),
    )
    empty = after(Contents(), (page(), NEXT_MORNING))
    sure = record_unchanged(empty, DAY, now=MUCH_LATER)
    assert sure.records == (DayRecord(DAY, 0, "empty", MUCH_LATER),)
    assert record_unchanged(empty.with_changes(sure), DAY, now=EVEN_LATER) == Changes()
    assert record_unchanged(Contents(), DAY, now=MUCH_LATER) == Changes()


def test_the_last_day_that_can_be_named_is_a_day() -> None:
    assert row(after(Contents(), (page(day=date.max), NOW)), date.max) == (0, "open", NOW)


ANSWERS = st.builds(
    lambda numbers, whole, refused: page(*sorted(numbers), whole=whole, problems=REFUSED if refused else ()),
    st.sets(st.integers(1, 4)),
    st.booleans(),
    st.booleans(),
)
MOMENTS = st.integers(0, 40).map(lambda days: f"{DAY + timedelta(days=days)}T08:00:00Z")


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(ANSWERS, MOMENTS), max_size=8))
def test_whatever_the_feed_answers_and_when_a_day_only_ever_gains(steps: list[tuple[DayPage, str]]) -> None:
    contents = Contents()
    for answer, now in steps:
        before = contents
        contents = after(contents, (answer, now))
        assert contents.papers.keys() == before.papers.keys() | {entry.paper.id for entry in answer.entries}
        listed, status, changed_at = row(contents)
        assert listed == len(contents.papers)
        assert (status == "empty") <= (listed == 0)
        if DAY in before.records:
            old = before.records[DAY]
            assert listed >= old.listed
            assert changed_at >= old.changed_at
            assert (old.status == "complete") <= (status == "complete")
            assert (status == "failed") <= (old.status == "failed")
            assert (
                (contents.records[DAY] == old)
                or (old.listed, old.status) != (listed, status)
                or (status == "empty")
            )
        assert reconcile(contents, answer, now=now).changes == Changes()


# The same days as the feed really answered them at different times


def real_versions() -> list[tuple[date, str, Any]]:
    versions = []
    for path in sorted((DATA / "feed-versions").glob("*.json")):
        found = re.fullmatch(r"(\d{4}-\d\d-\d\d)\.at-(\d{4}-\d\d-\d\dT)(\d\d)(\d\d)(\d\d)Z", path.stem)
        assert found, path.name
        now = f"{found[2]}{found[3]}:{found[4]}:{found[5]}Z"
        versions.append((date.fromisoformat(found[1]), now, path))
    return versions


@pytest.mark.real
def test_real_answers_in_any_order_end_with_the_same_papers_and_days() -> None:
    from generator.feed.normalise import normalise_page

    pages = [
        (normalise_page(json.loads(path.read_text(encoding="utf-8")), day), now)
        for day, now, path in real_versions()
    ]

    def outcome(order: Iterable[tuple[DayPage, str]]) -> dict[str, Any]:
        contents = after(Contents(), *order)
        return {
            "papers": {paper.id: paper.days for paper in contents.papers.values()},
            "days": {day: (record.listed, record.status) for day, record in contents.records.items()},
            "figures": {paper_id: contents.figures_of(paper_id).upvotes for paper_id in contents.papers},
        }

    expected = outcome(pages)
    listed = {page.day: {entry.paper.id for page_, _ in pages if page_.day == page.day
                         for entry in page_.entries} for page, _ in pages}  # fmt: skip
    assert {day: count for day, (count, _) in expected["days"].items()} == {
        day: len(ids) for day, ids in listed.items()
    }
    chance = random.Random(2511)
    for order in (pages[::-1], *(chance.sample(pages, len(pages)) for _ in range(20))):
        assert outcome(order) == expected
