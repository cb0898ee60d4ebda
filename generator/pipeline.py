"""The two stories: how a snapshot is taken, and how the site is made."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from generator.aside import Aside
from generator.builder import unchanged
from generator.builder.code import code_digest
from generator.builder.decide import Decision, decide
from generator.builder.fingerprint import fingerprints
from generator.builder.folder import SiteFolder
from generator.builder.make import Job, make_files
from generator.builder.unchanged import Inputs
from generator.config import Config
from generator.errors import FeedError, FeedUnreachable
from generator.feed.entry import DayPage
from generator.feed.identity import Identities
from generator.feed.merge import Reconciled, is_known, reconcile, record_failure, record_unchanged
from generator.files import exclusive
from generator.model.contents import Contents
from generator.model.gaps import Coverage, coverage
from generator.outputs import plan_artifacts
from generator.outputs.artifact import Artifact
from generator.outputs.kept import Kept
from generator.outputs.site import Site
from generator.pages import plan_pages
from generator.quick import standing
from generator.reading import content_store, read_archive
from generator.report import BuildReport, DayOutcome, Progress, SnapshotReport, silent
from generator.store.moved import read_moved
from generator.theme.theme import load_theme


class Feed(Protocol):
    """A source of days."""

    def fetch_day(self, day: date, *, known: bool) -> DayPage | None:
        """All that is listed on `day`; None where it is `known` already and has not changed.

        Raises FeedError.
        """
        ...


@dataclass(frozen=True, slots=True)
class Plan:
    """The site as it should be."""

    site: Site
    artifacts: dict[str, Artifact]


def take_snapshot(
    config: Config,
    feed: Feed,
    choose: Callable[[Contents], Iterable[date]],
    *,
    now: str,
    progress: Progress = silent,
) -> SnapshotReport:
    """Ask `feed` for the days that `choose` picks and store what it knows more than we do, day by day.

    A day is noted as done only when all of it is stored, so that a run that is cut off can be run again.
    Where the feed cannot be reached at all, nothing is written and the days that follow are not asked.
    """
    with exclusive(config.cache, "content", what=str(config.content)):
        store = content_store(config)
        store.tidy()
        contents = store.read_all()
        identities = Identities(contents.papers.values())
        days = tuple(choose(contents))
        told: list[tuple[DayOutcome, Reconciled]] = []
        unreachable = ""
        with progress("Asking the feed", len(days)) as step:
            for day in days:
                try:
                    page = feed.fetch_day(day, known=is_known(contents, day))
                except FeedUnreachable as error:
                    unreachable = str(error)
                    break
                except FeedError as error:
                    change = Reconciled(record_failure(contents, day, now=now))
                    contents = store.write(contents, change.changes)
                    told.append((_outcome(contents, day, None, change, error=str(error)), change))
                else:
                    change = (
                        reconcile(contents, identities.recognise(page), now=now)
                        if page
                        else Reconciled(record_unchanged(contents, day, now=now))
                    )
                    contents = store.write(contents, change.changes)
                    told.append((_outcome(contents, day, page, change), change))
                step(1)
    return _snapshot_report(told, unreachable)


def days_known(config: Config, *, today: date) -> Coverage:
    """What content/ knows of the feed's days, and what it does not."""
    return coverage(content_store(config).read_all(), today=today)


def make_site(
    config: Config,
    *,
    now: str,
    force: bool = False,
    workers: int = 1,
    cluster: Executor | None = None,
    progress: Progress = silent,
    inputs: Inputs | None = None,
) -> BuildReport:
    """Read everything, plan every file, make only what changed, remove what nobody wants any more.

    Many files are made by as many processes as `workers`, or by the machines of a `cluster`. `inputs` is what
    somebody has just seen of what there is to read.
    """
    folder = SiteFolder(config.site, config.cache)
    note_path = unchanged.note_of(config)
    with exclusive(config.cache, folder.name, what=str(config.site)):
        inputs = inputs or unchanged.look(config)
        done = None if force else standing(config, inputs)
        if done:
            return done
        note_path.unlink(missing_ok=True)
        helpers = 1 if cluster else workers  # a cluster's client has threads, and may not be forked
        standing_files = Aside(
            lambda: folder.present(folder.recall()), forks=helpers > 1 and folder.remembers_many
        )
        with _no_collection():
            plan = plan_site(config, inputs.content or None, workers=helpers)
            wanted = fingerprints(plan.artifacts, code_digest())
            made = folder.recall()
            present = standing_files.answer()
            made |= present.refreshed
            known = {path: each.fingerprint for path, each in made.items()}
            decision = decide(wanted, known, present.paths, present.altered, force=force)
        folder.claim()
        folder.remove(_in_the_way(decision))
        with progress("Making files", len(decision.make)) as step:
            job = Job(decision.make, plan.artifacts, wanted, plan.site.theme, folder, now)
            fresh = make_files(job, workers=workers, step=step, cluster=cluster)
        folder.remove(decision.remove)
        stand = {path: made[path] for path in decision.keep}
        stand |= {path: each.made for path, each in fresh.items()}
        folder.remember(stand)
        new = {
            path: reason
            for path, reason in decision.make.items()
            if fresh[path].is_new or path not in made or force
        }
        archive = plan.site.archive
        report = BuildReport(
            papers=len(archive.papers),
            days=len(archive.days_with_papers()),
            topics=len(archive.topics),
            pages=len(plan.site.pages),
            made=new,
            kept=len(plan.artifacts) - len(new),
            removed=tuple(decision.remove),
        )
        unchanged.remember(note_path, _note(inputs.digest, unchanged.digest_of_outputs(stand), report))
    return report


def _note(inputs: str, outputs: str, report: BuildReport) -> unchanged.Note:
    """What the next build needs to see that nothing changed since that of `report`: digests of what it read
    and of what it left."""
    return unchanged.Note(
        inputs=inputs,
        outputs=outputs,
        papers=report.papers,
        days=report.days,
        topics=report.topics,
        pages=report.pages,
        files=report.kept + len(report.made),
    )


def plan_site(config: Config, known: Mapping[str, bytes] | None = None, *, workers: int = 1) -> Plan:
    """The site that content/ and the theme ask for. Nothing of it is written.

    `known`: what stands for the bytes of each file in content/, where somebody has just looked at them.
    `workers`: as many processes may help.
    """
    archive, settings = read_archive(config, known, workers=workers), config.settings
    theme = load_theme(
        settings.theme, config.themes, base_path=settings.base_path, origin=settings.origin
    )  # fmt: skip
    moved = read_moved(config.content / "redirects.yml")
    kept = Kept(config.cache / "pieces", code_digest())
    site = Site(settings, archive, tuple(plan_pages(archive, settings)), theme, moved, kept)
    return Plan(site, plan_artifacts(site))


@contextmanager
def _no_collection() -> Iterator[None]:
    """Planning makes millions of values and throws hardly any away, so that to look for garbage is waste;
    also later, and when the program ends. What an earlier plan left may be looked through again."""
    was_on = gc.isenabled()
    gc.disable()
    gc.unfreeze()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()


def _in_the_way(decision: Decision) -> list[str]:
    """Files to remove before others can be made: one stands where a folder must, or the other way round."""
    folders = {folder for path in decision.make for folder in _parents(path)}
    wanted = set(decision.make)
    return [path for path in decision.remove if path in folders or wanted.intersection(_parents(path))]


def _parents(path: str) -> Iterable[str]:
    while path := path.rpartition("/")[0]:
        yield path


def _outcome(
    contents: Contents, day: date, page: DayPage | None, change: Reconciled, *, error: str = ""
) -> DayOutcome:
    record = contents.records.get(day)
    return DayOutcome(
        day=day,
        status=record.status if record else None,
        listed=len(page.entries) if page else 0,
        added=len(change.added),
        amended=len(change.amended),
        figures=len(change.changes.observations),
        problems=page.problems if page else (),
        notes=page.notes if page else (),
        unknown_fields=page.unknown_fields if page else {},
        error=error,
    )


def _snapshot_report(told: list[tuple[DayOutcome, Reconciled]], unreachable: str) -> SnapshotReport:
    differing: Counter[str] = Counter()
    unknown: Counter[str] = Counter()
    for outcome, change in told:
        differing.update(difference.field for difference in change.differences)
        unknown.update(outcome.unknown_fields)
    return SnapshotReport(tuple(outcome for outcome, _ in told), unreachable, dict(differing), dict(unknown))
