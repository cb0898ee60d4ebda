"""The archive in the shape of the feed's own interface, as files: what `?date=2025-11-07` would have answered
stands at `api/daily_papers/2025-11-07.json`. Written for programs that read the feed, this one among them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from generator.exporting.feed_shape import answer
from generator.exporting.holding import Holding
from generator.model.archive import Archive
from generator.model.paper import Paper
from generator.outputs.artifact import Artifact
from generator.outputs.order import months_of
from generator.outputs.site import Site
from generator.pages import addresses
from generator.theme.theme import Theme


@dataclass(frozen=True, slots=True)
class DayAnswer:
    """The recipe of the answer for a day."""

    listed: Holding
    """The papers that the feed listed, most upvotes first."""

    def make(self, theme: Theme) -> bytes:
        return answer(self.listed.papers)


@dataclass(frozen=True, slots=True)
class Index:
    """The recipe of a JSON object that says which other files there are."""

    told: tuple[tuple[str, str | int | tuple[str, ...]], ...]
    """Keys and values, in order."""

    def make(self, theme: Theme) -> bytes:
        return json.dumps(dict(self.told), ensure_ascii=False, separators=(",", ":")).encode()


def plan(site: Site) -> Iterable[Artifact]:
    """An answer for each day of which it is known what was listed; the latest once more; what there is."""
    if not site.settings.exports or site.is_lean:
        return
    archive = site.archive
    latest: DayAnswer | None = None
    known: list[tuple[date, int]] = []
    for day in archive.days:
        listed = _listed(archive, day)
        if listed or _is_empty(archive, day):
            recipe = DayAnswer(Holding.of(archive, listed, figures=True))
            latest = recipe if listed else latest
            known.append((day, len(listed)))
            yield Artifact(addresses.api_day(day), f"API answer for {day}", recipe)
    if latest:
        yield Artifact(addresses.API_LATEST, "API answer for the latest day", latest)
    years = []
    for year, days in groupby(known, key=lambda each: each[0].year):
        years.append(year)
        counts = Index(tuple((day.isoformat(), count) for day, count in days))
        yield Artifact(addresses.api_year(year), f"API list of the days of {year}", counts)
    yield Artifact(addresses.API, "API index", _index(site, years, has_days=latest is not None))


def _index(site: Site, years: Iterable[int], *, has_days: bool) -> Index:
    base = site.settings.base_url
    return Index((
        ("title", site.settings.title),
        *((("latest", base + addresses.API_LATEST),) if has_days else ()),
        ("day", base + "api/daily_papers/{date}.json"),
        ("days", tuple(base + addresses.api_year(year) for year in years)),
        ("jsonl", tuple(base + addresses.lines_export(month) for month in months_of(site.archive))),
        ("csv", base + addresses.CSV_EXPORT),
        ("sqlite", base + addresses.SQLITE_EXPORT),
    ))  # fmt: skip


def _listed(archive: Archive, day: date) -> tuple[Paper, ...]:
    """The papers that the feed listed on `day`: not those that stand there by their publication."""
    return tuple(paper for paper in archive.by_day.get(day, ()) if paper.days)


def _is_empty(archive: Archive, day: date) -> bool:
    """Whether the feed said that it lists nothing on `day`."""
    record = archive.records.get(day)
    return record is not None and record.status == "empty"
