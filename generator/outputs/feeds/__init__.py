"""A feed for every list of the site.

The archive's own lists and the topics come as Atom, RSS and JSON Feed, with their papers in full. Authors and
organizations are many and come as Atom, by the papers' summaries. So do the months of the archive and of each
topic once they are over, which are archive documents (RFC 5005) and never change: a reader that follows
`prev-archive` has every paper ever listed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

from msgspec.structs import replace as with_other

from generator.model.archive import Archive
from generator.model.paper import Paper
from generator.model.periods import Month
from generator.model.trending import top, trending
from generator.outputs.artifact import Artifact
from generator.outputs.feeds.draft import Desk, Drafted, Entries
from generator.outputs.feeds.feed import Feed
from generator.outputs.feeds.formats import FORMATS
from generator.outputs.feeds.opml import Opml, opml_of
from generator.outputs.site import Site
from generator.pages import addresses, feed_links
from generator.pages.day import failures
from generator.pages.links import author_pages
from generator.pages.page import FeedLink

_SETTLED = timedelta(days=14)
"""How long after its end a month still waits for papers before its archive document is closed."""
_DAYS = 30
_WEEKS = 4
_TOP = 10
"""Days of the daily feed; weeks of the weekly one, and papers of each."""
_FEW = 15
"""The most entries of an author's or an organization's feed."""
_STRETCH = 200
"""The most entries by which a feed is longer than it need be, to reach back to what is over."""
_MORNING = time(8)
_ATOM = ("atom.xml",)


def plan(site: Site) -> Iterator[Artifact]:
    """Every format of every feed, and the lists of feeds."""
    settings, archive = site.settings, site.archive
    desk = Desk(site)
    everything = feed_links.everything(settings)
    yield from _with_history(
        site,
        everything,
        settings.description,
        addresses.HOME,
        archive.papers,
        desk,
    )
    for topic in archive.topics:
        link = with_other(feed_links.topic(topic), title=f"{settings.title}: {topic.name}")
        yield from _with_history(
            site,
            link,
            topic.description,
            addresses.topic(topic.slug),
            archive.by_topic[topic.slug],
            desk,
        )
    days = desk.days(archive.days_with_papers()[-_DAYS:])
    link = feed_links.daily(settings)
    told = "The papers of each day as one entry."
    yield from _formats(site, _feed(site, link, told, addresses.HOME, days), link)
    if settings.feed.has_votes:
        yield from _voted(site, desk)
    lists = [(addresses.OPML, settings.title, _lists(site))]
    if not site.is_lean:
        yield from _people(site, desk)
        title = f"{settings.title}: authors and organizations"
        lists.append((addresses.PEOPLE_OPML, title, _names(site)))
    for path, title, groups in lists:
        yield Artifact(path, f"list of feeds {path}", Opml(title, opml_of(settings.base_url, groups)))


def _voted(site: Site, desk: Desk) -> Iterator[Artifact]:
    """The feeds of the papers that readers vote for."""
    settings, archive = site.settings, site.archive
    hot = desk.full(trending(archive, settings.feed_entries))
    link = feed_links.trending(settings)
    yield from _formats(site, _feed(site, link, "What readers vote for now.", addresses.TRENDING, hot), link)
    link = feed_links.top_of_the_week(settings)
    told = f"The {_TOP} most upvoted papers of each week, once it is over."
    yield from _formats(site, _feed(site, link, told, addresses.HOME, _best(archive, desk)), link)


def _with_history(
    site: Site,
    link: FeedLink,
    description: str,
    page: str,
    papers: Sequence[Paper],
    desk: Desk,
) -> Iterator[Artifact]:
    """The feed of `papers` (newest first) and, where it does not hold them all, a document for each month.

    A month that is over has one that never changes. In Atom the feed itself goes back to where those begin,
    its older entries in brief; were that too many, the months that are not over have documents that grow.
    """
    newest = desk.full(papers[: site.settings.feed_entries])
    told = f"{description} {failures(site.archive)}".rstrip()
    feed = _feed(site, link, told, page, newest)
    if len(papers) <= len(newest) or (site.is_lean and link != feed_links.everything(site.settings)):
        yield from _formats(site, feed, link)
        return
    months = _months(papers)
    settled = _settled(site.archive)
    growing = [month for month in months if month.last >= settled]
    older = papers[len(newest) : sum(len(months[month]) for month in growing)]
    stretched = len(older) <= _STRETCH
    documents = [month for month in reversed(months) if not (stretched and month in growing)]
    previous = ""
    for month in documents:
        document = replace(
            feed,
            id=f"{feed.id}{month.slug}/",
            title=f"{feed.title}, {month.name}",
            description=description,
            address=f"{feed.address}{month.slug}/",
            entries=desk.all_in_brief(months[month]),
            previous=previous,
            current=f"{feed.address}atom.xml",
            is_closed=month not in growing,
        )
        previous = f"{document.address}atom.xml"
        yield from _formats(site, document, with_other(link, formats=_ATOM))
    entries = [*newest, *desk.brief(older)] if stretched else newest
    yield from _formats(
        site,
        replace(feed, previous=previous, entries=Entries.of(entries)),
        with_other(link, formats=_ATOM),
    )
    yield from _formats(
        site,
        feed,
        with_other(link, formats=tuple(name for name in link.formats if name not in _ATOM)),
    )


def _people(site: Site, desk: Desk) -> Iterator[Artifact]:
    archive, settings = site.archive, site.settings
    people = archive.people
    for slug in author_pages(archive, settings):
        author = people.authors[slug]
        link = feed_links.author(author)
        feed = _of_name(site, link, f"Papers by {author.name}", addresses.author(slug), author.papers, desk)
        yield from _formats(site, feed, link)
    for slug, place in people.organizations.items():
        link = feed_links.organization(place)
        page = addresses.organization(slug)
        feed = _of_name(site, link, f"Papers from {place.name}", page, place.papers, desk)
        yield from _formats(site, feed, link)


def _of_name(
    site: Site,
    link: FeedLink,
    title: str,
    page: str,
    papers: Sequence[Paper],
    desk: Desk,
) -> Feed:
    entries = desk.brief(papers[:_FEW])
    told = f"{title}, as {site.settings.title} lists them."
    return replace(_feed(site, link, told, page, entries), title=title)


def _feed(site: Site, link: FeedLink, description: str, page: str, entries: Iterable[Drafted]) -> Feed:
    settings = site.settings
    return Feed(
        id=f"{settings.feed_id}{link.address}",
        title=link.title,
        description=description,
        publisher=settings.title,
        language=settings.language,
        url=settings.base_url + page,
        address=settings.base_url + link.address,
        entries=Entries.of(entries),
        hub=settings.websub_hub,
    )


def _formats(site: Site, feed: Feed, link: FeedLink) -> Iterator[Artifact]:
    path = feed.address.removeprefix(site.settings.base_url)
    for name in link.formats:
        yield Artifact(f"{path}{name}", f"feed {feed.title} ({name})", FORMATS[name](feed))


def _months(papers: Sequence[Paper]) -> dict[Month, Sequence[Paper]]:
    """By the month of the day they stand on, in their order, which is by day, the newest first."""
    months: dict[Month, Sequence[Paper]] = {}
    start = 0
    while start < len(papers):
        month = Month.of(papers[start].day)
        end = bisect_left(papers, True, lo=start, key=partial(_is_before, month.first))
        months[month] = papers[start:end]
        start = end
    return months


def _is_before(day: date, paper: Paper) -> bool:
    return paper.day < day


def _settled(archive: Archive) -> date:
    """A month that ended before this day is closed."""
    return archive.days_with_papers()[-1] - _SETTLED


def _best(archive: Archive, desk: Desk) -> list[Drafted]:
    """The best of the last weeks that are over, dated by the Monday after, the first of a week last."""
    days = archive.days_with_papers()
    over = [week for week in sorted(archive.by_week) if week.last < days[-1]][-_WEEKS:]
    found: dict[str, Drafted] = {}
    for week in over:
        monday = datetime.combine(week.last + timedelta(days=1), _MORNING, UTC)
        for rank, paper in enumerate(top(archive, archive.by_week[week], _TOP)):
            if paper.id not in found:
                found[paper.id] = desk.anew(paper, monday - timedelta(seconds=rank))
    return list(found.values())


def _lists(site: Site) -> Iterator[tuple[str, list[FeedLink]]]:
    settings = site.settings
    yield "Lists", feed_links.general(settings)
    yield "Topics", [feed_links.topic(topic) for topic in site.archive.topics]


def _names(site: Site) -> Iterator[tuple[str, list[FeedLink]]]:
    people = site.archive.people
    shown = author_pages(site.archive, site.settings)
    authors = [feed_links.author(people.authors[slug]) for slug in shown]
    yield "Authors", sorted(authors, key=lambda link: link.address)
    places = [feed_links.organization(place) for place in people.organizations.values()]
    yield "Organizations", sorted(places, key=lambda link: link.address)
