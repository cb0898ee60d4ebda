"""The index among the other files of a site."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator import pipeline
from generator.config import load_config, read_settings
from generator.errors import SettingsError
from generator.model.contents import Changes
from generator.store.content import ContentStore
from tests.support.invented import archive_of, paper, write_content

NOW = "2025-03-01T12:00:00Z"


def make(folder: Path) -> set[str]:
    return set(pipeline.make_site(load_config(folder / "content", folder / "site"), now=NOW).made)


def test_a_site_without_search_has_no_page_no_box_and_no_index(tmp_path: Path) -> None:
    write_content(tmp_path / "content", archive_of(days=3, per_day=2))
    make(tmp_path)
    assert (tmp_path / "site/search/index.bin").is_file()
    assert 'class="search-box"' in (tmp_path / "site/index.html").read_text()
    settings = tmp_path / "content/archive.yml"
    settings.write_text(settings.read_text() + "search: false\n")
    make(tmp_path)
    assert not (tmp_path / "site/search").exists()
    assert "search-box" not in (tmp_path / "site/index.html").read_text()


def test_one_new_paper_remakes_its_segment_and_the_entrance(tmp_path: Path) -> None:
    write_content(tmp_path / "content", archive_of(days=3, per_day=2))
    make(tmp_path)
    assert not make(tmp_path)
    store = ContentStore(tmp_path / "content")
    store.write(store.read_all(), Changes((paper(900, date(2025, 2, 2)),)))
    made = {path for path in make(tmp_path) if path.startswith("search/")}
    assert "search/index.bin" in made
    assert "search/index.html" not in made


def test_a_setting_that_is_neither_true_nor_false_is_named(tmp_path: Path) -> None:
    path = tmp_path / "archive.yml"
    path.write_text("title: X\nsearch: perhaps\n")
    with pytest.raises(SettingsError, match=r"archive\.yml:2: search must be true or false, not 'perhaps'"):
        read_settings(path)
