"""Readers keep papers on their own device; whatever happens to what is kept, every page works."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.small import FORBIDDEN, THURSDAY, TITLE, TUESDAY, WEDNESDAY, build, tab_of, until
from tests.screenshots import serving

DAY = "papers/date/2025-03-03/"
KEY = "papers-reading:/"
IMAGE = "<img src=x onerror=window.ran=1>"
_FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }"
_MUTE = "Storage.prototype.setItem = () => { throw new Error('odd') }"


def _kept(value: str) -> str:
    """A script after which the browser holds `value`, unless a page has written something."""
    once = f"sessionStorage.done = 1; localStorage.setItem('{KEY}', {json.dumps(value)})"
    return f"if (!sessionStorage.done) {{ {once} }}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("reading"), settings="offline: false")


@pytest.fixture
def tab(chromium: Any, base: str) -> Iterator[Any]:
    with tab_of(chromium, base) as page:
        page.goto(DAY)
        yield page


def button(tab: Any, what: str, title: str = TITLE) -> Any:
    return tab.get_by_role("button", name=f"{what}: {title}", exact=True)


def kept(tab: Any) -> Any:
    return json.loads(tab.evaluate(f"localStorage.getItem('{KEY}')"))


def said(tab: Any, text: str) -> None:
    tab.locator(".own-status").get_by_text(text).wait_for()


def save_first(tab: Any) -> None:
    """Saves the paper of TITLE, and waits until all its authors are known."""
    button(tab, "Save").click()
    until(tab, f"localStorage.getItem('{KEY}').includes('\"isWhole\":true')")


def download(tab: Any, name: str) -> str:
    with tab.expect_download() as waiting:
        tab.get_by_role("button", name=name).click()
    return Path(waiting.value.path()).read_text(encoding="utf-8")


def give(tab: Any, text: str) -> None:
    """Imports a file that holds `text`."""
    tab.locator("input[type=file]").set_input_files(
        {"name": "list.json", "mimeType": "application/json", "buffer": text.encode()}
    )


def test_a_paper_is_saved_with_all_its_authors_and_stays_saved(tab: Any) -> None:
    save_first(tab)
    said(tab, "Saved to your reading list.")
    (paper,) = kept(tab)["papers"]
    assert (paper["id"], paper["title"], paper["day"], paper["published"]) == (
        "2501.00011",
        TITLE,
        "2025-03-03",
        "2025-01-02",
    )
    assert paper["authors"][-1] == "O'Neil Mary & Sons"
    tab.goto("papers/2501.00011/")
    assert button(tab, "Save").get_attribute("aria-pressed") == "true"
    button(tab, "Save").click()
    said(tab, "Taken off your reading list.")
    assert kept(tab)["papers"] == []


def test_buttons_are_large_enough_and_bear_the_title(tab: Any) -> None:
    for address in (DAY, "papers/2501.00011/", "topics/gardens/"):
        tab.goto(address)
        for each in tab.locator(".own-line button").all():
            box = each.bounding_box()
            assert box["width"] >= 24 and box["height"] >= 24
            assert re.match("(Save|Read): .{5}", each.get_attribute("aria-label"))


def test_nothing_moves_when_the_buttons_come(tab: Any) -> None:
    tab.add_init_script(
        "window.shifted = 0; new PerformanceObserver(list => list.getEntries().forEach("
        "each => window.shifted += each.value)).observe({type: 'layout-shift', buffered: true})"
    )
    for width in (320, 1280):
        tab.set_viewport_size({"width": width, "height": 900})
        for address in ("", DAY, "papers/2501.00011/", "topics/gardens/", "papers/week/2025-W10/"):
            tab.goto(address)
            tab.wait_for_timeout(60)
            assert tab.evaluate("window.shifted") == 0, (address, width)
            assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_is_read_is_marked_and_can_be_hidden(tab: Any) -> None:
    cards = tab.locator(".papers > li")
    button(tab, "Read").click()
    assert cards.locator("visible=true").count() >= 3 and tab.locator(".is-read").count() == 1
    tab.get_by_role("button", name="Hide read (1)").click()
    assert not tab.locator(".is-read").is_visible()
    tab.reload()
    assert tab.get_by_role("button", name="Hide read (1)").get_attribute("aria-pressed") == "true"
    tab.keyboard.press("j")
    tab.keyboard.press("r")
    assert tab.locator(".papers > li:visible").count() == 1
    assert tab.evaluate("document.activeElement.closest('.papers > li:not(.is-read)') !== null")
    tab.get_by_role("button", name="Hide read (2)").click()
    assert tab.locator(".papers > li:visible").count() == 3


def test_what_came_since_the_last_visit_is_marked_until_the_next(chromium: Any, tmp_path: Path) -> None:
    site = build(tmp_path, days=(TUESDAY, WEDNESDAY), settings="offline: false")
    with serving(site) as base, tab_of(chromium, base) as tab:
        tab.goto("")
        assert tab.locator(".new:visible").count() == 0
        build(tmp_path, days=(THURSDAY,), settings="offline: false")
        _let_hours_pass(tab)
        tab.goto("topics/gardens/")
        fresh = tab.locator(".papers > li", has=tab.locator(".new:visible"))
        assert set(fresh.locator("time").evaluate_all("all => all.map(e => e.dateTime)")) == {"2025-03-06"}
        assert "new since your last visit" in tab.locator(".reading-bar").inner_text()
        tab.goto("papers/date/2025-03-06/")
        assert tab.locator(".new:visible").count() == 3
        _let_hours_pass(tab)
        tab.reload()
        assert tab.locator(".new:visible").count() == 0


def _let_hours_pass(tab: Any) -> None:
    tab.evaluate(
        f"""() => {{ const all = JSON.parse(localStorage.getItem('{KEY}'));
        all.visit.at -= 3 * 3600 * 1000; localStorage.setItem('{KEY}', JSON.stringify(all)); }}"""
    )


def test_the_list_keeps_notes_and_shows_the_latest_saved_first(tab: Any) -> None:
    save_first(tab)
    tab.locator(".save[aria-pressed=false]").first.click()
    tab.goto("reading/")
    headlines = tab.locator(".reading-list .headline").all_inner_texts()
    assert len(headlines) == 2 and headlines[1] == TITLE
    tab.get_by_label(f"Note on {TITLE}").fill("Read <b>twice</b>")
    tab.reload()
    assert tab.get_by_label(f"Note on {TITLE}").input_value() == "Read <b>twice</b>"
    button(tab, "Save").click()
    button(tab, "Save").click()
    tab.reload()
    assert tab.get_by_label(f"Note on {TITLE}").input_value() == "Read <b>twice</b>"


def test_a_list_goes_out_and_comes_back(tab: Any) -> None:
    save_first(tab)
    button(tab, "Read").click()
    tab.goto("reading/")
    tab.get_by_label(f"Note on {TITLE}").fill("A note")
    before = kept(tab)
    out = download(tab, "Export JSON")
    tab.evaluate("localStorage.clear()")
    tab.reload()
    assert tab.get_by_text("Nothing is saved yet").is_visible()
    assert tab.get_by_role("button", name="Export JSON").is_disabled()
    give(tab, out)
    said(tab, "1 paper added; 0 stood here already.")
    after = kept(tab)
    assert (after["papers"], after["read"]) == (before["papers"], before["read"])
    give(tab, out)
    said(tab, "0 papers added; 1 stood here already.")
    assert kept(tab)["papers"] == before["papers"]


def test_a_hostile_file_does_nothing(tab: Any) -> None:
    tab.goto("reading/")
    for text in ("", "{", "[]", "null", "7", '{"papers": 7}', '{"version": 2, "papers": []}', "<b>"):
        give(tab, text)
        said(tab, "reload the page" if "version" in text else "nothing was changed")
        tab.evaluate("document.querySelector('.own-status').textContent = ''")
    evil = {
        "version": 1,
        "papers": [
            {"id": "../../x", "title": "up"},
            {"id": "javascript:alert(1)"},
            {"id": "__proto__", "title": "p"},
            None,
            [],
            "x",
            {"id": 7},
            {"id": "2501.1", "title": {"a": 1}, "authors": [1, None, "<i>A</i>"], "note": ["x"], "saved": 7},
            {"id": "2501.2", "title": IMAGE, "day": "2025-1-1", "note": "</textarea><b>"},
        ],
        "read": ["2501.1", {"a": 1}, "__proto__", 3],
        "isHiding": "yes",
        "__proto__": {"polluted": 1},
    }  # fmt: skip
    give(tab, json.dumps(evil))
    said(tab, "2 papers added")
    tab.reload()
    assert sorted(tab.locator(".headline").all_inner_texts()) == ["2501.1", IMAGE]
    assert tab.locator("main img, main i, main b").count() == 0
    assert tab.evaluate("[window.ran, {}.polluted]") == [None, None]
    links = tab.locator(".headline a").evaluate_all("all => all.map(each => each.pathname)")
    assert sorted(links) == ["/papers/2501.1/", "/papers/2501.2/"]
    assert (kept(tab)["read"], kept(tab)["isHiding"]) == (["2501.1"], False)


def test_bibtex_holds_what_is_saved(tab: Any) -> None:
    save_first(tab)
    tab.goto("papers/2501.00011/")
    own = tab.locator(".cite pre").first.text_content()
    tab.goto("reading/")
    assert download(tab, "Download BibTeX") == own
    assert own == (
        "@misc{lovelace2501.00011,\n"
        r"  title = {100\% of \$5 \& {\textbraceleft}braces{\textbraceright} in"
        r" {C}\_\#{\textasciitilde}{\textasciicircum}{\textbackslash}}," + "\n"
        r"  author = {Lovelace, Ada and Babbage, Charles and Hopper, Grace and Turing, Alan and"
        r" {O'Neil, Mary \& Sons}}," + "\n"
        "  year = {2025},\n"
        "  month = jan,\n"
        "  eprint = {2501.00011},\n"
        "  archiveprefix = {arXiv},\n"
        "  doi = {10.48550/arXiv.2501.00011},\n"
        "  url = {https://arxiv.org/abs/2501.00011},\n"
        "}\n"
    )
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab.get_by_role("button", name="Copy BibTeX").click()
    said(tab, "BibTeX copied.")
    assert tab.evaluate("navigator.clipboard.readText()") == own


def test_bibtex_of_a_paper_whose_page_cannot_be_had_is_what_was_kept(chromium: Any, base: str) -> None:
    with tab_of(chromium, base, may_fail=True) as tab:
        tab.goto(DAY)
        save_first(tab)
        tab.route("**/papers/2501.00011/", lambda route: route.abort())
        tab.goto("reading/")
        assert download(tab, "Download BibTeX").startswith("@misc{lovelace2501.00011,\n  title = {100")


def test_bibtex_of_a_paper_that_is_no_longer_here_says_what_is_known(chromium: Any, base: str) -> None:
    gone = {"id": "some.paper", "title": "Gone {", "authors": ["Al-Khwārizmī"], "day": "2024-05-06"}
    script = _kept(json.dumps({"version": 1, "papers": [gone]}))
    with tab_of(chromium, base, script) as tab:
        tab.route("**/papers/some.paper/", lambda route: route.fulfill(status=200, body="<p>odd</p>"))
        tab.goto("reading/")
        assert download(tab, "Download BibTeX") == (
            "@misc{paper-some.paper,\n  title = {{Gone  }},\n  author = {{Al-Khwārizmī} and others},\n"
            f"  year = {{2024}},\n  url = {{{base}papers/some.paper/}},\n}}\n"
        )


@pytest.mark.parametrize(
    ("sabotage", "message"),
    [(FORBIDDEN, "keeps nothing"), (_FULL, "is full"), (_MUTE, "keeps nothing")],
    ids=["forbidden", "full", "odd"],
)
def test_storage_that_fails_is_told_and_breaks_nothing(
    chromium: Any, base: str, sabotage: str, message: str
) -> None:
    with tab_of(chromium, base, sabotage) as tab:
        tab.goto(DAY)
        assert tab.locator(".own-status").inner_text() == ""
        button(tab, "Save").click()
        said(tab, message)
        assert button(tab, "Save").get_attribute("aria-pressed") == "true"
        button(tab, "Read").click()
        assert tab.locator(".is-read").count() == 1
        tab.goto("reading/")
        assert tab.get_by_role("button", name="Import JSON").is_visible()


@pytest.mark.parametrize("value", ["{", "null", "[1]", '{"version": 1}'])
def test_damaged_storage_is_put_aside_and_a_new_list_begins(chromium: Any, base: str, value: str) -> None:
    with tab_of(chromium, base, _kept(value)) as tab:
        tab.goto(DAY)
        said(tab, "is damaged")
        save_first(tab)
        assert tab.evaluate(f"localStorage.getItem('{KEY}:damaged')") == value


def test_what_is_sound_of_an_older_list_is_kept(chromium: Any, base: str) -> None:
    old = {"papers": [{"id": "2501.00011", "note": "Old"}, {"no": "id"}], "read": None, "visit": 7}
    with tab_of(chromium, base, _kept(json.dumps(old))) as tab:
        tab.goto("reading/")
        assert tab.locator("textarea").input_value() == "Old"
        assert kept(tab)["version"] == 1


def test_the_list_of_a_newer_version_is_left_as_it_is(chromium: Any, base: str) -> None:
    new = json.dumps({"version": 9, "papers": [{"id": "2501.00011"}], "more": 1})
    with tab_of(chromium, base, _kept(new)) as tab:
        tab.goto(DAY)
        button(tab, "Save").click()
        said(tab, "newer version")
        tab.goto("reading/")
        assert "newer version" in tab.locator(".reading-place .state").inner_text()
        assert tab.evaluate(f"localStorage.getItem('{KEY}')") == new


def test_two_tabs_do_not_overwrite_each_other(tab: Any) -> None:
    other = tab.context.new_page()
    other.goto(tab.url)
    button(tab, "Save").click()
    other.locator(".save[aria-pressed=false]").last.click()
    assert len(kept(tab)["papers"]) == 2
    tab.locator(".save[aria-pressed=true]").nth(1).wait_for()


def test_results_of_the_search_can_be_saved(tab: Any) -> None:
    tab.goto("search/?q=braces")
    button(tab, "Save").click()
    assert [each["id"] for each in kept(tab)["papers"]] == ["2501.00011"]


def test_without_a_script_the_page_says_what_it_is(chromium: Any, base: str) -> None:
    with tab_of(chromium, base, java_script_enabled=False) as tab:
        tab.goto("reading/")
        assert "There is no account" in tab.locator("main").inner_text()
        assert "JavaScript, which is off here" in tab.locator("main").inner_text()
        tab.goto(DAY)
        assert tab.locator("main button").count() == 0
        assert tab.evaluate("getComputedStyle(document.querySelector('.papers')).paddingTop") == "0px"
