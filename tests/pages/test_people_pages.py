"""Pages of authors, organizations and keywords, and of years: who has one, what it shows, when it changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from generator.model.contents import Changes
from generator.model.paper import DayRecord, Figures, Observation, Organization, Paper
from tests.support.built import Built, broken_links, ids_twice
from tests.support.invented import archive_of, paper

FIRST = date(2024, 12, 30)
HOSTILE = "</h1><script>"


def day(step: int) -> date:
    return FIRST + timedelta(days=step)


def small() -> Changes:
    """Five papers on as many days, in two years."""
    names = [
        ("Ada Lovelace", "Rene Vidal"),
        ("Ada Lovelace", "René Vidal"),
        ("ADA LOVELACE",),
        ("Y. Z.",),
        (),
    ]
    words = [("Sails", "oars"), ("sail",), ("sails",), ("sails", "Oars"), ("sails", "a&b#c", "")]
    places = [
        Organization("acme", "Acme"),
        Organization("ACME", "Acme"),
        None,
        Organization("智谱", "智谱"),
        None,
    ]
    papers = tuple(
        paper(
            number + 1,
            day(number),
            authors=names[number],
            keywords=words[number],
            organization=places[number],
        )
        for number in range(5)
    )
    return Changes(
        papers, records=tuple(DayRecord(day(n), 1, "open", "2025-01-09T08:00:00Z") for n in range(5))
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return Built(tmp_path_factory.mktemp("people"), small())


def many() -> Changes:
    """A keyword, an organization and an author with 130 papers in two years, and 205 other authors."""
    changes = archive_of(days=65, per_day=2, first=date(2024, 12, 1))
    people = [f"{letter}{n} Person" for letter in "abŁ" for n in range(68)] + ["智谱 一"]
    papers = [
        replace(each, authors=("Ada Lovelace", *people[(number % 43) * 5 :][:5]))
        for number, each in enumerate(changes.papers)
    ]
    return Changes((*papers,), changes.observations, changes.records)


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return Built(tmp_path_factory.mktemp("crowd"), many())


def test_a_name_has_a_page_from_three_papers_on(site: Built) -> None:
    assert site.has("authors/ada-lovelace")
    assert not site.has("authors/rene-vidal")
    assert not site.has("authors/y-z")


def test_an_author_page_claims_a_name_and_no_person(site: Built) -> None:
    text = site.main("authors/ada-lovelace")
    assert "papers under one name; they may be by several people" in text
    assert "Also written ADA LOVELACE." in text
    assert "3 papers, from 30 December 2024 to 1 January 2025" in text


def test_papers_stand_by_year_the_newest_year_first(site: Built) -> None:
    page = site.read("authors/ada-lovelace")
    assert page.index('id="papers-2025"') < page.index("part 3") < page.index('id="papers-2024"')
    assert page.index('id="papers-2024"') < page.index("part 2") < page.index("part 1")
    assert site.links("authors/ada-lovelace")["2024"] == "authors/ada-lovelace/#papers-2024"


def test_a_paper_page_links_the_names_places_and_keywords_that_have_a_page(site: Built) -> None:
    links = site.links("papers/2501.00001")
    assert links["Ada Lovelace"] == "authors/ada-lovelace/"
    assert links["Acme"] == "organizations/acme/"
    assert links["Sails"] == "keywords/sail/"
    assert links["Rene Vidal"] == 'search/?q=author:"Rene+Vidal"'


def test_of_a_crowd_only_the_names_that_have_a_page_are_links(tmp_path: Path) -> None:
    crowd = tuple(f"Person{number} Smith" for number in range(11))
    more = Changes((paper(77, day(3), authors=("Ada Lovelace", *crowd)), *small().papers))
    site = Built(tmp_path, more)
    links = site.links("papers/2501.00077")
    assert links["Ada Lovelace"] == "authors/ada-lovelace/"
    assert "Person1 Smith" not in links


def test_of_many_keywords_the_late_ones_are_links_only_where_they_have_a_page(tmp_path: Path) -> None:
    many = (*(f"rope number {number}" for number in range(11)), "sails")
    site = Built(tmp_path, Changes((paper(77, day(3), keywords=many), *small().papers)))
    links = site.links("papers/2501.00077")
    assert links["rope number 9"] == 'search/?q="rope+number+9"'
    assert "rope number 10" not in links
    assert links["sails"] == "keywords/sail/"


def test_a_keyword_without_a_page_leads_to_a_search(site: Built) -> None:
    assert site.links("papers/2501.00001")["oars"] == 'search/?q="oars"'
    assert site.links("papers/2501.00005")["a&amp;b#c"] == 'search/?q="a+b+c"'


def test_without_a_search_page_such_a_keyword_is_plain_text(tmp_path: Path) -> None:
    site = Built(tmp_path, small(), settings=["search: false"])
    assert "oars" not in site.links("papers/2501.00001")
    assert "oars" in site.main("papers/2501.00001")


def test_cards_link_the_organization(site: Built) -> None:
    assert site.links("papers/date/2024-12-30")["Acme"] == "organizations/acme/"


def test_every_organization_has_a_page_whatever_its_handle(site: Built) -> None:
    assert site.links("organizations")["Acme"] == "organizations/acme/"
    address = site.links("organizations")["智谱"]
    assert address.startswith("organizations/x-")
    assert site.has(address)
    assert "2 papers" in site.main("organizations/acme")


def test_what_goes_with_papers_is_told_and_linked(site: Built) -> None:
    links = site.links("keywords/sail")
    assert links["Acme"] == "organizations/acme/"
    assert "topics/boats/" in links.values()
    assert "Often with" not in site.main("keywords/sail")


def test_a_keyword_page_tells_other_spellings_but_not_those_of_case(site: Built) -> None:
    assert "sails" in site.main("keywords/sail")
    assert "Also written sail." in site.main("keywords/sail")


def test_the_owner_says_from_how_many_papers_on_there_is_a_page(tmp_path: Path) -> None:
    site = Built(tmp_path, small(), settings=["author_papers: 2", "keyword_papers: 6"])
    assert site.has("authors/rene-vidal")
    assert not site.has("keywords/sail")


def test_few_names_stand_on_the_index_alone(site: Built) -> None:
    assert site.links("authors")["Ada Lovelace"] == "authors/ada-lovelace/"
    assert not (site.folder / "site/authors/a-z").exists()


def test_many_names_stand_under_their_first_letter(crowd: Built) -> None:
    links = crowd.links("authors")
    assert [links[letter] for letter in ("A", "B", "L", "Other")] == [
        f"authors/a-z/{letter}/" for letter in ("a", "b", "l", "other")
    ]
    assert "Ł7 Person" in crowd.links("authors/a-z/l")
    assert "智谱 一" in crowd.links("authors/a-z/other")
    assert "Ada Lovelace" in crowd.links("authors/a-z/a")
    assert "Ada Lovelace" not in crowd.links("authors/a-z/b")


def test_organizations_of_one_name_are_told_apart_by_their_handles(tmp_path: Path) -> None:
    places = [Organization(handle, name) for handle, name in (("a1", "Acme"), ("a2", "Acme"), ("b", "Bolt"))]
    papers = tuple(paper(number, day(number), organization=place) for number, place in enumerate(places, 1))
    links = Built(tmp_path, Changes(papers)).links("organizations")
    assert (links["Acme (a1)"], links["Acme (a2)"]) == ("organizations/a1/", "organizations/a2/")
    assert "Bolt" in links


def test_where_there_are_many_papers_each_year_has_its_page(crowd: Built) -> None:
    for address in ("authors/ada-lovelace", "organizations/acme", "keywords/watering-can"):
        assert crowd.links(address)["2024"] == f"{address}/2024/"
        assert crowd.read(address).count("class=card") == 30
        assert crowd.read(f"{address}/2024").count("class=card") == 62
        assert crowd.read(f"{address}/2025").count("class=card") == 68
    assert crowd.neighbour("organizations/acme/2024", "next") == "organizations/acme/2025/"


def test_the_page_of_a_year_that_is_over_does_not_change_with_a_new_paper(tmp_path: Path) -> None:
    changes = many()
    site = Built(tmp_path, changes)
    newest = changes.papers[-1]
    made = site.add(Changes((replace(newest, id="2502.99999", title="Later"),))).made
    for place in ("authors/ada-lovelace", "organizations/acme", "keywords/watering-can"):
        assert {f"{place}/index.html", f"{place}/2025/index.html"} <= made.keys()
        assert f"{place}/2024/index.html" not in made


def test_a_year_page_has_every_day_as_a_cell_and_the_most_upvoted_papers(crowd: Built) -> None:
    page = crowd.read("papers/year/2025")
    assert page.count('href="/base/papers/date/2025-') >= 34
    assert 'title="2025-01-01: 2 papers"' in page
    assert ' papers so far"' in page
    assert "The 50 most upvoted papers" in crowd.main("papers/year/2025")
    assert "49 upvotes" in crowd.main("papers/year/2025")
    assert crowd.neighbour("papers/year/2025", "prev") == "papers/year/2024/"
    assert crowd.links("papers")["2025"] == "papers/year/2025/"


def test_a_month_that_lists_nothing_stands_in_its_year_without_a_link(tmp_path: Path) -> None:
    papers = (paper(1, date(2025, 1, 6)), paper(2, date(2025, 3, 3)))
    empty = DayRecord(date(2025, 2, 3), 0, "empty", "2025-03-04T08:00:00Z")
    site = Built(tmp_path, Changes(papers, (), (empty,)))
    assert "February 2025" in site.main("papers/year/2025")
    assert "February 2025" not in site.links("papers/year/2025")
    assert "April 2025" not in site.main("papers/year/2025")
    assert 'title="2025-02-03: nothing listed"' in site.read("papers/year/2025")


def test_a_day_in_a_week_that_lists_nothing_links_no_week(tmp_path: Path) -> None:
    empty = DayRecord(date(2025, 2, 10), 0, "empty", "2025-03-04T08:00:00Z")
    site = Built(tmp_path, Changes((paper(1, date(2025, 2, 24)),), (), (empty,)))
    links = site.links("papers/date/2025-02-10")
    assert ("Week 7, 2025" in links, links["February 2025"]) == (False, "papers/month/2025-02/")
    assert broken_links(site.folder / "site") == []


def test_a_vote_makes_no_page_of_an_author_organization_or_keyword_again(tmp_path: Path) -> None:
    site = Built(tmp_path, small())
    vote = Observation("2025-02-01T08:00:00Z", "2501.00001", Figures(upvotes=7))
    made = site.add(Changes(observations=(vote,))).made
    assert "papers/2501.00001/index.html" in made
    assert not [path for path in made if path.startswith(("authors/", "organizations/", "keywords/"))]


def test_a_new_paper_touches_only_the_pages_of_its_own_people(tmp_path: Path) -> None:
    site = Built(tmp_path, small())
    added = replace(
        paper(9, day(9)), authors=("Y. Z.",), keywords=(), organization=Organization("zoo", "Zoo")
    )
    made = site.add(Changes((added,))).made
    mine = {path for path in made if path.startswith(("authors/", "organizations/", "keywords/"))}
    assert mine == {"organizations/index.html", "organizations/zoo/index.html"}


def test_names_are_text_whatever_they_hold(tmp_path: Path) -> None:
    bad = tuple(
        replace(
            paper(number, day(number)),
            authors=(HOSTILE, "\u202eevil"),
            keywords=(HOSTILE,),
            organization=Organization("bad one", HOSTILE),
        )
        for number in range(1, 6)
    )
    site = Built(tmp_path, Changes(bad))
    for folder in ("authors", "organizations", "keywords"):
        for page in (site.folder / "site" / folder).rglob("*.html"):
            assert HOSTILE not in page.read_text(encoding="utf-8"), page
    assert broken_links(site.folder / "site") == []


def test_every_link_of_the_site_leads_somewhere_and_no_id_stands_twice(site: Built, crowd: Built) -> None:
    for built in (site, crowd):
        assert broken_links(built.folder / "site") == []
        assert list(ids_twice(built.folder / "site")) == []


def test_the_titles_of_all_pages_differ(crowd: Built) -> None:
    pages = sorted((crowd.folder / "site").rglob("*.html"))
    titles = [page.read_text(encoding="utf-8").partition("<title>")[2].partition("<")[0] for page in pages]
    assert len(set(titles)) == len(titles)


def test_an_empty_archive_has_empty_indices(tmp_path: Path) -> None:
    site = Built(tmp_path, Changes())
    assert "0 names" in site.main("authors")
    assert not site.has("papers/year/2025")
    assert broken_links(site.folder / "site") == []


def test_papers_without_anybody_are_no_trouble(tmp_path: Path) -> None:
    bare = Paper(id="2501.00001", title="Alone", days=(FIRST,))
    site = Built(tmp_path, Changes((bare,)))
    assert "0 organizations" in site.main("organizations")
