"""What somebody changes while a site is made, and perhaps changes back, is put right by the next build."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generator import pipeline, quick
from generator.config import Config, load_config
from tests.support.invented import archive_of, write_content

NOW = "2025-03-01T12:00:00Z"
PAPER = "content/papers/2025/01/27/2501.00001.md"
TEMPLATE = "themes/own/templates/pages/about.html"


@pytest.fixture
def config(tmp_path: Path) -> Config:
    write_content(tmp_path / "content", archive_of(days=3, per_day=4))
    settings = tmp_path / "content/archive.yml"
    settings.write_text((settings.read_text() if settings.exists() else "") + "theme: own\n")
    for name, text in {
        "theme.toml": 'description = "Ours."\nparent = "broadsheet"\n',
        "templates/pages/about.html": "about: {{ page.title }}",
        "assets/note.txt": "a note",
        "assets/js/note.js": "let note;",
    }.items():
        path = tmp_path / "themes/own" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return load_config(tmp_path / "content", tmp_path / "site")


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    "name",
    [
        PAPER,
        "content/topics.yml",
        "content/days.csv",
        TEMPLATE,
        "themes/own/assets/note.txt",
        "themes/own/assets/js/note.js",
    ],
)
@pytest.mark.parametrize("is_put_back", [True, False])
@pytest.mark.parametrize("when", ["read_site", "crew", "unwanted", "unchanged"])
def test_what_is_changed_while_a_site_is_made_does_not_stay_wrong(
    config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, is_put_back: bool, when: str
) -> None:
    """Before it is read, between two readings, and when all is made."""
    path = tmp_path / name
    before = path.read_text()
    changed = before.replace("case", "cape").replace("Gardens", "Parks").replace("note", "vote")
    changed = changed.replace("about", "of").replace(",4,open", ",5,open")
    assert changed != before

    def meanwhile(step: Callable[..., Any]) -> Callable[..., Any]:
        def do(*args: Any, **options: Any) -> Any:
            path.write_text(changed)
            return step(*args, **options)

        return do

    with monkeypatch.context() as patched:
        place, step = (quick.unchanged, "remember") if when == "unchanged" else (pipeline, when)
        patched.setattr(place, step, meanwhile(getattr(place, step)))
        pipeline.make_site(config, now=NOW)
    if is_put_back:
        path.write_text(before)
    pipeline.make_site(config, now=NOW)
    other = replace(config, site=tmp_path / "other", cache=tmp_path / "other-cache")
    pipeline.make_site(other, now=NOW)
    assert tree(config.site) == tree(other.site)
