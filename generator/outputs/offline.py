"""Reading without a network: the service worker `sw.js`, and the manifest of an archive that is installed.

The worker is published even where `offline` is false: then it frees the browsers that hold an earlier one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from generator.outputs.artifact import Artifact
from generator.outputs.html import ICON, MANIFEST
from generator.outputs.site import Site
from generator.pages import addresses
from generator.theme.theme import Theme

_DAYS = 3
"""How many of the latest days are kept before anybody visits them."""


@dataclass(frozen=True, slots=True)
class ServiceWorker:
    """The recipe of `sw.js`. It names addresses only, so that it changes with a new day or theme alone."""

    base_path: str
    pages: tuple[str, ...]
    """The addresses to keep from the beginning; `files` likewise, of assets."""
    files: tuple[str, ...]
    instead: str
    """The page that stands in for one that is not kept."""
    source: str

    def make(self, theme: Theme) -> bytes:
        told = {"base": self.base_path, "instead": self.instead, "pages": self.pages, "files": self.files}
        return f"const SITE = {json.dumps(told)};\n{self.source}".encode()


@dataclass(frozen=True, slots=True)
class Manifest:
    """The recipe of `manifest.webmanifest`."""

    title: str
    description: str
    language: str
    base_path: str

    def make(self, theme: Theme) -> bytes:
        told = {
            "name": self.title,
            "short_name": self.title,
            "description": self.description,
            "lang": self.language,
            "id": self.base_path,
            "start_url": self.base_path,
            "scope": self.base_path,
            "display": "minimal-ui",
            "icons": [{"src": self.base_path + ICON, "sizes": "any", "type": "image/svg+xml"}],
        }
        return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def plan(site: Site) -> Iterable[Artifact]:
    """The worker, and the manifest where the archive is kept offline."""
    settings = site.settings
    if not settings.offline:
        farewell = ServiceWorker(settings.base_path, (), (), "", _source("service_worker_farewell.js"))
        yield Artifact("sw.js", "service worker that leaves", farewell)
        return
    latest = tuple(addresses.day(day) for day in site.archive.days_with_papers()[-_DAYS:])
    scripts = (f"assets/{name}" for name in site.theme.assets() if _is_script_of_every_page(name))
    yield Artifact(
        "sw.js",
        "service worker",
        ServiceWorker(
            base_path=settings.base_path,
            pages=(addresses.HOME, addresses.READING, addresses.OFFLINE, *latest),
            files=(site.style_address, ICON, *scripts),
            instead=addresses.OFFLINE,
            source=_source("service_worker.js"),
        ),
    )
    manifest = Manifest(settings.title, settings.description, settings.language, settings.base_path)
    yield Artifact(MANIFEST, "manifest of the installed archive", manifest)


def _is_script_of_every_page(name: str) -> bool:
    """Search needs its index, which is not kept."""
    return name.startswith("js/") and not name.startswith("js/search")


def _source(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")
