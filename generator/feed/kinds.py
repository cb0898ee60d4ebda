"""The feeds that this program can read: which one the settings mean."""

from __future__ import annotations

from collections.abc import MutableMapping

from generator.feed.arxiv import ArxivFeed
from generator.feed.arxiv_api import ArxivApi
from generator.feed.client import FeedClient
from generator.sources import FeedSettings


def open_feed(
    settings: FeedSettings, *, user_agent: str, validators: MutableMapping[str, str]
) -> FeedClient | ArxivFeed:
    """The feed that `settings` name; to be closed by `with`."""
    if settings.kind == "arxiv":
        api = ArxivApi(settings.url, user_agent=user_agent, pace=settings.pace)
        return ArxivFeed(api, settings.categories)
    return FeedClient(settings.url, user_agent=user_agent, validators=validators, pace=settings.pace)
