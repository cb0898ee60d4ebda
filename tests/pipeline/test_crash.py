"""Killed at any moment, content/ holds the old or the new of each file, the memory of site/ tells no lie, and
the next run completes.

The number of kills can be raised: CRASHES=100 python -m pytest tests/pipeline/test_crash.py
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.builder.folder import SiteFolder
from generator.store.content import ContentStore
from tests.support.invented import TOPICS, archive_of, entry, write_content
from tests.support.replay import Replay, replay

CRASHES = int(os.environ.get("CRASHES", "8"))
NOW = "2025-06-01T08:00:00Z"
DAYS = [f"2025-02-{day:02d}" for day in range(1, 29)]


def start(folder: Path, *words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "generator", *words],
        cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )  # fmt: skip


def run(folder: Path, *words: str) -> float:
    """Run to the end; the seconds it took."""
    began = time.monotonic()
    process = start(folder, *words)
    output, _ = process.communicate()
    assert process.returncode == 0, output.decode()
    return time.monotonic() - began


def kill_after(folder: Path, seconds: float, *words: str) -> bool:
    """Start, and kill after `seconds`; whether it was still running."""
    process = start(folder, *words)
    try:
        process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.communicate()
        return True
    return False


def tree(folder: Path) -> Mapping[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def snapshot_words(feed: Replay) -> list[str]:
    return ["snapshot", "--feed-url", feed.url, "--now", NOW, "--since", DAYS[0], "--until", DAYS[-1]]


@pytest.fixture
def dice() -> random.Random:
    return random.Random(2025)


def test_a_snapshot_that_is_killed_loses_nothing_and_is_completed(
    tmp_path: Path, dice: random.Random
) -> None:
    days = {
        day: [entry(place * 40 + number) for number in range(1, 41)] for place, day in enumerate(DAYS)
    }  # fmt: skip
    with replay(days) as feed:
        words = snapshot_words(feed)
        for name in ("whole", "broken"):
            (tmp_path / name / "content").mkdir(parents=True)
            (tmp_path / name / "content/topics.yml").write_text(TOPICS)
        seconds = run(tmp_path / "whole", *words)
        expected = tree(tmp_path / "whole/content")
        killed = 0
        for _ in range(CRASHES):
            killed += kill_after(tmp_path / "broken", dice.uniform(0.2 * seconds, 0.7 * seconds), *words)
            held = ContentStore(tmp_path / "broken/content").read_all()
            for record in held.records.values():
                assert record.listed == sum(record.day in each.days for each in held.papers.values())
        run(tmp_path / "broken", *words)
    assert killed > 0
    assert tree(tmp_path / "broken/content") == expected


def test_a_build_that_is_killed_believes_no_file_that_is_neither_old_nor_new_and_is_completed(
    tmp_path: Path, dice: random.Random
) -> None:
    words = ["build", "--content", "content"]
    write_content(tmp_path / "content", archive_of(days=20, per_day=20))
    run(tmp_path, *words)
    old = tree(tmp_path / "site")
    write_content(tmp_path / "content", archive_of(days=20, per_day=20), settings=["language: de"])
    seconds = run(tmp_path, *words, "--site", "whole")
    new = tree(tmp_path / "whole")
    killed = 0
    for _ in range(CRASHES):
        # also where one was too quick to be killed, the next has everything to make
        killed += kill_after(tmp_path, dice.uniform(0.2 * seconds, 0.7 * seconds), *words, "--force")
        folder = SiteFolder(tmp_path / "site", tmp_path / ".cache")
        memory = folder.recall()
        believed = memory.files.keys() - folder.present(memory).altered
        for path, data in tree(tmp_path / "site").items():
            assert path not in believed or data in (old.get(path), new.get(path)), path
    run(tmp_path, *words)
    assert killed > 0
    assert tree(tmp_path / "site") == new
