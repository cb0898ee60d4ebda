"""A feed before it is XML or JSON."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from generator.outputs.feeds.draft import Entries, datetime_of

_NO_ENTRY_YET = datetime(2023, 5, 1, tzinfo=UTC)
"""What an empty feed says of itself: about when the community's list began."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: what it says of itself, and its entries."""

    id: str
    title: str
    description: str
    publisher: str
    """Who speaks where an entry names no author: the archive's title."""
    language: str
    url: str
    """The page that shows the same list."""
    address: str
    """Its folder, absolute; the file of each format stands in it."""
    entries: Entries
    hub: str = ""
    """A WebSub hub that tells subscribers of news; empty for none."""
    previous: str = ""
    """The archive document of the month before (RFC 5005), absolute."""
    current: str = ""
    """Of an archive document: the feed that people subscribe to."""
    is_closed: bool = False
    """Whether it is an archive document that will not change any more."""

    @property
    def updated(self) -> datetime:
        drafts = self.entries.newest_first
        return datetime_of(drafts[0].updated) if drafts else _NO_ENTRY_YET
