"""What is published: each output says which files it wants and how each is made.

A new output is a module here with a function `plan`, and its name in `OUTPUTS`.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.errors import PathClaimedTwice
from generator.outputs import (
    api,
    assets,
    citations,
    database,
    exports,
    feeds,
    html,
    linkset,
    llms,
    offline,
    redirects,
    robots,
    search,
    sitemap,
    social,
    twins,
)
from generator.outputs.artifact import Artifact
from generator.outputs.site import Site

OUTPUTS = (
    html.plan, feeds.plan, search.plan, offline.plan, assets.plan, twins.plan, api.plan, exports.plan,
    database.plan, social.plan, citations.plan,
    sitemap.plan, robots.plan, linkset.plan, llms.plan, redirects.plan,
)  # fmt: skip


def plan_artifacts(site: Site) -> dict[str, Artifact]:
    """Every file of the site by its path.

    Raises PathClaimedTwice where two artifacts want one path, also where only letters' case tells them apart
    (many file systems do not) or where one wants a file and the other a folder of that name.
    """
    artifacts: dict[str, Artifact] = {}
    folded: dict[str, Artifact] = {}
    for artifact in _plan_all(site):
        other = folded.setdefault(artifact.path.casefold(), artifact)
        if other is not artifact:
            raise _claimed_twice(artifact, other)
        artifacts[artifact.path] = artifact
    for path, artifact in folded.items():
        folder = path.rpartition("/")[0]
        while folder:
            if folder in folded:
                raise _claimed_twice(artifact, folded[folder])
            folder = folder.rpartition("/")[0]
    return artifacts


def _plan_all(site: Site) -> Iterator[Artifact]:
    for plan in OUTPUTS:
        yield from plan(site)


def _claimed_twice(one: Artifact, other: Artifact) -> PathClaimedTwice:
    return PathClaimedTwice(
        f"{one.path}: both {other.claimant} and {one.claimant} want this file. "
        "Rename one of them (a paper's id, a topic's slug, an asset)."
    )
