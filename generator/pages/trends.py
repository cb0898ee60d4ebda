"""The shape of the archive, in pictures: one page, made anew whenever a day comes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

import msgspec

from generator.config import Settings
from generator.model.archive import Archive
from generator.model.periods import Month, plain_day
from generator.model.trends import (
    BEFORE_DAYS,
    RECENT_DAYS,
    Move,
    by_month,
    months_of,
    moves,
    spread,
    topics_by_month,
)
from generator.pages import addresses, charts
from generator.pages.charts import Chart, Panel, Panels, Table
from generator.pages.known import register
from generator.pages.links import has_keyword_page
from generator.pages.page import Draft, Link, Page, PageKind, told
from generator.portion import WHOLE, Portion

_BATCH = "trending"
"""Both count all papers, and the same process may count them for both."""
_KEYWORDS = 10
_ORGANIZATIONS = 15


class TrendsView(msgspec.Struct, frozen=True):
    """What the trends page shows; a picture is None where there is nothing to draw."""

    span: str
    """From which day to which the papers are; empty in an empty archive."""
    papers: Chart | None
    topics: Panels | None
    rising: Chart | None
    falling: Chart | None
    organizations: Chart | None
    votes: Chart | None
    code: Chart | None


def papers_by_month(
    months: Sequence[Month], counts: Sequence[int], name: str, title: str, about: str
) -> Chart:
    """A column a month."""
    return charts.columns(
        name,
        title,
        f"{about} {_peak(months, counts)}",
        unit="papers",
        labels=[month.name for month in months],
        values=counts,
        ticks=month_ticks(months),
        table=Table(("Month", "Papers"), tuple(zip(_month_links(months), _cells(counts), strict=True))),
    )


def month_ticks(months: Sequence[Month]) -> list[tuple[int, str]]:
    """Labels for as many of `months` as fit, with their places; the year stands where it is a new one."""
    ticks = []
    year = 0
    for place in charts.chosen(len(months)):
        month = months[place]
        ticks.append((place, month.short_name if month.year == year else f"{month.short_name} {month.year}"))
        year = month.year
    return ticks


def _plan(archive: Archive, settings: Settings, portion: Portion = WHOLE) -> Iterable[Draft]:
    """To count everything takes a while, which is not spent where nothing changed."""
    if not portion.takes(_BATCH):
        return
    known = register(archive, settings)
    yield Draft(
        kind="trends",
        address=addresses.TRENDS,
        changed=_changed(archive),
        digest=told((settings, archive.topics), known.listed(known.row)),
        compose=partial(_page, archive, settings),
        batch=_BATCH,
    )


def _page(archive: Archive, settings: Settings) -> Page:
    return Page(
        kind="trends",
        address=addresses.TRENDS,
        title="Trends",
        description="The archive in pictures: papers, topics, keywords, organizations"
        f"{', upvotes' if settings.feed.has_votes else ''} and code.",
        view=_view(archive, settings),
        section=addresses.TRENDS,
        changed=_changed(archive),
    )


def _changed(archive: Archive) -> str:
    return archive.papers[0].day.isoformat() if archive.papers else ""


def _view(archive: Archive, settings: Settings) -> TrendsView:
    if not archive.papers:
        return TrendsView("", None, None, None, None, None, None, None)
    months = months_of(archive.papers)
    totals = by_month(archive.papers, months)
    first, last = archive.papers[-1].day, archive.papers[0].day
    rising, falling = moves(archive, _KEYWORDS)
    return TrendsView(
        span=f"from {plain_day(first)} to {plain_day(last)}",
        papers=papers_by_month(
            months,
            totals,
            "papers",
            "Papers per month",
            "How many papers stand on the days of each month.",
        ),
        topics=_topics(archive, months, totals),
        rising=_moves("rising", "Rising keywords", rising, settings),
        falling=_moves("falling", "Falling keywords", falling, settings),
        organizations=_organizations(archive),
        votes=_votes(archive),
        code=_code(archive, months, totals),
    )


def _topics(archive: Archive, months: Sequence[Month], totals: Sequence[int]) -> Panels | None:
    shares = {}
    for slug, counts in topics_by_month(archive).items():
        if counts:
            pairs = zip(months, totals, strict=True)
            shares[slug] = [100 * counts.get(month, 0) / total if total else 0.0 for month, total in pairs]
    if not shares:
        return None
    most = charts.steps(max(max(each) for each in shares.values()))[-1]
    topics = [topic for topic in archive.topics if topic.slug in shares]
    topics.sort(key=lambda topic: (-len(archive.by_topic[topic.slug]), topic.slug))
    places = charts.evenly(len(months))
    panels = []
    for topic in topics:
        values = shares[topic.slug]
        ends = f"{_percent(values[0])} in {months[0].name}, {_percent(values[-1])} in {months[-1].name}"
        drawn = charts.polyline(places, [value / most for value in values])
        heading = Link(topic.name, addresses.topic(topic.slug))
        panels.append(Panel(heading, drawn, f"{topic.name}: {ends}", _percent(values[-1])))
    rows = (
        (
            Link(topic.name, addresses.topic(topic.slug)),
            tuple(_percent(value) for value in shares[topic.slug]),
        )
        for topic in topics
    )
    return Panels(
        "Topics",
        f"The share of each month's papers that have the topic, from {months[0].name} to {months[-1].name}. "
        f"All lines have one scale, from 0 to {charts.number(most, percent=True)}. A paper may have several "
        f"topics. The number is the share in {months[-1].name}.",
        tuple(panels),
        Table(("Topic", *(month.name for month in months)), tuple(rows)),
    )


def _moves(name: str, title: str, found: Sequence[Move], settings: Settings) -> Chart | None:
    if not found:
        return None
    links = [
        Link(
            m.keyword.name,
            addresses.keyword(m.keyword.slug) if has_keyword_page(m.keyword.papers, settings) else "",
        )
        for m in found
    ]
    cells = [(_percent(move.before), _percent(move.after)) for move in found]
    return charts.rows(
        name,
        title,
        f"The share of papers with the keyword: the dot is the last {RECENT_DAYS} days, the line comes from "
        f"the {BEFORE_DAYS} days before. The clearest change stands first.",
        unit="of papers",
        labels=[link.text for link in links],
        values=[move.after for move in found],
        starts=[move.before for move in found],
        texts=[f"{before} → {after}" for before, after in cells],
        table=Table(
            ("Keyword", f"{BEFORE_DAYS} days before", f"Last {RECENT_DAYS} days"),
            tuple(zip(links, cells, strict=True)),
        ),
        percent=True,
    )


def _organizations(archive: Archive) -> Chart | None:
    places = sorted(archive.people.organizations.values(), key=lambda place: (-len(place.papers), place.slug))
    if not places:
        return None
    shown = places[:_ORGANIZATIONS]
    counts = [len(place.papers) for place in shown]
    named = sum(1 for paper in archive.papers if paper.organization)
    links = [Link(place.name, addresses.organization(place.slug)) for place in shown]
    return charts.rows(
        "organizations",
        "Organizations",
        f"Those with the most papers. {named:,} of {len(archive.papers):,} papers name an organization.",
        unit="papers",
        labels=[link.text for link in links],
        values=counts,
        texts=[f"{each:,}" for each in counts],
        table=Table(("Organization", "Papers"), tuple(zip(links, _cells(counts), strict=True))),
    )


def _votes(archive: Archive) -> Chart | None:
    seen = archive.observations
    known = [votes for paper in archive.papers if (votes := seen.upvotes(paper.id)) is not None]
    if not known:
        return None
    found = spread(known)
    labels = [f"{low:,}" if low >= high else f"{low:,} to {high:,}" for low, high in found]
    starts = [f"{low:,}" for low, _ in found]
    middle = sorted(known)[len(known) // 2]
    return charts.columns(
        "votes",
        "Upvotes",
        f"How many papers have so many upvotes; each range is twice as wide as the one before. "
        f"Half of the papers have {middle:,} or more.",
        unit="papers",
        labels=[f"{label} upvotes" for label in labels],
        values=list(found.values()),
        ticks=[(place, starts[place]) for place in charts.chosen(len(starts), most=10)],
        table=Table(
            ("Upvotes", "Papers"), tuple(zip(map(_plain, labels), _cells(found.values()), strict=True))
        ),
    )


def _code(archive: Archive, months: Sequence[Month], totals: Sequence[int]) -> Chart | None:
    with_code = [paper for paper in archive.papers if paper.github]
    if not with_code:
        return None
    since = Month.of(min(paper.day for paper in with_code))
    before = f"Before {since.name} no repository is known. " if since > months[0] else ""
    first = months.index(since)
    months, totals = months[first:], totals[first:]
    counts = by_month(with_code, months)
    shares = [100 * n / total if total else 0.0 for n, total in zip(counts, totals, strict=True)]
    places = charts.evenly(len(months))
    return charts.line(
        "code",
        "Papers with code",
        f"The share of each month's papers that link a repository. {before}{_percent(shares[0])} in "
        f"{months[0].name}, {_percent(shares[-1])} in {months[-1].name}.",
        unit="of papers",
        places=places,
        values=shares,
        ticks=[(places[place], text) for place, text in month_ticks(months)],
        table=Table(
            ("Month", "Share", "Papers with code"),
            tuple(
                (link, (_percent(share), f"{n:,}"))
                for link, share, n in zip(_month_links(months), shares, counts, strict=True)
            ),
        ),
        most=100,
        percent=True,
    )


def _peak(months: Sequence[Month], counts: Sequence[int]) -> str:
    most = max(counts, default=0)
    return f"The most, {most:,}, in {months[counts.index(most)].name}." if most else ""


def _month_links(months: Sequence[Month]) -> list[Link]:
    return [_plain(month.name) for month in months]


def _plain(text: str) -> Link:
    return Link(text, "")


def _cells(counts: Iterable[int]) -> list[tuple[str, ...]]:
    return [(f"{each:,}",) for each in counts]


def _percent(share: float) -> str:
    """`12 %`, `0.4 %`: one digit after the point below ten percent."""
    return f"{share:.0f} %" if share >= 9.95 else f"{share:.1f} %"


KIND = PageKind("trends", _plan, _plan)
