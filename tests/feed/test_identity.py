"""Which stored paper an entry is: by its id, else by its title."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from generator.feed.entry import DayPage, Entry
from generator.feed.fields import EntryError
from generator.feed.identity import Identities, in_utc, is_named_by_title
from generator.model.paper import PAPER_ID, Figures, Paper

DAY = date(2025, 11, 7)
SAIL = Paper("2511.00001", "Mending a Sail: Part 1", published=DAY)
KITE = Paper("flying-a-kite", "Flying a Kite", published=DAY)


def entry(title: str, paper_id: str = "", published: date | None = None) -> Entry:
    return Entry(Paper(paper_id, title, published=published), Figures())


def identified(known: tuple[Paper, ...], *entries: Entry) -> list[str]:
    identities = Identities(known)
    return [identities.identify(each).paper.id for each in entries]


@pytest.mark.parametrize(
    "title",
    ["Mending a Sail: Part 1", "MENDING A SAIL – PART 1", "mending a sail part 1", "Mending-a-Sail: Part １",
     " Mending\ta  Sail:Part 1.", "Ménding a Sail (Part 1)"],
)  # fmt: skip
def test_a_title_is_the_same_whatever_its_case_punctuation_and_white_space(title: str) -> None:
    assert identified((SAIL,), entry(title)) == [SAIL.id]


@pytest.mark.parametrize("title", ["Mending a Sail: Part 2", "Mending Sail: Part 1", "A Sail", "…"])
def test_another_title_is_another_paper(title: str) -> None:
    assert identified((SAIL,), entry(title)) != [SAIL.id]


def test_a_paper_found_by_title_keeps_the_stored_spelling() -> None:
    assert Identities((SAIL,)).identify(entry("MENDING A SAIL PART 1")).paper.title == SAIL.title


def test_the_id_counts_before_the_title() -> None:
    assert identified((SAIL, KITE), entry("Flying a Kite", SAIL.id)) == [SAIL.id]


def test_two_ids_of_the_feed_are_two_papers_whatever_they_are_called() -> None:
    assert identified((SAIL,), entry(SAIL.title, "2511.00002")) == ["2511.00002"]


def test_a_paper_that_was_named_by_its_title_is_found_by_it() -> None:
    assert identified((KITE,), entry("Flying a kite", "2511.00009")) == [KITE.id]


def test_a_new_paper_without_an_id_is_named_by_its_title() -> None:
    ids = identified((), entry("Flying a Kite?"), entry("flying a kite"), entry("π₀ at Sea"), entry("智谱"))
    assert ids[:3] == ["flying-a-kite", "flying-a-kite", "pi0-at-sea"]
    assert ids[3].startswith("x-")


@pytest.mark.parametrize("title", ["x" * 900, "con", "…", "LPT1", "a." * 100, "-", "a b " * 99])
def test_the_name_is_an_id_whatever_the_title(title: str) -> None:
    named = identified((), entry(title))
    assert PAPER_ID.fullmatch(named[0]) and named[0] not in ("con", "lpt1")
    assert named == identified((), entry(title))
    assert is_named_by_title(Paper(named[0], title))


def test_a_name_that_another_paper_has_is_numbered() -> None:
    other = replace(KITE, title="Something Else")
    assert (
        identified((other, SAIL), entry("Flying a Kite"), entry("Flying a kite!")) == ["flying-a-kite-2"] * 2
    )
    assert is_named_by_title(Paper("flying-a-kite-2", "Flying a Kite"))


@pytest.mark.parametrize(
    ("paper_id", "title"), [("2511.00001", "2511"), ("kites", "Flying a Kite"), ("a-kite-x", "A Kite")]
)
def test_an_id_that_a_source_gave_is_no_name(paper_id: str, title: str) -> None:
    assert not is_named_by_title(Paper(paper_id, title))


def test_a_title_that_several_stored_papers_have_is_refused_for_a_paper_without_an_id() -> None:
    twin = replace(SAIL, id="2511.00002")
    with pytest.raises(EntryError, match=r"2511\.00001, 2511\.00002 all have its title"):
        Identities((twin, SAIL)).identify(entry(SAIL.title))
    assert identified((twin, SAIL), entry(SAIL.title, "2511.00003")) == ["2511.00003"]


def test_an_eastern_date_is_the_stored_one_where_that_is_the_day_after() -> None:
    for day, expected in ((6, 7), (7, 7), (5, 5), (8, 8)):
        fresh = entry(SAIL.title, published=date(2025, 11, day))
        assert in_utc(fresh, SAIL).paper.published == date(2025, 11, expected)
        assert in_utc(fresh, None) == in_utc(fresh, replace(SAIL, published=None)) == fresh


def test_a_page_names_each_paper_once() -> None:
    first, second = entry("Flying a Kite", "2511.00008"), entry("Flying a Kite!", "2511.00009")
    page = Identities((KITE,)).recognise(DayPage(DAY, (first, replace(second, figures=Figures(upvotes=4)))))
    assert [(each.paper.id, each.figures.upvotes) for each in page.entries] == [(KITE.id, 4)]
