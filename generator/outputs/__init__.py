"""What is published: each output says which files it wants and how each is made.

A new output is a module here with a function `plan`, and its name in `SINGLE`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from types import ModuleType

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
from generator.portion import Portion, portions

DEALT = (html, twins)
"""They look for themselves what falls to a portion: of each paper they have a file."""
SINGLE = (feeds, search, offline, assets, api, exports, database, social, citations, robots, linkset, llms)
"""Each of them falls to one portion."""
LAST = (sitemap, redirects)
"""What needs to know of all pages, whoever planned them."""
_WORK = {"search": 16, "citations": 10, "feeds": 3, "exports": 3, "database": 3, "social": 1}
"""What outputs cost where all pages together cost 64, as measured at 30,000 papers; others cost little."""


def share_out(count: int) -> tuple[Portion, ...]:
    """A site's pages and outputs in `count` portions."""
    return portions(count, {_name(output): _WORK.get(_name(output), 0) for output in SINGLE})


def plan_artifacts(site: Site) -> dict[str, Artifact]:
    """Every file of the site's portion by its path, save those of `plan_last`. Raises PathClaimedTwice."""
    return _by_path(_planned(site))


def plan_last(site: Site) -> dict[str, Artifact]:
    """The files that need to know of all pages, by path. Raises PathClaimedTwice."""
    return _by_path(artifact for output in LAST for artifact in output.plan(site))


def plan_all(site: Site) -> dict[str, Artifact]:
    """Every file of a site that is planned as a whole, by its path. Raises PathClaimedTwice where two of them
    are in each other's way (see `clash`)."""
    artifacts = _by_path(chain(_planned(site), *(output.plan(site) for output in LAST)))
    if found := clash(artifacts):
        one, other = found
        raise _claimed_twice(artifacts[one], artifacts[other])
    return artifacts


def clash(paths: Iterable[str]) -> tuple[str, str] | None:
    """Two paths that cannot both be: they are one, or only letters' case tells them apart (many file systems
    do not), or one wants a file and the other a folder of that name."""
    folded: dict[str, str] = {}
    for path in paths:
        name = path.casefold()
        if name in folded:
            return path, folded[name]
        folded[name] = path
    folders: set[str] = set()
    for name, path in folded.items():
        folder = name.rpartition("/")[0]
        while folder and folder not in folders:
            if folder in folded:
                return path, folded[folder]
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return None


def _planned(site: Site) -> Iterator[Artifact]:
    for output in DEALT:
        yield from output.plan(site)
    for single in SINGLE:
        if site.portion.has(_name(single)):
            yield from single.plan(site)


def _name(output: ModuleType) -> str:
    return output.__name__.rpartition(".")[2]


def _by_path(planned: Iterable[Artifact]) -> dict[str, Artifact]:
    artifacts: dict[str, Artifact] = {}
    for artifact in planned:
        other = artifacts.setdefault(artifact.path, artifact)
        if other is not artifact:
            raise _claimed_twice(artifact, other)
    return artifacts


def _claimed_twice(one: Artifact, other: Artifact) -> PathClaimedTwice:
    return PathClaimedTwice(
        f"{one.path}: both {other.claimant} and {one.claimant} want this file. "
        "Rename one of them (a paper's id, a topic's slug, an asset)."
    )
