"""`papers doctor` says how things are, and how to mend what is not well."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest

from generator import doctor, pipeline
from generator.config import Config, load_config
from generator.doctor import Finding, State
from generator.errors import FeedUnreachable
from tests.support import permissions
from tests.support.invented import archive_of, write_content
from tests.support.replay import replay

TODAY = date(2025, 1, 30)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    write_content(
        tmp_path / "content",
        archive_of(days=3, per_day=2),
        settings=["base_url: https://a.example/", 'feed_id: "tag:a.example,2025:"'],
    )
    pipeline.make_site(config_of(tmp_path), now="2025-01-30T00:00:00Z")
    git(tmp_path, "init", "--quiet")
    (tmp_path / ".gitignore").write_text("/site/\n/.cache/\n")
    git(tmp_path, "add", ".")
    git(tmp_path, "-c", "user.name=A", "-c", "user.email=a@a.example", "commit", "--quiet", "--message", "A")
    return tmp_path


def git(folder: Path, *words: str) -> None:
    subprocess.run(["git", "-C", str(folder), *words], check=True)


def config_of(folder: Path) -> Config:
    return load_config(folder / "content", folder / "site")


def not_well(folder: Path, today: date = TODAY) -> list[Finding]:
    """All that is not ok."""
    found = doctor.examine(folder / "content", folder / "site", lambda: config_of(folder), None, today=today)
    return [finding for finding in found if finding.state is not State.OK]


def the_one(findings: list[Finding], state: State, what: str, mend: str) -> None:
    assert len(findings) == 1, findings
    assert (findings[0].state, what in findings[0].what, mend in findings[0].mend) == (state, True, True), (
        findings
    )


def test_all_is_well(archive: Path) -> None:
    lines: list[str] = []
    code = doctor.run(
        archive / "content", archive / "site", lambda: config_of(archive), lambda config: None, today=TODAY,
        say=lines.append,
    )  # fmt: skip
    assert (code, [line for line in lines if not line.startswith("ok ")]) == (0, [])
    assert any("6 papers and 2 topics" in line for line in lines)


def test_settings_that_cannot_be_used_fail_with_their_line(archive: Path) -> None:
    with (archive / "content/archive.yml").open("a") as file:
        file.write("titel: x\n")
    assert [(each.state, "archive.yml:4: titel" in each.what) for each in not_well(archive)][-1] == (
        State.FAIL,
        True,
    )


def test_settings_that_others_have_too_are_named(archive: Path) -> None:
    (archive / "content/archive.yml").write_text("title: A\n")
    assert any("base_url" in each.what for each in not_well(archive))
    (archive / "content/archive.yml").write_text("base_url: https://a.example/\n")
    assert any("feed_id" in each.what for each in not_well(archive))


def test_content_that_cannot_be_read_fails_by_name(archive: Path) -> None:
    paper = next((archive / "content/papers").rglob("*.md"))
    paper.write_text("---\ntitle: [\n---\n")
    failed = [each for each in not_well(archive) if each.state is State.FAIL]
    the_one(failed, State.FAIL, paper.name, "Mend these files")


def test_content_that_git_does_not_have_is_a_warning(archive: Path) -> None:
    (archive / "content/notes.txt").write_text("A")
    the_one(not_well(archive)[:1], State.WARN, "differs from what git has in 1 file", "git add")


def test_without_git_a_warning_says_so(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    the_one(not_well(archive), State.WARN, "git is not installed", "Install it")


def test_a_theme_that_is_not_there_fails(archive: Path) -> None:
    with (archive / "content/archive.yml").open("a") as file:
        file.write("theme: none\n")
    assert [each for each in not_well(archive) if each.state is State.FAIL and "theme" in each.what] != []


def test_days_that_are_missing_and_old_news_are_warnings(archive: Path) -> None:
    the_one(
        not_well(archive, date(2025, 3, 1)),
        State.WARN,
        "are not known: 30 missing, 0 failed",
        "papers status",
    )


@permissions.needed
def test_a_site_that_cannot_be_looked_at_fails(archive: Path) -> None:
    (archive / "site/about").chmod(0o000)
    try:
        the_one(not_well(archive), State.FAIL, "site/about: could not be looked at", "")
    finally:
        (archive / "site/about").chmod(0o755)


def test_a_site_that_is_out_of_date_is_a_warning(archive: Path) -> None:
    (archive / "site/about/index.html").unlink()
    the_one(not_well(archive), State.WARN, "is not as it was built", "papers build")
    pipeline.make_site(config_of(archive), now="2025-01-30T00:00:00Z")
    assert not_well(archive) == []
    with (archive / "content/topics.yml").open("a") as file:
        file.write("\n")
    the_one(not_well(archive)[1:], State.WARN, "is older than the content", "papers build")
    (archive / "site/index.html").unlink()
    the_one(not_well(archive)[1:], State.WARN, "there is no site", "papers build")


def test_a_folder_that_cannot_be_one_fails(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    found = list(
        doctor.examine(archive / "content", tmp_path / "file", lambda: config_of(archive), None, today=TODAY)
    )
    the_one(
        [each for each in found if each.state is State.FAIL],
        State.FAIL,
        "cannot be a folder",
        "Move that away",
    )


def test_a_disk_that_is_full_fails(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_TOO_LITTLE", 1 << 62)
    monkeypatch.setattr(doctor, "_LITTLE", 1 << 62)
    the_one(not_well(archive), State.FAIL, "of disk are free", "Make room")


def test_a_feed_that_does_not_answer_is_a_warning(archive: Path) -> None:
    def ask(config: Config) -> None:
        raise FeedUnreachable("no such host")

    found = list(
        doctor.examine(archive / "content", archive / "site", lambda: config_of(archive), ask, today=TODAY)
    )
    the_one(found[-1:], State.WARN, "no such host", "papers build")


def test_the_feed_is_asked_once_and_politely(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from click.testing import CliRunner

    from generator.cli import main

    monkeypatch.chdir(archive)
    with replay({}) as feed:
        result = CliRunner().invoke(main, ["doctor", "--feed-url", feed.url, "--now", "2025-01-30T10:00:00Z"])
        assert (result.exit_code, len(feed.asked)) == (0, 1), result.output
        result = CliRunner().invoke(main, ["doctor", "--feed-url", feed.url, "--offline"])
        assert len(feed.asked) == 1
