"""Measures builds of an archive: cold, nothing changed, one new day, new figures, one edited paper, theme.

    python -m tests.bench.builds --papers 10000 [--workers N] [--only cold,day]
    python -m tests.bench.builds --content FOLDER

Each build is a process of its own; a section with what it cost, stage by stage, and what the site weighs is
added to tests/bench/results.md. FOLDER is copied, and the copy changed.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.bench.kinds import Heap, heaps
from tests.bench.make_archive import make_archive
from tests.bench.measuring import REPOSITORY, Cost, measure, note, table

_MADE = re.compile(r"([\d,]+) files? made, ([\d,]+) kept")


@dataclass(frozen=True, slots=True)
class Build:
    """One build that was measured."""

    name: str
    cost: Cost
    made: int
    files: int
    """All files of the site after it."""
    stages: dict[str, float]
    """Seconds of wall by stage."""
    written: dict[str, Heap]
    """Files that it wrote, by kind, the heaviest first: those of its making whose bytes were other ones."""


class Bench:
    """A folder with content/ and site/, which is built again and again. It begins without its newest day."""

    def __init__(self, folder: Path, *, workers: int | None) -> None:
        self.folder = folder
        self.content = folder / "content"
        self.builds: list[Build] = []
        self._workers = ("--workers", str(workers)) if workers else ()
        self._newest = max((self.content / "papers").glob("*/*/*"), key=lambda path: path.parts[-3:])
        self._aside = folder / "newest"
        self._logs = {path: path.read_text() for path in self._log_paths()}
        self._take_newest_day()

    def build(self, name: str, *, profile: Path | None = None) -> Build:
        """Build, and keep what it cost under `name`."""
        start = time.time_ns()
        told = profile or self.folder / "stages.json"
        workers = ("--workers", "1") if profile else self._workers
        command = (sys.executable, "-m", "tests.bench.staged", str(told), "build", *workers)
        cost = measure(command, self.folder, {"PYTHONPATH": str(REPOSITORY)})
        found = _MADE.search(cost.output)
        made, kept = (int(number.replace(",", "")) for number in found.groups()) if found else (0, 0)
        stages = {} if profile else json.loads(told.read_text())
        build = Build(name, cost, made, made + kept, stages, heaps(self.folder / "site", since=start))
        print(f"{name:<16} {cost}; {made:,} files made", flush=True)
        self.builds.append(build)
        return build

    def list_newest_day(self) -> None:
        """The newest day's papers, their first figures and its row of the day log, as a snapshot has them."""
        shutil.move(self._aside, self._newest)
        new = {path.stem for path in self._newest.iterdir()}
        for path, text in self._logs.items():
            is_new = self._is_newest if path.name == "days.csv" else lambda row: row.split(",")[1] in new
            self._keep(path, text, lambda row, is_new=is_new: is_new(row) or not self._is_late(row))

    def renew_figures(self) -> None:
        """What a snapshot of the newest day also tells: new votes for papers of the weeks before."""
        for path, text in self._logs.items():
            path.write_text(text)

    def edit_paper(self) -> None:
        """A hand changes the title of one paper, in the middle of the archive."""
        papers = sorted((self.content / "papers").rglob("*.md"))
        path = papers[len(papers) // 2]
        text = path.read_text()
        path.write_text(re.sub(r"^title: ('?)", r"title: \1Edited ", text, count=1, flags=re.MULTILINE))

    def change_theme(self) -> None:
        """The owner's own copy of the theme, one rule longer."""
        shutil.copytree(REPOSITORY / "themes/broadsheet", self.folder / "themes/broadsheet")
        path = next((self.folder / "themes/broadsheet/assets/css").glob("print.css"))
        path.write_text(path.read_text() + "\n@media print { .bench { display: none; } }\n")

    def _take_newest_day(self) -> None:
        shutil.move(self._newest, self._aside)
        for path, text in self._logs.items():
            self._keep(path, text, lambda row: not self._is_late(row))

    def _log_paths(self) -> list[Path]:
        return [*sorted((self.content / "metrics").glob("*.csv")), self.content / "days.csv"]

    def _is_late(self, row: str) -> bool:
        """Whether a row of a log was written on the newest day or later, or is about it."""
        return row[:10] >= self._day

    def _is_newest(self, row: str) -> bool:
        return row.startswith(self._day)

    @property
    def _day(self) -> str:
        return "-".join(self._newest.parts[-3:])

    @staticmethod
    def _keep(path: Path, text: str, wanted: Callable[[str], bool]) -> None:
        head, *rows = text.splitlines()
        path.write_text("\n".join((head, *filter(wanted, rows))) + "\n")


CASES: dict[str, tuple[str, Callable[[Bench], None]]] = {
    "cold": ("cold", lambda bench: None),
    "nothing": ("nothing changed", lambda bench: None),
    "day": ("one new day", Bench.list_newest_day),
    "figures": ("new figures", Bench.renew_figures),
    "paper": ("one edited paper", Bench.edit_paper),
    "theme": ("theme changed", Bench.change_theme),
}
"""What each case is called, and what happens to the archive before it is built."""


def summary(builds: list[Build]) -> str:
    """What every build cost, as a Markdown table."""
    rows = [
        (
            build.name, f"{build.cost.wall:.2f}", f"{build.cost.cpu:.2f}", f"{build.cost.peak:.0f}",
            f"{build.made:,}", f"{100 * build.made / max(build.files, 1):.2f} %", f"{build.files:,}",
        )
        for build in builds
    ]  # fmt: skip
    return table(("build", "wall s", "CPU s", "peak MB", "files made", "of all", "files"), rows)


def stages(builds: list[Build]) -> str:
    """Seconds of wall that every build spent on each stage, as a Markdown table."""
    names = dict.fromkeys(name for build in builds for name in build.stages)
    rows = [(name, *(f"{build.stages.get(name, 0):.2f}" for build in builds)) for name in names]
    return table(("stage, s", *(build.name for build in builds)), rows)


def written(builds: list[Build], most: int = 14) -> str:
    """How many files of each kind every build wrote that made less than all, as a Markdown table."""
    small = [build for build in builds if 0 < build.made < build.files // 4]
    kinds = {kind: sum(build.written[kind].files for build in small if kind in build.written)
             for build in small for kind in build.written}  # fmt: skip
    first = sorted(kinds, key=lambda kind: -kinds[kind])[:most]
    rows = [(kind, *(f"{build.written.get(kind, Heap()).files:,}" for build in small)) for kind in first]
    sizes = (f"{sum(heap.size for heap in build.written.values()) / 1e6:.1f}" for build in small)
    return table(("files written", *(build.name for build in small)), [*rows, ("MB in all", *sizes)])


def weights(found: dict[str, Heap], papers: int) -> str:
    """What a site weighs by kind of file, as a Markdown table."""
    whole = Heap(sum(heap.files for heap in found.values()), sum(heap.size for heap in found.values()))
    rows = [
        (
            name, f"{heap.files:,}", f"{heap.size / 1e6:.1f}", f"{heap.size / heap.files / 1e3:.1f}",
            f"{heap.files / papers:.2f}", f"{heap.size / papers / 1e3:.2f}",
        )
        for name, heap in {"all": whole, **found}.items()
        if heap.size * 1000 >= whole.size or heap.files * 1000 >= whole.files
    ]  # fmt: skip
    return table(("files", "number", "MB", "KB each", "a paper", "KB a paper"), rows)


def count_papers(folder: Path) -> int:
    return sum(1 for _ in (folder / "content/papers").rglob("*.md"))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    given = parser.add_mutually_exclusive_group()
    given.add_argument("--papers", type=int, default=10_000, help="how many papers to make")
    given.add_argument("--content", type=Path, help="a content folder to measure instead")
    parser.add_argument("--workers", type=int, help="as many processes; else as many as papers would choose")
    parser.add_argument("--only", default=",".join(CASES), help=f"some of {', '.join(CASES)}, with commas")
    parser.add_argument("--folder", type=Path, help="where to work; must not be there yet, and is kept")
    parser.add_argument("--profile", type=Path, help="a folder for cProfile's files; then nothing is noted")
    wanted = parser.parse_args()
    folder = wanted.folder or Path(tempfile.mkdtemp(prefix="papers-bench-"))
    try:
        if wanted.content:
            shutil.copytree(wanted.content, folder / "content")
        else:
            make_archive(wanted.papers, folder / "content")
        papers = count_papers(folder)
        bench = Bench(folder, workers=wanted.workers)
        weighed_papers = count_papers(folder)
        weighed: dict[str, Heap] = {}
        for case in wanted.only.split(","):
            name, happen = CASES[case]
            happen(bench)
            profile = wanted.profile and wanted.profile / f"{case}.prof"
            bench.build(name, profile=profile)
            weighed = weighed or heaps(folder / "site")
        if not wanted.profile:
            what = "papers of a given archive" if wanted.content else "made papers"
            workers = f"{wanted.workers or os.cpu_count()} workers"
            parts = (
                summary(bench.builds),
                stages(bench.builds),
                written(bench.builds),
                weights(weighed, weighed_papers),
            )
            note(f"Builds: {papers:,} {what}, {workers}", *parts)
    finally:
        if not wanted.folder:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
