"""Pictures of every kind of page, to be looked at: `python -m tests.screenshots [ADDRESS …]`.

Of a built site, the last page of each kind (by its address) is taken at three widths, light and dark, into
./screenshots/. Addresses such as papers/date/2025-09-30/ are taken instead where they are given. Needs the
`browser` packages (playwright for Python) and a Chromium; the variable CHROMIUM says where it is.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from generator.config import load_config
from generator.serving.server import serve_folder

WIDTHS = (360, 768, 1280)
SCHEMES = ("light", "dark")
_KIND = re.compile(rb"<body data-kind=([a-z_]+)")


def main() -> None:
    wanted = _arguments()
    base_path = load_config(wanted.content, wanted.site).settings.base_path
    pages = {_name(address): address for address in wanted.addresses} or page_of_each_kind(wanted.site)
    wanted.out.mkdir(parents=True, exist_ok=True)
    with serving(wanted.site, base_path) as base, browser() as chromium:
        for scheme in wanted.schemes:
            for width in wanted.widths:
                context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
                page = context.new_page()
                for name, address in pages.items():
                    page.goto(base + address)
                    beyond = page.evaluate("document.documentElement.scrollWidth - innerWidth")
                    page.screenshot(path=wanted.out / f"{name}-{width}-{scheme}.png", full_page=wanted.full)
                    print(f"{name}-{width}-{scheme}.png" + (f": {beyond} px too wide" * (beyond > 0)))
                context.close()


def page_of_each_kind(site: Path) -> dict[str, str]:
    """The last page of each kind, by the name of the kind."""
    found: dict[str, str] = {}
    for path in sorted(site.rglob("*.html")):
        kind = _KIND.search(path.read_bytes())
        if kind:
            address = path.relative_to(site).as_posix().removesuffix("index.html")
            found[kind[1].decode()] = address
    return found


@contextmanager
def serving(site: Path, base_path: str = "/") -> Iterator[str]:
    """A server of `site` on a free port; its address."""
    server = serve_folder(site, base_path, 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{base_path}"
    finally:
        server.shutdown()
        server.server_close()


def chromium_path() -> str | None:
    """Where a Chromium is on this machine."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


@contextmanager
def browser() -> Iterator[Any]:
    """A headless Chromium."""
    from playwright.sync_api import sync_playwright

    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path(), args=flags)
        try:
            yield chromium
        finally:
            chromium.close()


def _name(address: str) -> str:
    return address.strip("/").replace("/", "_") or "home"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Take pictures of the built site.")
    parser.add_argument("addresses", nargs="*", metavar="ADDRESS", help="pages; by default one of each kind")
    parser.add_argument("--content", type=Path, default=Path("content"))
    parser.add_argument("--site", type=Path, default=Path("site"))
    parser.add_argument("--out", type=Path, default=Path("screenshots"))
    parser.add_argument("--widths", type=int, nargs="+", default=WIDTHS)
    parser.add_argument("--schemes", nargs="+", default=SCHEMES, choices=SCHEMES)
    parser.add_argument("--full", action="store_true", help="the whole page, not the first screen")
    return parser.parse_args()


if __name__ == "__main__":
    main()
