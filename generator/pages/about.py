"""What this archive is, where its papers come from and what it knows."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

import msgspec

from generator.config import Settings
from generator.model.archive import Archive
from generator.model.periods import Month
from generator.pages import addresses
from generator.pages.cards import day_text
from generator.pages.formats import is_lean
from generator.pages.page import DateText, Link, Page, PageKind


class Exports(msgspec.Struct, frozen=True):
    """Where the archive stands as data."""

    sqlite: str
    """Empty on a lean site, as `api` and `latest` are."""
    csv: str
    api: str
    citations: str
    latest: str
    """The API's answer for the latest day; empty where no day was listed."""
    lines: tuple[tuple[str, tuple[Link, ...]], ...]
    """Each year with the JSON Lines of its months, the newest year first."""


class AboutView(msgspec.Struct, frozen=True):
    description: str
    papers: int
    days: int
    first: DateText | None
    last: DateText | None
    repository: str
    feed_page: str
    categories: tuple[str, ...]
    """Those of arXiv that the archive keeps; empty where its papers come from a community's list."""
    exports: Exports | None


def _plan(archive: Archive, settings: Settings) -> Iterable[Page]:
    days = archive.days_with_papers()
    yield Page(
        kind="about",
        address=addresses.ABOUT,
        title="About",
        description=f"What {settings.title} is, where its papers come from, and how to use it.",
        view=AboutView(
            description=settings.description,
            papers=len(archive.papers),
            days=len(days),
            first=day_text(days[0]) if days else None,
            last=day_text(days[-1]) if days else None,
            repository=settings.repository,
            feed_page=settings.feed.page,
            categories=settings.feed.categories,
            exports=_exports(archive, lean=is_lean(archive, settings)) if settings.exports else None,
        ),
        section=addresses.ABOUT,
    )


def _exports(archive: Archive, *, lean: bool) -> Exports:
    months = sorted(set(map(Month.of, {paper.day for paper in archive.papers})))
    years = groupby(months, key=lambda month: month.year)
    lines = [
        (str(year), tuple(Link(month.short_name, addresses.lines_export(month)) for month in of_year))
        for year, of_year in years
    ]
    return Exports(
        sqlite="" if lean else addresses.SQLITE_EXPORT,
        csv=addresses.CSV_EXPORT,
        api="" if lean else addresses.API,
        citations=addresses.citations() if archive.papers else "",
        latest=addresses.API_LATEST if not lean and any(paper.days for paper in archive.papers) else "",
        lines=tuple(reversed(lines)),
    )


KIND = PageKind("about", _plan)
