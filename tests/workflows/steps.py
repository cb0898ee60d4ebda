"""The workflows as they are written, and a machine of our own on which their commands run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
WORKFLOWS = ROOT / ".github" / "workflows"
BASE_URL = "https://somebody.github.io/my-archive"

_STUB = """#!/usr/bin/env bash
printf '%s\\n' "{name} $*" >> "$STUBS/calls"
said="$1 ${{2:-}}"
while [ $# -gt 0 ]; do
  if [ "$1" = --body-file ]; then cp "$2" "$STUBS/body"; fi
  shift
done
{does}
"""
_PAPERS = """#!/usr/bin/env bash
printf '%s\\n' "papers $*" >> "$STUBS/calls"
case "$1" in snapshot) exec {papers} "$@" --now "$NOW" ;; *) exec {papers} "$@" ;; esac
"""
_DATE = """#!/usr/bin/env bash
case "$*" in
  +%s) exec {date} -u -d "$NOW" +%s ;;
  *" days ago +%F") exec {date} -u -d "${{NOW%T*}} $3" +%F ;;
  *) exec {date} "$@" ;;
esac
"""


def workflow(name: str) -> dict[Any, Any]:
    told: dict[Any, Any] = yaml.safe_load((WORKFLOWS / name).read_text(encoding="utf-8"))
    return told


def runs(name: str) -> dict[str, str]:
    """The commands of every named step of a workflow."""
    return {
        step["name"]: step["run"]
        for job in workflow(name)["jobs"].values()
        for step in job["steps"]
        if "run" in step and "name" in step
    }


class StepFailed(Exception):
    """The commands of a step ended with another code than 0."""


class Machine:
    """A checkout with a remote, a program that takes `now` for the present, and stand-ins for what must not
    be called: `gh` and `curl` note how they were called, `gh` answers as the file `issues` says, and `date`
    takes `now` for the present too."""

    def __init__(self, folder: Path, checkout: Path) -> None:
        self.folder = folder
        self.checkout = checkout
        self.now = ""
        self.stubs = folder / "stubs"
        self.stubs.mkdir()
        self.temporary = folder / "temporary"
        self.temporary.mkdir()
        self.stub("gh", 'case "$said" in "issue list") cat "$STUBS/issues" 2>/dev/null || true ;; esac')
        self.stub("curl", "")
        self._script(self.stubs / "date", _DATE.format(date=shutil.which("date")))
        programs = checkout / ".venv" / "bin"
        programs.mkdir(parents=True)
        self._script(programs / "python", f'#!/usr/bin/env bash\nexec {sys.executable} "$@"\n')
        self._script(programs / "papers", _PAPERS.format(papers=f"{sys.executable} -m generator"))
        for mark in (".python", ".installed", ".installed-dev"):
            (checkout / ".venv" / mark).touch()

    def stub(self, name: str, does: str) -> None:
        self._script(self.stubs / name, _STUB.format(name=name, does=does))

    def run(self, step: str, **environment: str) -> dict[str, str]:
        """Run the commands of a step of publish.yml as GitHub would. Returns the outputs that it sets.

        Raises StepFailed.
        """
        output = self.temporary / "output"
        output.write_text("", encoding="utf-8")
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", runs("publish.yml")[step]],
            cwd=self.checkout, env=self._environment({"GITHUB_OUTPUT": str(output), **environment}),
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise StepFailed(f"{step} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
        pairs = (line.partition("=") for line in output.read_text(encoding="utf-8").splitlines())
        return {name: value for name, _, value in pairs}

    def git(self, *words: str) -> str:
        done = subprocess.run(
            ["git", *words], cwd=self.checkout, env=self._environment({}), check=True, capture_output=True,
            text=True,
        )  # fmt: skip
        return done.stdout.strip()

    def calls(self, program: str = "") -> list[str]:
        """How `papers`, `gh` and `curl` were called since the last time that this was asked."""
        path = self.stubs / "calls"
        said = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        path.write_text("", encoding="utf-8")
        return [line for line in said if line.startswith(program)]

    def _environment(self, more: Mapping[str, str]) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("HOME", "LANG", "SYSTEMROOT") if name in os.environ}
        return {
            **kept,
            "PATH": f"{self.stubs}{os.pathsep}{os.environ['PATH']}",
            "STUBS": str(self.stubs), "NOW": self.now, "RUNNER_TEMP": str(self.temporary),
            "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull,
            "GIT_AUTHOR_DATE": self.now, "GIT_COMMITTER_DATE": self.now,
            **more,
        }  # fmt: skip

    def _script(self, path: Path, text: str) -> None:
        path.write_text(text, encoding="utf-8")
        path.chmod(0o755)


def missing_programs() -> list[str]:
    """What the rehearsal lacks here; publish.yml runs on Ubuntu, with GNU's programs."""
    if sys.platform != "linux":
        return ["Linux"]
    return [name for name in ("bash", "git", "make", "sha256sum", "awk") if not shutil.which(name)]
