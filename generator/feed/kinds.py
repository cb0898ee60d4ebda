"""The feeds that this program can read: which one the settings mean."""

from __future__ import annotations

import json
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager, suppress
from pathlib import Path

from generator.feed.arxiv import ArxivFeed
from generator.feed.arxiv_api import ArxivApi
from generator.feed.arxiv_lookup import ArxivLookup
from generator.feed.client import FeedClient
from generator.files import write_atomically
from generator.sources import ARXIV_URL, FeedSettings


@contextmanager
def open_feed(settings: FeedSettings, *, user_agent: str, cache: Path) -> Iterator[FeedClient | ArxivFeed]:
    """The feed that `settings` name. What its server says of pages is kept in `cache`."""
    if settings.kind == "arxiv":
        with ArxivApi(settings.url, user_agent=user_agent, pace=settings.pace) as api:
            yield ArxivFeed(api, settings.categories)
    else:
        with (
            _validators(cache / "validators.json") as validators,
            FeedClient(
                settings.url, user_agent=user_agent, validators=validators, pace=settings.pace
            ) as client,
        ):
            yield client


@contextmanager
def open_catalogue(
    settings: FeedSettings, *, user_agent: str, url: str | None = None
) -> Iterator[ArxivLookup]:
    """Where arXiv's papers are looked up: at `url`, else where the settings ask arXiv for anything."""
    address = url or (settings.url if settings.kind == "arxiv" else ARXIV_URL)
    with ArxivApi(address, user_agent=user_agent, pace=settings.pace) as api:
        yield ArxivLookup(api)


@contextmanager
def _validators(path: Path) -> Iterator[MutableMapping[str, str]]:
    """What the feed's server said of pages we have; kept once their days are stored."""
    stored: dict[str, str] = {}
    with suppress(OSError, ValueError):
        stored = dict(json.loads(path.read_text(encoding="utf-8")))
    before = dict(stored)
    yield stored
    if stored != before:
        write_atomically(path, json.dumps(stored, indent=0, sort_keys=True).encode())
