"""The theme's style sheets as one file, its scripts without comments, and its other assets as they are."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from generator.outputs.artifact import Artifact, aside
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
    data: bytes = aside()

    def make(self, theme: Theme) -> bytes:
        return self.data


@dataclass(frozen=True, slots=True)
class Script:
    """The recipe of a script, which is served without indentation and lines of comment: a tenth lighter.

    No more is taken away: to tell a comment from a text at the end of a line wants a parser. A script must
    have no text that spans lines; the tests see to that.
    """

    name: str
    digest: str
    data: bytes = aside()

    def make(self, theme: Theme) -> bytes:
        lines = (line.strip() for line in self.data.split(b"\n"))
        return b"\n".join(line for line in lines if line and not line.startswith(b"//")) + b"\n"


def plan(site: Site) -> Iterable[Artifact]:
    """The joined style sheet, and every asset that is no style sheet."""
    yield Artifact(site.style_address, "style sheet of the theme", StyleSheet(site.theme.style_sheet))
    for name, path in site.theme.assets().items():
        if not name.startswith("css/"):
            data = path.read_bytes()
            digest = hashlib.blake2b(data, digest_size=16).hexdigest()
            recipe = Script(name, digest, data) if name.endswith(".js") else Asset(name, digest, data)
            yield Artifact(f"assets/{name}", f"asset {name} of the theme", recipe)
