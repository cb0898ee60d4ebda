"""Where the checkers are: axe-core and the Nu Html Checker, fetched by name into the user's cache."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from filelock import FileLock

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
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = home / "daily-papers-archive" / f"axe-{AXE}-vnu-{VNU}"
    found = Checkers(
        folder / "node_modules/axe-core/axe.min.js", folder / "node_modules/vnu-jar/build/dist/vnu.jar"
    )
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / ".lock"):
        if not (found.axe.is_file() and found.vnu.is_file()):
            _install(folder)
    return found


def _install(folder: Path) -> None:
    npm = shutil.which("npm")
    if not npm:
        pytest.skip("npm is not on this machine, so axe-core and vnu-jar cannot be fetched")
    wanted = [f"axe-core@{AXE}", f"vnu-jar@{VNU}"]
    quiet = ["--ignore-scripts", "--no-save", "--no-fund", "--no-audit", "--loglevel=error"]
    done = subprocess.run(
        [npm, "install", "--prefix", str(folder), *quiet, *wanted],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        pytest.skip(f"axe-core and vnu-jar could not be fetched: {done.stderr.strip()[-300:]}")
