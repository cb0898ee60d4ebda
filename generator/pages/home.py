"""The front page: the latest day, the days before it, the topics."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from generator.config import Settings
from generator.model.archive import Archive
from generator.model.periods import long_day
from generator.pages import addresses, feed_links
from generator.pages.cards import Card, cards, count, day_text
from generator.pages.day import DayLine, day_line, day_link, day_state, failures, periods_of
from generator.pages.known import register
from generator.pages.page import DateText, Link, Page, PageKind

_EARLIER_DAYS = 10


class TopicLine(msgspec.Struct, frozen=True):
    """A topic in a list."""

    topic: Link
    description: str
    papers: int


class Home(msgspec.Struct, frozen=True):
    """What the front page shows."""

    day: DateText | None
    """The latest day with papers; None in an empty archive."""
    day_address: str
    heading: str
    state: str
    failures: str
    """Which days since then could not be read; empty where none."""
    older: Link | None
    """The day before it that has papers."""
    above: tuple[Link, ...]
    """Its week and its month."""
    cards: tuple[Card, ...]
    earlier: tuple[DayLine, ...]
    """The days before it, newest first."""
    topics: tuple[TopicLine, ...]


def topic_lines(archive: Archive) -> tuple[TopicLine, ...]:
    return tuple(
        TopicLine(
            Link(topic.name, addresses.topic(topic.slug)),
            topic.description,
            len(archive.by_topic[topic.slug]),
        )
        for topic in archive.topics
    )


def _plan(archive: Archive, settings: Settings) -> Iterable[Page]:
    known = register(archive, settings)
    days = archive.days_with_papers()
    latest = days[-1] if days else None
    view = Home(
        day=day_text(latest) if latest else None,
        day_address=addresses.day(latest) if latest else "",
        heading=long_day(latest) if latest else "",
        state=day_state(archive, latest) if latest else "",
        older=day_link(days[-2]) if len(days) > 1 else None,
        above=periods_of(archive, latest) if latest else (),
        failures=failures(archive, after=latest),
        cards=cards(known.of(archive.by_day[latest]), abstracts=True) if latest else (),
        earlier=tuple(
            day_line(day, len(archive.by_day[day]), archive.by_day[day][0].title)
            for day in reversed(days[-1 - _EARLIER_DAYS : -1])
        ),
        topics=topic_lines(archive),
    )
    held = count(len(archive.papers), "paper")
    yield Page(
        kind="home",
        address=addresses.HOME,
        title=settings.title,
        description=f"{settings.description} {held} so far.",
        view=view,
        feeds=tuple(feed_links.general(settings)),
        section=addresses.HOME,
        changed=latest.isoformat() if latest else "",
    )


KIND = PageKind("home", _plan)
