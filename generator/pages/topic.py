"""The index of topics, a page for each, and one for each of its months."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

import msgspec

from generator.config import Settings
from generator.model.archive import Archive
from generator.model.paper import Paper
from generator.model.periods import Month, months_between, neighbours
from generator.model.topics import Topic
from generator.pages import addresses, feed_links
from generator.pages.cards import Card, cards, count
from generator.pages.charts import Chart
from generator.pages.facets import Facet
from generator.pages.home import TopicLine, topic_lines
from generator.pages.known import Known, Register, register
from generator.pages.later import Later
from generator.pages.page import Draft, FeedLink, Link, Page, PageKind, Planned, told
from generator.pages.shelf import Share
from generator.pages.trends import papers_by_month
from generator.portion import WHOLE, Portion

_NEWEST = 30
_ORGANIZATIONS = Share("Organizations", "organizations", most=8)
_AUTHORS = Share("Authors", "authors", most=12, least=2)


class TopicIndex(msgspec.Struct, frozen=True):
    topics: tuple[TopicLine, ...]


class MonthLine(msgspec.Struct, frozen=True):
    """A month of a topic."""

    month: Link
    papers: int


class TopicView(msgspec.Struct, frozen=True):
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


class TopicMonthView(msgspec.Struct, frozen=True):
    """What the page of one month of a topic shows: all its papers, most upvoted first."""

    topic: Link
    heading: str
    older: Link | None
    newer: Link | None
    cards: tuple[Card, ...]
    feed: str


class _Facts(msgspec.Struct, frozen=True):
    """All that a topic's pages tell beside its papers."""

    slug: str
    name: str
    description: str
    parent: Link | None
    children: tuple[Link, ...]
    feed: FeedLink
    has_votes: bool

    @property
    def link(self) -> Link:
        return Link(self.name, addresses.topic(self.slug))

    def month_link(self, month: Month | None) -> Link | None:
        return Link(month.name, addresses.topic_month(self.slug, month)) if month else None


def _plan(archive: Archive, settings: Settings, portion: Portion = WHOLE) -> Iterable[Planned]:
    if portion.takes(addresses.TOPICS):
        yield _index(archive)
    known = register(archive, settings)
    own = [topic for topic in archive.topics if portion.takes(topic.slug)]
    by_month = _by_month(archive, own)
    for topic in own:
        facts = _Facts(
            topic.slug,
            topic.name,
            topic.description,
            parent=known.topics[topic.parent] if topic.parent else None,
            children=tuple(known.topics[each.slug] for each in archive.topics if each.parent == topic.slug),
            feed=feed_links.topic(topic),
            has_votes=settings.feed.has_votes,
        )
        months = by_month[topic.slug]
        counts = {month: len(months[month]) for month in sorted(months, reverse=True)}
        yield _topic_draft(facts, known, archive.by_topic[topic.slug], counts)
        for older, month, newer in neighbours(sorted(months)):
            yield _month_draft(facts, known, months[month], month, older, newer)


def _index(archive: Archive) -> Page:
    return Page(
        kind="topics",
        address=addresses.TOPICS,
        title="Topics",
        description=f"{count(len(archive.topics), 'topic')} to browse and to follow.",
        view=TopicIndex(topic_lines(archive)),
        section=addresses.TOPICS,
    )


def _topic_draft(
    facts: _Facts, known: Register, papers: Sequence[Paper], months: Mapping[Month, int]
) -> Draft:
    """`months`: how many papers each has, the newest first."""
    newest = papers[:_NEWEST]
    return Draft(
        kind="topic",
        address=addresses.topic(facts.slug),
        changed=papers[0].day.isoformat() if papers else "",
        digest=told(facts, known.listed(newest), known.brief(papers), known.paged(papers)),
        compose=partial(
            _topic_page, facts, known.later(newest), Later(partial(_facets, known, papers)), months
        ),
    )


def _facets(known: Register, papers: Sequence[Paper]) -> tuple[Facet, ...]:
    facets = (
        _ORGANIZATIONS.counted(known.count_organizations(papers)),
        _AUTHORS.counted(known.count_authors(papers)),
    )
    return tuple([each for each in facets if each.lines])


def _topic_page(
    facts: _Facts,
    known: Callable[[], Sequence[Known]],
    facets: Callable[[], tuple[Facet, ...]],
    months: Mapping[Month, int],
) -> Page:
    """`known`: the newest papers."""
    newest, papers = known(), sum(months.values())
    return Page(
        kind="topic",
        address=addresses.topic(facts.slug),
        title=facts.name,
        description=f"{facts.description} {count(papers, 'paper')}.",
        view=TopicView(
            name=facts.name,
            description=facts.description,
            papers=papers,
            parent=facts.parent,
            children=facts.children,
            cards=cards(newest),
            months=_month_lines(facts, months),
            curve=_curve(facts.name, months),
            facets=facets(),
            feed=facts.feed.address,
        ),
        feeds=(facts.feed,),
        section=addresses.TOPICS,
        changed=newest[0].paper.day.isoformat() if newest else "",
    )


def _month_lines(facts: _Facts, months: Mapping[Month, int]) -> tuple[MonthLine, ...]:
    return tuple(
        MonthLine(Link(month.name, addresses.topic_month(facts.slug, month)), papers)
        for month, papers in months.items()
    )


def _curve(name: str, counts: Mapping[Month, int]) -> Chart | None:
    if len(counts) <= 1:
        return None
    months = months_between(min(counts), max(counts))
    papers = [counts.get(month, 0) for month in months]
    return papers_by_month(
        months, papers, "curve", "Papers per month", f"How many papers of each month are about {name}."
    )


def _month_draft(
    facts: _Facts,
    known: Register,
    papers: Sequence[Paper],
    month: Month,
    older: Month | None,
    newer: Month | None,
) -> Draft:
    return Draft(
        kind="topic_month",
        address=addresses.topic_month(facts.slug, month),
        changed=_newest(papers),
        digest=told((facts, month, older, newer), known.listed(papers)),
        compose=partial(_month_page, facts, known.later(papers), month, older, newer),
    )


def _month_page(
    facts: _Facts,
    known: Callable[[], Sequence[Known]],
    month: Month,
    older: Month | None,
    newer: Month | None,
) -> Page:
    papers = known()
    return Page(
        kind="topic_month",
        address=addresses.topic_month(facts.slug, month),
        title=f"{facts.name}, {month.name}",
        description=f"{count(len(papers), 'paper')} about {facts.name} in {month.name}"
        f"{', by upvotes' if facts.has_votes else ''}",
        view=TopicMonthView(
            topic=facts.link,
            heading=month.name,
            older=facts.month_link(older),
            newer=facts.month_link(newer),
            cards=cards(papers),
            feed=facts.feed.address,
        ),
        feeds=(facts.feed,),
        section=addresses.TOPICS,
        changed=_newest([each.paper for each in papers]),
    )


def _newest(papers: Iterable[Paper]) -> str:
    return max([paper.day for paper in papers]).isoformat()


def _by_month(archive: Archive, topics: Iterable[Topic]) -> Mapping[str, Mapping[Month, list[Paper]]]:
    """The papers of each of `topics`, by slug and by the month in which they stand, most upvoted first."""
    found: dict[str, dict[Month, list[Paper]]] = {topic.slug: {} for topic in topics}
    for month, papers in archive.by_month.items():
        groups: dict[str, list[Paper]] = {slug: [] for slug in found}
        first, last = month.first, month.last
        for paper in papers:
            if len(paper.days) <= 1 or first <= paper.day <= last:
                for match in archive.matches[paper.id]:
                    if match.slug in groups:
                        groups[match.slug].append(paper)
        for slug, group in groups.items():
            if group:
                found[slug][month] = group
    return found


KIND = PageKind("topic", _plan, _plan)
