"""Posting lists of names: what they say is what one finds by looking through all papers."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.mentions import Mentions
from generator.model.paper import Paper
from generator.model.slugs import KnownSlugs
from generator.model.texts import Packed, Texts

Rows = list[tuple[int, list[str]]]
ROWS = st.lists(
    st.tuples(st.integers(0, 4), st.lists(st.sampled_from(["a", "A", "b", "B", "c", "*", ""]), max_size=6))
).map(lambda rows: sorted(rows, key=lambda row: row[0]))
"""How many days old a paper is, and the names in it; the newest papers first."""


def slug_of(text: str) -> str:
    return text.strip("*").lower()


def mentions_of(rows: Rows) -> tuple[Mentions, list[Paper]]:
    newest = date(2025, 11, 7)
    papers = [
        Paper(f"p{place}", "", days=(newest - timedelta(days=age),)) for place, (age, _) in enumerate(rows)
    ]
    of = {paper.id: texts for paper, (_, texts) in zip(papers, rows, strict=True)}
    return Mentions(papers, lambda paper: of[paper.id], KnownSlugs(slug_of)), papers


def told(rows: Rows) -> list[list[str]]:
    """The slugs of each paper, each once, in its order."""
    return [[slug for slug in dict.fromkeys(map(slug_of, texts)) if slug] for _, texts in rows]


@given(ROWS)
def test_a_posting_list_has_each_paper_that_mentions_the_slug_once_and_in_order(rows: Rows) -> None:
    mentions, papers = mentions_of(rows)
    of_paper = told(rows)
    assert [mentions.at(place) for place in range(len(rows))] == of_paper
    first = list(dict.fromkeys(slug for slugs in of_paper for slug in slugs))
    assert (list(mentions), len(mentions)) == (first, len(first))
    for slug in first:
        having = [paper for paper, slugs in zip(papers, of_paper, strict=True) if slug in slugs]
        assert list(mentions.of(slug)) == having
        assert mentions.often(1)[slug] == len(having)
        assert (slug in mentions.often(2)) == (len(having) >= 2)
    assert [slug in mentions for slug in ("a", "b", "c", "", "z")] == [slug in first for slug in "abc"] + [
        False
    ] * 2


@given(ROWS, st.sets(st.sampled_from("abc")))
def test_what_is_told_of_slugs_is_joined_for_each_paper(rows: Rows, some: set[str]) -> None:
    mentions, _ = mentions_of(rows)
    for slug in some:
        assert mentions.known.numbers[slug]
    named = {slug: slug.encode() * 3 for slug in some}
    wanted = [b"".join(named[slug] for slug in slugs if slug in some) for slugs in told(rows)]
    assert mentions.joined(named, 3) == wanted
    assert mentions.among({slug: slug for slug in some}) == [
        tuple(slug for slug in slugs if slug in some) for slugs in told(rows)
    ]


@given(ROWS, st.integers(1, 3))
def test_tallies_tell_day_by_day_how_many_papers_a_name_has_by_then(rows: Rows, least: int) -> None:
    mentions, _ = mentions_of(rows)
    so_far: Counter[str] = Counter()
    wanted = []
    for age in sorted({age for age, _ in rows}, reverse=True):
        today = [slugs for (day, _), slugs in zip(rows, told(rows), strict=True) if day == age]
        so_far.update(slug for slugs in today for slug in slugs)
        wanted.append(
            (len(today), {slug: so_far[slug] for slugs in today for slug in slugs if so_far[slug] >= least})
        )
    found = [
        (count, {mentions.known.slugs[each]: n for each, n in zip(names.tolist(), has.tolist(), strict=True)})
        for count, names, has in mentions.tallies(least)
    ]
    assert found == wanted


def test_of_what_never_was_a_slug_there_is_no_posting_list() -> None:
    mentions, _ = mentions_of([(0, ["a"])])
    with pytest.raises(KeyError):
        mentions.of("z")


def test_slugs_that_were_known_before_and_stand_in_no_paper_are_not_mentioned() -> None:
    known = KnownSlugs(slug_of, packed("", "old", "a"), packed("", "Old", "a"), {"A": 2, "*": 0})
    papers = [Paper("p0", "", days=(date(2025, 11, 7),))]
    mentions = Mentions(papers, lambda paper: ["b", "A", "*"], known)
    assert (list(mentions), "old" in mentions, mentions.of("old")) == (["b", "a"], False, ())
    assert [known.only(slug) for slug in ("old", "a", "b")] == ["Old", "", "b"]


def packed(*texts: str) -> Packed:
    found = Texts()
    for text in texts:
        found.add(text)
    return found.packed()
