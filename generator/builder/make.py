"""Making files: runs recipes and hands their bytes to the folder.

A cluster is sent recipes, and sends back bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from concurrent.futures import Executor, Future, as_completed
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, takewhile
from pathlib import Path
from time import monotonic

import msgspec

from generator.builder.code import code_digest
from generator.builder.fingerprint import Fingerprint
from generator.builder.folder import SiteFolder, Written
from generator.builder.memory import give_back
from generator.errors import ClusterError
from generator.outputs.artifact import Artifact, Recipe
from generator.theme.theme import Theme

_CHUNK = 100
"""As many files are made between two words of how far it got."""
_GIVEN_BACK, _LONG = 20, 0.5
"""After so many chunks, and after one that took so many seconds, what was freed is given back."""
_MOST_READY = 16_000_000
"""Bytes to hold before they may be written."""


@dataclass(frozen=True, slots=True)
class Job:
    """All that making files needs."""

    reasons: Mapping[str, str]
    """The files to make, and why."""
    present: Set[str]
    """The files that stand in the folder."""
    artifacts: dict[str, Artifact]
    """Of each file its recipe; let go of when the file is made, with all that it held."""
    wanted: Mapping[str, Fingerprint]
    theme: Theme
    folder: SiteFolder
    now: str


@dataclass(frozen=True, slots=True)
class _Ready:
    """The recipe of bytes that were made before anybody asked for them."""

    data: bytes

    def make(self, theme: Theme) -> bytes:
        return self.data


def prepare(job: Job, *, goes_on: Callable[[], bool]) -> None:
    """Make the bytes of files that may not be written yet, as long as it `goes_on`."""
    held = 0
    for path in chain.from_iterable(_chunks(job)):
        if held >= _MOST_READY or not goes_on():
            break
        artifact = job.artifacts[path]
        data = artifact.recipe.make(job.theme)
        job.artifacts[path] = msgspec.structs.replace(artifact, recipe=_Ready(data))
        held += len(data)


def make_files(
    job: Job,
    *,
    step: Callable[[int], None],
    cluster: Executor | None = None,
    turns: Iterable[int] | None = None,
) -> dict[str, Written]:
    """Make each file of `job`; `step` is told how many were just made. Returns what to remember of them.

    With a `cluster` its machines make all that needs no more than its recipe; this process does the rest.
    `turns` are the numbers of the chunks that fall to this process, where others have the same job: one after
    the other, until there are no more chunks.
    """
    if cluster:
        return _made_far(job, cluster, step)
    chunks = _chunks(job)
    own = range(len(chunks)) if turns is None else takewhile(len(chunks).__gt__, turns)
    return _gathered((_make(job, chunks[turn]) for turn in own), step)


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
    begun = monotonic()
    for number, part in enumerate(parts, 1):
        made.update(part)
        step(len(part))
        if number % _GIVEN_BACK == 0 or monotonic() - begun > _LONG:
            give_back()
        begun = monotonic()
    return made


def _chunks(job: Job) -> list[list[str]]:
    """The files to make, a few at a time: each batch first, since it takes long; then the others."""
    batches: dict[str, list[str]] = {}
    for path in job.reasons:
        batches.setdefault(job.artifacts[path].batch, []).append(path)
    single = batches.pop("", [])
    return [
        group[start : start + _CHUNK]
        for group in (*batches.values(), single)
        for start in range(0, len(group), _CHUNK)
    ]


def _make(job: Job, paths: Sequence[str]) -> dict[str, Written]:
    job.theme.rest()
    return _write(job, paths, (job.artifacts.pop(path).recipe.make(job.theme) for path in paths))


def _write(job: Job, paths: Sequence[str], made: Iterable[bytes]) -> dict[str, Written]:
    return {
        path: job.folder.write(
            path, data, job.wanted[path], job.reasons[path], job.now, is_absent=path not in job.present
        )
        for path, data in zip(paths, made, strict=True)
    }
