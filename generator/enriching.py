"""The fourth story: how stored papers get what arXiv knows of them and the feed did not tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from math import ceil
from typing import Protocol

from generator.config import Config
from generator.errors import FeedError, FeedUnreachable, Problem
from generator.feed.arxiv_api import SECONDS_APART
from generator.feed.arxiv_lookup import BATCH, Found
from generator.feed.enrich import Wanted as Wanted
from generator.feed.enrich import changed_fields, enriched, papers_to_ask
from generator.files import exclusive
from generator.model.contents import Changes, Contents
from generator.model.paper import Paper
from generator.report import EnrichPlan, EnrichReport, Progress, silent
from generator.store.content import ContentStore

_MOST_FAILURES = 3
"""Requests in a row that may fail before the rest is left for another time."""


class Catalogue(Protocol):
    """Where papers are looked up by their ids."""

    @property
    def requests(self) -> int: ...

    def look_up(self, ids: Sequence[str]) -> Found:
        """What is known of at most `BATCH` ids. Raises FeedError."""
        ...


def plan_enriching(config: Config, wanted: Wanted) -> EnrichPlan:
    """What `enrich_papers` would ask for. Nothing is asked and nothing written."""
    store = ContentStore(config.content)
    ids = papers_to_ask(store.read_all(), wanted, store.read_unknown())
    requests = ceil(len(ids) / BATCH)
    return EnrichPlan(len(ids), requests, requests * SECONDS_APART)


def enrich_papers(
    config: Config, catalogue: Catalogue, wanted: Wanted, *, today: date, progress: Progress = silent
) -> EnrichReport:
    """Ask `catalogue` for the stored papers that lack what it can add, and store that, a batch at a time.

    What is stored is not asked for again, so that a run that was cut off can be run again. An id that is not
    known there is noted with `today` and is not asked for again either. Where the catalogue cannot be
    reached, or fails some times in a row, the rest is left.
    """
    with exclusive(config.cache, "content", what=str(config.content)):
        store = ContentStore(config.content)
        store.tidy()
        run = _Run(store, today)
        ids = papers_to_ask(run.contents, wanted, run.unknown)
        failures = 0
        with progress("Asking arXiv", len(ids)) as step:
            for start in range(0, len(ids), BATCH):
                batch = ids[start : start + BATCH]
                try:
                    run.store(batch, catalogue.look_up(batch))
                    failures = 0
                except FeedError as error:
                    run.errors.append(str(error))
                    failures += 1
                    if isinstance(error, FeedUnreachable) or failures == _MOST_FAILURES:
                        break
                step(len(batch))
    return run.report(len(ids), catalogue.requests)


class _Run:
    """What has come of it so far."""

    def __init__(self, store: ContentStore, today: date) -> None:
        self._store = store
        self._today = today
        self.contents: Contents = store.read_all()
        self.unknown: Mapping[str, date] = store.read_unknown()
        self.errors: list[str] = []
        self._answered = 0
        self._fields: Counter[str] = Counter()
        self._changed = 0
        self._denied: list[str] = []
        self._left: list[Problem] = []
        self._refused: list[Problem] = []

    def store(self, ids: Sequence[str], found: Found) -> None:
        """Store what was `found` of `ids`."""
        changed: list[Paper] = []
        for fresh in found.papers:
            stored = self.contents.papers[fresh.id]
            better = enriched(stored, fresh)
            self._left += [Problem(fresh.id, what) for what in better.left]
            if better.paper != stored:
                changed.append(better.paper)
                self._fields.update(changed_fields(stored, better.paper))
        self.contents = self._store.write(self.contents, Changes(tuple(changed)))
        known = {paper.id for paper in found.papers}
        unknown = {each: day for each, day in self.unknown.items() if each not in known}
        unknown |= {each: self._today for each in sorted(found.unknown) if each not in unknown}
        if unknown != self.unknown:
            self._store.write_unknown(unknown)
            self.unknown = unknown
        self._answered += len(known | found.unknown)
        self._changed += len(changed)
        self._denied += [each for each in ids if each in found.unknown]
        self._refused += found.problems

    def report(self, wanted: int, requests: int) -> EnrichReport:
        return EnrichReport(
            wanted=wanted,
            answered=self._answered,
            requests=requests,
            changed=self._changed,
            fields=dict(self._fields),
            unknown=tuple(self._denied),
            left=tuple(self._left),
            refused=tuple(self._refused),
            errors=tuple(self.errors),
        )
