"""The page that lists every feed, for people."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from generator.config import Settings
from generator.model.archive import Archive
from generator.pages import addresses, feed_links
from generator.pages.formats import is_lean
from generator.pages.page import FeedLink, Page, PageKind


class FeedsView(msgspec.Struct, frozen=True):
    general: tuple[FeedLink, ...]
    """Feeds of the whole archive, the one with every paper first."""
    topics: tuple[FeedLink, ...]
    opml: str
    people_opml: str
    """Empty where people have no feeds. Where the lists of feeds stand that a feed reader imports."""
    subscribe: str
    """Where digests by e-mail are ordered, outside the site; empty for nowhere."""


def _plan(archive: Archive, settings: Settings) -> Iterable[Page]:
    yield Page(
        kind="feeds",
        address=addresses.FEEDS,
        title="Feeds",
        description="Follow every paper, a topic, an author or an organization in a feed reader.",
        view=FeedsView(
            general=tuple(feed_links.general(settings)),
            topics=tuple(feed_links.topic(topic) for topic in archive.topics),
            opml=addresses.OPML,
            people_opml="" if is_lean(archive, settings) else addresses.PEOPLE_OPML,
            subscribe=settings.mail.subscribe,
        ),
        feeds=tuple(feed_links.general(settings)[1:]),
        section=addresses.FEEDS,
    )


KIND = PageKind("feeds", _plan)
