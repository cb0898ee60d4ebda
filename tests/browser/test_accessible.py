"""Everybody can read it: no axe violation on any kind of page, at any width, by any light."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.browser.conftest import BuiltSite, times_in
from tests.browser.helpers import Checkers

WIDTHS = (320, 390, 1350)

_RUN = """scheme => axe.run(document, {runOnly: axe.getRules()
  .filter(rule => !rule.tags.includes("wcag2aaa") && (scheme === "light" || rule.tags.includes("cat.color")))
  .map(rule => rule.ruleId)})
  .then(told => told.violations.map(
    each => each.id + ": " + each.nodes.slice(0, 3).map(node => node.html).join(" | ")))"""
_RING = """(style => style.outlineStyle + " " + parseFloat(style.outlineWidth))
  (getComputedStyle(document.activeElement))"""
_MOVING = """[...document.querySelectorAll("*")].map(each => getComputedStyle(each))
  .filter(style => style.transitionDuration !== "0s" || style.animationName !== "none").length"""
_WIDTHS_OF_TEXT = "[...document.querySelectorAll('.teaser')].map(e => e.getBoundingClientRect().width)"
_TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("theme", ["broadsheet", "plain"])
def test_axe_finds_nothing_on_any_kind_of_page(
    chromium: Any, site: BuiltSite, plain_site: BuiltSite, tools: Checkers, theme: str
) -> None:
    """All rules of WCAG 2.2 A and AA, best practices and experiments; abstracts and long lists opened.

    In the dark, the rules about colour are asked again. The plain theme is looked at in one width.
    """
    asked, widths = (site, WIDTHS) if theme == "broadsheet" else (plain_site, (390,))
    found: dict[str, list[str]] = {}
    axe = tools.axe.read_text(encoding="utf-8")
    context = chromium.new_context(bypass_csp=True, reduced_motion="reduce")
    tab = context.new_page()
    for name, address in asked.pages().items():
        if name == "day of 40":  # a week shows the same cards
            continue
        tab.goto(asked.base + address)
        tab.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        tab.evaluate(axe)
        for width in widths:
            tab.set_viewport_size({"width": width, "height": 800})
            for scheme in ("light", "dark"):
                tab.emulate_media(color_scheme=scheme)
                violations = tab.evaluate(_RUN, scheme)
                if violations:
                    found[f"{name} {width} {scheme}"] = violations
    context.close()
    assert found == {}


def test_axe_would_find_something(chromium: Any, tools: Checkers) -> None:
    tab = chromium.new_page()
    tab.set_content("<p style='color: #999; background: #fff'>Faint</p><a href='/'></a>")
    tab.evaluate(tools.axe.read_text(encoding="utf-8"))
    found = " ".join(tab.evaluate(_RUN, "light"))
    tab.close()
    assert {"color-contrast", "link-name", "landmark-one-main"} <= {
        word.rstrip(":") for word in found.split()
    }


@pytest.mark.parametrize(
    ("width", "size"), [(320, "100%"), (390, "100%"), (1350, "100%"), (390, "200%"), (1280, "200%")]
)
def test_no_page_is_wider_than_the_window(page: Any, site: BuiltSite, width: int, size: str) -> None:
    """Also with text at 200 %."""
    page.set_viewport_size({"width": width, "height": 800})
    wider = {}
    for name, address in site.pages().items():
        page.goto(site.base + address)
        if size != "100%":
            page.evaluate("document.documentElement.style.fontSize = '200%'")
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        if page.evaluate(_TOO_WIDE) > 0:
            wider[name] = page.evaluate(_TOO_WIDE)
    assert wider == {}


def test_every_page_has_one_heading_of_the_first_level_and_the_landmarks(site: BuiltSite) -> None:
    for path in site.folder.rglob("*.html"):
        html = re.sub(r"<svg.*?</svg>", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert [html.count(f"<{tag}") for tag in ("h1", "main", "title>", "html lang=")] == [1, 1, 1, 1], path
        assert html.count("<header") >= 1 and html.count("<footer class=site-footer") == 1, path


def test_every_time_tells_machines_its_year(site: BuiltSite) -> None:
    told = [
        time for path in site.folder.rglob("*.html") for time in times_in(path.read_text(encoding="utf-8"))
    ]
    assert len(told) > 100
    assert [time for time in told if not re.match(r"\d{4}-", time)] == []


def test_the_first_tab_stop_skips_to_the_content(page: Any, site: BuiltSite) -> None:
    page.goto(site.base)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to content"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    page.keyboard.press("Enter")
    page.wait_for_url("**#main")


@pytest.mark.parametrize("forced", ["none", "active"])
def test_focus_is_always_seen(page: Any, site: BuiltSite, forced: str) -> None:
    page.emulate_media(forced_colors=forced)
    page.goto(f"{site.base}{site.pages()['awkward day']}")
    for _ in range(25):
        page.keyboard.press("Tab")
        assert page.evaluate(_RING) == "solid 3"


def test_nothing_moves_for_those_who_asked_for_rest(page: Any, site: BuiltSite) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(site.base)
    assert page.evaluate(_MOVING) == 0
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def test_a_title_runs_in_its_own_direction(page: Any, site: BuiltSite) -> None:
    page.goto(site.base + site.pages()["right to left"])
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).direction") == "rtl"
    page.goto(site.base + site.pages()["day of 40"])
    assert page.evaluate("getComputedStyle(document.querySelector('h2')).direction") == "ltr"


def test_figures_leave_the_whole_width_to_the_text_on_a_phone(page: Any, site: BuiltSite) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(site.base + site.pages()["day of 40"])
    widths = page.evaluate(_WIDTHS_OF_TEXT)
    assert min(widths) == max(widths) >= 320
