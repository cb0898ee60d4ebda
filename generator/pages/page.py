"""A page before it is HTML: its address and all that its template may see. Frozen values only."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from generator.config import Settings
from generator.model.archive import Archive


@dataclass(frozen=True, slots=True)
class Link:
    """Text that leads somewhere. `address` is relative to the base path (`papers/2511.04670/`) or, where it
    leaves the site, absolute."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class DateText:
    """A date for machines (`2025-11-07`) and for people (`7 November 2025`)."""

    iso: str
    text: str


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed that a page announces: its title and the address of its folder (`feeds/topics/alignment/`)."""

    title: str
    address: str
    formats: tuple[str, ...] = ("atom.xml", "rss.xml", "feed.json")
    """Its files."""


@dataclass(frozen=True, slots=True)
class Page:
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
        return self.address + "index.html" if self.address.endswith("/") or not self.address else self.address


@dataclass(frozen=True, slots=True)
class PageKind:
    """A kind of page: `plan` says which pages of the kind an archive has."""

    name: str
    plan: Callable[[Archive, Settings], Iterable[Page]]
