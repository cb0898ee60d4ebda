"""Which pages exist, and what each may see. Pure: an archive in, pages (or drafts of them) out.

A new kind of page is a module here, its name in `PAGE_KINDS`, and a template of the same stem.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.config import Settings
from generator.model.archive import Archive
from generator.pages import (
    about,
    calendar,
    day,
    feeds,
    home,
    month,
    not_found,
    offline,
    paper,
    reading,
    search,
    subjects,
    topic,
    trending,
    trends,
    week,
    year,
)
from generator.pages.page import Planned
from generator.portion import WHOLE, Portion

PAGE_KINDS = (
    home.KIND,
    day.KIND,
    week.KIND,
    month.KIND,
    year.KIND,
    calendar.KIND,
    topic.KIND,
    trending.KIND,
    trends.KIND,
    paper.KIND,
    subjects.KIND,
    search.KIND,
    feeds.KIND,
    about.KIND,
    reading.KIND,
    offline.KIND,
    not_found.KIND,
)


def plan_pages(archive: Archive, settings: Settings, portion: Portion = WHOLE) -> Iterator[Planned]:
    """Every page of the site that falls to `portion`, kind by kind."""
    for kind in PAGE_KINDS:
        yield from kind.of(archive, settings, portion)
