"""Searching, in a browser: typing, filters, addresses, keys, and what happens when a file does not come."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from generator import pipeline
from generator.config import load_config
from generator.model.contents import Changes
from generator.model.markup import escape
from generator.model.paper import Figures, Observation
from tests.browser.conftest import BuiltSite
from tests.screenshots import serving
from tests.support.invented import paper, write_content

_SUBJECTS = ("tomato", "sail", "harbour", "compass", "lantern", "meadow", "orchard", "beetle")
_VERBS = ("watering", "mending", "counting", "painting", "folding", "weighing", "naming")
COUNT = 60


def write_papers(folder: Path) -> None:
    papers, seen = [], []
    for number in range(1, COUNT + 1):
        subject, verb = _SUBJECTS[number % len(_SUBJECTS)], _VERBS[number % len(_VERBS)]
        day = date(2024, 12, 1) + timedelta(days=number)
        papers.append(
            paper(
                number,
                day,
                title=f"On {verb} the {subject}, part {number}",
                authors=("Grace Hopper" if number % 10 == 0 else "Ada Lovelace", "Émile Zola"),
                summary=f"A study of {verb} the {subject} with <b>care</b>.",
                abstract=escape(f"We consider {verb} at length. The {subject} matters in case {number}."),
                github="https://github.com/a/b" if number % 2 else None,
            )
        )
        seen.append(Observation(f"{day}T08:00:00Z", papers[-1].id, Figures(number * 7 % 61, 0, None)))
    write_content(
        folder / "content",
        Changes(tuple(papers), tuple(seen)),
        settings=["base_url: https://example.org/archive/"],
    )


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuiltSite]:
    folder = tmp_path_factory.mktemp("search")
    write_papers(folder)
    pipeline.make_site(load_config(folder / "content", folder / "site"), now="2025-03-21T12:00:00Z")
    with serving(folder / "site", "/archive/") as base:
        yield BuiltSite(folder / "site", base)


@pytest.fixture
def tab(chromium: Any, found: BuiltSite) -> Iterator[Any]:
    """A tab on the search page that fails the test where a script does."""
    context = chromium.new_context(viewport={"width": 900, "height": 900}, base_url=found.base)
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: message.type == "error" and problems.append(message.text))
    page.problems = problems
    yield page
    context.close()
    assert [each for each in problems if "Failed to load resource" not in each] == []


BOX = ".search-form [name=q]"


def settled(page: Any) -> list[str]:
    """The titles shown once the search is over."""
    page.wait_for_selector(".search-results[aria-busy=false]", state="attached", timeout=10_000)
    titles: list[str] = page.locator(".search-results .headline").all_inner_texts()
    return titles


def said(page: Any) -> str:
    text: str = page.locator(".search-state").inner_text()
    return text


def test_results_come_while_typing_and_the_words_are_marked(tab: Any) -> None:
    tab.goto("search/")
    tab.locator(BOX).press_sequentially("compass men", delay=5)
    titles = settled(tab)
    assert "mending the compass" in titles[0]
    assert set(tab.locator(".headline mark").all_inner_texts()) >= {"compass", "mending"}
    assert tab.locator(".search-state").get_attribute("aria-live") == "polite"
    assert re.search(r"\d+ papers, \d with all words", said(tab))
    card = tab.locator(".search-results .card").first.inner_text()
    assert "Zola" in card
    assert re.search(r"\d+ \w+ 202[45]", card)
    assert "<b>care</b>" in card, "markup in a summary is text"


def test_one_letter_asks_nothing_and_the_second_does(tab: Any) -> None:
    asked: list[str] = []
    tab.on("request", lambda request: request.url.endswith(".bin") and asked.append(request.url))
    tab.goto("search/")
    settled(tab)
    tab.evaluate("() => document.activeElement.blur()")
    asked.clear()
    tab.locator(BOX).press_sequentially("s")
    assert settled(tab) == []
    assert [url for url in asked if re.search(r"/[tw]\d+\.bin$", url)] == []
    tab.locator(BOX).press_sequentially("a")
    assert len(settled(tab)) > 0


def test_the_address_holds_the_query_and_the_back_button_returns_to_it(tab: Any) -> None:
    tab.goto("search/?q=tomato")
    first = settled(tab)
    assert "tomato" in first[0]
    tab.fill(BOX, "lantern")
    tab.press(BOX, "Enter")
    assert "lantern" in settled(tab)[0]
    assert tab.url.endswith("search/?q=lantern")
    tab.go_back()
    tab.wait_for_function("() => document.querySelector('.search-form [name=q]').value === 'tomato'")
    assert settled(tab) == first
    assert tab.url.endswith("?q=tomato")


def test_typing_leaves_one_step_to_go_back(tab: Any) -> None:
    tab.goto("search/?q=tomato")
    settled(tab)
    tab.fill(BOX, "")
    tab.locator(BOX).press_sequentially("beetle", delay=5)
    settled(tab)
    tab.go_back()
    tab.wait_for_function("() => document.querySelector('.search-form [name=q]').value === 'tomato'")


def test_filters_narrow_and_stand_in_the_address(tab: Any) -> None:
    tab.goto("search/?q=mending")
    settled(tab)
    everything = said(tab)
    tab.select_option("[name=year]", "2024")
    settled(tab)
    assert said(tab) != everything
    assert all(text.endswith("2024") for text in tab.locator(".search-results time").all_inner_texts())
    tab.check("[name=code]")
    settled(tab)
    assert "year=2024" in tab.url and "code=1" in tab.url
    shown = tab.locator(".search-results .figures").all_inner_texts()
    assert shown and all("with code" in each for each in shown)
    deep = tab.url
    titles = settled(tab)
    tab.goto("about:blank")
    tab.goto(deep)
    assert settled(tab) == titles
    assert tab.is_checked("[name=code]")


def test_a_topic_filters_too(tab: Any) -> None:
    tab.goto("search/?q=care&topic=gardens")
    assert all("tomato" in title for title in settled(tab))


def test_results_are_sorted_by_day_and_by_upvotes(tab: Any) -> None:
    tab.goto("search/?q=tomato&sort=newest")
    settled(tab)
    days = tab.locator(".search-results time").evaluate_all("all => all.map(each => each.dateTime)")
    assert days == sorted(days, reverse=True) and len(days) > 5
    tab.select_option("[name=sort]", "upvotes")
    settled(tab)
    shown = " ".join(tab.locator(".search-results .figures").all_inner_texts())
    votes = [int(number) for number in re.findall(r"(\d+) upvote", shown)]
    assert votes == sorted(votes, reverse=True) and len(votes) > 5


def test_an_arxiv_id_is_a_direct_hit_however_it_is_written(tab: Any) -> None:
    for text in ("2501.00042", "arXiv:2501.00042v3", "https://arxiv.org/abs/2501.00042"):
        tab.goto("search/?q=" + text)
        assert [title.endswith("part 42") for title in settled(tab)] == [True], text


def test_nothing_found_says_so_and_offers_what_was_meant(tab: Any) -> None:
    tab.goto("search/?q=compsas")
    assert settled(tab) == []
    assert "No paper" in said(tab)
    tab.locator(".search-words-offered button", has_text="compass").click()
    assert "compass" in settled(tab)[0]
    assert tab.url.endswith("?q=compass")


def test_the_arrow_keys_walk_through_the_results(tab: Any) -> None:
    tab.goto("search/?q=tomato")
    settled(tab)
    tab.focus(BOX)
    current = "() => document.activeElement.textContent"
    tab.keyboard.press("ArrowDown")
    first = tab.evaluate(current)
    tab.keyboard.press("ArrowDown")
    second = tab.evaluate(current)
    assert "tomato" in first and "tomato" in second and first != second
    tab.keyboard.press("ArrowUp")
    assert tab.evaluate(current) == first
    tab.keyboard.press("ArrowUp")
    assert tab.evaluate("() => document.activeElement.name") == "q"
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/papers/2501.*/")


def test_more_papers_are_one_click_away(tab: Any) -> None:
    tab.goto("search/?q=study")
    assert len(settled(tab)) == 10
    tab.click(".search-more button")
    tab.wait_for_selector(".search-results .card:nth-child(20)")
    assert tab.evaluate("() => document.activeElement.closest('li').matches(':nth-child(11)')")


def test_every_page_has_the_box_and_a_key_that_leads_to_it(tab: Any) -> None:
    tab.goto("papers/2501.00042/")
    tab.keyboard.press("/")
    tab.keyboard.type("tomato")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/search/?q=tomato")
    assert len(settled(tab)) > 0


def test_of_twenty_fast_keystrokes_only_the_last_counts(tab: Any) -> None:
    tab.goto("search/?q=tomato")
    settled(tab)
    tab.route("**/*.bin", lambda route: (tab.wait_for_timeout(20), route.continue_()))
    tab.fill(BOX, "")
    for text in ("la", "lan", "lant", "or", "orc", "orch", "be", "bee", "beet", "sa", "sai", "sail", "me", "mea",  # noqa: E501
                 "mead", "ha", "harb", "harbo", "harbou", "harbour"):  # fmt: skip
        tab.fill(BOX, text)
    titles = settled(tab)
    assert titles and all("harbour" in title for title in titles)
    tab.wait_for_timeout(300)
    assert settled(tab) == titles
    assert tab.url.endswith("?q=harbour")


def test_a_file_that_does_not_come_gives_a_message_and_a_second_try(tab: Any) -> None:
    failing = [True]
    tab.route(re.compile(r"/[tr]\d+\.bin$"), lambda route: route.abort() if failing[0] else route.continue_())
    tab.goto("search/?q=tomato")
    assert settled(tab) == []
    assert "could not be loaded" in said(tab)
    failing[0] = False
    tab.get_by_role("button", name="Try again").click()
    tab.wait_for_selector(".search-results .card")
    assert "tomato" in settled(tab)[0]


def test_an_index_that_was_replaced_meanwhile_is_read_again(tab: Any) -> None:
    tab.goto("search/?q=tomato")
    settled(tab)
    gone: list[str] = []

    def answer(route: Any) -> None:
        if re.search(r"/t\d+\.bin$", route.request.url) and len(gone) < 1:
            gone.append(route.request.url)
            route.fulfill(status=404)
        else:
            route.continue_()

    tab.route("**/*.bin", answer)
    tab.fill(BOX, "lantern orchard")
    tab.press(BOX, "Enter")
    assert len(settled(tab)) > 0
    assert "could not" not in said(tab)


def test_nothing_that_is_typed_breaks_the_page(tab: Any) -> None:
    tab.goto("search/")
    for text in (
        "gpt-4: x",
        '"',
        "-",
        "year:99999 after:x topic:",
        "((((",
        "title:",
        "%E0%A4%A",
        "🎉 -🎉",
        "the of",
    ):
        tab.fill(BOX, text)
        tab.press(BOX, "Enter")
        settled(tab)
        assert "could not" not in said(tab), text
    tab.fill(BOX, "tomato")
    tab.press(BOX, "Enter")
    assert "tomato" in settled(tab)[0]


def test_without_a_script_the_page_says_so_and_offers_browsing(chromium: Any, found: BuiltSite) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(found.base + "search/?q=tomato")
    text = page.locator("noscript").inner_text()
    assert "needs JavaScript" in text
    page.get_by_role("link", name="all days").click()
    assert page.url.endswith("/papers/")
    context.close()
