"""Making the site, driven from outside as a chain of sentences."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from generator import pipeline, planning, quick, reading
from generator.builder import make
from generator.builder.decide import ALTERED, GONE
from generator.config import Config, load_config, override
from generator.errors import ContentError, PathClaimedTwice, SettingsError
from generator.explaining import explain
from generator.model.contents import Changes
from generator.report import BuildReport
from generator.store.content import ContentStore
from tests.support.invented import archive_of, paper, write_content

NOW = "2025-03-01T12:00:00Z"


class Scene:
    """A content folder and the site that is made from it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.base_url = "https://example.org/"

    @property
    def config(self) -> Config:
        return override(load_config(self.folder / "content", self.folder / "site"), base_url=self.base_url)

    def add(self, changes: Changes) -> None:
        store = ContentStore(self.folder / "content")
        store.write(store.read_all(), changes)

    def make(self, *, workers: int = 1) -> BuildReport:
        return pipeline.make_site(self.config, now=NOW, workers=workers)

    def read(self, path: str) -> str:
        return (self.folder / "site" / path).read_text(encoding="utf-8")


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    write_content(tmp_path / "content", archive_of(days=6, per_day=3))
    return Scene(tmp_path)


def tree(folder: Path) -> Mapping[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_every_kind_of_page_is_made(scene: Scene) -> None:
    scene.make()
    for path in (
        "index.html", "404.html", "about/index.html", "feeds/index.html", "papers/index.html",
        "papers/date/2025-01-27/index.html", "papers/week/2025-W05/index.html",
        "papers/month/2025-01/index.html", "papers/2501.00001/index.html", "topics/index.html",
        "topics/gardens/index.html", "topics/gardens/2025-01/index.html",
        "feeds/papers/atom.xml", "feeds/papers/rss.xml", "feeds/topics/boats/atom.xml",
    ):  # fmt: skip
        assert (scene.folder / "site" / path).is_file(), path


def test_a_file_makes_room_for_a_folder_of_its_name_and_the_other_way_round(scene: Scene) -> None:
    for address in ("old.html", "old.html/", "old.html"):
        (scene.folder / "content/redirects.yml").write_text(f"{address}: about/\n")
        scene.make()
        assert (scene.folder / "site/old.html").is_dir() == address.endswith("/")


def test_a_second_build_makes_nothing(scene: Scene) -> None:
    first = scene.make()
    second = scene.make()
    assert (second.made, second.kept, second.removed) == ({}, len(first.made), ())


@pytest.mark.parametrize("workers", [1, 3])
def test_thirty_small_builds_equal_one_whole_build_byte_for_byte(
    tmp_path: Path, workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "_WORTH_FORKING", 1)
    monkeypatch.setattr(reading, "_WORTH_FORKING", 1)
    monkeypatch.setattr(quick, "_MANY", 1)
    monkeypatch.setattr(make, "_CHUNK", 5)
    small, whole = Scene(tmp_path / "small"), Scene(tmp_path / "whole")
    write_content(small.folder / "content", Changes())
    write_content(whole.folder / "content", Changes())
    everything = archive_of(days=30, per_day=2)
    for record in everything.records:
        papers = tuple(each for each in everything.papers if each.day == record.day)
        ids = {each.id for each in papers}
        seen = tuple(each for each in everything.observations if each.paper_id in ids)
        small.add(Changes(papers, seen, (record,)))
        small.make(workers=workers)
    whole.add(everything)
    whole.make()
    assert tree(small.folder / "site") == tree(whole.folder / "site")


def test_one_new_day_touches_few_files_and_each_has_a_reason(scene: Scene) -> None:
    scene.add(archive_of(days=150, per_day=3))
    whole = scene.make()
    day = date(2025, 1, 27) + timedelta(days=150)
    scene.add(Changes((paper(1001, day), paper(1002, day))))
    report = scene.make()
    assert "papers/2501.01001/index.html" in report.made
    pages = [path for path in report.made if not path.startswith("search/")]
    assert len(pages) < 0.05 * len(whole.made)
    assert all(reason == "it was never made" or reason.endswith("changed") for reason in report.made.values())


def test_one_edited_paper_remakes_its_page_and_the_lists_that_show_it(scene: Scene) -> None:
    scene.make()
    path = scene.folder / "content/papers/2025/01/27/2501.00001.md"
    path.write_text(path.read_text().replace("Person 1", "Person One"))
    made = scene.make().made
    assert made["papers/2501.00001/index.html"] == "its view changed"
    assert "papers/date/2025-01-27/index.html" in made
    assert "papers/2501.00002/index.html" not in made
    assert "papers/date/2025-01-28/index.html" not in made
    assert "Person One" in scene.read("papers/2501.00001/index.html")


def test_a_template_that_changes_remakes_its_pages_only(scene: Scene) -> None:
    theme = scene.folder / "themes" / "mine"
    (theme / "templates/pages").mkdir(parents=True)
    (theme / "theme.toml").write_text('parent = "broadsheet"\n')
    settings = scene.folder / "content/archive.yml"
    settings.write_text(settings.read_text() + "theme: mine\n")
    scene.make()
    (theme / "templates/pages/about.html").write_text(
        '{% extends "base.html" %}{% block main %}<h1>Hi</h1>{% endblock %}'
    )
    assert scene.make().made == {"about/index.html": "its template changed"}


def test_a_partial_that_changes_remakes_every_page_that_includes_it(scene: Scene) -> None:
    theme = scene.folder / "themes" / "mine"
    (theme / "templates/partials").mkdir(parents=True)
    (theme / "theme.toml").write_text('parent = "broadsheet"\n')
    settings = scene.folder / "content/archive.yml"
    settings.write_text(settings.read_text() + "theme: mine\n")
    scene.make()
    stands = Path(__file__).parents[2] / "themes/broadsheet/templates/partials/pager.html"
    changed = stands.read_text(encoding="utf-8").replace("</nav>", "<!-- a remark --></nav>")
    (theme / "templates/partials/pager.html").write_text(changed, encoding="utf-8")
    made = scene.make().made
    assert "papers/date/2025-01-28/index.html" in made
    assert "about/index.html" not in made


def test_what_nobody_wants_any_more_is_removed(scene: Scene) -> None:
    scene.make()
    (scene.folder / "content/papers/2025/01/27/2501.00001.md").unlink()
    (scene.folder / "site/papers/stray.html").write_text("I was left here")
    report = scene.make()
    pages = {path for path in report.removed if not path.startswith("search/")}
    assert pages == {
        "papers/2501.00001/index.html", "papers/2501.00001/index.html.md", "papers/stray.html",
    }  # fmt: skip
    assert not (scene.folder / "site/papers/2501.00001").exists()


def test_what_a_hand_changed_or_removed_is_made_again(scene: Scene) -> None:
    scene.make()
    (scene.folder / "site/index.html").write_text("defaced")
    (scene.folder / "site/404.html").unlink()
    assert scene.make().made == {"index.html": ALTERED, "404.html": GONE}


def test_folders_and_files_that_stand_in_each_others_place_make_way(scene: Scene) -> None:
    scene.make()
    site = scene.folder / "site"
    made = tree(site)
    for path in ("index.html", "about/index.html"):
        (site / path).unlink()
        (site / path / "empty").mkdir(parents=True)
    (site / "index.html/strange.txt").write_text("mine")
    shutil.rmtree(site / "papers/2501.00001")
    (site / "papers/2501.00001").write_text("mine")
    again = scene.make()
    assert again.removed == ("index.html/strange.txt", "papers/2501.00001")
    assert tree(site) == made


@pytest.mark.parametrize("is_edited", [False, True])
def test_the_mark_of_the_folder_is_put_back(scene: Scene, is_edited: bool) -> None:
    scene.make()
    made = tree(scene.folder / "site")
    (scene.folder / "site/.nojekyll").unlink()
    if is_edited:
        scene.add(archive_of(days=7, per_day=3))
    again = scene.make()
    assert bool(again.made) is is_edited
    assert tree(scene.folder / "site")[".nojekyll"] == made[".nojekyll"]


def test_the_memory_may_be_deleted(scene: Scene) -> None:
    scene.make()
    before = tree(scene.folder / "site")
    shutil.rmtree(scene.folder / ".cache")
    scene.make()
    assert tree(scene.folder / "site") == before


def test_under_a_base_path_the_tree_differs_by_that_prefix_alone(tmp_path: Path) -> None:
    at_root, below = Scene(tmp_path / "one"), Scene(tmp_path / "two")
    below.base_url = "https://example.org/my-archive/"
    for scene in (at_root, below):
        write_content(scene.folder / "content", archive_of(days=3, per_day=2))
        scene.make()
    moved = {
        path: data.replace(b"https://example.org/my-archive/", b"https://example.org/").replace(
            b'"/my-archive/', b'"/'
        )
        for path, data in tree(below.folder / "site").items()
    }
    assert moved == tree(at_root.folder / "site")


def test_clock_locale_time_zone_and_hash_seed_change_no_byte(tmp_path: Path) -> None:
    trees = []
    for name, changes in (
        ("one", {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "1"}),
        ("two", {"TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "2"}),
    ):
        write_content(tmp_path / name / "content", archive_of(days=4, per_day=3))
        command = [sys.executable, "-m", "generator", "build", "--content", "content", "--site", "site"]
        subprocess.run(
            command, cwd=tmp_path / name, env={**os.environ, **changes}, check=True, capture_output=True
        )
        trees.append(tree(tmp_path / name / "site"))
    assert len(trees[0]) > 30
    assert trees[0] == trees[1]


def test_two_papers_whose_ids_differ_by_case_are_an_error_with_both_names(scene: Scene) -> None:
    one, two = (replace(paper(7, date(2025, 1, 27)), id=name) for name in ("Garden-1", "garden-1"))
    scene.add(Changes((one, two)))
    with pytest.raises(PathClaimedTwice, match=r"Garden-1.*garden-1|garden-1.*Garden-1"):
        scene.make()


def test_a_broken_file_leaves_the_site_that_stands_as_it_was(scene: Scene) -> None:
    scene.make()
    before = tree(scene.folder / "site")
    path = scene.folder / "content/papers/2025/01/27/2501.00001.md"
    path.write_text(path.read_text().replace("title: ", "title: [", 1))
    with pytest.raises(ContentError, match=r"2501\.00001\.md:\d+"):
        scene.make()
    assert tree(scene.folder / "site") == before


def test_a_pinned_topic_that_does_not_exist_is_an_error_that_names_the_file(scene: Scene) -> None:
    scene.add(Changes((replace(paper(900, date(2025, 1, 27)), pinned_topics=("knots",)),)))
    with pytest.raises(ContentError, match=r"2501\.00900\.md.*knots"):
        scene.make()


def test_explain_says_who_wants_a_file_and_why_it_was_last_made(scene: Scene) -> None:
    scene.make()
    said = explain(scene.config, "papers/2501.00001")
    assert (said.path, said.claimant) == ("papers/2501.00001/index.html", "paper page /papers/2501.00001/")
    assert (said.last_made, said.last_reason, said.would) == (NOW, "it was never made", "")
    assert [slug for slug, _, _ in said.topics] == ["boats"]


def test_an_empty_archive_is_a_site_too(tmp_path: Path) -> None:
    write_content(tmp_path / "content", Changes())
    scene = Scene(tmp_path)
    scene.make()
    assert "There are no papers yet" in scene.read("index.html")


def test_a_content_folder_that_is_not_there_is_an_error_and_the_site_stands(scene: Scene) -> None:
    scene.make()
    before = tree(scene.folder / "site")
    (scene.folder / "content").rename(scene.folder / "contents")
    with pytest.raises(SettingsError, match="there is no such folder"):
        scene.make()
    assert tree(scene.folder / "site") == before
