"""Without a network, what was read and the last days are there; with one, nothing is ever yesterday's."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from generator.serving.server import serve_folder
from tests.browser.small import THURSDAY, build, tab_of, until

BASE_PATH = "/archive/"
SETTINGS = "base_url: https://example.org/archive/"
_READY = "navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null)"
_KEPT = """caches.keys()
  .then(names => Promise.all(names.map(name => caches.open(name).then(cache => cache.keys()))))
  .then(all => all.flat().map(each => new URL(each.url).pathname))"""


class Host:
    """A web server that can be stopped and started again at the same address."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = 0
        self.start()

    def start(self) -> None:
        self._server: ThreadingHTTPServer = serve_folder(self.folder, BASE_PATH, self.port)
        self._server.daemon_threads = True
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}{BASE_PATH}"


@contextmanager
def hosting(folder: Path) -> Iterator[Host]:
    host = Host(folder)
    try:
        yield host
    finally:
        host.stop()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("offline"), settings=SETTINGS)


def settle(tab: Any) -> None:
    """Waits until the worker is in charge and has kept what it keeps from the beginning."""
    until(tab, _READY)
    until(tab, f"{_KEPT}.then(kept => kept.includes(location.pathname))")


def heading(tab: Any) -> str:
    return str(tab.locator("h1").inner_text())


def test_what_was_visited_and_the_last_days_are_read_in_a_plane(chromium: Any, folder: Path) -> None:
    with hosting(folder) as host, tab_of(chromium, host.base, may_fail=True) as tab:
        asked: list[str] = []
        tab.context.on("request", lambda request: asked.append(request.url))
        tab.goto("papers/2501.00013/")
        settle(tab)
        tab.goto("topics/gardens/?topic=boats")
        home_style = tab.evaluate("getComputedStyle(document.body).backgroundColor")
        settle(tab)
        host.stop()
        told = {}
        for address in (
            "", "papers/date/2025-03-05/", "papers/date/2025-03-03/", "papers/2501.00013/", "topics/gardens/",
            "reading/", "papers/2501.00022/", "feeds/", "papers/2501.00013",
        ):  # fmt: skip
            tab.goto(address)
            told[address] = heading(tab)
            assert tab.evaluate("getComputedStyle(document.body).backgroundColor") == home_style
        missing = {address for address, text in told.items() if text == "No network"}
        assert missing == {"papers/2501.00022/", "feeds/", "papers/2501.00013"}
        tab.goto("")
        tab.keyboard.press("j")
        tab.keyboard.press("s")
        assert tab.locator(".save[aria-pressed=true]").count() == 1, "scripts are kept, too"
        tab.reload()
        assert tab.locator(".save[aria-pressed=true]").count() == 1
        host.start()
        assert all(url.startswith((host.base, "data:", "blob:")) for url in asked)


def test_with_a_network_the_home_page_is_todays_at_once(chromium: Any, tmp_path: Path) -> None:
    site = build(tmp_path, settings=SETTINGS)
    with hosting(site) as host, tab_of(chromium, host.base, may_fail=True) as tab:
        tab.goto("")
        settle(tab)
        assert heading(tab) == "Wednesday, 5 March 2025"
        host.stop()
        tab.reload()
        assert heading(tab) == "Wednesday, 5 March 2025"
        build(tmp_path, days=(THURSDAY,), settings=SETTINGS)
        host.start()
        tab.reload()
        assert heading(tab) == "Thursday, 6 March 2025"
        host.stop()
        tab.reload()
        assert heading(tab) == "Thursday, 6 March 2025"
        host.start()


def test_a_page_that_is_gone_is_gone(chromium: Any, tmp_path: Path) -> None:
    site = build(tmp_path, settings=SETTINGS)
    with hosting(site) as host, tab_of(chromium, host.base, may_fail=True) as tab:
        tab.goto("papers/2501.00013/")
        settle(tab)
        (site / "papers/2501.00013/index.html").unlink()
        tab.evaluate("fetch(location.href)")  # as a page, its 404 would be an error of the console
        until(tab, f"{_KEPT}.then(kept => !kept.includes(location.pathname))")


def test_only_so_many_pages_are_kept(chromium: Any, tmp_path: Path) -> None:
    site = build(tmp_path, settings=SETTINGS)
    worker = site / "sw.js"
    worker.write_text(re.sub("MOST_PAGES = [0-9]+", "MOST_PAGES = 2", worker.read_text()))
    with hosting(site) as host, tab_of(chromium, host.base, may_fail=True) as tab:
        for address in ("about/", "topics/", "papers/", "feeds/"):
            tab.goto(address)
            settle(tab)
        until(tab, f"{_KEPT}.then(kept => !kept.includes('/archive/topics/'))")
        kept = set(tab.evaluate(_KEPT))
        listed = {"", "papers/date/2025-03-05/", "papers/", "feeds/"}
        assert {BASE_PATH + each for each in listed} <= kept
        assert BASE_PATH + "about/" not in kept


def test_who_switches_it_off_frees_the_browsers_of_before(chromium: Any, tmp_path: Path) -> None:
    site = build(tmp_path, settings=SETTINGS)
    with hosting(site) as host, tab_of(chromium, host.base, may_fail=True) as tab:
        tab.goto("about/")
        settle(tab)
        tab.evaluate("caches.open('somebody else')")
        (tmp_path / "content/archive.yml").write_text(f"title: Test Archive\n{SETTINGS}\noffline: false\n")
        build_again(tmp_path)
        tab.goto("about/")
        assert tab.locator("link[rel=manifest], script[src*=offline]").count() == 0
        tab.evaluate("navigator.serviceWorker.getRegistration().then(each => each?.update()).catch(() => {})")
        until(tab, "caches.keys().then(names => String(names) === 'somebody else')")
        until(tab, "navigator.serviceWorker.getRegistrations().then(all => all.length === 0)")


def build_again(folder: Path) -> None:
    from generator import pipeline
    from generator.config import load_config
    from tests.browser.small import NOW

    pipeline.make_site(load_config(folder / "content", folder / "site"), now=NOW)


def test_the_archive_can_be_installed(chromium: Any, folder: Path) -> None:
    with hosting(folder) as host, tab_of(chromium, host.base, may_fail=True) as tab:
        tab.goto("")
        settle(tab)
        client = tab.context.new_cdp_session(tab)
        told = client.send("Page.getAppManifest")
        assert told["errors"] == []
        assert told["url"] == f"{host.base}manifest.webmanifest"
