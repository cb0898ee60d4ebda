"""What `papers doctor` does: see whether all is well, and say of everything that is not how to mend it."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from pathlib import Path

from generator.builder import unchanged
from generator.builder.folder import SiteFolder
from generator.config import Config, Settings
from generator.errors import ContentError, FeedError, PapersError
from generator.model.contents import Contents
from generator.model.gaps import coverage
from generator.store.content import ContentStore
from generator.store.taxonomy import read_topics
from generator.theme.theme import load_theme

_PYTHON = (3, 11)
_LITTLE = 1024**3
_TOO_LITTLE = 64 * 1024**2
_OLD = 4
"""Days without news from the feed that a long weekend explains."""
_SHOWN = 5


class State(Enum):
    """How something is."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Finding:
    """How one thing is."""

    state: State
    what: str
    mend: str = ""
    """What to do; empty where all is well."""

    def __str__(self) -> str:
        return f"{self.state.value:<5} {self.what}" + (f". {self.mend}" if self.mend else "")


def run(
    content: Path,
    site: Path,
    load: Callable[[], Config],
    ask: Callable[[Config], None] | None,
    *,
    today: date,
    say: Callable[[str], None],
) -> int:
    """Examine the archive, and return the exit code: 1 where anything fails, else 0.

    `load` reads the settings; `ask` asks the feed one thing, or is None where there shall be no network.
    """
    states = []
    for finding in examine(content, site, load, ask, today=today):
        say(str(finding))
        states.append(finding.state)
    return 1 if State.FAIL in states else 0


def examine(
    content: Path,
    site: Path,
    load: Callable[[], Config],
    ask: Callable[[Config], None] | None,
    *,
    today: date,
) -> Iterator[Finding]:
    """Everything, what others depend on first."""
    yield _python()
    yield from _git(content)
    yield from _folders(content, site)
    try:
        config = load()
    except PapersError as error:
        yield Finding(State.FAIL, f"the settings cannot be used: {error}")
        return
    yield from _settings(config)
    yield _theme(config)
    yield from _content(config, today)
    yield _site(config)
    if ask is None:
        yield Finding(State.OK, "the feed was not asked")
    else:
        yield _feed(config, ask)


def _python() -> Finding:
    said = f"Python {platform.python_version()}"
    if sys.version_info < _PYTHON:
        return Finding(State.FAIL, said, "Install Python 3.11 or newer.")
    return Finding(State.OK, said)


def _git(content: Path) -> Iterator[Finding]:
    program = shutil.which("git")
    if not program:
        yield Finding(State.WARN, "git is not installed", f"Install it: it keeps what stands in {content}/.")
        return
    root = content.resolve().parent
    told = _ask_git(program, root, "rev-parse", "--is-inside-work-tree")
    if told is None or told.strip() != "true":
        yield Finding(State.WARN, f"{root} is not kept in git", "Run: git init")
        return
    new = _ask_git(
        program, root, "status", "--porcelain", "--untracked-files=all", "--", str(content.resolve())
    )
    count = len((new or "").splitlines())
    if count:
        yield Finding(
            State.WARN,
            f"{content}/ differs from what git has in {_files(count)}",
            f"Run: git add {content}; git commit",
        )
    else:
        yield Finding(State.OK, f"git has all that stands in {content}/")


def _ask_git(program: str, folder: Path, *words: str) -> str | None:
    """What git answers; None where it says no."""
    try:
        ran = subprocess.run(  # noqa: S603
            [program, "-C", str(folder), *words],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return ran.stdout


def _folders(content: Path, site: Path) -> Iterator[Finding]:
    root = content.resolve().parent
    for path in (content, site, root / ".cache"):
        place = path.resolve()
        while not place.exists():
            place = place.parent
        if not place.is_dir():
            yield Finding(State.FAIL, f"{path} cannot be a folder, for {place} is a file", "Move that away.")
        elif not os.access(place, os.W_OK | os.X_OK):
            yield Finding(State.FAIL, f"{path}/ cannot be written", f"Run: chmod u+rwx {place}")
    free = shutil.disk_usage(root if root.exists() else Path.cwd()).free
    said = f"{free / 1024**3:,.1f} GB of disk are free"
    if free < _LITTLE:
        state = State.FAIL if free < _TOO_LITTLE else State.WARN
        yield Finding(state, said, "Make room: 7,500 papers and their site take about half a gigabyte.")
    else:
        yield Finding(State.OK, said)


def _settings(config: Config) -> Iterator[Finding]:
    settings, shipped = config.settings, Settings()
    file = config.content / "archive.yml"
    if settings.base_url == shipped.base_url:
        yield Finding(
            State.WARN, f"base_url in {file} is the shipped one", "Set it to where the site will stand."
        )
    elif settings.feed_id == shipped.feed_id:
        yield Finding(
            State.WARN,
            f"feed_id in {file} is the shipped one, which other archives have too",
            "Set it before anybody subscribes; leave it where somebody has.",
        )
    else:
        yield Finding(State.OK, f"the settings in {file} can be used")


def _theme(config: Config) -> Finding:
    settings = config.settings
    try:
        theme = load_theme(
            settings.theme, config.themes, base_path=settings.base_path, origin=settings.origin
        )  # fmt: skip
        size = len(theme.style_sheet)
    except PapersError as error:
        return Finding(State.FAIL, f"the theme cannot be used: {error}", "Mend it, or set another theme.")
    return Finding(State.OK, f"theme {theme.name}: {size / 1024:.0f} KB of style sheet")


def _content(config: Config, today: date) -> Iterator[Finding]:
    if not config.content.is_dir():
        yield Finding(State.FAIL, f"there is no folder {config.content}", "Begin an archive: papers new")
        return
    try:
        topics = read_topics(config.content / "topics.yml")
        store = ContentStore(config.content)
        contents = store.read_all()
        store.check_topics(contents, [topic.slug for topic in topics])
    except ContentError as error:
        shown = "; ".join(map(str, error.problems[:_SHOWN]))
        more = f"; and {len(error.problems) - _SHOWN:,} more" if len(error.problems) > _SHOWN else ""
        yield Finding(State.FAIL, f"the content cannot be read: {shown}{more}", "Mend these files.")
        return
    except PapersError as error:
        yield Finding(State.FAIL, f"the content cannot be read: {error}")
        return
    yield Finding(State.OK, f"{len(contents.papers):,} papers and {len(topics):,} topics can be read")
    yield _days(contents, today)


def _days(contents: Contents, today: date) -> Finding:
    known = coverage(contents, today=today - timedelta(days=1))  # that of today may still come
    if known.first is None:
        return Finding(State.WARN, "no day of the feed is known yet", "Run: papers snapshot")
    missing = sum(span.days for span in known.missing)
    if missing or known.failed:
        said = f"days of the feed are not known: {missing:,} missing, {len(known.failed):,} failed"
        return Finding(State.WARN, said, "For what to run: papers status")
    latest = max(contents.records)
    if (today - latest).days > _OLD:
        return Finding(State.WARN, f"nothing is known after {latest}", "Run: papers snapshot")
    return Finding(State.OK, f"every day from {known.first} to {latest} is known")


def _site(config: Config) -> Finding:
    if not (config.site / "index.html").is_file():
        return Finding(State.WARN, f"there is no site in {config.site}/", "Run: papers build")
    folder = SiteFolder(config.site, config.cache)
    note = unchanged.recall(config.cache / f"{folder.name}.note")
    if note is None:
        return Finding(
            State.WARN, f"nothing is remembered of the build of {config.site}/", "To be sure: papers build"
        )
    if note.inputs != unchanged.look(config).digest:
        return Finding(
            State.WARN,
            f"{config.site}/ is older than the content, settings, theme or program",
            "Run: papers build",
        )
    try:
        outputs = unchanged.look_at_outputs(config.site, config.cache)
    except PapersError as error:
        return Finding(State.FAIL, f"the site cannot be read: {error}")
    if note.outputs != outputs.digest or not unchanged.is_marked(config.site):
        return Finding(State.WARN, f"{config.site}/ is not as it was built", "Run: papers build")
    return Finding(State.OK, f"{config.site}/ is up to date: {note.pages:,} pages of {_files(note.files)}")


def _feed(config: Config, ask: Callable[[Config], None]) -> Finding:
    try:
        ask(config)
    except FeedError as error:
        why = str(error).rstrip(".")
        said = f"the feed at {config.settings.feed.url} does not answer as it should: {why}"
        return Finding(State.WARN, said, "Try later; what is stored can be built all the same: papers build")
    return Finding(State.OK, f"the feed at {config.settings.feed.url} answers")


def _files(count: int) -> str:
    return f"{count:,} file" + ("" if count == 1 else "s")
