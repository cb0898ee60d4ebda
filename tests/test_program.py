"""The program ends with what the command line says, and with all that it said written."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator import cli
from generator.config import Config


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "generator", *words],
        cwd=folder,
        env={"PYTHONPATH": str(Path(__file__).parents[1])},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--version",), 0, "papers, version"),
        (("build",), 1, "there is no such folder"),
        (("no-such-command",), 2, "No such command"),
    ],
)
def test_exit_code_and_words_arrive_through_a_pipe(
    tmp_path: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    ran = run(tmp_path, *words)
    assert ran.returncode == code
    assert said in ran.stdout + ran.stderr


def test_what_breaks_unforeseen_is_told_as_python_tells_it(tmp_path: Path) -> None:
    code = "from generator import program; program.main = lambda **_: 1 / 0; program.run()"
    words = [sys.executable, "-c", code]
    here = Path(__file__).parents[1]
    ran = subprocess.run(words, cwd=here, capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert "ZeroDivisionError" in ran.stderr


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (PermissionError(13, "Permission denied", "a/b"), "papers: a/b: Permission denied. "),
        (MemoryError(), "papers: there is not enough memory. "),
        (BrokenPipeError(32, "Broken pipe"), ""),  # nobody listens any more
    ],
)
def test_what_the_system_refuses_is_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    def refused(*_: Path | str | None) -> Config:
        raise error

    monkeypatch.setattr(cli, "_config", refused)
    ran = CliRunner().invoke(cli.main, ["build"], catch_exceptions=False)
    assert ran.exit_code == 1
    assert ran.output.startswith(said) and bool(ran.output) == bool(said)
