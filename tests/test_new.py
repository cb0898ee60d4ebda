"""`papers new` begins an archive that builds, and overwrites nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from generator import pipeline, starting
from generator.cli import main
from generator.config import Settings, load_config, read_settings
from generator.errors import SettingsError
from generator.store.taxonomy import read_topics

ROOT = Path(__file__).parents[1]


def begin(folder: Path, title: str = "", base_url: str = "") -> list[str]:
    lines: list[str] = []
    assert starting.run(starting.Wanted(folder, title, base_url), year=2031, say=lines.append) == 0
    return lines


def test_a_new_archive_has_all_that_is_pushed(tmp_path: Path) -> None:
    begin(tmp_path / "mine")
    files = {
        path.relative_to(tmp_path / "mine").as_posix()
        for path in (tmp_path / "mine").rglob("*")
        if path.is_file()
    }
    assert files == {
        "content/archive.yml", "content/archive.schema.json", "content/topics.yml", "README.md", "Makefile",
        "requirements.txt", ".gitignore", ".github/workflows/publish.yml", ".github/workflows/check.yml",
    }  # fmt: skip
    assert re.fullmatch(r"daily-papers-archive(==| @ ).+\n", (tmp_path / "mine/requirements.txt").read_text())


def test_a_new_archive_is_built_before_there_is_a_paper(tmp_path: Path) -> None:
    begin(tmp_path)
    config = load_config(tmp_path / "content", tmp_path / "site")
    report = pipeline.make_site(config, now="2031-01-01T00:00:00Z")
    assert (report.papers, report.topics) == (0, len(read_topics(tmp_path / "content/topics.yml")))
    assert (tmp_path / "site/index.html").is_file()


def test_its_settings_say_what_is_known_of_it(tmp_path: Path) -> None:
    begin(tmp_path, 'Tea: "our" papers \\ é', "https://me.example/tea")
    settings = read_settings(tmp_path / "content/archive.yml")
    assert settings.title == 'Tea: "our" papers \\ é'
    assert settings.base_url == "https://me.example/tea/"
    assert settings.feed_id == "tag:me.example,2031:tea"
    assert settings.theme == Settings().theme


def test_an_address_that_is_none_is_refused_and_nothing_written(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="--base-url"):
        begin(tmp_path / "mine", base_url="me.example")
    assert not (tmp_path / "mine").exists()


def test_what_is_there_stays(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine")
    (tmp_path / "Makefile").symlink_to(tmp_path / "nowhere")
    assert len([line for line in begin(tmp_path) if "stays as it is" in line]) == 2
    assert (tmp_path / "README.md").read_text() == "mine"
    assert not (tmp_path / "nowhere").exists()
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert begin(tmp_path)[-1].endswith("nothing was written.")
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_its_makefile_has_what_its_workflows_run(tmp_path: Path) -> None:
    begin(tmp_path)
    targets = set(re.findall(r"^([a-z-]+):", (tmp_path / "Makefile").read_text(), re.MULTILINE))
    run: list[str] = []
    for path in (tmp_path / ".github/workflows").iterdir():
        jobs = yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"]
        run += [step.get("run", "") for job in jobs.values() for step in job["steps"]]
    wanted = set(re.findall(r"^\s*make ([a-z-]+)", "\n".join(run), re.MULTILINE))
    assert wanted >= {"build", "check"}
    assert wanted <= targets


def test_its_workflows_use_the_same_versions_of_the_same_actions(tmp_path: Path) -> None:
    begin(tmp_path)
    check, publish = (
        set(re.findall(r"uses: (.+)", (tmp_path / f".github/workflows/{name}.yml").read_text()))
        for name in ("check", "publish")
    )
    assert check - publish == set()


def test_its_makefile_knows_the_commands_there_are(tmp_path: Path) -> None:
    begin(tmp_path)
    commands = set(re.findall(r"\$\(PAPERS\) ([a-z]+)", (tmp_path / "Makefile").read_text()))
    assert commands <= set(main.commands)


def test_the_command_begins_one_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["new", "--title", "Mine"])
    assert (result.exit_code, read_settings(tmp_path / "content/archive.yml").title) == (0, "Mine")


def test_the_wheel_ships_what_a_new_archive_needs() -> None:
    """Each file is looked for where the wheel puts it; a checkout has them itself."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for path in (
        ".github/workflows",
        "content/archive.yml",
        "content/archive.schema.json",
        "content/topics.yml",
    ):
        shipped = path.removeprefix(".github/")
        assert f'"{path}" = "generator/shipped/{shipped}"' in text


def test_every_command_is_documented() -> None:
    text = (ROOT / "docs/commands.md").read_text(encoding="utf-8")
    for name in ("serve", "check", "new", "doctor"):
        assert f"papers {name}" in text
        for option in main.commands[name].params:
            for spelling in option.opts if option.name not in ("content", "site", "feed_url", "now") else ():
                assert not spelling.startswith("--") or spelling in text, (name, spelling)
