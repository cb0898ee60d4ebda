"""A lean site leaves out the formats that repeat a page, and names none of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.pages import formats
from tests.outputs.test_feed_lists import build
from tests.support.built import Built, broken_links
from tests.support.invented import archive_of

_EXTRA = ("api/", "feeds/authors/", "feeds/organizations/", "exports/archive.sqlite")
_ENDS = (".md", "linkset.json", "people.opml")


def extras(site: Path) -> set[str]:
    """Files of a full site that a lean one leaves out."""
    paths = (path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    return {
        path
        for path in paths
        if path.startswith(_EXTRA)
        or path.endswith(_ENDS)
        or (path.startswith("papers/") and path.endswith((".bib", ".ris", ".csl.json", ".zip")))
    }


@pytest.fixture(scope="module")
def lean(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return Built(tmp_path_factory.mktemp("lean"), archive_of(days=6, per_day=3), settings=["formats: lean"])


def test_a_full_site_has_what_a_lean_one_leaves_out(lean: Built, tmp_path: Path) -> None:
    full = Built(tmp_path, archive_of(days=6, per_day=3))
    assert len(extras(full.folder / "site")) > 40
    assert extras(lean.folder / "site") == set()


def test_a_lean_site_keeps_every_fact_and_every_reference(lean: Built) -> None:
    site = lean.folder / "site"
    assert (site / "exports/papers-2025-01.jsonl.gz").exists()
    assert (site / "citations/papers.zip").exists()
    assert (site / "topics/gardens/papers.zip").exists()
    assert (site / "feeds/topics/gardens/atom.xml").exists()


def test_a_lean_site_names_nothing_that_is_not_there(lean: Built) -> None:
    assert broken_links(lean.folder / "site") == []
    asked = ["check", str(lean.folder / "site"), "--content", str(lean.folder / "content")]
    done = CliRunner().invoke(main, [*asked, "--base-url", "https://example.org/base/"])
    assert (done.exit_code, "The site holds together." in done.output) == (0, True), done.output
    for path in (lean.folder / "site").rglob("*.html"):
        assert "index.html.md" not in path.read_text(), path


def test_an_archive_turns_lean_where_it_grows_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert extras(build(tmp_path / "small", days=3))
    monkeypatch.setattr(formats, "FULL_UP_TO", 8)
    assert extras(build(tmp_path / "large", days=3)) == set()
