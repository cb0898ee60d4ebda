"""The page of what a reader saved. It is the same for everybody: the list stands in the reader's browser."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from generator.config import Settings
from generator.model.archive import Archive
from generator.pages import addresses
from generator.pages.page import Page, PageKind


class ReadingView(msgspec.Struct, frozen=True):
    heading: str


def _plan(archive: Archive, settings: Settings) -> Iterable[Page]:
    yield Page(
        kind="reading",
        address=addresses.READING,
        title="Reading list",
        description="The papers you saved, with your notes. They are kept in your browser and nowhere else.",
        view=ReadingView("Reading list"),
        section=addresses.READING,
    )


KIND = PageKind("reading", _plan)
