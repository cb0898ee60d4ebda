"""The page that lists every feed, for people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.config import Settings
from generator.model.archive import Archive
from generator.pages import addresses
from generator.pages.page import FeedLink, Page, PageKind
from generator.pages.topic import topic_feed_link


@dataclass(frozen=True, slots=True)
class FeedsView:
    everything: FeedLink
    topics: tuple[FeedLink, ...]


def _plan(archive: Archive, settings: Settings) -> Iterable[Page]:
    yield Page(
        kind="feeds",
        address=addresses.FEEDS,
        title="Feeds",
        description="Follow every paper, or one topic, in a feed reader: RSS and Atom.",
        view=FeedsView(
            everything=FeedLink("All papers", addresses.ALL_PAPERS_FEED),
            topics=tuple(topic_feed_link(topic) for topic in archive.topics),
        ),
        section=addresses.FEEDS,
    )


KIND = PageKind("feeds", _plan)
