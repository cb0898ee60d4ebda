"""Light and dark: by the system, unless the reader says otherwise."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.conftest import BuiltSite

LIGHT, DARK = "rgb(253, 251, 247)", "rgb(22, 21, 19)"
_SET_EARLY = """document.addEventListener("readystatechange",
  () => window.early ??= document.documentElement.dataset.scheme)"""
_INLINE = (
    "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.ran = 1'}))"
)
_GROUND = "getComputedStyle(document.body).backgroundColor"


@pytest.mark.parametrize(("system", "ground"), [("light", LIGHT), ("dark", DARK)])
def test_the_system_decides(page: Any, site: BuiltSite, system: str, ground: str) -> None:
    page.emulate_media(color_scheme=system)
    page.goto(site.base)
    assert page.evaluate(_GROUND) == ground


@pytest.mark.parametrize(("system", "other", "ground"), [("light", "dark", DARK), ("dark", "light", LIGHT)])
def test_the_reader_overrides_the_system_and_is_remembered(
    page: Any, site: BuiltSite, system: str, other: str, ground: str
) -> None:
    page.emulate_media(color_scheme=system)
    page.goto(site.base)
    page.get_by_role("button", name="Light or dark").click()
    assert page.evaluate(_GROUND) == ground
    page.goto(site.base + "about/")
    assert page.evaluate(_GROUND) == ground
    assert page.evaluate("localStorage.scheme") == other
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == other


def test_going_back_to_what_the_system_says_is_following_it_again(page: Any, site: BuiltSite) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(site.base)
    button = page.get_by_role("button", name="Light or dark")
    button.click()
    button.click()
    assert page.evaluate("localStorage.scheme ?? null") is None
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(_GROUND) == DARK


def test_the_choice_is_known_before_anything_is_painted(page: Any, site: BuiltSite) -> None:
    page.goto(site.base)
    page.evaluate("localStorage.scheme = 'dark'")
    page.add_init_script(_SET_EARLY)
    page.reload()
    assert page.evaluate("window.early") == "dark"
    assert '<script src="/archive/assets/js/scheme.js"></script>' in site.text("")


def test_nonsense_in_the_storage_is_ignored(page: Any, site: BuiltSite) -> None:
    page.goto(site.base)
    page.evaluate("localStorage.scheme = 'purple'")
    page.reload()
    assert page.evaluate(_GROUND) == LIGHT


def test_without_storage_it_works_until_the_page_is_left(page: Any, site: BuiltSite) -> None:
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('no') }})")
    page.goto(site.base)
    page.get_by_role("button", name="Light or dark").click()
    assert (page.evaluate(_GROUND), problems) == (DARK, [])


def test_paper_is_always_white(page: Any, site: BuiltSite) -> None:
    page.goto(site.base)
    page.get_by_role("button", name="Light or dark").click()
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(28, 26, 23)"


def test_the_policy_lets_no_inline_script_run(page: Any, site: BuiltSite) -> None:
    page.goto(site.base)
    page.evaluate(_INLINE)
    assert page.evaluate("window.ran ?? 0") == 0
    assert "script-src 'self';" in site.text("")
    assert "<script>" not in site.text("") and " style=" not in site.text("")
