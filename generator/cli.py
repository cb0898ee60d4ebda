"""The command line: the only place that prints, reads the clock and decides the exit code.

Exit codes: 0 all is well; 1 something could not be done, and a sentence says what; 2 the command's words are
off; 3 the snapshot or the import is stored, but some of what was given was refused.

What only one command needs is imported where it begins: most of a build before which nothing changed would
otherwise be the loading of what it does not use.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from generator import __version__, around, options, quick, sentences
from generator.builder.code import code_digest
from generator.config import Config, load_config, override
from generator.errors import PapersError, sentence
from generator.report import BuildReport, SnapshotReport

USER_AGENT = f"daily-papers-archive/{__version__} (static archive of a daily paper list)"
_held: list[object] = []
"""What the last build worked with, which nobody needs to give back before the program ends."""


class _Papers(click.Group):
    """Says every error that is no bug as a sentence; has the commands in the order in which they are used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise  # whoever read what is said is gone, which click knows how to end
        except (PapersError, OSError, MemoryError) as error:
            click.echo(f"papers: {sentence(error)}", err=True)
            ctx.exit(1)


@click.group(cls=_Papers, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="papers")
def main() -> None:
    """Keep, read, search, follow and cite a community's daily list of research papers.

    \b
    papers site        take a snapshot where the feed can be reached, then build; what `make site` runs
    papers snapshot    take a snapshot; fail where the feed cannot be reached
    papers build       build site/ from content/
    papers serve       build, show the site in a browser, and build again when something changes
    papers check       see whether the built site holds together
    papers doctor      see whether all is well here, and what to do where it is not
    papers new         begin an archive in a folder of its own
    papers status      which days are missing, and what to run for them
    papers import      store what saved files of the feed hold
    papers enrich      ask arXiv for what the feed does not tell of papers
    papers digest      the day's papers as an e-mail: to a file, or to readers

    content/ holds one Markdown file a paper, made to be kept in git; site/ is built from it and can be
    deleted at any time. Settings stand in content/archive.yml.
    """


@main.command()
@options.folders
@options.days
@options.making
def site(
    content: Path,
    site: Path,
    base_url: str | None,
    feed_url: str | None,
    force: bool,
    workers: int,
    cluster: str | None,
    **days: Any,
) -> None:
    """Take a snapshot where the feed can be reached, then build.

    Without a network the site is built from what is stored, and one line says so.
    """
    started = _now()
    config = _config(content, site, base_url, feed_url)
    report = _snapshot(config, **days)
    _say(sentences.snapshot_lines(report))
    if report.unreachable:
        click.echo(f"The feed could not be reached: {report.unreachable} Building from what is stored.")
    built = _make(config, _now(), force=force, workers=workers, cluster=cluster)
    _say((*sentences.build_lines(built, _seconds(started)), sentences.view_line(config.site)))


@main.command()
@options.folders
@options.days
def snapshot(content: Path, site: Path, base_url: str | None, feed_url: str | None, **days: Any) -> None:
    """Ask the feed, and store what it knows more than we do.

    \b
    papers snapshot                       the latest days, and older ones that may still change
    papers snapshot --day 2025-11-07      one day, whatever is known about it
    papers snapshot --since 2023-05-01    the whole history; run it again if it is cut off

    Nothing that is stored is ever removed, shortened or replaced. Fails where the feed cannot be reached.
    """
    config = _config(content, site, base_url, feed_url)
    report = _snapshot(config, **days)
    _say(sentences.snapshot_lines(report))
    if report.unreachable:
        click.echo(f"papers: the feed could not be reached: {report.unreachable}", err=True)
    if report.failed:
        _exit(1)
    if report.refused:
        _exit(3)


@main.command("import")
@options.folders
@click.argument("paths", metavar="PATH…", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option(
    "--observed",
    type=options.moment,
    metavar="MOMENT",
    help="When the figures were seen, instead of what a file tells: a day or a UTC moment.",
)
@click.option("--year", type=click.IntRange(2000, 2099), help="The year of dates without one.")
@options.present
def import_(
    content: Path, site: Path, base_url: str | None, feed_url: str | None, paths: tuple[Path, ...],
    observed: str | None, year: int | None, now: datetime | None,
) -> None:  # fmt: skip
    """Store what files that somebody kept of the feed know more than we do.

    PATH is a file, or a folder of them: the feed's answer as JSON, named 2025-11-07.json after its day (or
    2025-11-07.at-2025-11-08T080000Z.json, with the moment of the fetch), its page saved as HTML, or the text
    of its page; each may be compressed with gzip.

    Nothing that is stored is ever removed, shortened or replaced. A day that was not known is open after
    it, so that papers snapshot asks the feed whether it is complete.
    """
    from generator import importing

    config = _config(content, site, base_url, feed_url)
    report = importing.import_files(
        config, paths, now=_moment(now or _now()), observed=observed, year=year, progress=_progress
    )
    _say(sentences.import_lines(report))
    if report.refused:
        _exit(3 if report.read else 1)


@main.command()
@options.folders
@options.enrich
def enrich(content: Path, site: Path, base_url: str | None, feed_url: str | None, **wanted: Any) -> None:
    """Ask arXiv for categories, DOI, journal reference and the TeX of title and abstract.

    Of papers without categories, a hundred in a request, a request in three seconds: 7,500 take four minutes.
    What a hand wrote is never replaced. Run it again if it is cut off.
    """
    from generator import enriching
    from generator.feed.kinds import open_catalogue

    config = _config(content, site, base_url, feed_url)
    url, is_dry, now = (wanted.pop(name) for name in ("arxiv_url", "dry_run", "now"))
    asked = enriching.Wanted(**wanted)
    if is_dry:
        _say(sentences.enrich_plan_lines(enriching.plan_enriching(config, asked)))
    else:
        with open_catalogue(config.settings.feed, user_agent=USER_AGENT, url=url) as arxiv:
            today = (now or _now()).date()
            report = enriching.enrich_papers(config, arxiv, asked, today=today, progress=_progress)
        _say(sentences.enrich_lines(report))
        _exit(1 if report.errors else 3 if report.refused else 0)


@main.command()
@options.folders
@options.making
def build(content: Path, site: Path, base_url: str | None, feed_url: str | None, **making: Any) -> None:
    """Build site/ from content/, making only what changed."""
    started = _now()
    config = _config(content, site, base_url, feed_url)
    report = _make(config, started, **making)
    _say((*sentences.build_lines(report, _seconds(started)), sentences.view_line(config.site)))


@main.command()
@options.folders
@options.present
def status(
    content: Path, site: Path, base_url: str | None, feed_url: str | None, now: datetime | None
) -> None:
    """Say which days of the feed are missing or failed, and what to run for them.

    Fails where there are any, so that a script may ask.
    """
    from generator import pipeline

    config = _config(content, site, base_url, feed_url)
    coverage = pipeline.days_known(config, today=(now or _now()).date())
    _say(sentences.coverage_lines(coverage))
    if coverage.failed or coverage.missing:
        _exit(1)


for _command in around.COMMANDS:
    main.add_command(_command)


def _make(config: Config, now: datetime, *, cluster: str | None, force: bool, workers: int) -> BuildReport:
    seen = quick.Sight(config, workers=1 if cluster else workers)
    if seen.is_aside and not seen.is_busy:
        _load()  # while another process looks
    done = None if force else quick.standing(seen)
    if done:
        return done
    from generator import pipeline
    from generator.cluster import cluster_at

    with cluster_at(cluster) as machines:
        report = pipeline.make_site(
            config, now=_moment(now), force=force, workers=workers, cluster=machines, progress=_progress,
            seen=seen,
        )  # fmt: skip
    _held[:] = [report.held]
    return report


def _load() -> None:
    """Read the program that makes sites, and what stands for it; that makes no garbage to look for."""
    gc.disable()
    for name in ("generator.pipeline", "scipy.sparse", "filelock"):
        import_module(name)
    code_digest()
    gc.enable()


def _config(content: Path, site: Path, base_url: str | None, feed_url: str | None) -> Config:
    return override(load_config(content, site), base_url=base_url, feed_url=feed_url)


def _snapshot(config: Config, **options: Any) -> SnapshotReport:
    from generator import pipeline
    from generator.feed.kinds import open_feed
    from generator.feed.schedule import Wanted, days_to_ask

    now = options.pop("now") or _now()
    wanted = Wanted(**options)
    feed = config.settings.feed
    with open_feed(feed, user_agent=USER_AGENT, cache=config.cache) as source:
        return pipeline.take_snapshot(
            config,
            source,
            lambda contents: days_to_ask(contents, wanted, today=now.date(), latest=feed.days),
            now=_moment(now),
            progress=_progress,
        )


@contextmanager
def _progress(label: str, total: int) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal, one plain line elsewhere, nothing where there is nothing to do."""
    if not total:
        yield lambda steps: None
    elif sys.stderr.isatty():
        with click.progressbar(length=total, label=label, file=sys.stderr) as bar:
            yield bar.update
    else:
        click.echo(f"{label}: {total:,}", err=True)
        yield lambda steps: None


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


def _seconds(started: datetime) -> float:
    return (_now() - started).total_seconds()


def _exit(code: int) -> None:
    click.get_current_context().exit(code)


def _now() -> datetime:
    return datetime.now(UTC)


def _moment(when: datetime) -> str:
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")
