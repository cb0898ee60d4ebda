"""Without JavaScript every page is reached and read; on paper, too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.awkward import AWKWARD_DAY
from tests.browser.conftest import BuiltSite

_LINK = re.compile(r'<a\b[^>]*\bhref="/archive/([^"#?]*)')


@pytest.fixture
def quiet(chromium: Any, site: BuiltSite) -> Iterator[Any]:
    """A tab without JavaScript."""
    context = chromium.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_every_page_is_reached_from_home_by_links(site: BuiltSite) -> None:
    reached: set[str] = set()
    waiting = [""]
    while waiting:
        address = waiting.pop()
        if address in reached or not (site.folder / address / "index.html").is_file():
            continue
        reached.add(address)
        waiting += _LINK.findall(site.text(address))
    pages = {path.parent.relative_to(site.folder).as_posix() for path in site.folder.rglob("index.html")}
    assert {page.removesuffix("/") or "." for page in reached} == pages


def test_an_abstract_opens_and_the_control_that_needs_a_script_is_not_shown(
    quiet: Any, site: BuiltSite
) -> None:
    quiet.goto(f"{site.base}papers/date/{AWKWARD_DAY}/")
    assert not quiet.locator(".scheme").is_visible()
    abstract = quiet.locator("details.abstract").first
    assert not abstract.locator("p").first.is_visible()
    abstract.locator("summary").click()
    assert abstract.locator("p").first.is_visible()


@pytest.mark.parametrize(("day", "most"), [("day of 40", 2), ("awkward day", 2)])
@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_a_day_is_printed_on_two_pages(page: Any, site: BuiltSite, day: str, most: int, paper: str) -> None:
    page.goto(site.base + site.pages()[day])
    sheets = len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(format=paper, prefer_css_page_size=False)))
    assert 1 <= sheets <= most


def test_on_paper_links_say_where_they_lead(page: Any, site: BuiltSite) -> None:
    page.goto(site.base + site.pages()["day of 40"])
    page.emulate_media(media="print")
    shown = page.evaluate("getComputedStyle(document.querySelector('.headline a'), '::after').content")
    assert "/archive/papers/2503." in shown
    assert page.locator(".printed").inner_text() == "https://example.org/archive/papers/date/2025-03-04/"
    assert not page.locator(".pager").first.is_visible()
