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
from generator.pages import subjects
from generator.portion import Shares, portions

DEALT = (html, twins)
"""They look for themselves what falls to a portion: of each paper they have a file."""
SINGLE = (search, feeds, offline, assets, api, exports, database, social, citations, robots, linkset, llms)
"""Each of them falls to one portion. What takes most memory for a while comes first, when least is held."""
LAST = (sitemap, redirects)
"""What needs to know of all pages, whoever planned them."""
_WORK = {"search": 19, "citations": 12, "subjects": 12, "feeds": 4, "exports": 4, "database": 4, "social": 1}
"""What outputs, and pages that fall to one portion, cost where all other pages together cost 64, as measured
at 30,000 papers; the rest costs little."""
_WORK_AGAIN = {"search": 32, "citations": 32, "subjects": 48, "feeds": 16, "exports": 12, "database": 100}
"""Likewise where most of the site stands and a day is new."""
_COMMON = 24
"""As many of 64 parts of the papers are made by whoever has time."""


def share_out(count: int, *, again: bool = False, is_lean: bool = False) -> Shares:
    """A site's pages and outputs in `count` portions; `again`: where most of it stands, so that few of its
    pages are made; `is_lean`: where it has no database."""
    work = {**(_WORK_AGAIN if again else _WORK), **({"database": 0} if is_lean else {})}
    outputs = {name: work.get(name, 0) for name in (subjects.NAME, *map(_name, SINGLE))}
    return portions(count, outputs, common=0 if again else _COMMON)


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
