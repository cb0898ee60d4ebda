"""A page before it is HTML: its address and all that its template may see. Frozen values only.

Most pages are planned without being composed: a `Draft` knows where its page stands and has a digest of all
that it will be composed from. Only where that digest is a new one is the page composed, by whoever makes it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple, Protocol

import msgspec

from generator.config import Settings
from generator.files import digest
from generator.model.archive import Archive
from generator.portion import Portion

_encoder = msgspec.msgpack.Encoder(order="deterministic")


class Link(msgspec.Struct, frozen=True, gc=False):
    """Text that leads somewhere. `address` is relative to the base path (`papers/2511.04670/`) or, where it
    leaves the site, absolute."""

    text: str
    address: str


class DateText(msgspec.Struct, frozen=True, gc=False):
    """A date for machines (`2025-11-07`) and for people (`7 November 2025`)."""

    iso: str
    text: str


class FeedLink(msgspec.Struct, frozen=True, gc=False):
    """A feed that a page announces: its title and the address of its folder (`feeds/topics/alignment/`)."""

    title: str
    address: str
    formats: tuple[str, ...] = ("atom.xml", "rss.xml", "feed.json")
    """Its files."""


class Page(msgspec.Struct, frozen=True, gc=False):
    """One page of the site."""

    kind: str
    """The stem of its template in `pages/`, and of the module that plans it."""
    address: str
    """Relative to the base path: `` (home), `papers/2511.04670/`, `404.html`."""
    title: str
    """As the browser's tab shows it; unique on the site."""
    description: str
    """One or two sentences for search engines and previews."""
    view: object
    """A frozen dataclass of the page's kind."""
    feeds: tuple[FeedLink, ...] = ()
    """The feeds to announce beside the archive's own, the page's own first."""
    section: str = ""
    """The entry of the main navigation it belongs to, by its address."""
    changed: str = ""
    """The day its content last changed, `2025-11-07`; empty where nobody can say."""

    @property
    def path(self) -> str:
        """The file of site/ that holds it."""
        return path_of(self.address)

    @property
    def digest(self) -> bytes:
        """16 bytes that stand for all of it."""
        return told(self)

    @property
    def batch(self) -> str:
        return ""

    def compose(self) -> Page:
        """Itself."""
        return self


class Draft(msgspec.Struct, frozen=True, gc=False):
    """A page that is planned but not composed."""

    kind: str
    address: str
    changed: str
    """As the page will say it."""
    digest: bytes
    """Stands for everything that `compose` reads: the same digest, the same page."""
    compose: Callable[[], Page]
    """A pure function with all its arguments."""
    batch: str = ""
    """Pages of one batch take their time, and are begun first and together."""

    @property
    def path(self) -> str:
        return path_of(self.address)


class Planned(Protocol):
    """What is known of a page in a plan: a `Page` that is ready, or a `Draft` of one."""

    @property
    def kind(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def changed(self) -> str: ...
    @property
    def path(self) -> str: ...
    @property
    def digest(self) -> bytes: ...
    @property
    def batch(self) -> str: ...
    @property
    def compose(self) -> Callable[[], Page]: ...


class Listed(NamedTuple):
    """What the rest of the site knows of a page."""

    kind: str
    address: str
    changed: str


def told(value: object, *more: bytes) -> bytes:
    """16 bytes that stand for `value`, of frozen values all through, and for the digests that follow it."""
    return digest(b"".join((_encoder.encode(value), *more)))


def path_of(address: str) -> str:
    """The file of site/ that holds the page at `address`."""
    return address + "index.html" if address.endswith("/") or not address else address


class PageKind(msgspec.Struct, frozen=True):
    """A kind of page: `plan` says which pages of the kind an archive has."""

    name: str
    plan: Callable[[Archive, Settings], Iterable[Planned]]
    portion: Callable[[Archive, Settings, Portion], Iterable[Planned]] | None = None
    """The same of one portion, for a kind of so many pages that those of others had better not be planned."""

    def of(self, archive: Archive, settings: Settings, portion: Portion) -> Iterable[Planned]:
        """Its pages that fall to `portion`; those of a batch together."""
        if self.portion:
            return self.portion(archive, settings, portion)
        if not portion.hands:
            return ()
        return (page for page in self.plan(archive, settings) if portion.takes(page.batch or page.address))
