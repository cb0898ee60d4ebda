"""The commands around the site: to begin an archive, look at what was built, send it, and see whether all is
well. What only one of them needs is imported where it begins."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from generator import __version__, options, sentences
from generator.config import Config, load_config, override

USER_AGENT = f"daily-papers-archive/{__version__} (static archive of a daily paper list)"


@click.command()
@options.folders
@click.argument("path")
def explain(content: Path, site: Path, base_url: str | None, feed_url: str | None, path: str) -> None:
    """Say why a file of the site is as it is.

    PATH is a file of site/, an address or a URL: papers/2511.04670, /topics/, feeds/papers/atom.xml. Of a
    paper, its topics are shown with the evidence for each.
    """
    from generator import explaining

    config = _config(content, site, base_url, feed_url)
    explanation = explaining.explain(config, path)
    for line in sentences.explanation_lines(explanation):
        click.echo(line)
    if not explanation.claimant and not explanation.present:
        click.get_current_context().exit(1)


@click.command()
@options.folders
@options.digest
def digest(content: Path, site: Path, base_url: str | None, feed_url: str | None, **wanted: Any) -> None:
    """Write the day's papers, a week's, or the trending ones as an e-mail, or send them to readers.

    The mail server is told by PAPERS_SMTP_HOST, _PORT, _USER, _PASSWORD, _SECURITY (starttls, tls or none)
    and _CA. Nobody gets a digest twice: run it again where somebody was left.
    """
    from generator.mail import command as mail

    config = _config(content, site, base_url, feed_url)
    asked = mail.Wanted(**options.compatible(wanted))
    code = mail.run(config, asked, os.environ, say=click.echo, sleep=time.sleep)
    click.get_current_context().exit(code)


@click.command()
@options.folders
@click.option(
    "--host", metavar="NAME", default="127.0.0.1", show_default=True, help="The interface to serve on."
)
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@click.option("--no-watch", is_flag=True, help="Build once; do not build again when something changes.")
def serve(
    content: Path,
    site: Path,
    base_url: str | None,
    feed_url: str | None,
    host: str,
    port: int,
    no_watch: bool,
) -> None:
    """Build, and serve the site on this machine as its host would, until you press Ctrl-C.

    When content, theme or program change, what depends on it is built again, and pages that are open are
    loaded again. Where that fails, terminal and pages say why, and the old site stays.
    """
    from generator.serving import command as serving

    config = _config(content, site, base_url, feed_url)
    code = serving.run(
        config,
        base_url=base_url,
        name=host,
        port=port,
        watches=not no_watch,
        say=click.echo,
        complain=lambda text: click.echo(text, err=True),
    )
    click.get_current_context().exit(code)


@click.command()
@options.folders
@click.argument("folder", metavar="[SITE]", type=click.Path(path_type=Path), required=False)
@click.option("--all", "whole", is_flag=True, help="Name every place of what is wrong in many.")
@click.option("--workers", type=click.IntRange(1, 64), default=min(os.cpu_count() or 1, 8), show_default=True,
              help="How many processes read the files, where that pays.")  # fmt: skip
def check(
    content: Path, site: Path, base_url: str | None, feed_url: str | None, folder: Path | None, whole: bool,
    workers: int,
) -> None:  # fmt: skip
    """See whether the built site holds together; SITE is its folder, instead of --site.

    Every link, anchor, asset, feed and sitemap entry leads somewhere under the base path; pages have title,
    canonical address and one heading; nothing is loaded from another host; no page is too heavy for its
    readers, and the site not too large for its host. Fails where anything is wrong.
    """
    from generator.checking import command as checking

    config = _config(content, site, base_url, feed_url)
    code = checking.run(
        folder or site, config.settings.base_url, whole=whole, workers=workers, say=click.echo
    )  # fmt: skip
    click.get_current_context().exit(code)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=".")
@click.option("--title", default="", help="What the archive is called.")
@click.option("--base-url", metavar="URL", default="", help="Where the site will stand.")
def new(folder: Path, title: str, base_url: str) -> None:
    """Begin an archive in FOLDER, made to be pushed to GitHub: settings, topics, workflows.

    Nothing that is there is overwritten.
    """
    from generator import starting

    wanted = starting.Wanted(folder, title, base_url)
    click.get_current_context().exit(starting.run(wanted, year=_now().year, say=click.echo))


@click.command(name="doctor")
@options.folders
@click.option("--offline", is_flag=True, help="Do not ask the feed.")
@options.present
def doctor_(
    content: Path, site: Path, base_url: str | None, feed_url: str | None, offline: bool, now: datetime | None
) -> None:
    """See whether all is well here, and what to do where it is not.

    Python, git, disk, settings, theme, content, site and, with one request, the feed. Fails where the site
    could not be built.
    """
    from generator import doctor
    from generator.feed.kinds import open_feed

    today = (now or _now()).date()

    def ask(config: Config) -> None:
        with open_feed(config.settings.feed, user_agent=USER_AGENT, cache=config.cache) as feed:
            feed.fetch_day(today, known=True)

    code = doctor.run(
        content,
        site,
        lambda: _config(content, site, base_url, feed_url),
        None if offline else ask,
        today=today,
        say=click.echo,
    )
    click.get_current_context().exit(code)


COMMANDS = (explain, digest, serve, check, new, doctor_)


def _config(content: Path, site: Path, base_url: str | None, feed_url: str | None) -> Config:
    return override(load_config(content, site), base_url=base_url, feed_url=feed_url)


def _now() -> datetime:
    return datetime.now(UTC)
