"""The options of the command line: what a person may write, and what it means."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

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
    )):  # fmt: skip
        command = option(command)
    return command


def present(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option that takes another moment for the present: for replays and tests."""
    return click.option("--now", type=click.DateTime(["%Y-%m-%dT%H:%M:%SZ"]), hidden=True)(command)
