"""A small site of awkward papers, served from loopback, and a browser to read it with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from generator import pipeline
from generator.config import load_config
from tests.browser.awkward import AWKWARD_DAY, CROWD, EMPTY_DAY, LONG_DAY, write_archive
from tests.browser.helpers import Checkers, checkers
from tests.screenshots import browser as start_browser
from tests.screenshots import chromium_path, page_of_each_kind, serving

NOW = "2025-03-21T12:00:00Z"


@dataclass(frozen=True)
class BuiltSite:
    """A site that was built, and where it is served."""

    folder: Path
    base: str
    """Its address; ends with a slash."""

    def text(self, address: str) -> str:
        return (self.folder / address / "index.html").read_text(encoding="utf-8")

    @property
    def style_sheet(self) -> bytes:
        (path,) = (self.folder / "assets").glob("site.*.css")
        return path.read_bytes()

    def pages(self) -> dict[str, str]:
        """One address for each kind of page, and the awkward ones."""
        return {
            **page_of_each_kind(self.folder),
            "day of 40": f"papers/date/{LONG_DAY}/",
            "awkward day": f"papers/date/{AWKWARD_DAY}/",
            "empty day": f"papers/date/{EMPTY_DAY}/",
            "crowd": f"papers/{CROWD}/",
            "long title": "papers/2503.20001/",
            "right to left": "papers/2503.20005/",
            "bare paper": "papers/2503.20008/",
        }


def build(folder: Path, *settings: str) -> Path:
    """The site of the awkward archive, built below `folder`."""
    write_archive(folder / "content", *settings)
    pipeline.make_site(load_config(folder / "content", folder / "site"), now=NOW)
    return folder / "site"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuiltSite]:
    folder = build(tmp_path_factory.mktemp("browser"))
    with serving(folder, "/archive/") as base:
        yield BuiltSite(folder, base)


@pytest.fixture(scope="session")
def plain_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuiltSite]:
    """The same archive in the other theme."""
    folder = build(tmp_path_factory.mktemp("plain"), "theme: plain")
    with serving(folder, "/archive/") as base:
        yield BuiltSite(folder, base)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    pytest.importorskip("playwright", reason="playwright for Python is not installed")
    if not chromium_path():
        pytest.skip("there is no Chromium on this machine; the variable CHROMIUM may say where one is")
    with start_browser() as running:
        yield running


@pytest.fixture(scope="session")
def tools() -> Checkers:
    return checkers()


@pytest.fixture
def page(chromium: Any, site: BuiltSite) -> Iterator[Any]:
    """An empty tab, 1,350 pixels wide."""
    context = chromium.new_context(viewport={"width": 1350, "height": 900}, base_url=site.base)
    yield context.new_page()
    context.close()


def times_in(html: str) -> list[str]:
    """What every `<time>` of a page says to machines; an empty text where it says nothing."""
    return [re.sub(r'.*datetime="?([^">]*).*|.*', r"\1", tag) for tag in re.findall(r"<time\b[^>]*>", html)]


@pytest.fixture(scope="module")
def base(folder: Path) -> Iterator[str]:
    """The address of the site that the module's fixture `folder` has built."""
    with serving(folder) as address:
        yield address
