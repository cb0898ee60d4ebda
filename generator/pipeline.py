"""The two stories: how a snapshot is taken, and how the site is made. What only a snapshot needs is imported
where it begins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Protocol

from generator.builder import unchanged
from generator.builder.crew import crew
from generator.builder.decide import unwanted
from generator.builder.folder import SiteFolder
from generator.builder.memory import keep_large_apart
from generator.builder.part import Found, Part
from generator.config import Config
from generator.errors import FeedError, FeedUnreachable
from generator.files import exclusive
from generator.model.contents import Contents
from generator.model.gaps import Coverage, coverage
from generator.outputs import clash, plan_all, plan_artifacts, plan_last, share_out
from generator.outputs.site import Site
from generator.pages import plan_pages
from generator.pages.page import Listed
from generator.planning import is_worth_forking, no_collection, read_site, whole
from generator.portion import NOTHING, Portion
from generator.quick import Sight, standing
from generator.reading import content_store
from generator.report import BuildReport, DayOutcome, Progress, SnapshotReport, silent

if TYPE_CHECKING:
    from generator.feed.entry import DayPage
    from generator.feed.merge import Reconciled


class Feed(Protocol):
    """A source of days."""

    def fetch_day(self, day: date, *, known: bool) -> DayPage | None:
        """All that is listed on `day`; None where it is `known` already and has not changed.

        Raises FeedError.
        """
        ...


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
    from generator.feed.identity import Identities
    from generator.feed.merge import Reconciled, is_known, reconcile, record_failure, record_unchanged

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
    seen: Sight | None = None,
) -> BuildReport:
    """Read everything, plan every file, make only what changed, remove what nobody wants any more.

    A large site is planned and made by as many processes as `workers`; many files may be made by the machines
    of a `cluster`. `seen` is what somebody has just looked at.
    """
    folder = SiteFolder(config.site, config.cache)
    note_path = unchanged.note_of(config)
    with exclusive(config.cache, folder.name, what=str(config.site)):
        seen = seen or Sight(config, workers=workers)
        done = None if force else standing(seen)
        if done:
            return done
        unchanged.forget(note_path)
        helpers = 1 if cluster else workers  # a cluster's client has threads, and may not be forked
        seen.look_on()
        keep_large_apart()
        with no_collection():
            known = seen.inputs.content
            site = read_site(config, known or None, workers=helpers)
            memory = folder.recall()
            present = folder.present(memory, seen.outputs)
            made = {**memory.files, **present.refreshed}
        fingerprints = {path: each.fingerprint for path, each in made.items()}
        found = Found(folder, fingerprints, present, force, now)
        shares = share_out(
            helpers if is_worth_forking(site) else 1,
            again=site.style_address in made,  # every page names it: with another one all pages are new
            is_lean=site.is_lean,
        )
        own, *others = shares.each
        with crew(partial(_part, site, found), others, shares.common) as beside:
            part, common = _part(site, found, own), _part(site, found, shares.common)
            offers = [part.offer, common.offer, *beside.offers()]
            pages = tuple(chain.from_iterable([each.pages for each in offers]))
            last = Part(plan_last(replace(site, others=pages)), site.theme, found)
            offers.append(last.offer)
            wanted = [path for each in offers for path in (*each.make, *each.keep)]
            if clash(wanted):
                plan_all(whole(site))  # says who wants what
            make = dict(chain.from_iterable([each.make.items() for each in offers]))
            remove = unwanted(present.paths, set(wanted))
            folder.claim()
            folder.remove(_in_the_way(make, remove))
            with progress("Making files", len(make)) as step:

                def tell(count: int) -> None:
                    step(count)
                    beside.tell(step)

                beside.begin()
                fresh = part.make(tell, cluster) | last.make(tell)
                fresh |= common.make(tell, turns=beside.turns()) | beside.made(step)
        folder.remove(remove)
        stand = {path: made[path] for each in offers for path in each.keep}
        stand |= {path: each.made for path, each in fresh.items()}
        outputs = folder.remember(stand)
        new = {
            path: reason for path, reason in make.items() if fresh[path].is_new or path not in made or force
        }
        report = BuildReport(
            papers=len(site.archive.papers),
            days=len(site.archive.days_with_papers()),
            topics=len(site.archive.topics),
            pages=len(pages),
            made=new,
            kept=len(wanted) - len(new),
            removed=tuple(remove),
            held=(site, part, common, made),
        )
        if known == seen.inputs.content and unchanged.are_same(config, seen.inputs):
            unchanged.remember(note_path, _note(seen.inputs.digest, outputs, report))
    return report


def _part(site: Site, found: Found, portion: Portion) -> Part:
    """What falls to `portion` of `site`, held against what was `found`."""
    with no_collection():
        if portion == NOTHING:
            return Part({}, site.theme, found)
        pages = tuple(plan_pages(site.archive, site.settings, portion))
        listed = tuple([Listed(page.kind, page.address, page.changed) for page in pages])
        artifacts = plan_artifacts(replace(site, pages=pages, portion=portion))
        return Part(artifacts, site.theme, found, listed)


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


def _in_the_way(make: Iterable[str], remove: Iterable[str]) -> list[str]:
    """Files to remove before others can be made: one stands where a folder must, or the other way round."""
    wanted = set(make)
    folders = {folder for path in wanted for folder in _parents(path)}
    return [path for path in remove if path in folders or wanted.intersection(_parents(path))]


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
