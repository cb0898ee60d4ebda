"""What `papers new` does: begin an archive in a folder, from what the program ships. Overwrites nothing."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from urllib.parse import urlsplit

from generator.config import load_config, override
from generator.errors import FolderError
from generator.files import write_atomically

DISTRIBUTION = "daily-papers-archive"
_PACKAGE = Path(__file__).resolve().parent
_BEGINNINGS = _PACKAGE / "beginnings"
_PUBLISH = "publish.yml"
"""Of this program's own workflows, the one that an archive needs too; the others test the program."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the person asked for."""

    folder: Path
    title: str = ""
    """Empty for the shipped one."""
    base_url: str = ""
    """Where the site will stand; empty where that is not known yet."""


def run(wanted: Wanted, *, year: int, say: Callable[[str], None]) -> int:
    """Begin the archive, and return the exit code 0. Raises PapersError.

    `year` is the present one: the ids of the archive's feeds begin with host and year (RFC 4151).
    """
    files = dict(_files(wanted, year))
    folder = wanted.folder
    made = 0
    for name, text in files.items():
        path = folder / name
        if os.path.lexists(path):
            say(f"{path}: is there already, and stays as it is")
            continue
        write_atomically(path, text.encode())
        made += 1
    if not made:
        say(f"{folder}: holds an archive already; nothing was written.")
        return 0
    say(f"{folder}: {made} of {len(files)} files written.")
    say(
        "Next: "
        + ("" if str(folder) == "." else f"cd {folder}; ")
        + "edit content/archive.yml, then: make site"
    )
    if not _origin():
        say("requirements.txt names the release of this program; if yours is from elsewhere, say so there.")
    return 0


def requirement() -> str:
    """This program as pip is to install it: from where it came, at the version that it is."""
    return _origin() or f"{DISTRIBUTION}=={metadata.version(DISTRIBUTION)}"


def _origin() -> str:
    """The repository that this program was installed from (PEP 610); empty where it was none."""
    try:
        told = json.loads(metadata.distribution(DISTRIBUTION).read_text("direct_url.json") or "{}")
        vcs = told["vcs_info"]
        return f"{DISTRIBUTION} @ {vcs['vcs']}+{told['url']}@{vcs['commit_id']}"
    except (metadata.PackageNotFoundError, ValueError, LookupError, TypeError):
        return ""


def _files(wanted: Wanted, year: int) -> Iterator[tuple[str, str]]:
    """Every file of a new archive, by its path in the folder."""
    yield "content/archive.yml", _settings(wanted, year)
    for name in ("content/archive.schema.json", "content/topics.yml"):
        yield name, _shipped(name, name)
    yield "README.md", _read(_BEGINNINGS / "README.md")
    yield "Makefile", _read(_BEGINNINGS / "Makefile")
    yield "requirements.txt", f"{requirement()}\n"
    yield ".gitignore", _read(_BEGINNINGS / "gitignore")
    yield ".github/workflows/check.yml", _read(_BEGINNINGS / "check.yml")
    yield f".github/workflows/{_PUBLISH}", _shipped(f"workflows/{_PUBLISH}", f".github/workflows/{_PUBLISH}")


def _settings(wanted: Wanted, year: int) -> str:
    """The shipped settings, with what is known of this archive."""
    text = _shipped("content/archive.yml", "content/archive.yml")
    if wanted.title:
        text = _set(text, "title", json.dumps(wanted.title, ensure_ascii=False))
    if wanted.base_url:
        nothing = wanted.folder / "content"
        settings = override(load_config(nothing, nothing), base_url=wanted.base_url).settings
        host = urlsplit(settings.base_url).hostname or ""
        text = _set(text, "base_url", settings.base_url)
        text = _set(text, "feed_id", f'"tag:{host},{year}:{settings.base_path.strip("/")}"')
    return text


def _set(text: str, key: str, value: str) -> str:
    """`text`, lines of YAML, with another value of the top-level `key`."""
    line = f"{key}: {value}"
    changed, count = re.subn(rf"^{key}:.*$", lambda found: line, text, count=1, flags=re.MULTILINE)
    return changed if count else f"{text}\n{line}\n"


def _shipped(name: str, checkout: str) -> str:
    """A file of the installed program, or of the checkout that it runs from."""
    shipped = _PACKAGE / "shipped" / name
    return _read(shipped if shipped.is_file() else _PACKAGE.parent / checkout)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise FolderError(
            f"{path}: could not be read: {error.strerror}. Install the program again."
        ) from error
