"""Files are made by several processes, of which the one that people start is one."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.builder import make
from generator.builder.folder import SiteFolder
from generator.builder.make import Job, make_files
from generator.errors import BuildError
from generator.outputs.artifact import Artifact
from generator.theme.theme import Theme

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux forks workers")
HERE = os.getpid()


@dataclass(frozen=True, slots=True)
class Signed:
    """A recipe whose bytes say which process made it."""

    number: int

    def make(self, theme: Theme) -> bytes:
        time.sleep(0.002)
        return f"{os.getpid()}".encode()


@dataclass(frozen=True, slots=True)
class Deadly:
    """A recipe that ends the worker that makes it, as a system without memory would."""

    def make(self, theme: Theme) -> bytes:
        if os.getpid() == HERE:
            time.sleep(0.2)
            return b""
        os._exit(1)


@pytest.fixture
def job_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[list[Artifact]], Job]:
    monkeypatch.setattr(make, "_WORTH_FORKING", 1)
    monkeypatch.setattr(make, "_CHUNK", 4)
    folder = SiteFolder(tmp_path / "site", tmp_path / ".cache")
    folder.claim()

    def of(artifacts: list[Artifact]) -> Job:
        by_path = {each.path: each for each in artifacts}
        prints = {path: {"page": b"1"} for path in by_path}
        theme = Theme("none", (), (), "/", "")
        return Job(dict.fromkeys(by_path, "because"), by_path, prints, theme, folder, "now")

    return of


def test_every_file_is_made_once_by_all_processes_together(
    job_of: Callable[[list[Artifact]], Job],
) -> None:
    job = job_of([Artifact(f"{number}.txt", "a test", Signed(number)) for number in range(200)])
    steps: list[int] = []
    made = make_files(job, workers=3, step=steps.append)
    assert (made.keys(), sum(steps)) == (job.reasons.keys(), 200)
    makers = [int((job.folder.folder / path).read_bytes()) for path in job.reasons]
    assert len(set(makers)) == 3
    assert HERE in makers


def test_a_worker_that_ends_is_an_error_that_says_what_to_do(
    job_of: Callable[[list[Artifact]], Job],
) -> None:
    job = job_of([Artifact(f"{number}.txt", "a test", Deadly()) for number in range(40)])
    with pytest.raises(BuildError, match=r"nothing is lost: run it again, perhaps with --workers 1\."):
        make_files(job, workers=2, step=lambda steps: None)
