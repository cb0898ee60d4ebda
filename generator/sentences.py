"""What a report says to a person: lines of text. Pure; the command line prints them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from generator.model.gaps import Coverage, Span
from generator.report import (
    BuildReport,
    DayOutcome,
    EnrichPlan,
    EnrichReport,
    Explanation,
    FileOutcome,
    ImportReport,
    SnapshotReport,
)

_EVIDENCE_SHOWN = 5
_SPANS_SHOWN = 12
_FILES_SHOWN = 20
_LEFT_SHOWN = 20


def snapshot_lines(report: SnapshotReport) -> Iterator[str]:
    """A line a day, each refused entry below it, then what the owner should know."""
    for outcome in report.outcomes:
        yield _outcome_line(outcome)
        for problem in (*outcome.problems, *outcome.notes):
            yield f"  {problem}"
    if report.differing:
        said = _differing(report.differing)
        yield f"The feed now says something else than what is stored, which stands: {said}."
    if report.unknown_fields:
        said = _counted(report.unknown_fields)
        yield f"The feed sent fields that this program does not know and does not keep: {said}."


def import_lines(report: ImportReport) -> Iterator[str]:
    """A line a file, what was refused of it below it; of many files, their sum and those with refusals."""
    many = len(report.files) > _FILES_SHOWN
    for outcome in report.files:
        if outcome.error:
            yield f"refused: {outcome.error}"
        elif outcome.problems or not many:
            days = f" of {outcome.days[0]}" if len(outcome.days) == 1 else ""
            yield f"{outcome.path}: {outcome.kind}{days}: {_done(outcome)}"
        for problem in (*outcome.problems, *(() if many else outcome.notes)):
            yield f"  {problem}"
    if many:
        yield _import_sum(report)
    if report.differing:
        said = _differing(report.differing)
        yield f"What was imported says something else than what is stored, which stands: {said}."
    if report.unknown_fields:
        said = _counted(report.unknown_fields)
        yield f"It has fields that this program does not know and does not keep: {said}."


def build_lines(report: BuildReport, seconds: float) -> Iterator[str]:
    yield (
        f"{report.papers:,} papers on {report.days:,} days in {report.topics} topics: {report.pages:,} pages."
    )
    yield (
        f"{len(report.made):,} files made, {report.kept:,} kept, {len(report.removed):,} removed"
        f" in {seconds:.1f} s."
    )


def view_line(site: Path) -> str:
    return f"The site is in {site}/. To look at it: make serve (or: papers serve)"


def explanation_lines(explanation: Explanation) -> Iterator[str]:
    yield explanation.path
    yield f"  wanted by: {explanation.claimant or 'nobody'}"
    if explanation.last_made:
        yield f"  last made: {explanation.last_made}, because {explanation.last_reason}"
    else:
        yield "  last made: not remembered"
    if explanation.would:
        verb = "make" if explanation.claimant else "remove"
        yield f"  the next build would {verb} it, because {explanation.would}"
    elif explanation.claimant:
        yield "  the next build would keep it: nothing it depends on has changed"
    for slug, score, reasons in explanation.topics:
        yield f"  topic {slug} ({score:.1f}): {'; '.join(reasons[:_EVIDENCE_SHOWN])}"


def coverage_lines(coverage: Coverage) -> Iterator[str]:
    """What is known of the feed's days, what is not, and what to run."""
    if coverage.first is None:
        yield "No day of the feed is known yet. To begin: papers snapshot"
        return
    counts = ", ".join(f"{coverage.statuses[status]:,} {status}" for status in sorted(coverage.statuses))
    yield f"Days since {coverage.first}: {counts or 'none was asked for'}."
    if coverage.failed:
        yield f"{_days(len(coverage.failed))} not read, because the feed failed:"
        yield from _commands(Span(day, day) for day in coverage.failed)
    if coverage.missing:
        yield f"{_days(sum(span.days for span in coverage.missing))} never asked for:"
        yield from _commands(coverage.missing)
    if not coverage.failed and not coverage.missing:
        yield "Nothing is missing."


def enrich_plan_lines(plan: EnrichPlan) -> Iterator[str]:
    """What asking arXiv would take."""
    if not plan.papers:
        yield "No paper lacks what arXiv could add."
        return
    requests = f"{plan.requests:,} request{'' if plan.requests == 1 else 's'}"
    yield (
        f"{_papers(plan.papers)} {'lacks' if plan.papers == 1 else 'lack'} what arXiv could add: {requests}, "
        f"{_duration(plan.seconds)}. Nothing was asked."
    )


def enrich_lines(report: EnrichReport) -> Iterator[str]:
    """What came of asking arXiv, what was left alone, and what is left to do."""
    if not report.wanted:
        yield "No paper lacks what arXiv could add."
        return
    told = _differing(report.fields) or "nothing new"
    yield (
        f"arXiv was asked for {_papers(report.wanted)} and answered for {report.answered:,}; "
        f"{report.changed:,} know more now: {told}."
    )
    if report.unknown:
        yield f"It does not know {_named(report.unknown)}; they will not be asked for again."
    if report.left:
        yield f"Left alone, since what is stored is not arXiv's text without its TeX: {len(report.left):,}."
        yield from (f"  {problem}" for problem in report.left[:_LEFT_SHOWN])
        if len(report.left) > _LEFT_SHOWN:
            yield f"  … and {len(report.left) - _LEFT_SHOWN:,} more"
    yield from (f"  refused: {problem}" for problem in report.refused[:_LEFT_SHOWN])
    yield from (f"  failed: {error}" for error in report.errors)
    if report.answered < report.wanted:
        yield f"{_papers(report.wanted - report.answered)} got no answer. To go on: papers enrich"


def _papers(number: int) -> str:
    return f"{number:,} paper{'' if number == 1 else 's'}"


def _named(ids: Sequence[str]) -> str:
    """The first of `ids`, and how many more there are."""
    more = f" and {len(ids) - _LEFT_SHOWN:,} more" if len(ids) > _LEFT_SHOWN else ""
    return f"{', '.join(ids[:_LEFT_SHOWN])}{more}"


def _duration(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"about {minutes:,} minute{'' if minutes == 1 else 's'}" if minutes else "less than a minute"


def _commands(spans: Iterable[Span]) -> Iterator[str]:
    """What to run for each of `spans`; the last line stands for all where there are many."""
    spans = list(spans)
    for span in spans[:_SPANS_SHOWN]:
        yield f"  papers snapshot {_options(span.first, span.last)}"
    if len(spans) > _SPANS_SHOWN:
        yield f"  … and {len(spans) - _SPANS_SHOWN} more; for all of them:"
        yield f"  papers snapshot {_options(spans[0].first, spans[-1].last)}"


def _options(first: date, last: date) -> str:
    return f"--day {first}" if first == last else f"--since {first} --until {last}"


def _days(number: int) -> str:
    return "1 day was" if number == 1 else f"{number:,} days were"


def _import_sum(report: ImportReport) -> str:
    read = report.read
    total = FileOutcome(
        listed=sum(outcome.listed for outcome in read),
        added=sum(outcome.added for outcome in read),
        amended=sum(outcome.amended for outcome in read),
        figures=sum(outcome.figures for outcome in read),
    )
    days = {day for outcome in read for day in outcome.days}
    notes = sum(len(outcome.notes) for outcome in read)
    said = f"{len(read):,} of {len(report.files):,} files read, {len(days):,} days: {_done(total)}"
    told = f" {notes:,} things were left out of papers that were kept; import fewer files to read them."
    refused = f", {report.refused:,} refused" if report.refused else ""
    return f"{said}{refused}.{told if notes else ''}"


def _done(outcome: DayOutcome | FileOutcome) -> str:
    done = [
        f"{number:,} {what}"
        for number, what in (
            (outcome.listed, "listed"),
            (outcome.added, "new"),
            (outcome.amended, "completed"),
            (outcome.figures, "with new figures"),
            (len(outcome.problems), "refused"),
        )
        if number
    ]
    return ", ".join(done) or "nothing listed"


def _differing(fields: Mapping[str, int]) -> str:
    return ", ".join(f"{name} of {papers:,}" for name, papers in sorted(fields.items()))


def _counted(fields: Mapping[str, int]) -> str:
    return ", ".join(f"{name} ({times:,})" for name, times in sorted(fields.items()))


def _outcome_line(outcome: DayOutcome) -> str:
    if outcome.error:
        return f"{outcome.day}: failed: {outcome.error}"
    return f"{outcome.day}: {_done(outcome)} ({outcome.status or 'not known'})"
