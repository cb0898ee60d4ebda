"""The index among the other files of a site."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator import pipeline
from generator.config import load_config, read_settings
from generator.errors import SettingsError
from generator.model.contents import Changes
from generator.model.paper import Organization
from generator.outputs.search import Stored
from generator.store.content import ContentStore
from tests.support.invented import archive_of, paper, write_content

NOW = "2025-03-01T12:00:00Z"


def make(folder: Path) -> set[str]:
    return set(pipeline.make_site(load_config(folder / "content", folder / "site"), now=NOW).made)


def test_a_site_without_search_has_no_page_no_box_and_no_index(tmp_path: Path) -> None:
    write_content(tmp_path / "content", archive_of(days=3, per_day=2))
    make(tmp_path)
    assert (tmp_path / "site/search/index.bin").is_file()
    assert "class=search-box" in (tmp_path / "site/index.html").read_text()
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


def test_whatever_changes_a_document_changes_what_its_paper_tells() -> None:
    one = paper(7, date(2025, 2, 3), summary="A study of sails.", github=None, organization=None)
    changes: list[dict[str, Any]] = [
        {"id": "2502.99999"}, {"title": "Other"}, {"authors": ("A",)}, {"authors": ()},
        {"days": (date(2025, 2, 4),)},
        {"organization": Organization("acme", "Acme")}, {"keywords": ("other",)}, {"summary": None},
        {"github": "https://github.com/a/b"}, {"abstract": "Other."},
    ]  # fmt: skip
    for change in changes:
        other = replace(one, **change)
        stored, before = Stored(other, ()), Stored(one, ())
        assert (stored.document(), stored.record()) != (before.document(), before.record()), change
        assert Stored(other, ()).told() != Stored(one, ()).told(), change
    assert Stored(one, ("boats",)).told() != Stored(one, ()).told()
    nameless = replace(one, authors=(), author_count=3)
    assert Stored(nameless, ()).told() != Stored(replace(nameless, author_count=4), ()).told()


def test_what_search_does_not_see_leaves_the_index_alone() -> None:
    one = paper(7, date(2025, 2, 3))
    for change in ({"doi": "10.1000/xyz"}, {"categories": ("cs.RO",)}, {"project": "https://example.org/"}):
        assert Stored(replace(one, **change), ()).told() == Stored(one, ()).told(), change  # type: ignore[arg-type]


def test_two_authors_are_named_and_of_more_the_first() -> None:
    named = [
        Stored(replace(paper(1, date(2025, 2, 3)), authors=authors, author_count=count), ()).record()
        for authors, count in ((("A", "B", "C"), None), (("A", "B"), None), (("A",), None), ((), 5))
    ]
    assert [(each.author, each.others) for each in named] == [("A", 2), ("A, B", 0), ("A", 0), ("", 0)]


def test_a_setting_that_is_neither_true_nor_false_is_named(tmp_path: Path) -> None:
    path = tmp_path / "archive.yml"
    path.write_text("title: X\nsearch: perhaps\n")
    with pytest.raises(SettingsError, match=r"archive\.yml:2: search must be true or false, not 'perhaps'"):
        read_settings(path)
