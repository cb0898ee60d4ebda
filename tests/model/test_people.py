"""Authors are names, never people; organizations are handles. Both have addresses that stay."""

from __future__ import annotations

import re
from datetime import date, timedelta
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model.paper import PAPER_ID, Organization, Paper
from generator.model.people import People, author_slug, has_author_slug, organization_slug
from tests.support.replay import real_days, real_page

MONDAY = date(2025, 11, 3)


def written(*authors: tuple[str, ...]) -> list[Paper]:
    """A paper by each of `authors`, the newest first."""
    return [
        Paper(id=f"p{number}", title="T", days=(MONDAY - timedelta(days=number),), authors=names)
        for number, names in enumerate(authors)
    ]


def backed(*organizations: Organization | None) -> list[Paper]:
    return [
        Paper(id=f"p{number}", title="T", days=(MONDAY - timedelta(days=number),), organization=each)
        for number, each in enumerate(organizations)
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("René Vidal", "Rene Vidal"),
        ("Chao wang", "CHAO WANG"),
        ("Noah A. Smith", "Noah A Smith"),
        ("Pheng-Ann Heng", "Pheng Ann Heng"),
        ('Hai "Helen" Li', "Hai Helen Li"),
        ("Maciej Wołczyk", "Maciej Wolczyk"),
        ("Rene\u0301 Vidal", "Ren\u00e9 Vidal"),
        ("Ｌｉ Ｗｅｉ", "Li Wei"),
        ("Shuhan Song§", "Shuhan Song"),
        ("GLM-4.5 Team", "GLM 4.5 team"),
    ],
)
def test_spellings_of_one_name_are_one_author(one: str, other: str) -> None:
    assert author_slug(one) == author_slug(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("J. Smith", "John Smith"),
        ("John A. Smith", "John Smith"),
        ("Li Wei", "Wei Li"),
        ("Jun-Yan Zhu", "Junyan Zhu"),
        ("李 伟", "李 威"),
        ("李 Wei", "王 Wei"),
        ("GLM-4.5 Team", "GLM-4.6 Team"),
        ("Ada Lovelace " * 9 + "A", "Ada Lovelace " * 9 + "B"),
    ],
)
def test_what_is_not_certain_stays_two_names(one: str, other: str) -> None:
    assert author_slug(one) != author_slug(other)


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Łukasz Kaiser", "lukasz-kaiser"), ("GLM-4.5 Team", "glm-4-5-team"), ("π", "pi"), ("*", ""), ("", "")],
)
def test_the_slug_of_a_name_can_be_read(name: str, slug: str) -> None:
    assert author_slug(name) == slug


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=120))
def test_whatever_a_name_or_a_handle_holds_its_slug_is_safe_in_an_address(text: str) -> None:
    assert re.fullmatch("([a-z0-9]+(-[a-z0-9]+)*)?", author_slug(text))
    place = organization_slug(Organization(text, text))
    assert re.fullmatch("[a-z0-9]([a-z0-9.-]*[a-z0-9])?", place)
    assert len(place) <= 80
    assert ".." not in place


@given(st.text(max_size=9) | st.text("-_*† ,.a7", max_size=9))
def test_what_has_a_slug_is_known_without_making_it(name: str) -> None:
    assert has_author_slug(name) == bool(author_slug(name))


def test_an_author_is_called_by_the_commonest_spelling_and_of_equals_by_the_one_with_accents() -> None:
    people = People.of(written(("Rene Vidal",), ("René Vidal",), ("RENE VIDAL",), ("Rene Vidal",)))
    author = people.authors["rene-vidal"]
    assert author.spellings == ("Rene Vidal", "René Vidal", "RENE VIDAL")
    assert People.of(written(("Rene Vidal",), ("René Vidal",))).authors["rene-vidal"].name == "René Vidal"


def test_a_paper_counts_once_for_a_name_that_it_gives_twice() -> None:
    people = People.of(written(("Wei Li", "Ada Lovelace", "Wei Li", "", "*")))
    assert {slug: len(author.papers) for slug, author in people.authors.items()} == {
        "wei-li": 1,
        "ada-lovelace": 1,
    }
    assert people.mentions.at(0) == ["wei-li", "ada-lovelace"]
    assert people.author("*") is None


def test_the_papers_of_an_author_stand_in_the_order_given() -> None:
    people = People.of(written(("Ada Lovelace",), ("Somebody",), ("ada lovelace",)))
    assert [paper.id for paper in people.authors["ada-lovelace"].papers] == ["p0", "p2"]


def test_an_organization_is_its_handle_in_any_case_and_called_what_its_papers_call_it_most() -> None:
    people = People.of(
        backed(
            Organization("NVIDIA", "Nvidia Research"),
            None,
            Organization("nvidia", "NVIDIA"),
            Organization("nvidia", "NVIDIA"),
        )
    )
    (place,) = people.organizations.values()
    assert (place.slug, place.handle, place.name) == ("nvidia", "NVIDIA", "NVIDIA")
    assert [paper.id for paper in place.papers] == ["p0", "p2", "p3"]


def test_of_names_used_equally_an_organization_has_the_newest_and_without_any_its_handle() -> None:
    renamed = People.of(backed(Organization("acme", "New Acme"), Organization("acme", "Acme")))
    assert renamed.organizations["acme"].name == "New Acme"
    assert People.of(backed(Organization("acme", ""))).organizations["acme"].name == "acme"


def test_two_handles_never_share_an_address() -> None:
    handles = (
        "ac-me",
        "ac me",
        "ac_me",
        "ac.me",
        "智谱",
        "百度",
        "a-z",
        "Index.html",
        "A-Z!",
        "..",
        "a" * 90,
        "a" * 91,
    )
    slugs = {handle: organization_slug(Organization(handle, handle)) for handle in handles}
    assert len(set(slugs.values())) == len(handles)
    assert (slugs["ac-me"], slugs["ac.me"]) == ("ac-me", "ac.me")
    assert not {"a-z", "index.html"}.intersection(slugs.values())


def test_an_address_does_not_change_with_papers_that_come_later_or_earlier() -> None:
    known = written(("Gül Varol", "Jian Lü"))
    more = [*written(("Gul Varol", "Jian Lù"), ("Jian Lu",)), *known, *written(("GUL VAROL",))]
    assert set(People.of(known).authors) == set(People.of(more).authors)


@pytest.mark.parametrize(
    "name", ["date", "week", "Month", "YEAR", "trending", "climbers", "top", "feed", "index.html"]
)
def test_no_paper_may_have_an_id_that_the_site_needs_beside_papers(name: str) -> None:
    assert not PAPER_ID.fullmatch(name)
    assert PAPER_ID.fullmatch(f"{name}s")


@pytest.mark.real
def test_real_names_fold_little_and_never_by_initials() -> None:
    told = [entry["paper"] for day in real_days() for entry in real_page(day)]
    real = [
        Paper(
            id=f"{number}",
            title="T",
            days=(MONDAY,),
            authors=tuple(author["name"] for author in paper["authors"] if author.get("name")),
        )
        for number, paper in enumerate(told)
    ]
    started = process_time()
    people = People.of(real)
    seconds = process_time() - started
    names = {name for paper in real for name in paper.authors}
    assert len(names) > 30_000
    assert 0.99 * len(names) < len(people.authors) < len(names)
    assert all(author_slug(name) for name in names)
    letters = [{len(re.sub(r"\W", "", name)) for name in each.spellings} for each in people.authors.values()]
    assert all(len(lengths) == 1 for lengths in letters)
    assert seconds < 2
