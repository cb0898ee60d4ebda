"""The options of the command line: what a person may write, and what it means."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from generator.model.periods import Week

_MOMENT = re.compile(r"(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?")


def day(value: str | date) -> date:
    """A date written as YYYY-MM-DD, or `today`."""
    if isinstance(value, date):
        return value
    if value == "today":
        return datetime.now(UTC).date()
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"{value!r} is no date; write it as 2025-11-07.") from None


def moment(value: str) -> str:
    """A day written as YYYY-MM-DD, or a UTC moment written as YYYY-MM-DDTHH:MM:SSZ."""
    try:
        if _MOMENT.fullmatch(value) and datetime.fromisoformat(value):
            return value
    except ValueError:
        pass
    raise click.BadParameter(
        f"{value!r} is neither day nor UTC moment; write it as 2025-11-07 or 2025-11-07T08:00:00Z."
    )


def week(value: str) -> Week:
    """An ISO week written as 2025-W45."""
    found = re.fullmatch(r"([0-9]{4})-?W([0-9]{2})", value)
    try:
        if found:
            return Week.of(date.fromisocalendar(int(found[1]), int(found[2]), 1))
    except ValueError:
        pass
    raise click.BadParameter(f"{value!r} is no week; write it as 2025-W45.")


def folders(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that every command has."""
    for option in reversed((
        click.option("--content", type=click.Path(path_type=Path), default=Path("content"),
                     show_default=True, help="The folder of Markdown files."),
        click.option("--site", type=click.Path(path_type=Path), default=Path("site"), show_default=True,
                     help="The folder that the site is built into."),
        click.option("--base-url", metavar="URL", help="Where the site will stand, instead of the setting."),
        click.option("--feed-url", metavar="URL", help="Where the feed is, instead of the setting."),
    )):  # fmt: skip
        command = option(command)
    return command


def days(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of commands that ask the feed."""
    for option in reversed((
        click.option("--day", "days", type=day, metavar="YYYY-MM-DD", multiple=True,
                     help="Ask for this day; may be repeated."),
        click.option("--since", type=day, metavar="YYYY-MM-DD",
                     help="Ask for every unfinished day from this one on."),
        click.option("--until", type=day, metavar="YYYY-MM-DD", help="… up to this one (default: today)."),
        click.option("--again", is_flag=True, help="Also ask for days that are known to be complete."),
    )):  # fmt: skip
        command = option(command)
    return present(command)


def making(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of commands that build."""
    for option in reversed((
        click.option("--force", is_flag=True, help="Make every file again."),
        click.option("--workers", type=click.IntRange(1, 64), default=min(os.cpu_count() or 1, 8),
                     show_default=True, help="How many processes make the files, where that pays."),
        click.option("--cluster", metavar="ADDRESS",
                     help="Let the machines of a Dask cluster make them: its scheduler, tcp://HOST:PORT."),
    )):  # fmt: skip
        command = option(command)
    return command


def present(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option that takes another moment for the present: for replays and tests."""
    return click.option("--now", type=click.DateTime(["%Y-%m-%dT%H:%M:%SZ"]), hidden=True)(command)


def digest(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of `papers digest`."""
    for option in reversed((
        click.option("--day", type=day, metavar="YYYY-MM-DD",
                     help="Of this day (default: the latest with papers)."),
        click.option("--week", type=week, metavar="YYYY-Www", help="Of this ISO week."),
        click.option("--trending", is_flag=True, help="Of what is trending."),
        click.option("--output", type=click.Path(path_type=Path), metavar="PATH",
                     help="The file or folder to write to (default: digest-YYYY-MM-DD.eml)."),
        click.option("--send", is_flag=True, help="Send it, one message to each reader."),
        click.option("--recipients", type=click.Path(path_type=Path), metavar="FILE",
                     help="The readers: one address a line. Outside of the repository."),
        click.option("--dry-run", is_flag=True, help="Say who would get it, and send nothing."),
    )):  # fmt: skip
        command = option(command)
    return command


def enrich(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of `papers enrich`."""
    for option in reversed((
        click.option("--since", type=day, metavar="YYYY-MM-DD", help="Papers of this day or later."),
        click.option("--until", type=day, metavar="YYYY-MM-DD", help="… up to this one."),
        click.option("--limit", type=click.IntRange(1), metavar="N", help="At most so many, newest first."),
        click.option("--again", is_flag=True, help="Also papers that arXiv was asked for before."),
        click.option("--dry-run", is_flag=True, help="Say what it would take, and ask nothing."),
        click.option("--arxiv-url", metavar="URL", help="Where arXiv's interface is, instead of its own."),
    )):  # fmt: skip
        command = option(command)
    return present(command)


def compatible(wanted: dict[str, Any]) -> dict[str, Any]:
    """What was said to `papers digest`, where it goes together."""
    for one_of in (("day", "week", "trending"), ("output", "send"), ("output", "dry_run")):
        said = [f"--{name.replace('_', '-')}" for name in one_of if wanted[name]]
        if len(said) > 1:
            raise click.UsageError(f"{' and '.join(said)} do not go together; choose one.")
    return wanted
