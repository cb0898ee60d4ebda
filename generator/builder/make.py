"""Making files: runs recipes and hands their bytes to the folder, in several processes where that pays.

Workers are forked when everything is planned, so that they inherit the plan and nothing has to be sent to
them but paths; each renders and writes its share and sends back what is to be remembered. Where the system
cannot fork, or little is to be made, one process does it all, with the same bytes. A cluster inherits
nothing: it is sent recipes, and sends back bytes.
"""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path

from generator.builder.code import code_digest
from generator.builder.fingerprint import Fingerprint
from generator.builder.folder import SiteFolder, Written
from generator.errors import BuildError, ClusterError
from generator.outputs.artifact import Artifact, Recipe
from generator.theme.theme import Theme

_WORTH_FORKING = 600
"""From how many files on workers pay for their start."""
_CHUNK = 100


@dataclass(frozen=True, slots=True)
class Job:
    """All that making files needs."""

    reasons: Mapping[str, str]
    """The files to make, and why."""
    artifacts: Mapping[str, Artifact]
    wanted: Mapping[str, Fingerprint]
    theme: Theme
    folder: SiteFolder
    now: str


def make_files(
    job: Job, *, workers: int, step: Callable[[int], None], cluster: Executor | None = None
) -> dict[str, Written]:
    """Make each file of `job`; `step` is told how many were just made. Returns what to remember of them.

    With a `cluster` its machines make all that needs no more than its recipe; this process does the rest.
    """
    if cluster:
        return _made_far(job, cluster, step)
    if workers < 2 or len(job.reasons) < _WORTH_FORKING or not sys.platform.startswith("linux"):
        return _gathered((_make(job, chunk) for chunk in _chunks(job)), step)
    return _made_by_workers(job, workers, step)


def _made_by_workers(job: Job, workers: int, step: Callable[[int], None]) -> dict[str, Written]:
    """This process is one of the `workers`, so that there is one copy fewer of the plan in memory."""
    context = multiprocessing.get_context("fork")
    work = _Work(job, _chunks(job), context.Value("L", 0), context.Value("L", 0))
    told = 0

    def tell() -> None:
        nonlocal told
        done = work.done.value
        step(done - told)
        told = done

    with ProcessPoolExecutor(workers - 1, context, initializer=_inherit, initargs=(work,)) as pool:
        others = [pool.submit(_work_inherited) for _ in range(workers - 1)]
        made: dict[str, Written] = {}
        try:
            for part in work.parts():
                made.update(part)
                tell()
            for other in as_completed(others):
                made.update(other.result())
                tell()
        except BrokenProcessPool:
            raise BuildError(
                "a worker process ended before its work was done (out of memory?); nothing is lost: run it "
                "again, perhaps with --workers 1."
            ) from None
    return made


@dataclass(frozen=True, slots=True)
class _Work:
    """What several processes do together: each takes the next chunk when it has done one."""

    job: Job
    chunks: Sequence[Sequence[str]]
    taken: Synchronized[int]
    """How many chunks somebody has taken."""
    done: Synchronized[int]
    """How many files are made."""

    def parts(self) -> Iterator[dict[str, Written]]:
        """What this process makes."""
        while True:
            with self.taken.get_lock():
                turn = self.taken.value
                self.taken.value += 1
            if turn >= len(self.chunks):
                return
            yield _make(self.job, self.chunks[turn])
            with self.done.get_lock():
                self.done.value += len(self.chunks[turn])


def _made_far(job: Job, cluster: Executor, step: Callable[[int], None]) -> dict[str, Written]:
    theme = (job.theme.name, job.theme.folders, job.theme.css, job.theme.base_path, job.theme.origin)
    sent: dict[Future[list[bytes]], list[str]] = {}
    here: list[list[str]] = []
    for chunk in _chunks(job):
        artifacts = [job.artifacts[path] for path in chunk]
        if artifacts[0].batch:
            here.append(chunk)
        else:
            recipes = [artifact.recipe for artifact in artifacts]
            sent[cluster.submit(render, code_digest(), theme, recipes)] = chunk
    made = _gathered((_write(job, sent[each], each.result()) for each in as_completed(sent)), step)
    return made | _gathered((_make(job, chunk) for chunk in here), step)


def render(code: str, theme: ThemeFacts, recipes: Sequence[Recipe]) -> list[bytes]:
    """What a machine of a cluster does: the bytes of each of `recipes`, with the theme that stands at the
    same place there. Raises ClusterError where it runs another program than the one with the digest `code`.
    """
    if code != code_digest():
        raise ClusterError(
            "the cluster runs another version of this program or of its libraries; install the same there."
        )
    loaded = _theme(theme)
    return [recipe.make(loaded) for recipe in recipes]


ThemeFacts = tuple[str, tuple[Path, ...], tuple[str, ...], str, str]
"""Name, folders, style sheets, base path and origin of a theme."""


@lru_cache(maxsize=2)
def _theme(facts: ThemeFacts) -> Theme:
    return Theme(*facts)


def _gathered(parts: Iterable[dict[str, Written]], step: Callable[[int], None]) -> dict[str, Written]:
    made: dict[str, Written] = {}
    for part in parts:
        made.update(part)
        step(len(part))
    return made


def _chunks(job: Job) -> list[list[str]]:
    """The files to make, shared out: each batch whole and first, since it takes long; then the others."""
    batches: dict[str, list[str]] = {}
    for path in job.reasons:
        batches.setdefault(job.artifacts[path].batch, []).append(path)
    single = batches.pop("", [])
    return [*batches.values(), *(single[start : start + _CHUNK] for start in range(0, len(single), _CHUNK))]


def _make(job: Job, paths: Sequence[str]) -> dict[str, Written]:
    return _write(job, paths, (job.artifacts[path].recipe.make(job.theme) for path in paths))


def _write(job: Job, paths: Sequence[str], made: Iterable[bytes]) -> dict[str, Written]:
    return {
        path: job.folder.write(path, data, job.wanted[path], job.reasons[path], job.now)
        for path, data in zip(paths, made, strict=True)
    }


_inherited: _Work | None = None
"""In a worker, what it inherited; always None in the process that people start."""


def _inherit(work: _Work) -> None:
    global _inherited
    _inherited = work


def _work_inherited() -> dict[str, Written]:
    assert _inherited is not None
    return {path: written for part in _inherited.parts() for path, written in part.items()}
