"""The index of topics, a page for each, and one for each of its months."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.config import Settings
from generator.model.archive import Archive
from generator.model.paper import Paper
from generator.model.periods import Month, neighbours
from generator.model.topics import Topic
from generator.model.trends import months_of
from generator.pages import addresses, feed_links
from generator.pages.cards import Card, cards, count
from generator.pages.charts import Chart
from generator.pages.facets import Facet, authors_of, organizations_of
from generator.pages.home import TopicLine, topic_lines
from generator.pages.page import Link, Page, PageKind
from generator.pages.trends import papers_by_month

_NEWEST = 30


@dataclass(frozen=True, slots=True)
class TopicIndex:
    topics: tuple[TopicLine, ...]


@dataclass(frozen=True, slots=True)
class MonthLine:
    """A month of a topic."""

    month: Link
    papers: int


@dataclass(frozen=True, slots=True)
class TopicView:
    """What a topic's page shows: its newest papers and all its months, the newest first."""

    name: str
    description: str
    papers: int
    parent: Link | None
    children: tuple[Link, ...]
    cards: tuple[Card, ...]
    months: tuple[MonthLine, ...]
    curve: Chart | None
    """Its papers per month; None where one month holds them all."""
    facets: tuple[Facet, ...]
    """The organizations and the authors with most of its papers."""
    feed: str


@dataclass(frozen=True, slots=True)
class TopicMonthView:
    """What the page of one month of a topic shows: all its papers, most upvoted first."""

    topic: Link
    heading: str
    older: Link | None
    newer: Link | None
    cards: tuple[Card, ...]
    feed: str


def _plan(archive: Archive, settings: Settings) -> Iterable[Page]:
    yield Page(
        kind="topics",
        address=addresses.TOPICS,
        title="Topics",
        description=f"{count(len(archive.topics), 'topic')} to browse and to follow.",
        view=TopicIndex(topic_lines(archive)),
        section=addresses.TOPICS,
    )
    for topic in archive.topics:
        months = _by_month(archive.by_topic[topic.slug])
        yield _topic_page(archive, settings, topic, months)
        yield from _month_pages(archive, settings, topic, months)


def _topic_page(
    archive: Archive, settings: Settings, topic: Topic, months: Mapping[Month, tuple[Paper, ...]]
) -> Page:
    papers = archive.by_topic[topic.slug]
    links = {each.slug: Link(each.name, addresses.topic(each.slug)) for each in archive.topics}
    facets = (organizations_of(archive, papers), authors_of(archive, settings, papers))
    return Page(
        kind="topic",
        address=addresses.topic(topic.slug),
        title=topic.name,
        description=f"{topic.description} {count(len(papers), 'paper')}.",
        view=TopicView(
            name=topic.name,
            description=topic.description,
            papers=len(papers),
            parent=links[topic.parent] if topic.parent else None,
            children=tuple(links[each.slug] for each in archive.topics if each.parent == topic.slug),
            cards=cards(archive, papers[:_NEWEST]),
            months=tuple(
                MonthLine(Link(month.name, addresses.topic_month(topic.slug, month)), len(months[month]))
                for month in sorted(months, reverse=True)
            ),
            curve=_curve(topic, papers),
            facets=tuple(each for each in facets if each.lines),
            feed=addresses.topic_feed(topic.slug),
        ),
        feeds=(feed_links.topic(topic),),
        section=addresses.TOPICS,
        changed=papers[0].day.isoformat() if papers else "",
    )


def _curve(topic: Topic, papers: Sequence[Paper]) -> Chart | None:
    months = months_of(papers)
    if len(months) <= 1:
        return None
    return papers_by_month(
        papers, months, "curve", "Papers per month", f"How many papers of each month are about {topic.name}."
    )


def _month_pages(
    archive: Archive, settings: Settings, topic: Topic, months: Mapping[Month, tuple[Paper, ...]]
) -> Iterable[Page]:
    def link(month: Month | None) -> Link | None:
        return Link(month.name, addresses.topic_month(topic.slug, month)) if month else None

    for older, month, newer in neighbours(sorted(months)):
        papers = sorted(months[month], key=lambda paper: (-(archive.figures(paper).upvotes or 0), paper.id))
        yield Page(
            kind="topic_month",
            address=addresses.topic_month(topic.slug, month),
            title=f"{topic.name}, {month.name}",
            description=f"{count(len(papers), 'paper')} about {topic.name} in {month.name}"
            f"{', by upvotes' if settings.feed.has_votes else ''}",
            view=TopicMonthView(
                topic=Link(topic.name, addresses.topic(topic.slug)),
                heading=month.name,
                older=link(older),
                newer=link(newer),
                cards=cards(archive, papers),
                feed=addresses.topic_feed(topic.slug),
            ),
            feeds=(feed_links.topic(topic),),
            section=addresses.TOPICS,
            changed=max(paper.day for paper in papers).isoformat(),
        )


def _by_month(papers: Iterable[Paper]) -> dict[Month, tuple[Paper, ...]]:
    months: dict[Month, list[Paper]] = defaultdict(list)
    for paper in papers:
        months[Month.of(paper.day)].append(paper)
    return {month: tuple(group) for month, group in months.items()}


KIND = PageKind("topic", _plan)
