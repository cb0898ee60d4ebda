"""Readers filter and order a list: the address keeps what they chose, and everybody is told what is shown."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator import pipeline
from generator.config import load_config
from generator.model.contents import Changes
from generator.model.paper import Figures, Observation
from tests.screenshots import serving
from tests.support.invented import paper, write_content

MONDAY, TUESDAY, WEDNESDAY = date(2025, 3, 3), date(2025, 3, 4), date(2025, 3, 5)
UPVOTES = {1: 3, 2: 40, 3: 12, 4: 12, 5: 1200, 6: 7, 7: 0, 8: 5}
COMMENTS = {1: 9, 5: 1, 8: 1000}
CODE = {2, 5, 7}
TITLES = {
    1: "A tomato", 2: "A sail", 3: "A garden", 4: "Sail and tomato", 5: "Tomato, watered", 6: "Two gardens",
    7: "A rowing boat", 8: "Garden tomato",
}  # fmt: skip


def _code(number: int) -> str | None:
    return "https://github.com/a/b" if number in CODE else None


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site with a day of eight papers, one of two, and an empty one."""
    folder = tmp_path_factory.mktemp("filters")
    papers = [paper(number, TUESDAY, title=TITLES[number], github=_code(number)) for number in TITLES]
    papers += [paper(number, MONDAY, abstract="A tomato.") for number in (21, 22)]
    seen = [
        Observation(
            "2025-03-06T08:00:00Z", f"2501.{number:05d}", Figures(votes, COMMENTS.get(number, 0), None)
        )
        for number, votes in UPVOTES.items()
    ]
    write_content(folder / "content", Changes(tuple(papers), tuple(seen)))
    pipeline.make_site(load_config(folder / "content", folder / "site"), now="2025-03-21T12:00:00Z")
    with serving(folder / "site") as address:
        yield address


@pytest.fixture
def tab(chromium: Any, base: str) -> Iterator[Any]:
    """A tab on the day of eight papers; it fails where a page breaks the policy or a script."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, base_url=base)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"papers/date/{TUESDAY}/")
    yield page
    context.close()
    assert complaints == []


def shown(tab: Any) -> list[int]:
    """The numbers of the papers that are shown, from above."""
    links = tab.locator("ol.papers > li:visible .headline a")
    return [int(re.findall(r"\d{5}", links.nth(n).get_attribute("href"))[-1]) for n in range(links.count())]


def query(tab: Any) -> str:
    return str(tab.evaluate("location.search"))


def status(tab: Any) -> str:
    return str(tab.locator(".filters [role=status]").inner_text())


def test_at_first_the_list_is_as_it_was_made(tab: Any) -> None:
    assert shown(tab) == [5, 2, 3, 4, 6, 8, 1, 7]
    assert (status(tab), query(tab)) == ("8 papers", "")
    assert not tab.get_by_role("button", name="Show all").is_visible()


def test_a_topic_is_chosen_and_stands_in_the_address(tab: Any) -> None:
    topic = tab.get_by_role("combobox", name="Topic")
    assert topic.inner_text().split("\n") == ["All topics", "Gardens (5)", "Boats (3)"]
    topic.select_option("boats")
    assert shown(tab) == [2, 4, 7]
    assert (status(tab), query(tab)) == ("3 of 8 papers", "?topic=boats")


def test_with_code_and_a_topic_and_an_order_go_together(tab: Any) -> None:
    tab.get_by_label("With code").check()
    assert (shown(tab), status(tab)) == ([5, 2, 7], "3 of 8 papers")
    tab.get_by_role("combobox", name="Order").select_option(label="Newest")
    assert shown(tab) == [7, 5, 2]
    tab.get_by_role("combobox", name="Topic").select_option("boats")
    assert (shown(tab), query(tab)) == ([7, 2], "?code=1&sort=new&topic=boats")


def test_the_most_discussed_come_first_and_equals_keep_their_order(tab: Any) -> None:
    tab.get_by_role("combobox", name="Order").select_option("comments")
    assert shown(tab) == [8, 1, 5, 2, 3, 4, 6, 7]


def test_a_deep_link_shows_what_it_says(tab: Any) -> None:
    tab.goto(f"papers/date/{TUESDAY}/?topic=gardens&code=1&sort=comments")
    assert (shown(tab), status(tab)) == ([5], "1 of 8 papers")
    assert tab.get_by_label("With code").is_checked()


def test_an_address_that_asks_for_what_is_not_there_shows_all(tab: Any) -> None:
    tab.goto(f"papers/date/{TUESDAY}/?topic=knots&sort=%3Cb%3E&code=yes")
    assert shown(tab) == [5, 2, 3, 4, 6, 8, 1, 7]
    chosen = tab.locator(".filters select").evaluate_all(
        "all => all.map(each => each.selectedOptions[0]?.text)"
    )
    assert chosen == ["All topics", "Most upvoted"]


def test_back_and_forward_bring_back_what_was_shown(tab: Any) -> None:
    tab.get_by_role("combobox", name="Topic").select_option("boats")
    tab.get_by_label("With code").check()
    assert shown(tab) == [2, 7]
    tab.go_back()
    assert (shown(tab), query(tab)) == ([2, 4, 7], "?topic=boats")
    tab.go_back()
    assert (shown(tab), query(tab)) == ([5, 2, 3, 4, 6, 8, 1, 7], "")
    tab.go_forward()
    assert shown(tab) == [2, 4, 7]


def test_all_can_be_shown_again_and_the_focus_is_not_lost(tab: Any) -> None:
    tab.get_by_role("combobox", name="Topic").select_option("boats")
    tab.get_by_role("button", name="Show all").click()
    assert (len(shown(tab)), query(tab)) == (8, "")
    assert tab.evaluate("document.activeElement.name") == "sort"


def test_other_words_of_the_address_are_kept(tab: Any) -> None:
    tab.goto(f"papers/date/{TUESDAY}/?from=mail")
    tab.get_by_label("With code").check()
    assert query(tab) == "?from=mail&code=1"


@pytest.mark.parametrize(
    "address", ["papers/week/2025-W10/", "papers/month/2025-03/", "topics/gardens/2025-03/"]
)
def test_weeks_months_and_months_of_topics_are_filtered_too(tab: Any, address: str) -> None:
    tab.goto(address)
    before = len(shown(tab))
    tab.get_by_label("With code").check()
    assert 0 < len(shown(tab)) < before


def test_a_topic_is_listed_newest_first_and_can_be_ordered_by_upvotes(tab: Any) -> None:
    tab.goto("topics/gardens/")
    assert tab.get_by_role("combobox", name="Order").inner_text().split("\n")[0] == "Newest"
    tab.get_by_role("combobox", name="Order").select_option("upvotes")
    assert shown(tab)[:2] == [5, 3]


def test_a_short_list_has_no_controls_and_needs_no_script(tab: Any) -> None:
    tab.goto(f"papers/date/{MONDAY}/")
    assert tab.locator(".filters, main script").count() == 0


def test_nothing_moves_when_the_controls_come(chromium: Any, base: str) -> None:
    for width in (360, 1280):
        context = chromium.new_context(viewport={"width": width, "height": 900}, base_url=base)
        page = context.new_page()
        page.goto(f"papers/date/{TUESDAY}/")
        page.locator(".filters [role=status]").wait_for()
        place, form = page.locator(".filters"), page.locator(".filters form")
        reserved, needed = (each.evaluate("each => each.offsetHeight") for each in (place, form))
        assert needed <= reserved < needed + 12
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        context.close()


def test_without_a_script_there_is_nothing_to_press(chromium: Any, base: str) -> None:
    context = chromium.new_context(java_script_enabled=False, base_url=base)
    page = context.new_page()
    page.goto(f"papers/date/{TUESDAY}/?topic=boats")
    assert page.locator("main").locator("select, input, form, button").count() == 0
    assert page.locator(".filters").bounding_box() is None
    assert len(shown(page)) == 8
    context.close()


def test_the_script_weighs_less_than_3_kb() -> None:
    script = Path(__file__).parents[2] / "themes/broadsheet/assets/js/filters.js"
    assert len(gzip.compress(script.read_bytes())) < 3000
