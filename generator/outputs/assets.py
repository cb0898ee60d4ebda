"""The theme's style sheets as one file, and its other assets as they are."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from generator.outputs.artifact import Artifact
from generator.outputs.site import Site
from generator.theme.theme import Theme


@dataclass(frozen=True, slots=True)
class StyleSheet:
    """The recipe of the one style sheet."""

    css: str

    def make(self, theme: Theme) -> bytes:
        return self.css.encode("utf-8")


@dataclass(frozen=True, slots=True)
class Asset:
    """The recipe of an asset that is copied."""

    name: str
    """Its path below the theme's `assets/`."""
    digest: str

    def make(self, theme: Theme) -> bytes:
        return theme.assets()[self.name].read_bytes()


def plan(site: Site) -> Iterable[Artifact]:
    """The joined style sheet, and every asset that is no style sheet."""
    yield Artifact(site.style_address, "style sheet of the theme", StyleSheet(site.theme.style_sheet))
    for name, path in site.theme.assets().items():
        if not name.startswith("css/"):
            digest = hashlib.blake2b(path.read_bytes(), digest_size=16).hexdigest()
            yield Artifact(f"assets/{name}", f"asset {name} of the theme", Asset(name, digest))
