"""A feed before it is XML or JSON."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from generator.outputs.feeds.entry import FeedEntry

_NO_ENTRY_YET = datetime(2023, 5, 1, tzinfo=UTC)
"""What an empty feed says of itself: about when the community's list began."""


class _Holder:
    """What entries carry beside their digest, which stands for them."""

    all: tuple[FeedEntry, ...]


@dataclass(frozen=True)
class Entries(_Holder):
    """Entries, the newest first. Known by a digest, so that no plan has to read them again."""

    digest: str

    @classmethod
    def of(cls, entries: Iterable[FeedEntry]) -> Entries:
        ordered = sorted(entries, key=lambda entry: (entry.updated, entry.id), reverse=True)
        told = hashlib.blake2b(b"".join(entry.digest for entry in ordered), digest_size=16)
        found = cls(told.hexdigest())
        object.__setattr__(found, "all", tuple(ordered))
        return found


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
        return max((entry.updated for entry in self.entries.all), default=_NO_ENTRY_YET)
