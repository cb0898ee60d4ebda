"""The page that is shown without a network in the place of one that is not kept."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from generator.config import Settings
from generator.model.archive import Archive
from generator.pages import addresses
from generator.pages.page import Page, PageKind


class OfflineView(msgspec.Struct, frozen=True):
    heading: str


def _plan(archive: Archive, settings: Settings) -> Iterable[Page]:
    if settings.offline:
        yield Page(
            kind="offline",
            address=addresses.OFFLINE,
            title="No network",
            description="This page is not kept on this device.",
            view=OfflineView("No network"),
        )


KIND = PageKind("offline", _plan)
