"""What arXiv's knowledge of a paper changes in a stored one, and what it must never change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from generator.feed.enrich import Enriched, Wanted, enriched, papers_to_ask
from generator.feed.merge import differing_fields, merge
from generator.feed.words import more_tex, same_words
from generator.model.contents import Contents
from generator.model.markup import escape
from generator.model.paper import Paper

DAY = date(2025, 11, 7)
FEED = Paper(
    id="2511.00001",
    title="Wheels^2 in mathcal{O}(n)",
    authors=("Ida Rode",),
    published=date(2025, 11, 6),
    days=(DAY,),
    keywords=("wheels",),
    abstract=escape("We turn\nmathcal{O}(n^2) wheels at 5\\% le 6 for $5."),
)
ARXIV = Paper(
    id="2511.00001",
    title="Wheels$^2$ in $\\mathcal{O}(n)$",
    authors=("Ida Rode", "Omar Quist"),
    published=date(2025, 11, 6),
    categories=("cs.CL", "cs.LG"),
    doi="10.1000/wheels",
    journal_ref="J. Wheels 3 (2025) 5",
    abstract=escape("We turn $\\mathcal{O}(n^2)$ wheels at $5\\% \\le 6$ for \\$5."),
)


@pytest.mark.parametrize(
    ("stored", "arxiv"),
    [
        ("Synth^2", "Synth$^2$"),
        ("LLMtimesMapReduce", "LLM$\\times$MapReduce"),
        ("a mathcal{O}(n) bound", "a $\\mathcal{O}(n)$\n  bound"),
        ("Trans-Wheel: light", "$\\textit{Trans-Wheel}$: light"),
        ("three textit{O}bstacles", "three $\\textit{O}$bstacles"),
        ("with Wheel-Instruct", "with \\textsc{Wheel-Instruct}"),
        ("5\\% le 6", "$5\\% \\le 6$"),
        ("two  words\nand more", "two words and\nmore"),
        ("{\\it vs.} all", "{\\it vs.} all"),
    ],
)  # fmt: skip
def test_texts_that_differ_in_marks_of_tex_alone_have_the_same_words(stored: str, arxiv: str) -> None:
    assert same_words(stored, arxiv)
    assert same_words(arxiv, stored)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We turn wheels.", "We turn two wheels."),
        ("wheels", "Wheels"),
        ("We turn wheels", "We turn wheels."),
        ("a*b", "ab"),
        ("a_b", "ab"),
        ("x^2", "x2"),
        ("the text is long", "the is long"),
        ("naive", "naïve"),
        ("$$", "{}"),
        ("", " "),
    ],
)
def test_texts_that_differ_in_anything_else_have_not(one: str, other: str) -> None:
    assert not same_words(one, other)


def test_more_tex_is_more_dollars_and_backslashes() -> None:
    assert (more_tex("$x$", "x"), more_tex("x", "$x$"), more_tex("$5", "\\5")) == (True, False, False)


def test_a_paper_gets_what_only_arxiv_knows() -> None:
    expected = replace(
        FEED,
        title=ARXIV.title,
        categories=ARXIV.categories,
        doi=ARXIV.doi,
        journal_ref=ARXIV.journal_ref,
        abstract=ARXIV.abstract,
    )
    assert enriched(FEED, ARXIV) == Enriched(expected)


def test_to_enrich_twice_is_to_enrich_once() -> None:
    once = enriched(FEED, ARXIV).paper
    assert enriched(once, ARXIV) == Enriched(once)


def test_a_snapshot_after_that_changes_nothing_and_reports_no_difference() -> None:
    once = enriched(FEED, ARXIV).paper
    assert merge(once, FEED) == once
    assert differing_fields(once, FEED) == ()


def test_a_difference_of_words_is_still_reported() -> None:
    once = enriched(FEED, ARXIV).paper
    assert differing_fields(once, replace(FEED, title="Spokes", abstract="Other words.")) == (
        "title",
        "abstract",
    )


@pytest.mark.parametrize("emptied", ["doi", "journal_ref"])
def test_what_the_owner_emptied_stays_empty(emptied: str) -> None:
    stored = replace(FEED, withheld=frozenset({emptied}))
    assert getattr(enriched(stored, ARXIV).paper, emptied) is None


@pytest.mark.parametrize(
    ("mine", "kept"),
    [
        (
            "We turn mathcal{O}(n^2) *wheels* at 5\\\\% le 6 for \\$5.",
            "its abstract has Markdown that a hand wrote",
        ),
        (
            "We turn mathcal{O}(n^2) [wheels](https://velo.example/) at",
            "its abstract has other words at arXiv",
        ),
        ("My own remark.", "its abstract has other words at arXiv"),
    ],
)
def test_an_abstract_that_a_hand_wrote_is_left_alone_and_said(mine: str, kept: str) -> None:
    stored = replace(FEED, abstract=mine)
    if kept.endswith("hand wrote"):
        arxiv = replace(
            ARXIV, abstract=escape("We turn $\\mathcal{O}(n^2)$ *wheels* at $5\\% \\le 6$ for \\$5.")
        )
    else:
        arxiv = ARXIV
    after = enriched(stored, arxiv)
    assert (after.paper.abstract, after.left) == (mine, (kept,))


def test_a_title_that_a_hand_changed_is_left_alone_and_said() -> None:
    after = enriched(replace(FEED, title="Wheels, squared"), ARXIV)
    assert (after.paper.title, after.left) == ("Wheels, squared", ("its title has other words at arXiv",))


def test_marks_of_tex_that_a_hand_added_are_kept() -> None:
    stored = replace(FEED, title="$\\mathit{Wheels}^2$ in $\\mathcal{O}(n)$", abstract=ARXIV.abstract)
    after = enriched(stored, replace(ARXIV, abstract=FEED.abstract))
    assert (after.paper.title, after.paper.abstract, after.left) == (stored.title, stored.abstract, ())


def test_line_breaks_alone_are_no_reason_to_write() -> None:
    stored = replace(FEED, title=ARXIV.title, abstract=ARXIV.abstract.replace(" wheels", "\nwheels"))
    assert enriched(stored, ARXIV).paper.abstract == stored.abstract


def test_an_abstract_that_was_missing_is_filled() -> None:
    assert enriched(replace(FEED, abstract=""), ARXIV).paper.abstract == ARXIV.abstract


def test_days_are_the_feeds_alone() -> None:
    assert enriched(FEED, replace(ARXIV, days=(date(2025, 11, 6),))).paper.days == (DAY,)


def contents(*papers: Paper) -> Contents:
    return Contents({paper.id: paper for paper in papers})


def paper(number: int, day: int, **more: object) -> Paper:
    return replace(FEED, id=f"2511.{number:05d}", days=(date(2025, 11, day),), **more)


class TestWhichPapersAreAskedFor:
    def test_those_without_categories_newest_day_first(self) -> None:
        held = contents(paper(1, 3), paper(2, 5), paper(3, 5), paper(4, 9, categories=("cs.CL",)))
        assert papers_to_ask(held, Wanted(), ()) == ("2511.00002", "2511.00003", "2511.00001")

    def test_not_those_that_arxiv_said_it_does_not_know(self) -> None:
        assert papers_to_ask(contents(paper(1, 3), paper(2, 5)), Wanted(), {"2511.00002"}) == ("2511.00001",)

    def test_again_means_those_too_and_those_with_categories(self) -> None:
        held = contents(paper(1, 3, categories=("cs.CL",)), paper(2, 5))
        assert papers_to_ask(held, Wanted(again=True), {"2511.00002"}) == ("2511.00002", "2511.00001")

    def test_never_those_without_an_arxiv_id_nor_those_whose_owner_emptied_the_categories(self) -> None:
        mine = replace(FEED, id="my-own-paper")
        held = contents(mine, paper(1, 3, withheld=frozenset({"categories"})))
        assert papers_to_ask(held, Wanted(again=True), ()) == ()

    def test_only_of_the_days_that_were_named_and_at_most_so_many(self) -> None:
        held = contents(*(paper(day, day) for day in range(1, 10)))
        asked = Wanted(since=date(2025, 11, 3), until=date(2025, 11, 6), limit=2)
        assert papers_to_ask(held, asked, ()) == ("2511.00006", "2511.00005")
