"""A site is planned and made by several processes, of which the one that people start is one."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import ClassVar

import pytest

from generator.builder import crew as crews
from generator.builder import make
from generator.builder.crew import crew
from generator.builder.folder import Present, SiteFolder
from generator.builder.part import Found, Offer, Part
from generator.errors import BuildError, ContentError, Problem
from generator.outputs.artifact import Artifact, Recipe
from generator.pages.page import Listed
from generator.portion import NOTHING, WHOLE, Portion, portions
from generator.theme.theme import Theme

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux forks workers")
HERE = os.getpid()
NAMES = [f"{number}.txt" for number in range(200)]


@dataclass(frozen=True, slots=True)
class Signed:
    """A recipe whose bytes say which process made it."""

    def make(self, theme: Theme) -> bytes:
        time.sleep(0.002)
        return f"{os.getpid()}".encode()


@dataclass(frozen=True, slots=True)
class Counted:
    """A recipe that notes whenever it is made."""

    made: ClassVar[list[bytes]] = []
    data: ClassVar[bytes] = b"ten bytes."

    def make(self, theme: Theme) -> bytes:
        self.made.append(self.data)
        return self.data


@dataclass(frozen=True, slots=True)
class Patient:
    """A recipe that waits until others have made all other files."""

    folder: str

    def make(self, theme: Theme) -> bytes:
        end = time.monotonic() + 60
        while not all(Path(self.folder, name).exists() for name in NAMES):
            assert time.monotonic() < end, "nobody made them"
            time.sleep(0.01)
        return b""


@dataclass(frozen=True, slots=True)
class Deadly:
    """A recipe that ends the worker that makes it, as a system without memory would."""

    def make(self, theme: Theme) -> bytes:
        if os.getpid() == HERE:
            return b""
        os._exit(1)


@dataclass(frozen=True, slots=True)
class Wrong:
    """A recipe that cannot be made, for a reason that can be told or cannot."""

    error: str

    def make(self, theme: Theme) -> bytes:
        if self.error == "told":
            raise ContentError([Problem("a.md:3", "is wrong.")])
        if self.error == "memory":
            raise MemoryError

        class Strange(Exception):
            """Known in this place alone, and so cannot be sent."""

        raise Strange("very")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SiteFolder:
    monkeypatch.setattr(make, "_CHUNK", 4)
    monkeypatch.setattr(crews, "_PATIENCE", 0.01)
    folder = SiteFolder(tmp_path / "site", tmp_path / ".cache")
    folder.claim()
    return folder


@pytest.fixture
def plan_of(folder: SiteFolder) -> Callable[[Recipe], Callable[[Portion], Part]]:
    def of(recipe: Recipe) -> Callable[[Portion], Part]:
        def plan(portion: Portion) -> Part:
            mine = {name: Artifact(name, "a test", recipe) for name in NAMES if portion.takes(name)}
            found = Found(folder, {}, Present(), force=False, now="now")
            return Part(mine, Theme("none", (), (), "/", ""), found)

        return plan

    return of


def test_every_file_is_made_once_by_all_processes_together(
    folder: SiteFolder, plan_of: Callable[[Recipe], Callable[[Portion], Part]]
) -> None:
    plan = plan_of(Signed())
    own, *others = portions(3, {}).each
    steps: list[int] = []
    with crew(plan, others) as beside:
        part = plan(own)
        offers = [part.offer, *beside.offers()]
        assert not any((folder.folder / name).exists() for name in NAMES), "nobody has given the word"
        beside.begin()
        made = part.make(steps.append) | beside.made(steps.append)
    assert sorted(name for offer in offers for name in offer.make) == sorted(NAMES)
    assert (sorted(made), sum(steps)) == (sorted(NAMES), len(NAMES))
    makers = [int((folder.folder / name).read_bytes()) for name in NAMES]
    assert len(set(makers)) == 3
    assert HERE in makers


def test_what_all_have_in_common_is_made_by_who_has_time(
    folder: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process that people started is held up by a file of its own until the others have made all else."""
    monkeypatch.setattr(make, "_CHUNK", 1)
    common = Portion(frozenset(), frozenset(range(64)), frozenset())

    def plan(portion: Portion) -> Part:
        recipes: dict[str, Recipe] = {}
        if portion is common:
            recipes = dict.fromkeys(NAMES, Signed())
        elif portion is WHOLE:
            recipes = {"slow.txt": Patient(str(folder.folder))}
        artifacts = {name: Artifact(name, "a test", recipe) for name, recipe in recipes.items()}
        found = Found(folder, {}, Present(), force=False, now="now")
        return Part(artifacts, Theme("none", (), (), "/", ""), found)

    steps: list[int] = []
    with crew(plan, [NOTHING, NOTHING], common) as beside:
        part, shared = plan(WHOLE), plan(common)
        assert [dict(offer.make) for offer in beside.offers()] == [{}, {}], "only one process offers those"
        beside.begin()
        made = part.make(steps.append)
        made |= shared.make(steps.append, turns=beside.turns()) | beside.made(steps.append)
    assert sorted(made) == sorted([*NAMES, "slow.txt"])
    assert sum(steps) == len(NAMES) + 1
    makers = {int((folder.folder / name).read_bytes()) for name in NAMES}
    assert len(makers) == 2
    assert HERE not in makers


@pytest.mark.parametrize(
    ("words", "most", "begun"), [([True] * 6 + [False], 10**6, 6), ([True] * 200, 40, 4), ([False], 10**6, 0)]
)
def test_first_bytes_are_made_and_not_written_before_the_word_is_given(
    folder: SiteFolder,
    plan_of: Callable[[Recipe], Callable[[Portion], Part]],
    monkeypatch: pytest.MonkeyPatch,
    words: list[bool],
    most: int,
    begun: int,
) -> None:
    monkeypatch.setattr(make, "_MOST_READY", most)
    Counted.made.clear()
    part, heard = plan_of(Counted())(WHOLE), iter(words)
    part.prepare(lambda: next(heard))
    assert len(Counted.made) == begun
    assert not any((folder.folder / name).exists() for name in NAMES)
    assert sorted(part.make(lambda steps: None)) == sorted(NAMES)
    assert len(Counted.made) == len(NAMES), "none was made twice"
    assert {(folder.folder / name).read_bytes() for name in NAMES} == {Counted.data}


@pytest.mark.parametrize("early", [False, True])
@pytest.mark.parametrize(
    ("recipe", "error", "said"),
    [
        (Deadly(), BuildError, r"nothing is lost: run it again, perhaps with --workers 1\."),
        (Wrong("told"), ContentError, r"a\.md:3"),
        (Wrong("memory"), MemoryError, "^$"),
        (Wrong("strange"), BuildError, "a worker process failed: Strange: very"),
    ],
)
def test_what_goes_wrong_in_a_worker_is_an_error_here(
    plan_of: Callable[[Recipe], Callable[[Portion], Part]],
    recipe: Recipe,
    error: type[Exception],
    said: str,
    early: bool,
) -> None:
    with crew(plan_of(recipe), [WHOLE]) as beside:
        beside.offers()
        if early:
            assert beside._members[0].poll(30), "it ends while it waits for the word"
            time.sleep(0.2)
        beside.begin()
        with pytest.raises(error, match=said):
            beside.made(lambda steps: None)


def test_what_goes_wrong_in_a_plan_is_an_error_here() -> None:
    def plan(portion: Portion) -> Part:
        raise ContentError([Problem("a.md:3", "is wrong.")])

    with crew(plan, [WHOLE]) as beside, pytest.raises(ContentError, match=r"a\.md:3"):
        beside.offers()


def test_a_worker_that_is_gone_is_noticed_while_others_work(
    plan_of: Callable[[Recipe], Callable[[Portion], Part]],
) -> None:
    with crew(plan_of(Deadly()), [WHOLE, NOTHING]) as beside:
        beside.offers()
        beside.begin()
        with pytest.raises(BuildError, match="ended before its work was done"):
            for _ in range(3000):
                time.sleep(0.01)
                beside.tell(lambda steps: None)


def test_workers_end_where_nobody_gives_the_word(
    folder: SiteFolder, plan_of: Callable[[Recipe], Callable[[Portion], Part]]
) -> None:
    with pytest.raises(ZeroDivisionError), crew(plan_of(Signed()), [WHOLE]) as beside:
        assert beside.offers()
        raise ZeroDivisionError
    assert not any((folder.folder / name).exists() for name in NAMES)


@pytest.mark.parametrize("when", ["planning", "told", "making", "asleep"])
def test_workers_end_with_the_process_that_people_started(tmp_path: Path, when: str) -> None:
    """Also where that is killed, and can tell them nothing; whatever they are at."""
    code = f"""
import os, signal, sys, time
from dataclasses import dataclass
from pathlib import Path
from generator.aside import Aside
from generator.builder.crew import crew
from generator.builder.folder import Present, SiteFolder
from generator.builder.part import Found, Offer, Part
from generator.outputs.artifact import Artifact
from generator.portion import portions
from generator.theme.theme import Theme
from tests.builder.test_crew import Signed

@dataclass(frozen=True)
class Asleep:
    def make(self, theme):
        Path(f"asleep-{{os.getpid()}}").touch()
        time.sleep(600)

recipe = Asleep() if "{when}" == "asleep" else Signed()

def plan(portion):
    Path(f"worker-{{os.getpid()}}").touch()
    names = [f"{{number}}.txt" for number in range(6000)]
    mine = {{name: Artifact(name, "a test", recipe) for name in names if portion.takes(name)}}
    found = Found(SiteFolder(Path("site"), Path(".cache")), {{}}, Present(), force=False, now="now")
    return Part(mine, Theme("none", (), (), "/", ""), found)

def much():
    Path(f"worker-{{os.getpid()}}").touch()
    return bytes(10_000_000)

aside = Aside(much, forks=True)
with crew(plan, portions(4, {{}}).each[1:]) as beside:
    if "{when}" != "planning":
        beside.offers()
    if "{when}" == "making":
        beside.begin()
        while not list(Path().glob("site/*.txt")):
            time.sleep(0.01)
    while len(list(Path().glob("worker-*"))) < 4:
        time.sleep(0.01)
    while len(list(Path().glob("asleep-*"))) < {3 * (when == "asleep")}:
        time.sleep(0.01)
    os.kill(os.getpid(), signal.SIGKILL)
"""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    run = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=False, timeout=60, env=environment)
    assert run.returncode == -signal.SIGKILL
    workers = [int(path.name.partition("-")[2]) for path in tmp_path.glob("worker-*")]
    assert len(workers) == 4
    deadline = time.monotonic() + 20
    while left := [pid for pid in workers if _is_alive(pid)]:
        assert time.monotonic() < deadline, left
        time.sleep(0.02)
    assert len(list(tmp_path.glob("site/*.txt"))) <= 3 * 100


def _is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_an_offer_that_is_sent_arrives_as_it_was() -> None:
    pages = (Listed("day", "papers/date/2025-01-02/", "2025-01-02"), Listed("home", "", ""))
    offer = Offer({"a/index.html": "it was never made"}, ("b", "c"), pages)
    sent = pickle.loads(pickle.dumps(offer))
    assert sent == offer
    assert [type(page) for page in sent.pages] == [Listed, Listed]


def test_no_number_falls_to_two_processes() -> None:
    counter, context = crews._Count(), multiprocessing.get_context("fork")
    with ProcessPoolExecutor(4, mp_context=context) as pool:
        drawn = list(chain.from_iterable(pool.map(partial(_draw, counter), [2000] * 4)))
    assert sorted(drawn) == list(range(8000))
    assert counter.up(0) == 8000
    counter.close()


def _draw(counter: crews._Count, times: int) -> list[int]:
    return list(islice(counter.each(), times))
