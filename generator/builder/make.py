"""Making files: runs recipes and hands their bytes to the folder, in several processes where that pays.

Workers are forked when everything is planned, so that they inherit the plan and nothing has to be sent to
them but paths; they render and write their share and send back what is to be remembered. Where the system
cannot fork, or little is to be made, one process does it all, with the same bytes.
"""

from __future__ import annotations

import gc
import multiprocessing
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass

from generator.builder.fingerprint import Fingerprint
from generator.builder.folder import SiteFolder, Written
from generator.errors import BuildError
from generator.outputs.artifact import Artifact
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


def make_files(job: Job, *, workers: int, step: Callable[[int], None]) -> dict[str, Written]:
    """Make each file of `job`; `step` is told how many were just made. Returns what to remember of them."""
    paths = list(job.reasons)
    chunks = _chunks(job)
    made: dict[str, Written] = {}
    gc.collect()
    gc.freeze()  # the plan stays to the end: to look through it for garbage, again and again, is waste
    if workers < 2 or len(paths) < _WORTH_FORKING or not sys.platform.startswith("linux"):
        for chunk in chunks:
            made.update(_make(job, chunk))
            step(len(chunk))
        gc.unfreeze()
        return made
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(workers, context, initializer=_inherit, initargs=(job,)) as pool:
        futures = [pool.submit(_make_inherited, chunk) for chunk in chunks]
        try:
            for future in as_completed(futures):
                done = future.result()
                made.update(done)
                step(len(done))
        except BrokenProcessPool:
            raise BuildError(
                "a worker process ended before its work was done (out of memory?); nothing is lost: run it "
                "again, perhaps with --workers 1."
            ) from None
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
            gc.unfreeze()
    return made


def _chunks(job: Job) -> list[list[str]]:
    """The files to make, shared out: each batch whole and first, since it takes long; then the others."""
    batches: dict[str, list[str]] = {}
    for path in job.reasons:
        batches.setdefault(job.artifacts[path].batch, []).append(path)
    single = batches.pop("", [])
    return [*batches.values(), *(single[start : start + _CHUNK] for start in range(0, len(single), _CHUNK))]


def _make(job: Job, paths: Sequence[str]) -> dict[str, Written]:
    return {
        path: job.folder.write(
            path, job.artifacts[path].recipe.make(job.theme), job.wanted[path], job.reasons[path], job.now
        )
        for path in paths
    }


_inherited: Job | None = None
"""In a worker, what it inherited; always None in the process that people start."""


def _inherit(job: Job) -> None:
    global _inherited
    _inherited = job


def _make_inherited(paths: Sequence[str]) -> dict[str, Written]:
    assert _inherited is not None
    return _make(_inherited, paths)
