"""The service worker names addresses only, the same under any base path, and changes only when it must."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from generator.config import load_config, override
from generator.model.contents import Changes
from generator.outputs import plan_all
from generator.planning import read_site, whole
from tests.support.built import Built
from tests.support.invented import archive_of, paper

DAYS = [f"papers/date/2025-01-{day}/" for day in (28, 29, 30)]


def site_of(worker: str) -> dict[str, object]:
    told: dict[str, object] = json.loads(re.match(r"const SITE = (.*);\n", worker)[1])  # type: ignore[index]
    return told


def files(folder: Path, base_url: str) -> dict[str, bytes]:
    config = override(load_config(folder / "content", folder / "site"), base_url=base_url)
    site = whole(read_site(config))
    return {
        path: artifact.recipe.make(site.theme)
        for path, artifact in plan_all(site).items()
        if path in ("sw.js", "manifest.webmanifest")
    }


def test_the_worker_names_the_home_page_the_last_days_and_what_they_need(tmp_path: Path) -> None:
    built = Built(tmp_path, archive_of(4, 2))
    told = site_of((built.folder / "site/sw.js").read_text())
    assert told["pages"] == ["", "reading/", "offline.html", *DAYS]
    named = told["files"]
    assert isinstance(named, list)
    assert all((built.folder / "site" / each).is_file() for each in named)
    assert not any("search" in each for each in named)


@pytest.mark.parametrize("base_path", ["/", "/my-archive/", "/a/b.c~d/"])
def test_under_any_base_path_only_that_differs(tmp_path: Path, base_path: str) -> None:
    built = Built(tmp_path, archive_of(2, 1))
    one, other = (files(built.folder, f"https://example.org{path}") for path in ("/x/", base_path))
    assert files(built.folder, f"https://example.org{base_path}") == other
    for path, body in one.items():
        assert body.replace(b'"/x/', f'"{base_path}'.encode()) == other[path]
    assert json.loads(other["manifest.webmanifest"])["scope"] == base_path


def test_a_new_day_changes_the_worker_and_a_new_paper_of_a_day_does_not(tmp_path: Path) -> None:
    built = Built(tmp_path, archive_of(4, 2))
    more = built.add(Changes((paper(99, date(2025, 1, 30)),)))
    assert "index.html" in more.made and "sw.js" not in more.made
    assert "sw.js" in built.add(Changes((paper(100, date(2025, 1, 31)),))).made


def test_an_archive_without_papers_has_a_worker_too(tmp_path: Path) -> None:
    built = Built(tmp_path, Changes())
    assert site_of((built.folder / "site/sw.js").read_text())["pages"] == ["", "reading/", "offline.html"]


def test_switched_off_there_is_only_a_worker_that_leaves(tmp_path: Path) -> None:
    built = Built(tmp_path, archive_of(2, 1), settings=["offline: false"])
    site = built.folder / "site"
    assert not (site / "manifest.webmanifest").exists()
    assert not (site / "offline.html").exists()
    worker = (site / "sw.js").read_text()
    assert "unregister()" in worker and "fetch" not in worker
    assert "manifest" not in (site / "index.html").read_text()
