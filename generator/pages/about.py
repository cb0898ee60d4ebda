"""What this archive is, where its papers come from and what it knows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.config import Settings
from generator.model.archive import Archive
from generator.pages import addresses
from generator.pages.cards import day_text
from generator.pages.page import DateText, Page, PageKind


@dataclass(frozen=True, slots=True)
class AboutView:
    description: str
    papers: int
    days: int
    first: DateText | None
    last: DateText | None
    repository: str
    feed_page: str


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
        ),
        section=addresses.ABOUT,
    )


KIND = PageKind("about", _plan)
