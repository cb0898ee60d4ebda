"""Where the checkers are: axe-core and the Nu Html Checker, fetched by name into the user's cache."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.support.npm import fetched

AXE = "4.14.1"
VNU = "26.9.27"


@dataclass(frozen=True)
class Checkers:
    axe: Path
    """The script that a page runs."""
    vnu: Path
    """The jar."""


def checkers() -> Checkers:
    """Both checkers. Skips the test, and says why, where they are not and cannot be fetched."""
    folder = fetched(f"axe-core@{AXE}", f"vnu-jar@{VNU}")
    return Checkers(folder / "axe-core/axe.min.js", folder / "vnu-jar/build/dist/vnu.jar")
