"""The third story: how files that somebody kept of the feed get into content/."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path

from generator.config import Config
from generator.errors import NotAPage, Problem
from generator.feed.entry import Entry
from generator.feed.fields import EntryError
from generator.feed.identity import Identities, in_utc, together
from generator.feed.merge import Difference, Reconciled, absorb, record_listed
from generator.feed.saved import files_in, read_saved, shown
from generator.feed.saved_page import SavedPage
from generator.feed.text import quoted
from generator.files import exclusive
from generator.model.contents import Changes, Contents
from generator.model.paper import DayRecord, Figures
from generator.report import FileOutcome, ImportReport, Progress, silent
from generator.store.content import ContentStore

BATCH = 50
"""Files that are stored together: the logs, which grow, are written once for all of them."""


def import_files(
    config: Config,
    paths: Sequence[Path],
    *,
    now: str,
    observed: str | None = None,
    year: int | None = None,
    progress: Progress = silent,
) -> ImportReport:
    """Store what the files at `paths`, and in the folders among them, know more than we do.

    What is no page of the feed is refused by name, and the rest goes in. The figures are those of the moment
    that a file tells; `observed` says another one, for all of them. `year` is that of dates without one.
    Files are taken in the order of those moments, so that the order of `paths` makes no difference.
    """
    with exclusive(config.cache, "content", what=str(config.content)):
        store = ContentStore(config.content)
        store.tidy()
        contents = store.read_all()
        files, refused = files_in(paths)
        outcomes = [FileOutcome(error=str(error)) for error in refused]
        pages: list[tuple[str, SavedPage]] = []
        with progress("Reading files", len(files)) as step:
            for path in files:
                try:
                    page = read_saved(path, year)
                except NotAPage as error:
                    outcomes.append(FileOutcome(shown(path), error=str(error)))
                else:
                    pages.append((shown(path), replace(page, observed=observed or page.observed)))
                step(1)
        pages.sort(key=lambda each: (each[1].observed, each[1].day or date.min, each[0]))
        told, differences = _store(store, contents, pages, now, progress)
    return _report([*outcomes, *told], pages, differences)


def _store(
    store: ContentStore,
    contents: Contents,
    pages: Sequence[tuple[str, SavedPage]],
    now: str,
    progress: Progress,
) -> tuple[list[FileOutcome], Iterable[Difference]]:
    identities = Identities(contents.papers.values())
    told: list[FileOutcome] = []
    differences: dict[Difference, None] = {}
    with progress("Storing pages", len(pages)) as step:
        for start in range(0, len(pages), BATCH):
            batch = _Batch(contents, identities, now)
            for path, page in pages[start : start + BATCH]:
                outcome, differing = batch.take(path, page)
                told.append(outcome)
                differences |= dict.fromkeys(differing)
            contents = store.write(contents, batch.changes())
            step(len(pages[start : start + BATCH]))
    return told, differences


class _Batch:
    """Pages that are stored together: what the contents come to with them, and what changes for that."""

    def __init__(self, contents: Contents, identities: Identities, now: str) -> None:
        self.contents = contents
        self._identities = identities
        self._now = now
        self._changes: list[Changes] = []

    def take(self, path: str, page: SavedPage) -> tuple[FileOutcome, tuple[Difference, ...]]:
        """Add what `page` knows more, and say what that is."""
        done: list[Reconciled] = []
        problems, notes = list(page.problems), list(page.notes)
        for day in page.days:
            entries = self._identified(day.entries, page, path, problems, notes)
            done.append(self._absorb(entries, page.observed))
            record = record_listed(self.contents, replace(day, entries=entries), now=self._now)
            self._keep(Changes(records=(record,) if record else ()))
        done.append(self._absorb(self._identified(page.unlisted, page, path, problems, notes), page.observed))
        outcome = FileOutcome(
            path=path,
            kind=page.kind,
            days=tuple(day.day for day in page.days),
            listed=page.listed,
            added=sum(len(change.added) for change in done),
            amended=sum(len(change.amended) for change in done),
            figures=sum(len(change.changes.observations) for change in done),
            problems=tuple(problems),
            notes=tuple(notes),
        )
        return outcome, tuple(chain.from_iterable(change.differences for change in done))

    def changes(self) -> Changes:
        """All changes as one, each paper and each day as it is in the end."""
        papers = {paper.id: paper for change in self._changes for paper in change.papers}
        records: dict[date, DayRecord] = {}
        for change in self._changes:
            records.update((record.day, record) for record in change.records)
        observations = chain.from_iterable(change.observations for change in self._changes)
        return Changes(tuple(papers.values()), tuple(observations), tuple(records.values()))

    def _identified(
        self,
        entries: Iterable[Entry],
        page: SavedPage,
        path: str,
        problems: list[Problem],
        notes: list[Problem],
    ) -> tuple[Entry, ...]:
        """`entries` as the papers that they are, each once; what has to be said of them goes to the lists."""
        found: list[Entry] = []
        for entry in entries:
            where = f"{path}, {entry.paper.id or quoted(entry.paper.title)}"
            try:
                known = self._dated(self._identities.identify(entry), page, where, notes)
            except EntryError as refused:
                problems.append(Problem(where, str(refused)))
                continue
            if page.is_eastern:
                known = in_utc(known, self.contents.papers.get(known.paper.id))
            if not page.observed and known.figures != Figures():
                what = "nothing tells when its figures were seen, so they were left out; --observed says it"
                notes.append(Problem(where, what))
                known = replace(known, figures=Figures())
            found.append(known)
        return together(found)

    def _dated(self, entry: Entry, page: SavedPage, where: str, notes: list[Problem]) -> Entry:
        """`entry`, on the page's own day where nothing else says on which a new paper stands."""
        paper = entry.paper
        if paper.days or paper.published or paper.id in self.contents.papers:
            return entry
        if page.day is None:
            raise EntryError("no date stands with it or on the page, so it would stand on no day")
        notes.append(
            Problem(where, f"no date stands with it, so it stands on the page's own day, {page.day}")
        )
        return replace(entry, paper=replace(paper, days=(page.day,)))

    def _absorb(self, entries: Sequence[Entry], observed: str) -> Reconciled:
        change = absorb(self.contents, entries, observed=observed)
        self._keep(change.changes)
        return change

    def _keep(self, changes: Changes) -> None:
        if changes:
            self.contents = self.contents.with_changes(changes)
            self._changes.append(changes)


def _report(
    outcomes: Iterable[FileOutcome], pages: Iterable[tuple[str, SavedPage]], differences: Iterable[Difference]
) -> ImportReport:
    unknown: Counter[str] = Counter()
    for _, page in pages:
        unknown.update(page.unknown_fields)
    return ImportReport(
        files=tuple(sorted(outcomes, key=lambda outcome: outcome.path)),
        differing=dict(Counter(difference.field for difference in differences)),
        unknown_fields=dict(unknown),
    )
