"""The archive is read with single keys, which can be switched off."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.small import FORBIDDEN, build, tab_of

DAY = "papers/date/2025-03-04/"
_FOCUSED = """document.activeElement.closest('.papers > li')
  && document.activeElement.pathname.split('/').at(-2)"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("keys"), settings="offline: false")


@pytest.fixture
def tab(chromium: Any, base: str) -> Iterator[Any]:
    """A tab on the page of a day that has neighbours."""
    with tab_of(chromium, base) as page:
        page.goto(DAY)
        yield page


def press(tab: Any, *keys: str) -> None:
    for key in keys:
        tab.keyboard.press(key)


def focused(tab: Any) -> str | None:
    """The id of the paper whose headline has the focus."""
    found: str | None = tab.evaluate(_FOCUSED)
    return found


def papers(tab: Any) -> list[str]:
    links = tab.locator(".papers .headline a")
    return [links.nth(place).get_attribute("href").split("/")[-2] for place in range(links.count())]


def test_j_and_k_walk_through_the_list_and_stop_at_its_ends(tab: Any) -> None:
    first, second, third = papers(tab)
    walked = []
    for key in "kjjjjkkk":
        press(tab, key)
        walked.append(focused(tab))
    assert walked == [None, first, second, third, third, second, first, first]


def test_what_has_the_focus_is_seen(tab: Any) -> None:
    tab.set_viewport_size({"width": 500, "height": 300})
    press(tab, "j", "j", "j")
    place = tab.locator(".papers > li").nth(2).bounding_box()
    assert 0 <= place["y"] < 300


@pytest.mark.parametrize("key", ["o", "Enter"])
def test_o_and_enter_open_the_paper(tab: Any, key: str) -> None:
    press(tab, "j", "j")
    wanted = focused(tab)
    press(tab, key)
    tab.wait_for_url(f"**/papers/{wanted}/")


def test_x_opens_the_abstract_and_closes_it(tab: Any) -> None:
    press(tab, "j", "x")
    assert tab.locator("details[open]").count() == 1
    press(tab, "x")
    assert tab.locator("details[open]").count() == 0


def test_s_saves_and_r_marks_read(tab: Any) -> None:
    press(tab, "j", "s", "r")
    pressed = tab.locator(".papers > li").first.locator("[aria-pressed=true]")
    assert pressed.all_inner_texts() == ["Save", "Read"]


def test_the_arrows_lead_to_the_newer_and_the_older_day_as_the_page_shows(tab: Any) -> None:
    newer, older = (tab.locator(f".pager [rel={rel}]").first for rel in ("next", "prev"))
    assert newer.bounding_box()["x"] < older.bounding_box()["x"]
    press(tab, "ArrowLeft")
    tab.wait_for_url("**/2025-03-05/")
    press(tab, "ArrowRight")
    tab.wait_for_url(f"**/{DAY}")
    press(tab, "ArrowRight")
    tab.wait_for_url("**/2025-03-03/")


def test_slash_leads_to_the_search_box(tab: Any) -> None:
    press(tab, "/")
    assert tab.evaluate("document.activeElement.name") == "q"
    assert tab.evaluate("document.activeElement.value") == ""


def test_on_a_papers_page_s_and_r_are_about_it_and_j_leads_on(tab: Any) -> None:
    tab.goto(f"papers/{papers(tab)[0]}/")
    before = tab.url
    press(tab, "s", "r")
    assert tab.locator("article [aria-pressed=true]").count() == 2
    press(tab, "ArrowRight", "x", "o")
    press(tab, "j")
    tab.wait_for_url(lambda url: url != before)
    press(tab, "k")
    tab.wait_for_url(before)


def test_a_question_mark_shows_the_keys(tab: Any) -> None:
    press(tab, "?")
    dialog = tab.get_by_role("dialog", name="Keys")
    assert dialog.locator("kbd").all_inner_texts() == ["j", "k", "o", "x", "s", "r", "/", "←", "→", "?"]
    press(tab, "j")
    assert focused(tab) is None
    press(tab, "Escape")
    assert not dialog.is_visible()
    press(tab, "j")
    assert focused(tab) == papers(tab)[0]


@pytest.mark.parametrize("name", ["input", "textarea", "select", "div"])
def test_who_writes_is_left_alone(tab: Any, name: str) -> None:
    tab.evaluate(
        """name => { const made = document.createElement(name);
        if (name === "div") { made.contentEditable = "true"; made.append("x"); }
        document.querySelector("main").prepend(made); made.focus(); }""",
        name,
    )
    before = tab.url
    press(tab, "j", "k", "x", "s", "r", "ArrowLeft", "ArrowRight", "/", "?")
    assert tab.evaluate("document.activeElement.localName") == name
    assert (tab.url, tab.locator("dialog, details[open]").count()) == (before, 0)


def test_with_a_modifier_a_key_is_somebody_elses(tab: Any) -> None:
    press(tab, "j")
    wanted = focused(tab)
    for modifier in ("Control", "Alt", "Meta"):
        press(tab, f"{modifier}+j", f"{modifier}+x", f"{modifier}+?")
    press(tab, "Shift+ArrowLeft", "Shift+J")
    assert focused(tab) == wanted
    assert tab.locator("dialog, details[open]").count() == 0
    assert tab.url.endswith(DAY)


def test_the_keys_can_be_switched_off_and_on_again(tab: Any) -> None:
    press(tab, "?")
    tab.get_by_label("These keys are on").uncheck()
    tab.get_by_role("button", name="Close").click()
    press(tab, "j", "?", "/")
    assert (focused(tab), tab.locator("dialog[open]").count()) == (None, 0)
    tab.reload()
    press(tab, "j", "/")
    assert focused(tab) is None and tab.evaluate("document.activeElement.localName") == "body"
    tab.get_by_role("button", name="Keys").click()
    tab.get_by_label("These keys are on").check()
    press(tab, "Escape", "j")
    assert focused(tab) == papers(tab)[0]


def test_without_storage_the_keys_work(chromium: Any, base: str) -> None:
    with tab_of(chromium, base, FORBIDDEN) as tab:
        tab.goto(DAY)
        press(tab, "j", "s", "?")
        tab.get_by_label("These keys are on").uncheck()
        press(tab, "Escape", "j")
        assert focused(tab) == papers(tab)[0]
