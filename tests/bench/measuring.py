"""What a command costs: seconds, processor time and memory of a process and all that it starts."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
RESULTS = Path(__file__).parent / "results.md"

_BETWEEN = 0.2
"""Seconds between two looks at the memory: to add up what 400 MB of pages are shared takes milliseconds."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run cost."""

    wall: float
    """Seconds."""
    cpu: float
    """Seconds, user and system, of the process and of all its children."""
    peak: float
    """The most that the processes together held at one moment, in MB (10^6 bytes); what they share counts
    once (PSS, proc(5)). 0 where /proc does not tell it."""
    output: str
    """What it printed."""

    def __str__(self) -> str:
        return f"{self.wall:7.2f} s wall {self.cpu:7.2f} s CPU {self.peak:6.0f} MB"


class CommandFailed(Exception):
    """A measured command did not end well; what it said is the message."""


def measure(
    command: Sequence[str],
    folder: Path,
    environment: Mapping[str, str] | None = None,
    *,
    watched: bool = True,
) -> Cost:
    """Run `command` in `folder` and wait for it. To watch the memory takes some of the time; if it is not
    `watched`, the peak is 0. Raises CommandFailed."""
    start = time.perf_counter()
    with tempfile.TemporaryFile("w+") as told, tempfile.TemporaryFile("w+") as complained:
        run = subprocess.Popen(
            command, cwd=folder, stdout=told, stderr=complained, env={**os.environ, **(environment or {})}
        )
        watch = _Watch(run.pid)
        if watched:
            watch.start()
        _, status, usage = os.wait4(run.pid, 0)
        wall = time.perf_counter() - start
        if watched:
            watch.stop()
        run.returncode = code = os.waitstatus_to_exitcode(status)
        told.seek(0)
        complained.seek(0)
        if code:
            raise CommandFailed(f"{' '.join(command)}: exit {code}\n{told.read()}{complained.read()}")
        return Cost(wall, usage.ru_utime + usage.ru_stime, watch.peak / 1e6, told.read())


class _Watch(threading.Thread):
    """Looks at the memory of a process and its children until it is told to stop."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.peak = 0
        self._pid = pid
        self._done = threading.Event()

    def run(self) -> None:
        while not self._done.wait(_BETWEEN):
            self.peak = max(self.peak, sum(map(_held, _tree(self._pid))))

    def stop(self) -> None:
        self._done.set()
        self.join()


def _tree(pid: int) -> list[int]:
    """`pid` and all that it started, as far as they still run."""
    found = [pid]
    for parent in found:
        for path in Path(f"/proc/{parent}/task").glob("*/children"):
            try:
                found += map(int, path.read_text().split())
            except OSError:
                continue
    return found


def _held(pid: int) -> int:
    """The bytes that a process holds, shared ones by its share (`Pss` in proc(5)); 0 where it has ended."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0


def circumstances() -> str:
    """The machine, Python and the commit that is measured, in one line."""
    asked = subprocess.run(
        ["git", "log", "-1", "--format=%h of %cs"], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    changed = subprocess.run(
        ["git", "status", "--porcelain", "generator", "themes"],
        cwd=REPOSITORY, capture_output=True, text=True, check=True,
    )  # fmt: skip
    note = " and changes not committed" if changed.stdout.strip() else ""
    load = os.getloadavg()[0]
    return (
        f"Commit {asked.stdout.strip()}{note}; {os.cpu_count()} cores, {platform.machine()}, "
        f"Python {sys.version.split()[0]}; load {load:.1f} at the end."
    )


def note(heading: str, *parts: str) -> None:
    """Print a section, and append it to results.md."""
    section = "\n\n".join((f"### {heading}", *parts, circumstances())) + "\n"
    print(section)
    with RESULTS.open("a", encoding="utf-8") as file:
        file.write(f"\n{section}")


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows))
