"""Measures the whole job on the real days: snapshot, cold build, one more day, nothing changed.

    python -m tests.bench.real_days [FOLDER]

Snapshots every day of ../shared/data/feed from a replay on loopback and builds the site, each step in a
process of its own, and prints seconds, peak memory and files. FOLDER is kept; without one a temporary
folder is used.
"""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.support.replay import DATA, real_days, replay

NOW = "2026-08-30T08:00:00Z"
CONTENT = Path(__file__).parents[2] / "content"


def measure(label: str, folder: Path, *words: str) -> float:
    """Run `papers` with `words` in `folder`; print what it took and its last lines."""
    start = time.perf_counter()
    run = subprocess.Popen(
        [sys.executable, "-m", "generator", *words],
        cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        text=True, env={**os.environ, "PYTHONPATH": str(CONTENT.parent)},
    )  # fmt: skip
    output = run.stdout.read() if run.stdout else ""
    _, status, usage = os.wait4(run.pid, 0)
    seconds = time.perf_counter() - start
    peak = usage.ru_maxrss / 1024
    cpu = usage.ru_utime + usage.ru_stime
    code = os.waitstatus_to_exitcode(status)
    print(f"{label:<22} {seconds:7.2f} s wall {cpu:7.2f} s CPU {peak:7.0f} MB   exit {code}", flush=True)
    for line in output.splitlines()[-3:]:
        print(f"{'':<22} {line}")
    return seconds


def size(path: Path) -> str:
    data = path.read_bytes()
    return f"{len(data):,} bytes, {len(gzip.compress(data)):,} gzip"


def main() -> None:
    if not DATA.joinpath("feed").is_dir():
        sys.exit(f"The real days are not at {DATA}; set DAILY_PAPERS_DATA to where they are.")
    given = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    folder = given or Path(tempfile.mkdtemp(prefix="papers-bench-"))
    (folder / "content").mkdir(parents=True, exist_ok=True)
    shutil.copy(CONTENT / "topics.yml", folder / "content")
    (folder / "content/archive.yml").write_text("feed:\n  pace: 1000000\n")
    days = real_days()
    print(f"{len(days)} days; {os.cpu_count()} cores; Python {sys.version.split()[0]}")
    with replay() as feed:
        asking = ["snapshot", "--feed-url", feed.url, "--now", NOW]
        measure("snapshot, all but one", folder, *asking, "--since", days[0], "--until", days[-2])
        cold = measure("build, cold", folder, "build")
        imported = Path(tempfile.mkdtemp(prefix="papers-bench-"))
        measure("import of all files", imported, "import", str(DATA / "feed"))
        shutil.rmtree(imported)
        measure("snapshot, one more day", folder, *asking, "--day", days[-1])
        measure("build, one more day", folder, "build")
        nothing = measure("build, nothing changed", folder, "build")
    print(f"nothing changed / cold = {nothing / cold:.2f}")
    papers = list((folder / "content/papers").rglob("*.md"))
    print(f"{len(papers):,} papers stored")
    print(f"day page of {days[-1]}: {size(folder / 'site/papers/date' / days[-1] / 'index.html')}")
    print(f"its first paper: {size(next((folder / 'site/papers').glob('2608.*/index.html')))}")
    if not given:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
