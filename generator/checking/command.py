"""What `papers check` does: check the site, and say what was found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from generator.checking.check import check_site
from generator.checking.findings import lines


def run(site: Path, base_url: str, *, whole: bool, workers: int, say: Callable[[str], None]) -> int:
    """Check the site in the folder `site`, and return the exit code: 1 where something is wrong, else 0.

    Raises PapersError.
    """
    report = check_site(site, base_url, workers=workers)
    for line in lines(report, whole=whole):
        say(line)
    return 1 if report.errors else 0
