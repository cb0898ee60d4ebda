"""A build before which nothing changed plans nothing, and any change at all is seen."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from generator import again, pipeline, quick
from generator.builder import part
from generator.builder.unchanged import MARK, Outputs
from generator.config import Config, load_config
from generator.outputs.site import Site
from generator.report import BuildReport
from tests.support.invented import archive_of, write_content

NOW = "2025-03-01T12:00:00Z"


@pytest.fixture
def config(tmp_path: Path) -> Config:
    write_content(tmp_path / "content", archive_of(days=3, per_day=4))
    (tmp_path / "themes/own/templates").mkdir(parents=True)
    return load_config(tmp_path / "content", tmp_path / "site")


@pytest.fixture
def plans(monkeypatch: pytest.MonkeyPatch) -> list[Config]:
    """Grows with every site that is planned."""
    planned: list[Config] = []
    read: Callable[..., Site] = pipeline.read_site

    def watched(config: Config, *known: Mapping[str, bytes] | None, workers: int) -> Site:
        planned.append(config)
        return read(config, *known, workers=workers)

    monkeypatch.setattr(pipeline, "read_site", watched)
    return planned


def make(config: Config, *, force: bool = False) -> BuildReport:
    return pipeline.make_site(config, now=NOW, force=force)


def test_nothing_is_planned_where_nothing_changed_and_the_report_is_the_same(
    config: Config, plans: list[Config]
) -> None:
    first, second, third = make(config), make(config), make(config)
    assert len(plans) == 1
    assert second == third == replace(first, made={}, kept=len(first.made))


def test_a_build_that_is_forced_takes_the_long_way(config: Config, plans: list[Config]) -> None:
    first, second = make(config), make(config, force=True)
    assert len(plans) == 2
    assert second.made.keys() == first.made.keys()


def edit_a_paper(config: Config) -> None:
    path = min((config.content / "papers").rglob("*.md"))
    path.write_text(path.read_text().replace("case", "cape"))


def keep_size_and_time_of_a_paper(config: Config) -> None:
    path = min((config.content / "papers").rglob("*.md"))
    before = path.stat()
    path.write_text(path.read_text().replace("case", "cape"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def add_a_figure(config: Config) -> None:
    path = min((config.content / "metrics").glob("*.csv"))
    path.write_text(path.read_text() + "2025-01-29T09:00:00Z,2501.00001,99,,\n")


def edit_the_topics(config: Config) -> None:
    path = config.content / "topics.yml"
    path.write_text(path.read_text().replace("Gardens", "Parks"))


def remove_a_page(config: Config) -> None:
    (config.site / "papers/2501.00001/index.html").unlink()


def edit_a_page(config: Config) -> None:
    (config.site / "papers/2501.00001/index.html").write_text("mine")


def add_a_stranger(config: Config) -> None:
    (config.site / "stranger.txt").write_text("mine")


def add_a_strange_folder(config: Config) -> None:
    (config.site / "papers/2501.00001/strange").mkdir()
    (config.site / "papers/2501.00001/strange/file.txt").write_text("mine")


def edit_the_theme(config: Config) -> None:
    (config.themes[0] / "own/templates/more.html").write_text("more")


def lose_the_mark(config: Config) -> None:
    (config.site / MARK).unlink()


def empty_the_mark(config: Config) -> None:
    (config.site / MARK).write_bytes(b"")


def lose_the_note(config: Config) -> None:
    for path in config.cache.glob("*.note"):
        path.unlink()


def spoil_the_note(config: Config) -> None:
    for path in config.cache.glob("*.note"):
        path.write_bytes(b'{"inputs": 1')


@pytest.mark.parametrize(
    "change",
    [
        edit_a_paper, keep_size_and_time_of_a_paper, add_a_figure, edit_the_topics, remove_a_page,
        edit_a_page, add_a_stranger, add_a_strange_folder, edit_the_theme, lose_the_mark, empty_the_mark,
        lose_the_note, spoil_the_note,
    ],
)  # fmt: skip
@pytest.mark.parametrize("is_settled", [False, True])
def test_every_change_leads_to_a_plan(
    config: Config,
    plans: list[Config],
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[Config], None],
    is_settled: bool,
) -> None:
    """Also where all has settled, so that what nobody touched is known from the last look."""
    if is_settled:
        monkeypatch.setattr(again, "SHORTLY", 0)
    for _ in range(3):
        make(config)
        time.sleep(0.02)
    assert len(plans) == 1
    change(config)
    make(config)
    assert len(plans) == 2
    make(config)
    assert len(plans) == 2


def test_archives_that_share_a_cache_each_remember_their_own(
    tmp_path: Path, config: Config, plans: list[Config], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(again, "SHORTLY", 0)
    write_content(tmp_path / "other", archive_of(days=3, per_day=4))
    other = replace(config, content=tmp_path / "other", site=tmp_path / "other-site")
    for each in (config, other, config, other):
        make(each)
        time.sleep(0.02)
    kept = {path: path.read_bytes() for path in config.cache.glob("*.folders")}
    assert len(kept) == 2
    make(config)
    make(other)
    assert kept == {path: path.read_bytes() for path in kept}
    assert len(plans) == 2
    edit_a_paper(other)
    make(config)
    assert len(plans) == 2
    make(other)
    assert len(plans) == 3


def test_a_file_of_any_time_is_told() -> None:
    late, early = 10**30, -1
    outputs = Outputs.of([("b", 2, late), ("a", 1, early), ("c", 3, 4)])
    assert [(path, size) for path, size, _ in outputs] == [("a", 1), ("b", 2), ("c", 3)]
    assert next(iter(Outputs.of([("c", 3, 4)]))) == ("c", 3, 4)
    assert list(Outputs.of([])) == []
    told = [Outputs.of([each]).digest for each in [("a", 1, 1), ("a", 1, 2), ("a", 2, 1), ("b", 1, 1)]]
    assert len({*told, outputs.digest, Outputs.of([]).digest}) == 6


def test_other_settings_lead_to_a_plan(config: Config, plans: list[Config]) -> None:
    make(config)
    make(replace(config, settings=replace(config.settings, title="Another")))
    assert len(plans) == 2


def test_a_build_that_was_cut_off_leaves_no_note(
    config: Config, plans: list[Config], monkeypatch: pytest.MonkeyPatch
) -> None:
    make(config)
    edit_a_paper(config)
    with monkeypatch.context() as patch:
        patch.setattr(part, "make_files", lambda *args, **options: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            make(config)
    report = make(config)
    assert len(plans) == 3
    assert report.made


def test_where_nothing_changed_the_program_is_not_even_loaded(config: Config) -> None:
    code = (
        "import sys; from generator.cli import main; "
        f"main(['build', '--content', {str(config.content)!r}, '--site', {str(config.site)!r}], "
        "standalone_mode=False); "
        "print(sorted({'generator.pipeline', 'numpy', 'httpx', 'jinja2'} & {*sys.modules}))"
    )
    said = [
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            cwd=config.content.parent,
        ).stdout.splitlines()
        for _ in range(2)
    ]
    assert said[0][-1] == "['generator.pipeline', 'jinja2', 'numpy']"
    assert said[1][-1] == "[]"
    assert "0 files made" in " ".join(said[1])


def test_what_a_build_was_told_of_its_input_is_what_it_notes(config: Config, plans: list[Config]) -> None:
    """Were it to look again, what changed in between would be noted as built."""
    seen = quick.Sight(config)
    assert seen.inputs.content
    edit_a_paper(config)
    pipeline.make_site(config, now=NOW, seen=seen)
    make(config)
    assert len(plans) == 2
