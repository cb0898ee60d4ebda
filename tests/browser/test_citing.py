"""A paper's page gives its citation to be read, copied and downloaded."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.small import MONDAY, build, tab_of, until
from tests.support.invented import paper

PAPER = "papers/2501.00011/"
CROWD = "papers/2501.00014/"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    crowd = paper(14, MONDAY, authors=tuple(f"Anaïs Müller{number}" for number in range(30)))
    return build(tmp_path_factory.mktemp("citing"), settings="offline: false", more=[crowd])


@pytest.fixture
def tab(chromium: Any, base: str) -> Iterator[Any]:
    with tab_of(chromium, base) as page:
        page.goto(PAPER)
        page.get_by_text("Cite", exact=True).click()
        yield page


def download(tab: Any, button: str, name: str) -> str:
    with tab.expect_download() as waiting:
        tab.get_by_role("button", name=button).click()
    assert waiting.value.suggested_filename == name
    return Path(waiting.value.path()).read_text(encoding="utf-8")


def test_bibtex_is_copied_as_it_stands(tab: Any) -> None:
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab.get_by_role("button", name="Copy BibTeX").click()
    tab.locator(".own-status").get_by_text("BibTeX copied.").wait_for()
    assert tab.evaluate("navigator.clipboard.readText()") == tab.locator(".cite pre").first.text_content()


def test_the_three_downloads_are_what_the_files_of_its_day_hold(tab: Any, folder: Path) -> None:
    day = folder / "papers/date/2025-03-03"
    assert download(tab, "BibTeX file", "lovelace2501.00011.bib") in (day / "papers.bib").read_text(
        encoding="utf-8"
    )
    assert download(tab, "RIS file", "lovelace2501.00011.ris") in (day / "papers.ris").read_text(
        encoding="utf-8"
    )
    (item,) = json.loads(download(tab, "CSL JSON file", "lovelace2501.00011.json"))
    assert item in json.loads((day / "papers.csl.json").read_text(encoding="utf-8"))


def test_buttons_are_large_enough_and_nothing_is_wider_than_a_phone(tab: Any) -> None:
    tab.set_viewport_size({"width": 320, "height": 800})
    for each in tab.locator(".cite button").all():
        box = each.bounding_box()
        assert box["width"] >= 24 and box["height"] >= 24
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_a_script_the_citation_can_be_read(chromium: Any, base: str) -> None:
    with tab_of(chromium, base, java_script_enabled=False) as tab:
        tab.goto(PAPER)
        assert not tab.locator(".cite pre").first.is_visible()
        tab.get_by_text("Cite", exact=True).click()
        assert "@misc{lovelace2501.00011," in tab.locator(".cite pre").first.inner_text()


def whole(folder: Path) -> str:
    """The crowd's entry as the file of its day has it."""
    (entry,) = (
        f"{each}}}\n"
        for each in (folder / "papers/date/2025-03-03/papers.bib").read_text(encoding="utf-8").split("}\n")
        if "2501.00014," in each
    )
    return entry.lstrip("\n")


def test_a_crowd_is_named_in_part_until_a_script_brings_the_whole_entry(
    chromium: Any, base: str, folder: Path
) -> None:
    assert whole(folder).count("}ller") == 30 and " and others" not in whole(folder)
    for may_run in (False, True):
        with tab_of(chromium, base, java_script_enabled=may_run) as tab:
            tab.goto(CROWD)
            pre = tab.locator(".cite pre")
            assert pre.text_content().count("}ller") == 10 and " and others}" in pre.text_content()
            if may_run:
                tab.get_by_text("Cite", exact=True).click()
                until(tab, "!document.querySelector('.cite pre').textContent.includes('others')")
                assert pre.text_content() == whole(folder)
                assert download(tab, "BibTeX file", "muller2501.00014.bib") == whole(folder)


def test_a_crowd_is_named_as_a_whole_where_somebody_is_quicker_than_the_script(
    chromium: Any, base: str, folder: Path
) -> None:
    with tab_of(chromium, base) as tab:
        held: list[Any] = []
        tab.route("**/cite.js", lambda route: held.append(route))
        with tab.expect_request("**/cite.js"):
            tab.goto(CROWD)
        tab.get_by_text("Cite", exact=True).click()
        assert " and others}" in tab.locator(".cite pre").text_content()
        held.pop().continue_()
        until(tab, "!document.querySelector('.cite pre').textContent.includes('others')")
        assert tab.locator(".cite pre").text_content() == whole(folder)


def test_where_the_file_of_its_day_cannot_be_had_the_crowd_stays_named_in_part(
    chromium: Any, base: str
) -> None:
    with tab_of(chromium, base, may_fail=True) as tab:
        tab.route("**/papers.bib", lambda route: route.abort())
        tab.goto(CROWD)
        tab.wait_for_load_state("networkidle")  # its scripts listen
        with tab.expect_request("**/papers.bib"):
            tab.get_by_text("Cite", exact=True).click()
        assert " and others}" in download(tab, "BibTeX file", "muller2501.00014.bib")


def test_a_file_of_a_crowd_names_everybody(chromium: Any, base: str) -> None:
    with tab_of(chromium, base) as tab:
        tab.goto(CROWD)
        tab.get_by_text("Cite", exact=True).click()
        (item,) = json.loads(download(tab, "CSL JSON file", "muller2501.00014.json"))
    assert [each["literal"] for each in item["author"]] == [f"Anaïs Müller{number}" for number in range(30)]


def test_a_crowd_is_saved_with_its_whole_entry(chromium: Any, base: str) -> None:
    with tab_of(chromium, base) as tab:
        tab.goto(CROWD)
        tab.get_by_role("button", name="Save").click()
        stored = "Object.values({...localStorage}).join()"
        until(tab, f"{stored}.includes('@misc') && !{stored}.includes(' and others}}')")
