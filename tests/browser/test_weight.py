"""A page is light enough for a slow network, and nothing on it moves once it can be read."""

from __future__ import annotations

import gzip
from typing import Any

from generator.pages.cards import allowance, opening
from tests.browser.awkward import CROWD
from tests.browser.conftest import BuiltSite

KB = 1024
_BLOCKING = """performance.getEntriesByType("resource")
  .filter(each => each.renderBlockingStatus === "blocking").map(each => each.name)"""
_WATCH_SHIFTS = """window.shifted = 0;
  new PerformanceObserver(list => list.getEntries().forEach(each => window.shifted += each.value))
    .observe({type: "layout-shift", buffered: true})"""


def packed(data: bytes | str) -> int:
    """Bytes as a web server sends them."""
    return len(gzip.compress(data.encode() if isinstance(data, str) else data, 6))


def test_a_day_of_forty_papers_and_its_style_sheet_weigh_at_most_30_kb(site: BuiltSite) -> None:
    day = site.text(site.pages()["day of 40"])
    assert day.count("class=card") == 40
    assert packed(day) + packed(site.style_sheet) <= 30 * KB


def test_a_paper_page_weighs_at_most_9_kb_and_12_kb_on_disk(site: BuiltSite) -> None:
    heavy = {}
    for path in (site.folder / "papers").glob("2503.*/index.html"):
        data = path.read_bytes()
        if path.parent.name != CROWD and (packed(data) > 9 * KB or len(data) > 12 * KB):
            heavy[path.parent.name] = (packed(data), len(data))
    assert heavy == {}


def test_the_scripts_of_a_page_weigh_at_most_12_kb(page: Any, site: BuiltSite) -> None:
    """All that a page loads, deferred or not. The search page's own engine is weighed by its own tests."""
    heavy = {}
    for name, address in site.pages().items():
        scripts: set[str] = set()
        page.on(
            "request", lambda asked, seen=scripts: asked.resource_type == "script" and seen.add(asked.url)
        )
        page.goto(site.base + address)
        weight = sum(packed((site.folder / url.removeprefix(site.base)).read_bytes()) for url in scripts)
        if weight > 12 * KB and name != "search":
            heavy[name] = weight
    assert heavy == {}


def test_a_day_is_read_with_the_page_its_style_sheet_and_one_tiny_script(page: Any, site: BuiltSite) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.resource_type} {request.url}"))
    page.goto(site.base + site.pages()["day of 40"])
    blocking = page.evaluate(_BLOCKING)
    assert sorted(name.rsplit("/", 1)[1].split(".")[0] for name in blocking) == ["scheme", "site"]
    assert packed((site.folder / "assets/js/scheme.js").read_bytes()) < KB
    assert all(request.split()[1].startswith((site.base, "data:")) for request in asked)


def test_nothing_shifts(page: Any, site: BuiltSite) -> None:
    page.add_init_script(_WATCH_SHIFTS)
    for name in ("home", "day of 40", "crowd"):
        page.goto(site.base + site.pages()[name])
        page.mouse.wheel(0, 2000)
        page.wait_for_timeout(150)
        assert page.evaluate("window.shifted") == 0, name


def test_every_author_of_a_crowd_stands_on_the_page_most_of_them_folded_away(
    page: Any, site: BuiltSite
) -> None:
    page.goto(site.base + site.pages()["crowd"])
    shown, folded = page.locator(".masthead p.authors").first, page.locator("details.authors p")
    assert sum(each.text_content().count(", ") + 1 for each in (shown, folded)) == 664
    assert page.evaluate("document.querySelector('main').getBoundingClientRect().height") < 2000
    page.get_by_text("and 644 more authors").click()
    assert folded.is_visible()


def test_a_short_list_opens_whole_abstracts() -> None:
    assert allowance([2000] * 20) == 2000
    assert allowance([]) == 0


def test_in_a_long_list_short_abstracts_leave_their_share_to_longer_ones() -> None:
    assert allowance([1000] * 100) == 1000
    assert allowance([2000] * 100) == 1000
    assert allowance([300] * 50 + [3000] * 50) == 1700


def test_an_abstract_that_is_cut_ends_with_a_sentence() -> None:
    text = "One thing is so. Another is not. The third goes on and on and on."
    assert opening(text, 40) == "One thing is so. Another is not."
    assert opening(text, 500) == text
    assert opening("no end in sight here", 12) == "no end in …"
