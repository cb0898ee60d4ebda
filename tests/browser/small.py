"""A small archive of four days, and a tab that fails where a page breaks the policy or a script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from generator import pipeline
from generator.config import load_config
from generator.model.contents import Changes
from generator.model.paper import Paper
from tests.support.invented import paper, write_content

MONDAY, TUESDAY, WEDNESDAY, THURSDAY = (date(2025, 3, day) for day in (3, 4, 5, 6))
AUTHORS = ("Ada Lovelace", "Charles Babbage", "Grace Hopper", "Alan Turing", "O'Neil, Mary & Sons")
TITLE = "100% of $5 & {braces} in C_#~^\\"
FORBIDDEN = """Object.defineProperty(window, "localStorage",
  {get() { throw new DOMException("no", "SecurityError") }})"""
"""A script after which the browser refuses to store anything."""
NOW = "2025-03-21T12:00:00Z"


def build(
    folder: Path,
    *,
    days: Iterable[date] = (MONDAY, TUESDAY, WEDNESDAY),
    settings: str = "",
    more: Iterable[Paper] = (),
) -> Path:
    """The site of three papers a day below `folder`, and some `more`: numbers 11 to 13 on Monday, 21 to 23 on
    Tuesday, …"""
    papers = [
        paper(10 * (day.day - 2) + place, day, summary=None if place == 2 else f"About {place}.")
        for day in days
        for place in (1, 2, 3)
    ]
    papers = [
        each if each.id != "2501.00011" else paper(11, MONDAY, title=TITLE, authors=AUTHORS)
        for each in papers
    ]
    write_content(folder / "content", Changes((*papers, *more)), settings=[settings] if settings else [])
    pipeline.make_site(load_config(folder / "content", folder / "site"), now=NOW)
    return folder / "site"


@contextmanager
def tab_of(chromium: Any, base: str, *scripts: str, may_fail: bool = False, **options: Any) -> Iterator[Any]:
    """A tab of a browser that knows nothing yet; `scripts` run before those of a page. With
    `may_fail`, what the host does not answer is no complaint."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, base_url=base, **options)
    for script in scripts:
        context.add_init_script(script)
    context.set_default_timeout(8000)
    tab = context.new_page()
    complaints: list[str] = []
    tab.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    yield tab
    context.close()
    failed = "Failed to load resource"
    complaints = [each for each in complaints if not (may_fail and each.startswith(failed))]
    assert complaints == [], complaints


def until(tab: Any, expression: str) -> None:
    """Waits until `expression` is true. The policy lets no page evaluate text itself."""
    for _ in range(160):
        if tab.evaluate(expression):
            return
        tab.wait_for_timeout(50)
    raise AssertionError(f"never true: {expression}")
