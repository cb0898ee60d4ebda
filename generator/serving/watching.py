"""Builds the site again when content, theme or program change, and tells open pages."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import watchfiles

from generator.config import Config
from generator.files import TEMPORARY_SUFFIX
from generator.serving.news import News

_PACKAGE = Path(__file__).resolve().parents[1]
_NOTHING = re.compile(r"0 files made, [0-9,]+ kept, 0 removed")
_OF_EDITORS = ("~", ".swp", ".swx", ".tmp", ".pyc", TEMPORARY_SUFFIX)


@dataclass(frozen=True, slots=True)
class Built:
    """What a build came to."""

    lines: tuple[str, ...]
    """What it said."""
    error: str
    """Why there is no new site; empty where there is."""

    @property
    def changed(self) -> bool:
        """Whether a file of the site is another than before."""
        return not any(_NOTHING.match(line) for line in self.lines)


def build(config: Config, *, base_url: str | None, shows_progress: bool = False) -> Built:
    """Build as `papers build` does, in a process of its own: it has the program as it now is, and what it
    breaks on breaks nothing here."""
    command = [sys.executable, "-m", "generator", "build", "--content", str(config.content)]
    command += ["--site", str(config.site), *(["--base-url", base_url] if base_url else [])]
    ran = subprocess.run(  # noqa: S603
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=None if shows_progress else subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    said = tuple(ran.stdout.splitlines())
    if ran.returncode == 0:
        return Built(said[:-1], "")
    return Built(said, (ran.stderr or "").strip() or f"papers build ended with exit code {ran.returncode}.")


def sources(config: Config) -> tuple[Path, ...]:
    """The folders that a build depends on, as far as there are any."""
    wanted = (config.content, *config.themes, _PACKAGE)
    found = [path.resolve() for path in wanted if path.is_dir()]
    return tuple(dict.fromkeys(path for path in found if not any(each in path.parents for each in found)))


def watch(folders: Sequence[Path], made: Iterable[Path], stop: threading.Event) -> Iterator[tuple[Path, ...]]:
    """Files that changed, each time that some did, until `stop`; nothing, now and then, while none does.

    From the first answer on no change is missed. What stands in the folders `made`, hidden files and what
    editors leave behind do not count.
    """
    out = [path.resolve() for path in made]

    def counts(change: watchfiles.Change, name: str) -> bool:
        path = Path(name)
        folder = next((each for each in folders if path.is_relative_to(each)), None)
        inner = path.relative_to(folder).parts if folder else path.parts
        is_ours = not any(part.startswith(".") or part == "__pycache__" for part in inner)
        return (
            is_ours and not name.endswith(_OF_EDITORS) and not any(path.is_relative_to(each) for each in out)
        )

    for changes in watchfiles.watch(
        *folders, watch_filter=counts, stop_event=stop, raise_interrupt=False, debounce=400,
        rust_timeout=500, yield_on_timeout=True,
    ):  # fmt: skip
        yield tuple(sorted({Path(name) for _, name in changes}))


def rebuild(
    changed: Sequence[Path], news: News, make: Callable[[], Built], say: Callable[[str], None]
) -> None:
    """Build after `changed` did, and say so here and on every open page. If it fails, the old site stays."""
    named = f"{changed[0].name} and {len(changed) - 1} more" if len(changed) > 1 else changed[0].name
    built = make()
    if built.error:
        say(f"{named} changed, but the site was not built; what is shown is the old one.\n{built.error}")
        news.failed(built.error)
    elif built.changed:
        say(f"{named} changed. {built.lines[-1] if built.lines else ''}")
        news.built()
    else:
        say(f"{named} changed, and no file of the site.")
        news.mended()
    if any(path.is_relative_to(_PACKAGE / "serving") for path in changed):
        say("The server itself changed: start papers serve again to have it so.")
