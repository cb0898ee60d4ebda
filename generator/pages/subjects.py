"""Authors, organizations and keywords: three kinds of page that take from one shelf."""

from __future__ import annotations

from collections.abc import Iterable

from generator.config import Settings
from generator.model.archive import Archive
from generator.pages.author import author_pages
from generator.pages.keyword import keyword_pages
from generator.pages.organization import organization_pages
from generator.pages.page import PageKind, Planned
from generator.pages.shelf import Shelf
from generator.portion import WHOLE, Portion

NAME = "subjects"


def _plan(archive: Archive, settings: Settings, portion: Portion = WHOLE) -> Iterable[Planned]:
    if not portion.has(NAME):  # most of the plan is what all of them share
        return
    shelf = Shelf.of(archive, settings)
    yield from author_pages(archive, shelf)
    yield from organization_pages(archive, shelf)
    yield from keyword_pages(archive, shelf)


KIND = PageKind(NAME, _plan, _plan)
