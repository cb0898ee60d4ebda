"""The only reader and writer of content/. Every write is whole or not at all."""

from __future__ import annotations

import os
from codecs import BOM_UTF8
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from datetime import date
from pathlib import Path
from typing import TypeVar

from generator.errors import ContentError, FolderError, Problem
from generator.files import TEMPORARY_SUFFIX, digest, folder_error, write_atomically
from generator.model.contents import Changes, Contents
from generator.model.paper import DayRecord, Observation, Paper
from generator.store import codec, logs
from generator.store.memo import Memo

Value = TypeVar("Value")


class ContentStore:
    """The folder content/. Reads it whole; writes what a snapshot or an import changed."""

    def __init__(self, folder: Path, memo: Memo[Paper] | None = None) -> None:
        """`memo` keeps papers between runs, by the digest of their file's bytes."""
        self.folder = folder
        self._memo: Memo[Paper] = memo or Memo(None, "", Paper)
        self._paths: dict[str, Path] = {}

    def read_all(self) -> Contents:
        """Everything in the folder. Raises ContentError with every problem of every file; writes nothing."""
        problems: list[Problem] = []
        papers = self._read_papers(problems)
        seen: dict[str, list[Observation]] = defaultdict(list)
        for path in _files(self.folder / "metrics", ".csv", problems):
            for observation in _attempt(path, _text(logs.read_metrics), problems) or ():
                seen[observation.paper_id].append(observation)
        records: list[DayRecord] = []
        if (self.folder / "days.csv").exists():
            records = _attempt(self.folder / "days.csv", _text(logs.read_days), problems) or []
        if problems:
            raise ContentError(problems)
        for observations in seen.values():
            observations.sort(key=lambda each: each.observed)
        return Contents(
            papers=papers,
            observations={paper_id: tuple(each) for paper_id, each in seen.items()},
            records={record.day: record for record in records},
        )

    def write(self, before: Contents, changes: Changes) -> Contents:
        """Write `changes` to what `before` holds, papers first and the day log last, so that a day is only
        noted as done when all of it is stored. Returns the contents as they are then. Raises FolderError."""
        after = before.with_changes(changes)
        for paper in changes.papers:
            self._write_paper(before.papers.get(paper.id), paper)
        by_month: dict[str, set[str]] = defaultdict(set)
        for new in changes.observations:
            by_month[new.observed[:7]].add(logs.metrics_row(new))
        for month, rows in by_month.items():
            path = self.folder / "metrics" / f"{month}.csv"
            old = _as_text(_read_again(path)).split("\n")[1:] if path.exists() else []
            self._write_text(path, logs.to_text(logs.METRICS_HEADER, rows.union(old) - {""}))
        if changes.records:
            rows = {logs.days_row(record) for record in after.records.values()}
            self._write_text(self.folder / "days.csv", logs.to_text(logs.DAYS_HEADER, rows))
        return after

    def read_unknown(self) -> Mapping[str, date]:
        """The ids that arXiv said it does not know, with the day on which it did. Raises ContentError."""
        path = self.folder / "unknown.csv"
        problems: list[Problem] = []
        unknown = _attempt(path, _text(logs.read_unknown), problems) if path.exists() else None
        if problems:
            raise ContentError(problems)
        return unknown or {}

    def write_unknown(self, unknown: Mapping[str, date]) -> None:
        """Keep `unknown` in place of what `read_unknown` gave. Raises FolderError."""
        rows = (logs.unknown_row(*each) for each in unknown.items())
        self._write_text(self.folder / "unknown.csv", logs.to_text(logs.UNKNOWN_HEADER, rows))

    def check_topics(self, contents: Contents, slugs: Collection[str]) -> None:
        """Raise ContentError where a paper's front matter names a topic that topics.yml does not have."""
        problems = [
            Problem(
                _at(self._paths[paper.id], key), f"names the topic {slug!r}, which topics.yml does not have."
            )
            for paper in contents.papers.values()
            for key, named in (("topics", paper.pinned_topics), ("not_topics", paper.forbidden_topics))
            for slug in named
            if slug not in slugs
        ]
        if problems:
            raise ContentError(problems)

    def tidy(self) -> None:
        """Remove what a run that was killed left half-written. Only for the holder of the lock."""
        for path in self.folder.rglob(f".*{TEMPORARY_SUFFIX}"):
            if path.is_file():
                try:
                    path.unlink(missing_ok=True)
                except OSError as error:
                    raise folder_error(path, "removed", error) from error

    def _read_papers(self, problems: list[Problem]) -> dict[str, Paper]:
        papers: dict[str, Paper] = {}
        self._paths = {}
        for path in _files(self.folder / "papers", ".md", problems):
            paper = _attempt(path, self._decode, problems)
            if paper is None:
                continue
            if path.stem != paper.id:
                problems.append(Problem(_at(path, "id"), f"holds {paper.id}; name the file {paper.id}.md."))
            elif paper.id in papers:
                first = self._paths[paper.id]
                problems.append(Problem(_at(path, "id"), f"holds {paper.id}, and so does {first}; keep one."))
            papers[paper.id] = paper
            self._paths[paper.id] = path
        if not problems:
            self._memo.save()
        return papers

    def _decode(self, raw: bytes, place: str) -> Paper:
        return self._memo.get(digest(raw), lambda: codec.decode(_as_text(raw), place))

    def _write_paper(self, before: Paper | None, after: Paper) -> None:
        """New papers get a file; of a stored one only the changed lines are written anew.

        One that turns out to have been listed on an earlier day moves to that day's folder, before its text
        is written: were the run killed in between, the next one would find it in its place and go on.
        """
        path = self._paths.get(after.id)
        if before is None or path is None:
            path = self._home(after)
            self._write_text(path, codec.encode(after))
        else:
            raw = _read_again(path)
            old = _as_text(raw)
            if codec.decode(old, str(path)) != before:
                raise FolderError(f"{path}: somebody changed it while this ran, and it was left as it is. "
                                  "Run the same command again.")  # fmt: skip
            if path == self._home(before) and path != self._home(after):
                path = self._paths[after.id] = _move(path, self._home(after))
            write_atomically(path, _in_the_style_of(raw, codec.amend(old, before, after)))
        self._paths[after.id] = path

    def _home(self, paper: Paper) -> Path:
        return self.folder / "papers" / f"{paper.day:%Y/%m/%d}" / f"{paper.id}.md"

    def _write_text(self, path: Path, text: str) -> None:
        write_atomically(path, text.encode("utf-8"))


def _files(folder: Path, suffix: str, problems: list[Problem]) -> list[Path]:
    """The files in `folder` and below it, in order. A folder that cannot be looked into is a problem: papers
    that nobody sees must not look like papers that are gone."""

    def unreadable(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):
            problems.append(Problem(str(error.filename), f"cannot be read: {error.strerror}."))

    return sorted(
        Path(parent, name)
        for parent, _, names in os.walk(folder, onerror=unreadable)
        for name in names
        if name.endswith(suffix) and not name.startswith(".")
    )


def _text(parse: Callable[[str, str], Value]) -> Callable[[bytes, str], Value]:
    """`parse`, for the bytes of a text."""
    return lambda raw, place: parse(_as_text(raw), place)


def _attempt(path: Path, parse: Callable[[bytes, str], Value], problems: list[Problem]) -> Value | None:
    """What `parse` makes of the bytes at `path`; None, and `problems` longer, where it cannot."""
    try:
        return parse(path.read_bytes(), str(path))
    except ContentError as error:
        problems.extend(error.problems)
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        problems.append(Problem(f"{path}:{line}", "is not UTF-8 text; save it as UTF-8."))
    except OSError as error:
        problems.append(Problem(str(path), f"cannot be read: {error.strerror}."))
    return None


def _read_text(path: Path) -> str:
    return _as_text(path.read_bytes())


def _read_again(path: Path) -> bytes:
    """The bytes of a file that was read before, in this run, and is about to be changed."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise folder_error(path, "read", error) from error


def _as_text(raw: bytes) -> str:
    """The text of a file that hands may have edited: a byte order mark and CRLF line ends are no matter."""
    return raw.decode("utf-8-sig").replace("\r\n", "\n")


def _in_the_style_of(raw: bytes, text: str) -> bytes:
    """`text` as bytes, with a byte order mark and CRLF line ends where `raw` has them."""
    if b"\r\n" in raw and raw.count(b"\r\n") == raw.count(b"\n"):
        text = text.replace("\n", "\r\n")
    mark = BOM_UTF8 if raw.startswith(BOM_UTF8) else b""
    return mark + text.encode("utf-8")


def _at(path: Path, key: str) -> str:
    """The place of `key` in the front matter of the file at `path`, for messages."""
    return f"{path}:{codec.line_of(_read_text(path), key)}"


def _move(path: Path, home: Path) -> Path:
    try:
        home.parent.mkdir(parents=True, exist_ok=True)
        path.replace(home)
    except OSError as error:
        raise folder_error(path, f"moved to {home}", error) from error
    return home
