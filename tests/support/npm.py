"""Programs that come from npm by name, fetched once into a cache and used by tests alone."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from filelock import FileLock


def fetched(*wanted: str) -> Path:
    """The folder `node_modules` with the packages `wanted`, each `name@version`.

    Skips the test, and says why, where they are not and cannot be fetched.
    """
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = home / "daily-papers-archive" / "-".join(each.replace("@", "-") for each in wanted)
    done = folder / ".done"
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / ".lock"):
        if not done.is_file():
            _install(folder, wanted)
            done.touch()
    return folder / "node_modules"


def _install(folder: Path, wanted: tuple[str, ...]) -> None:
    names = " and ".join(wanted)
    npm = shutil.which("npm")
    if not npm:
        pytest.skip(f"npm is not on this machine, so that {names} cannot be fetched")
    quiet = ["--ignore-scripts", "--no-save", "--no-fund", "--no-audit", "--loglevel=error"]
    done = subprocess.run(
        [npm, "install", "--prefix", str(folder), *quiet, *wanted],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        pytest.skip(f"{names} could not be fetched: {done.stderr.strip()[-300:]}")
