"""The search page. Its results come from the index, in the reader's browser."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from generator.config import Settings
from generator.model.archive import Archive
from generator.pages import addresses
from generator.pages.page import Link, Page, PageKind


class SearchView(msgspec.Struct, frozen=True):
    """What the page offers to filter by. It says nothing of single papers, so that it seldom changes."""

    topics: tuple[Link, ...]
    years: tuple[int, ...]
    """The newest first."""


def _plan(archive: Archive, settings: Settings) -> Iterable[Page]:
    if not settings.search:
        return
    yield Page(
        kind="search",
        address=addresses.SEARCH,
        title="Search",
        description="Find a paper by words, author, topic, organization or arXiv id.",
        view=SearchView(
            topics=tuple(Link(topic.name, addresses.topic(topic.slug)) for topic in archive.topics),
            years=tuple(sorted({paper.day.year for paper in archive.papers}, reverse=True)),
        ),
        section=addresses.SEARCH,
    )


KIND = PageKind("search", _plan)
