"""`llms.txt` (https://llmstxt.org): what the archive is and where its lists and its data stand, as Markdown.

For programs that read text and would rather not take a page apart. Nothing in it changes with a new
day, except in a new year.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.model.markup import escape
from generator.outputs.artifact import Artifact
from generator.outputs.site import Site
from generator.outputs.sitemap import INDEX
from generator.pages import addresses
from generator.theme.theme import Theme


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a section: a link and a note."""

    text: str
    address: str
    note: str


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Index:
    """The recipe of `llms.txt`."""

    title: str
    description: str
    base_url: str
    sections: tuple[Section, ...]

    def make(self, theme: Theme) -> bytes:
        return ("\n".join(self._lines()) + "\n").encode()

    def _lines(self) -> Iterator[str]:
        base = self.base_url
        yield f"# {_line(self.title)}"
        yield ""
        yield f"> {_line(self.description)}"
        yield ""
        yield (
            "Every paper and every day has a page, and beside it the same as Markdown: "
            f"`{base}papers/ID/index.html.md`, where ID is an arXiv id such as 2511.04670, and "
            f"`{base}papers/date/YYYY-MM-DD/index.html.md`. Titles and abstracts belong to their authors."
        )
        for section in self.sections:
            yield ""
            yield f"## {section.title}"
            yield ""
            for entry in section.entries:
                note = f": {_line(entry.note)}" if entry.note else ""
                yield f"- [{_line(entry.text)}]({base}{entry.address}){note}"


def plan(site: Site) -> Iterable[Artifact]:
    settings = site.settings
    sections = (
        Section("Lists", tuple(_lists(site))),
        Section("Topics", tuple(_topics(site))),
        Section("Data", tuple(_data(site))),
        Section("Optional", tuple(_optional(site))),
    )
    recipe = Index(
        settings.title,
        settings.description,
        settings.base_url,
        tuple(each for each in sections if each.entries),
    )
    yield Artifact("llms.txt", "llms.txt", recipe)


def _lists(site: Site) -> Iterator[Entry]:
    votes = site.settings.feed.has_votes
    order = ", most upvoted first" if votes else ""
    yield Entry("Today", addresses.HOME, f"the latest day with papers{order}")
    if votes:
        yield Entry("Trending", addresses.TRENDING, "upvotes against age")
    yield Entry("All days", addresses.CALENDAR, "every day, month and year of the archive")
    best = "the most upvoted papers" if votes else "the first papers"
    for year in sorted({day.year for day in site.archive.by_day}, reverse=True):
        yield Entry(f"{year}", addresses.year(year), f"the days and {best} of the year")


def _topics(site: Site) -> Iterator[Entry]:
    for topic in site.archive.topics:
        yield Entry(topic.name, addresses.topic(topic.slug), topic.description)


def _data(site: Site) -> Iterator[Entry]:
    if site.settings.exports and not site.is_lean:
        yield Entry("JSON by day", addresses.API, "the years and their days, in the shape of the feed")
        yield Entry("SQLite", addresses.SQLITE_EXPORT, "the whole archive as a database, compressed")
    if site.settings.exports:
        yield Entry("CSV", addresses.CSV_EXPORT, "one line a paper without abstracts, compressed")
    if site.archive.papers:
        yield Entry("Citations", addresses.citations(), "every reference as BibTeX, RIS and CSL JSON, packed")
    yield Entry(
        "Atom", f"{addresses.ALL_PAPERS_FEED}atom.xml", "the latest papers; every topic has a feed too"
    )
    yield Entry("Sitemap", INDEX, "every page, with the day it last changed")


def _optional(site: Site) -> Iterator[Entry]:
    yield Entry("Authors", addresses.AUTHORS, "")
    yield Entry("Organizations", addresses.ORGANIZATIONS, "")
    yield Entry("Keywords", addresses.KEYWORDS, "")
    yield Entry("Feeds", addresses.FEEDS, "")
    yield Entry("About", addresses.ABOUT, "where the papers come from")


def _line(text: str) -> str:
    """Text as one line of Markdown that means nothing else."""
    return escape(" ".join(text.split()))
