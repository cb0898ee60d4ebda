"""robots.txt, read by Python's own reader of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from urllib.robotparser import RobotFileParser

from tests.support.built import Built
from tests.support.invented import archive_of


def test_crawlers_may_read_everything_and_find_the_sitemap(tmp_path: Path) -> None:
    site = Built(
        tmp_path, archive_of(days=1, per_day=1, first=date(2025, 1, 27)), settings=["exports: false"]
    )
    rules = RobotFileParser()
    rules.parse((site.folder / "site/robots.txt").read_text(encoding="utf-8").splitlines())
    assert rules.can_fetch("anybody", "https://example.org/base/papers/2501.00001/")
    (sitemap,) = rules.site_maps() or []
    assert sitemap == "https://example.org/base/sitemap.xml"
    assert (site.folder / "site" / sitemap.removeprefix("https://example.org/base/")).is_file()
