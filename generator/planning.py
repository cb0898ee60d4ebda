"""What a site is planned from."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from generator.builder.code import code_digest
from generator.config import Config
from generator.insight.lasting import alike_in
from generator.outputs.kept import Kept
from generator.outputs.site import Site
from generator.pages import plan_pages
from generator.pages.known import register
from generator.reading import read_archive
from generator.store.moved import read_moved
from generator.theme.templates import Templates
from generator.theme.theme import load_theme

_SELDOM = 50_000
"""How many values may come into being before garbage is looked for; Python's own habit is 700."""
_WORTH_FORKING = 300
"""From how many papers on another process pays for its start."""


def read_site(config: Config, known: dict[str, bytes] | None = None, *, workers: int = 1) -> Site:
    """The site that content/ and the theme ask for, before its pages are planned. Nothing of it is written.

    `known`: what stands for the bytes of each file in content/, where somebody has just looked at them; see
    `ContentStore.read_all`.
    `workers`: as many processes may help.
    """
    archive, settings = read_archive(config, known, workers=workers), config.settings
    theme = load_theme(
        settings.theme, config.themes, base_path=settings.base_path, origin=settings.origin,
        templates=Templates(config.cache / "templates.memo", code_digest()),
    )  # fmt: skip
    moved = read_moved(config.content / "redirects.yml")
    register(archive, settings)  # what all pages are planned from, and so worked out before work is shared
    alike_in(archive)
    return Site(settings, archive, (), theme, moved, Kept(config.cache / "pieces", code_digest()))


def whole(site: Site) -> Site:
    """`site` with all its pages."""
    return replace(site, pages=tuple(plan_pages(site.archive, site.settings)))


def is_worth_forking(site: Site) -> bool:
    """Whether several processes are sooner done than one."""
    return sys.platform.startswith("linux") and len(site.archive.papers) >= _WORTH_FORKING


@contextmanager
def no_collection() -> Iterator[None]:
    """Planning makes millions of values and throws hardly any away, so that to look for garbage is waste;
    also later, and when the program ends. What an earlier plan left may be looked through again. Nor do the
    pages that are made then hold themselves: it is enough to look now and then."""
    was_on = gc.isenabled()
    gc.disable()
    gc.unfreeze()
    try:
        yield
    finally:
        gc.freeze()
        gc.set_threshold(_SELDOM)
        if was_on:
            gc.enable()
