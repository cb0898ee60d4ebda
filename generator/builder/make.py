"""Making files: runs recipes and hands their bytes to the folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from generator.builder.fingerprint import Fingerprint
from generator.builder.folder import Made, SiteFolder
from generator.outputs.artifact import Artifact
from generator.theme.theme import Theme


def make_files(
    reasons: Mapping[str, str],
    artifacts: Mapping[str, Artifact],
    wanted: Mapping[str, Fingerprint],
    theme: Theme,
    folder: SiteFolder,
    *,
    now: str,
    step: Callable[[int], None],
) -> dict[str, Made]:
    """Make each file that `reasons` names; `step` is told of every file. Returns what to remember of them."""
    made: dict[str, Made] = {}
    for path, reason in reasons.items():
        data = artifacts[path].recipe.make(theme)
        made[path] = folder.write(path, data, wanted[path], reason, now)
        step(1)
    return made
