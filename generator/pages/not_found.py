"""The page for an address that leads nowhere. It is shown at any depth, so its links are never relative."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from generator.config import Settings
from generator.model.archive import Archive
from generator.pages.page import Page, PageKind


class NotFound(msgspec.Struct, frozen=True):
    heading: str


def _plan(archive: Archive, settings: Settings) -> Iterable[Page]:
    yield Page(
        kind="not_found",
        address="404.html",
        title="No such page",
        description="This address leads nowhere.",
        view=NotFound("No such page"),
    )


KIND = PageKind("not_found", _plan)
