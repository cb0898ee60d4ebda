"""What is known of a page before it is composed changes with each thing that the page shows, and, of the many
pages of names, hardly with anything else."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest

from generator.config import Settings
from generator.model.archive import Archive
from generator.model.contents import Contents
from generator.model.paper import DayRecord, Figures, Observation, Organization, Paper
from generator.model.topics import Topic, TopicMatcher
from generator.pages import plan_pages
from generator.pages.page import Draft, Planned
from generator.pages.shelf import Share
from generator.portion import WHOLE, Portion, portions
from tests.support.invented import archive_of, paper

MONDAY = date(2025, 1, 6)
SETTINGS = Settings(author_papers=3, keyword_papers=3)
TOPICS = TopicMatcher.of((Topic("boats", "Boats", "How to stay afloat."),))
ADA, BO = "authors/ada/", "authors/bo/"
SOIL, ROPE = "keywords/soil/", "keywords/rope/"
ACME = "organizations/acme/"
BOATS = "topics/boats/"
NAMES = {ADA, BO, SOIL, ROPE, ACME}
PERIODS = {"papers/month/2025-01/", "papers/year/2025/"}
CARDS = PERIODS | {"papers/trending/", "papers/top/"}
LISTS = CARDS | {"trends/"}
CROWD = ("Q", "R", "S", "T")
"""They stand before the others, so that no card names those."""


def small() -> list[Paper]:
    """Ada writes with Bo, about soil and rope, at Acme; others write once or twice."""

    def of(number: int, authors: Iterable[str], keywords: Collection[str], place: str | None) -> Paper:
        return paper(
            number,
            MONDAY + timedelta(days=number),
            authors=(*(f"{name}{number}" for name in CROWD), *authors),
            keywords=keywords,
            organization=Organization(place, place.title()) if place else None,
            pinned_topics=("boats",) if number < 4 else (),
        )

    return [
        of(1, ("Ada", "Bo", "Cy"), ("soil", "rope", "knot"), "acme"),
        of(2, ("Ada", "Bo", "Cy"), ("soil", "rope", "knot"), "acme"),
        of(3, ("Ada", "Bo"), ("soil", "rope"), "acme"),
        of(4, ("Ada", "Di"), ("soil", "mast"), "yard"),
        of(5, ("Bo", "Di"), ("rope", "mast"), "yard"),
        of(6, ("Ed",), ("mast",), None),
    ]


def votes(*given: int) -> dict[str, tuple[Observation, ...]]:
    """One observation for each paper, the same day."""
    told = {f"2501.{number:05d}": upvotes for number, upvotes in enumerate(given, 1)}
    return {each: (Observation("2025-01-20", each, Figures(upvotes=told[each])),) for each in told}


def planned(
    papers: Iterable[Paper],
    seen: Mapping[str, tuple[Observation, ...]] | None = None,
    records: Iterable[DayRecord] = (),
    portion: Portion = WHOLE,
    settings: Settings = SETTINGS,
) -> dict[str, Planned]:
    contents = Contents(
        {each.id: each for each in papers}, dict(seen or {}), {each.day: each for each in records}
    )
    archive = Archive.of(contents, TOPICS)
    return {each.address: each for each in plan_pages(archive, settings, portion)}


def changed(before: Mapping[str, Planned], after: Mapping[str, Planned]) -> set[str]:
    """The addresses whose digest is another one. Wherever the page is another one, the digest must be."""
    found = {each for each in before if each in after and before[each].digest != after[each].digest}
    assert shown(before, after) <= found
    return found


def shown(before: Mapping[str, Planned], after: Mapping[str, Planned]) -> set[str]:
    """The addresses whose page is another one."""
    return {each for each in before if each in after and before[each].compose() != after[each].compose()}


def with_paper(number: int, change: Callable[[Paper], Paper]) -> list[Paper]:
    return [change(each) if each.id.endswith(f"{number}") else each for each in small()]


def authors(old: Paper, gone: str, come: str) -> Paper:
    return replace(old, authors=tuple(come if name == gone else name for name in old.authors))


def keywords(old: Paper, gone: str, come: str) -> Paper:
    return replace(old, keywords=tuple(come if word == gone else word for word in old.keywords))


ONE_THING: Mapping[str, tuple[int, Callable[[Paper], Paper], set[str]]] = {
    "a title": (1, lambda old: replace(old, title="Another"), NAMES | CARDS),
    "an author that a card names": (1, lambda old: authors(old, "Q1", "Quinn"), NAMES | CARDS),
    "how many authors there are": (1, lambda old: replace(old, authors=(*old.authors, "Zed")), NAMES | CARDS),
    "an author that a card does not name": (3, lambda old: authors(old, "Bo", "Al"), {ADA, BO, ACME}),
    "a keyword": (3, lambda old: keywords(old, "rope", "oar"), {ADA, BO, ACME, SOIL, ROPE}),
    "an organization": (
        4,
        lambda old: replace(old, organization=Organization("acme", "Acme")),
        {ADA, SOIL, ACME} | LISTS,
    ),
    "a day": (1, lambda old: replace(old, days=(date(2024, 12, 30),)), NAMES | LISTS),
    "another day": (1, lambda old: replace(old, days=(*old.days, MONDAY)), PERIODS),
    "a repository": (1, lambda old: replace(old, github="https://github.com/a/b"), LISTS),
}
"""What changes of which paper, and which pages show it."""


@pytest.mark.parametrize("what", ONE_THING)
def test_the_digest_changes_with_each_thing_of_a_paper_that_a_page_shows(what: str) -> None:
    number, change, expected = ONE_THING[what]
    seen = votes(9, 8, 7, 6, 5, 4)
    before, after = planned(small(), seen), planned(with_paper(number, change), seen)
    assert shown(before, after) & (NAMES | LISTS) == expected
    assert expected <= changed(before, after)


def test_another_spelling_of_a_name_changes_the_pages_that_tell_it() -> None:
    """Though none of the papers of that page changes."""
    others = {"authors": ("BO",), "keywords": ("Rope",), "organization": None}
    alone = [paper(number, MONDAY, **others) for number in (7, 8)]
    before, after = (
        planned([*small(), *alone]),
        planned([*small(), *alone, replace(alone[0], id="2501.00010")]),
    )
    assert not changed(before, after) & {ADA, SOIL}, "three of seven are no majority"
    more = [replace(alone[0], id=f"2501.0001{number}") for number in range(3)]
    found = changed(before, planned([*small(), *alone, *more]))
    assert {ADA, SOIL} <= found


def test_another_name_of_an_organization_changes_the_pages_that_tell_it() -> None:
    more = [
        paper(number, MONDAY, authors=(), keywords=(), organization=Organization("acme", "Acme Gardens"))
        for number in (7, 8, 9, 10)
    ]
    found = changed(planned(small()), planned([*small(), *more]))
    assert {ADA, SOIL, ROPE} <= found


def test_a_name_that_gets_a_page_changes_those_on_which_two_papers_have_it_and_no_others() -> None:
    """Cy and the knot stand in two papers of Ada, Di and the mast in one; a paper of nobody else comes."""
    before = planned(small())
    cy = paper(7, MONDAY, authors=("Cy",), keywords=("knot",), organization=None)
    assert changed(before, planned([*small(), cy])) & NAMES == NAMES
    di = paper(7, MONDAY, authors=("Di",), keywords=(), organization=None)
    after = planned([*small(), di])
    assert "authors/di/" in after
    assert changed(before, after) & NAMES == set()


def test_an_author_that_gets_a_page_leaves_the_pages_of_keywords() -> None:
    cy = paper(7, MONDAY, authors=("Cy",), keywords=(), organization=None)
    assert changed(planned(small()), planned([*small(), cy])) & NAMES == {ADA, BO, ACME}


def test_a_topic_changes_with_the_authors_and_the_organization_that_its_papers_share() -> None:
    before = planned(small())
    cy = paper(7, MONDAY, authors=("Cy",), keywords=(), organization=None)
    assert BOATS in shown(before, planned([*small(), cy]))
    assert BOATS in changed(before, planned([*small(), cy]))
    others = {"authors": (), "keywords": (), "organization": Organization("acme", "Acme Gardens")}
    named = [paper(number, MONDAY, **others) for number in (7, 8, 9, 10)]
    assert BOATS in shown(before, planned([*small(), *named]))
    assert BOATS in changed(before, planned([*small(), *named]))


def test_the_page_of_a_paper_changes_when_its_author_or_keyword_gets_a_page() -> None:
    page = "papers/2501.00001/"
    before = planned(small())
    for more in ({"authors": ("Cy",), "keywords": ()}, {"authors": (), "keywords": ("knot",)}):
        assert page in changed(before, planned([*small(), paper(7, MONDAY, organization=None, **more)]))


def test_trending_changes_with_what_was_observed_before_the_last_round() -> None:
    """The latest figures of all papers are the same, but one gained more."""
    last = Observation("2025-01-21T08:00:00Z", "2501.00001", Figures(upvotes=30))
    first, second = (
        planned(
            small(), {"2501.00001": (Observation("2025-01-20", "2501.00001", Figures(upvotes=10 + n)), last)}
        )
        for n in (0, 1)
    )
    assert changed(first, second) == {"papers/trending/", "papers/2501.00001/"}


def test_a_vote_changes_the_lists_that_rank_and_no_page_of_a_name() -> None:
    found = changed(planned(small(), votes(9, 8, 7)), planned(small(), votes(9, 8, 70)))
    assert found & (NAMES | LISTS) == LISTS


def test_what_the_day_log_knows_changes_no_ranking() -> None:
    record = DayRecord(MONDAY + timedelta(days=1), 1, "open", "2025-01-20T08:00:00Z")
    found = changed(
        planned(small(), votes(9), [record]), planned(small(), votes(9), [replace(record, listed=2)])
    )
    assert not found & {"papers/trending/", "papers/top/", "trends/"}


def test_a_vote_for_a_paper_that_is_none_of_the_best_leaves_the_top() -> None:
    days, each = 45, 3
    held = archive_of(days, each)
    seen = {told.paper_id: (told,) for told in held.observations}
    worst = next(told for told in held.observations if told.figures.upvotes == 0)
    more = {**seen, worst.paper_id: (replace(worst, figures=Figures(upvotes=1, comments=0)),)}
    found = changed(planned(held.papers, seen), planned(held.papers, more))
    assert "papers/top/" not in found
    assert {"papers/trending/", "trends/"} <= found


def test_every_portion_knows_its_pages_by_the_same_digests() -> None:
    whole = planned(small(), votes(9, 8))
    shares = portions(3, {"subjects": 9}, common=16)
    parts = [planned(small(), votes(9, 8), portion=each) for each in (*shares.each, shares.common)]
    assert all(len(part) < len(whole) for part in parts)
    assert {address: each.digest for part in parts for address, each in part.items()} == {
        address: each.digest for address, each in whole.items()
    }


def test_a_page_of_a_name_that_is_sent_away_takes_its_own_papers_and_no_others() -> None:
    """As a cluster asks for it."""
    crowd = [paper(100 + number, MONDAY, organization=None) for number in range(99)]
    few, many = planned(small())[ACME], planned([*small(), *crowd])[ACME]
    assert isinstance(few, Draft)
    assert isinstance(many, Draft)
    assert pickle.loads(pickle.dumps(many.compose))() == many.compose()
    assert len(pickle.dumps(many.compose)) == len(pickle.dumps(few.compose))


def test_authors_and_keywords_of_a_single_paper_cannot_be_told() -> None:
    """No digest stands for them."""
    with pytest.raises(ValueError, match="no digest"):
        Share("Authors", "authors", most=3)
    Share("Topics", "topics", most=3)
