"""The feed's page saved as text: papers, dates without a year, and what the page has damaged."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date

import pytest

from generator.errors import NotAPage
from generator.feed.entry import Entry
from generator.feed.saved import parse_saved, read_saved
from generator.feed.saved_page import SavedPage
from generator.feed.saved_text import mend
from generator.model.markup import unescape
from generator.model.paper import Organization

from .invented import real_file

HEADING = """\
new

Get trending papers in your email inbox!

Subscribe

Daily Papers

byAK and the research community

Nov 6

"""
SAIL = """\
Mending a Sail

We mend a sail with thread. It costs $5 & takes <1 hour.

  • 6 authors
·
Dec 8, 2023

"""
KITE = """\
How to Fly a Kite?

We fly it high, x2013 and long.

acme Acme Gardens
·
Oct 1 2

"""
BARE = """\
Nobody Says Who

We say what, and no more.

"""


def saved(text: str, path: str = "page.txt", year: int | None = None) -> SavedPage:
    return parse_saved(text.encode(), path, year)


def papers(text: str, path: str = "page.txt", year: int | None = None) -> Sequence[Entry]:
    page = saved(text, path, year)
    assert page.problems == ()
    return page.unlisted


def titles(text: str) -> list[str]:
    return [each.paper.title for each in papers(text)]


def test_a_paper_is_a_title_an_abstract_and_who_and_when() -> None:
    entry = papers(HEADING + SAIL)[0]
    paper = entry.paper
    assert (paper.title, paper.author_count, paper.published) == ("Mending a Sail", 6, date(2023, 12, 8))
    assert unescape(paper.abstract) == "We mend a sail with thread. It costs $5 & takes <1 hour."
    assert (paper.id, paper.days, paper.authors, paper.organization, entry.figures.comments) == (
        "", (), (), None, None,
    )  # fmt: skip


def test_an_organization_is_a_handle_and_a_name_and_comments_follow_the_date() -> None:
    entry = papers(HEADING + SAIL + KITE)[1]
    assert entry.paper.organization == Organization("acme", "Acme Gardens")
    assert (entry.paper.author_count, entry.figures.comments) == (None, 2)


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ("• 1 authors\n·\nDec 8, 2023", (None, 1, None)),
        ("• 1,445 authors · Dec 8, 2023 1,002", (None, 1445, 1002)),
        ("· Dec 8, 2023", (None, None, None)),
        ("·\n\nDec 8, 2023 3", (None, None, 3)),
        ("• 6 authors\n\n·\n\nDec 8, 2023 3", (None, 6, 3)),
        ("stanford-nlp Stanford NLP  • 6 authors · December 8, 2023", ("stanford-nlp", 6, None)),
        ("Acme_1 The Acme Gardens, Inc. · Dec. 8, 2023 4", ("Acme_1", None, 4)),
    ],
)
def test_who_and_when_may_be_written_in_many_ways(
    last: str, expected: tuple[str | None, int | None, int | None]
) -> None:
    entry = papers(f"{HEADING}A Title\n\nAn abstract.\n\n{last}\n\n{SAIL}")[0]
    organization = entry.paper.organization
    found = (organization and organization.name, entry.paper.author_count, entry.figures.comments)
    assert (found, entry.paper.published) == (expected, date(2023, 12, 8))


def test_an_abstract_may_have_paragraphs_and_hard_wraps() -> None:
    text = "A Title\n\nOne line\nand its rest.\n\nAnother paragraph.\n\n• 2 authors\n·\nMar 6, 2024\n"
    assert papers(text)[0].paper.abstract == "One line\nand its rest.\n\nAnother paragraph."


def test_a_paper_without_who_and_when_ends_where_the_next_title_begins() -> None:
    page = saved(HEADING + BARE + SAIL)
    assert [each.paper.title for each in page.unlisted] == ["Nobody Says Who", "Mending a Sail"]
    assert (page.unlisted[0].paper.published, page.unlisted[0].paper.author_count) == (None, None)


def test_what_the_page_says_after_its_last_paper_is_none() -> None:
    page = saved(HEADING + SAIL + "Previous\n\n")
    assert [each.paper.title for each in page.unlisted] == ["Mending a Sail"]
    assert [note.where for note in page.notes if "not read as a paper" in note.what] == [
        'page.txt, "Previous"'
    ]


def test_windows_line_ends_and_a_byte_order_mark_are_no_matter() -> None:
    text = "\ufeff" + (HEADING + SAIL + KITE).replace("\n", "\r\n")
    assert papers(text) == papers(HEADING + SAIL + KITE)


def test_a_date_without_a_year_is_later_than_all_that_have_one() -> None:
    page = saved(HEADING + SAIL + KITE)
    assert page.unlisted[1].paper.published == date(2024, 10, 1)
    assert (page.day, page.observed) == (date(2024, 11, 6), "2024-11-06")
    assert [note.what for note in page.notes] == [
        "2 dates without a year were read as 2024, since the page names every year up to 2023; "
        "--year says another"
    ]


@pytest.mark.parametrize(
    ("path", "year"), [("page.txt", 2026), ("2025-11-07.txt", 2026), ("2026-11-07.txt", None)]
)
def test_the_year_may_be_said_and_else_is_the_file_name_s(path: str, year: int | None) -> None:
    page = saved(HEADING + SAIL + KITE, path, year)
    assert (page.unlisted[1].paper.published, page.day) == (date(2026, 10, 1), date(2026, 11, 6))
    assert page.notes == ()


def test_a_page_that_names_no_year_at_all_is_refused_with_what_to_do() -> None:
    with pytest.raises(NotAPage, match=r"^page\.txt: 2 of its dates have no year.* --year 2025\.$"):
        saved(HEADING + KITE)


def test_the_moment_of_the_fetch_is_the_file_name_s_where_it_has_one() -> None:
    page = saved(HEADING + SAIL, "2025-11-06.at-2025-11-07T081500Z.txt")
    assert page.observed == "2025-11-07T08:15:00Z"


def test_a_page_without_a_heading_has_the_day_of_its_name_or_none() -> None:
    assert (saved(SAIL).day, saved(SAIL).observed) == (None, "")
    assert saved(SAIL, "2025-11-06.txt").observed == "2025-11-06"


def test_a_date_that_is_none_costs_the_date() -> None:
    page = saved(HEADING + SAIL.replace("Dec 8", "Feb 30") + SAIL)
    assert [each.paper.published for each in page.unlisted] == [None, date(2023, 12, 8)]
    assert page.notes[-1].what == "its date, Feb 30, is none, so it was left out"


@pytest.mark.parametrize(
    ("damaged", "mended"),
    [
        ("devices x2013 prior", "devices – prior"),
        ("x2014 and x2019 too", "— and ’ too"),
        ("wait x2026", "wait …"),
        ("Inference Scaling scriptsizeFLaws", "Inference Scaling FLaws"),
    ],
)
def test_what_the_page_damaged_is_mended_where_that_is_certain(damaged: str, mended: str) -> None:
    assert mend(damaged) == mended


@pytest.mark.parametrize(
    "text",
    ["matrix2013", "x2013s", "x2013.", "(x2013)", "a 1x2048 grid", "x2048", "x2099", "x20", "ax2013 b",
     "sim30 pairs", "83.3\\% of", "scriptsize", "scriptsized", "Q^*", "AMAMMER{epsilon}"],
)  # fmt: skip
def test_what_may_be_meant_stays(text: str) -> None:
    assert mend(text) == text


def test_a_title_that_is_too_long_is_refused_by_name() -> None:
    page = saved(HEADING + "x" * 5000 + "\n\nAn abstract.\n\n• 2 authors\n·\nMar 6, 2024\n\n" + SAIL)
    assert [each.paper.title for each in page.unlisted] == ["Mending a Sail"]
    assert [problem.what for problem in page.problems] == ["its title is longer than 1,000 characters"]


def test_hostile_text_is_cleaned_and_quoted() -> None:
    text = HEADING + SAIL.replace("Mending", "Me\u202end\0ing").replace("We mend", "[x](javascript:1) <b>")
    paper = papers(text)[0].paper
    assert paper.title == "Mending a Sail"
    assert paper.abstract.startswith(r"\[x\](javascript:1) \<b\>")


@pytest.mark.real
def test_the_real_page_is_read_whole() -> None:
    path = real_file("seed", "daily-papers-page.txt")
    text = path.read_text(encoding="utf-8")
    page = read_saved(path)
    entries = page.unlisted
    assert (len(entries), page.day, page.problems) == (102, date(2025, 11, 6), ())
    assert sum(each.paper.published is not None for each in entries) == 100
    assert sum(each.paper.author_count is not None for each in entries) == text.count(" authors\n") == 97
    assert [each.paper.organization for each in entries if each.paper.organization] == [
        Organization("CohereLabs", "Cohere Labs"),
        Organization("stanfordnlp", "Stanford NLP"),
        Organization("microsoft", "Microsoft"),
    ]
    assert sum(each.figures.comments is not None for each in entries) == 25
    for each in entries:
        assert each.paper.abstract and unescape(each.paper.abstract).replace("–", "x2013") in text
        assert each.paper.title.replace(" FLaws", " scriptsizeFLaws") in text
    assert not [each.paper.title for each in entries if re.search(r"\bx20\d\d\b", each.paper.abstract)]


@pytest.mark.real
def test_the_real_page_s_dates_are_the_known_ones() -> None:
    known = {
        each["title"]: each["date_in_seed"] for each in json.loads(real_file("seed-papers.json").read_text())
    }
    found = {
        each.paper.title: each.paper.published
        for each in read_saved(real_file("seed", "daily-papers-page.txt")).unlisted
    }
    shared = known.keys() & found.keys()
    assert len(shared) >= 100
    assert {title: known[title] for title in shared} == {
        title: str(found[title]) if found[title] else None for title in shared
    }
