"""The only reader and writer of content/. Every write is whole or not at all."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TypeVar

from generator.errors import ContentError, FolderError, Problem
from generator.files import (
    TEMPORARY_SUFFIX,
    digest,
    folder_error,
    leads_away,
    move,
    read_again,
    read_bytes,
    walk,
    write_atomically,
)
from generator.model.contents import Changes, Contents
from generator.model.paper import DayRecord, Paper
from generator.model.sightings import Sightings, joined
from generator.store import codec, logs
from generator.store.memo import Drawer, Memo
from generator.store.papers import PaperMemo
from generator.store.parsing import Seen, keyed_paper_in, of_text, seen_in
from generator.store.texts import as_text, in_the_style_of

Value = TypeVar("Value")

_MONTH = re.compile(r"(?:papers|metrics)/([0-9]{4})[/-]([0-9]{2})(?![0-9])")
_ENOUGH = len("metrics/2025-11.")
"""How much of a name tells its month."""
_LEADS_AWAY = (
    "is a link to a folder or to nothing; put there what it leads to, or let {} as a whole be a link."
)


class ContentStore:
    """The folder content/. Reads it whole; writes what a snapshot or an import changed."""

    def __init__(
        self, folder: Path, papers: Memo[Paper] | None = None, metrics: Memo[Seen] | None = None
    ) -> None:
        """`papers` and `metrics` keep what was read between runs, by the digest of their file's bytes."""
        self.folder = folder
        self.digests: dict[str, bytes] = {}
        """By the id of each paper that was read, what stands for the bytes of its file."""
        self._papers: Memo[Paper] = papers or PaperMemo(None, "")
        self._metrics: Memo[Seen] = metrics or Memo(None, "", Seen)
        self._names: dict[str, str] = {}
        """By the id of each paper: its file, relative to the folder."""
        self._read: dict[str, bytes] = {}
        """By the name of each file that was read, what stands for its bytes."""

    def read_all(self, known: dict[str, bytes] | None = None) -> Contents:
        """Everything in the folder. Raises ContentError with every problem of every file.

        `known`: what stands for the bytes of each file, where somebody has just looked at them all (see
        `files.digests`). What is remembered of those bytes is then not read again; and of what was changed
        since that look, it says then what was read.
        """
        problems: list[Problem] = []
        papers = self._read_papers(self._files("papers", ".md", known, problems), problems)
        seen = self._read_metrics(self._files("metrics", ".csv", known, problems), problems)
        records: list[DayRecord] = []
        if os.path.lexists(self.folder / "days.csv"):
            records = self._attempt("days.csv", of_text(logs.read_days), problems) or []
        if problems:
            raise ContentError(problems)
        self._papers.save()
        self._metrics.save()
        if known is not None:
            known.update(self._read)
        return Contents(papers=papers, observations=seen, records={record.day: record for record in records})

    def read_papers(self, known: Mapping[str, bytes] | None = None) -> dict[str, Paper]:
        """All papers by id, and nothing else. Raises ContentError; `known` as for `read_all`."""
        problems: list[Problem] = []
        papers = self._read_papers(self._files("papers", ".md", known, problems), problems)
        if problems:
            raise ContentError(problems)
        return papers

    def unread(self, known: Mapping[str, bytes] | None = None) -> list[str]:
        """The files of papers that are not remembered, in order; `known` as for `read_all`."""
        return [
            name
            for name, key in self._files("papers", ".md", known, []).items()
            if key not in self._papers.drawer(month_of(name)).known
        ]

    def keep(self, names: Iterable[str]) -> list[Paper]:
        """Read the files `names` of papers and remember what they hold; whoever reads it all will say of
        which that cannot be done."""
        papers: list[Paper] = []
        for name in names:
            read = self._attempt(name, keyed_paper_in, [])
            if read:
                key, paper = read
                self._papers.drawer(month_of(name)).asked[key] = paper
                self.digests[paper.id] = key
                papers.append(paper)
        self._papers.keep()
        return papers

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
            old = as_text(read_again(path)).split("\n")[1:] if path.exists() else []
            self._write_text(path, logs.to_text(logs.METRICS_HEADER, rows.union(old) - {""}))
        if changes.records:
            rows = {logs.days_row(record) for record in after.records.values()}
            self._write_text(self.folder / "days.csv", logs.to_text(logs.DAYS_HEADER, rows))
        return after

    def read_unknown(self) -> Mapping[str, date]:
        """The ids that arXiv said it does not know, with the day on which it did. Raises ContentError."""
        problems: list[Problem] = []
        there = os.path.lexists(self.folder / "unknown.csv")
        unknown = self._attempt("unknown.csv", of_text(logs.read_unknown), problems) if there else None
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
                _at(self.folder / self._names[paper.id], key),
                f"names the topic {slug!r}, which topics.yml does not have.",
            )
            for paper in contents.papers.values()
            if paper.pinned_topics or paper.forbidden_topics
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

    def _read_papers(self, files: Mapping[str, bytes], problems: list[Problem]) -> dict[str, Paper]:
        papers: dict[str, Paper] = {}
        self._names, self.digests = {}, {}
        drawers: dict[str, Drawer[Paper]] = {}
        for name, key in files.items():
            drawer = drawers.get(name[:_ENOUGH])
            if drawer is None:
                drawer = drawers[name[:_ENOUGH]] = self._papers.drawer(month_of(name))
            paper = drawer.known.get(key)
            if paper is None:
                read = self._attempt(name, keyed_paper_in, problems)
                if read is None:
                    continue
                key, paper = read
                self._read[name] = key
            drawer.asked[key] = paper
            if not name.endswith(f"/{paper.id}.md"):
                where = _at(self.folder / name, "id")
                problems.append(Problem(where, f"holds {paper.id}; name the file {paper.id}.md."))
            elif paper.id in papers:
                where, first = _at(self.folder / name, "id"), self.folder / self._names[paper.id]
                problems.append(Problem(where, f"holds {paper.id}, and so does {first}; keep one."))
            papers[paper.id] = paper
            self._names[paper.id] = name
            self.digests[paper.id] = key
        return papers

    def _read_metrics(self, files: Mapping[str, bytes], problems: list[Problem]) -> Sightings:
        seen: Seen = {}
        for name, key in files.items():
            drawer = self._metrics.drawer(month_of(name))
            found = drawer.known.get(key)
            if found is None:
                read = self._attempt(name, lambda raw, place: (digest(raw), seen_in(raw, place)), problems)
                if read is None:
                    continue
                key, found = read
                self._read[name] = key
            drawer.asked[key] = found
            for paper_id, rows in found.items():
                before = seen.get(paper_id)
                seen[paper_id] = joined(before, rows) if before else rows
        return Sightings(seen)

    def _files(
        self, below: str, suffix: str, known: Mapping[str, bytes] | None, problems: list[Problem]
    ) -> Mapping[str, bytes]:
        """The files below the folder `below` and what stands for their bytes, in order; nothing does where
        they cannot be read, which is told when they are needed.

        A folder that cannot be looked into is a problem, and so is a link to one: papers that nobody sees
        must not look like papers that are gone.
        """

        def unreadable(error: OSError) -> None:
            problems.append(Problem(str(error.filename), f"cannot be read: {error.strerror}."))

        top = f"{below}/"
        if known is None:
            known = {}
            for name, entry in walk(str(self.folder / below), top, unreadable):
                if leads_away(entry) and not entry.name.startswith("."):
                    problems.append(Problem(entry.path, _LEADS_AWAY.format(top)))
                elif name.endswith(suffix):
                    known[name] = self._digest(name)
        return {
            name: key
            for name, key in known.items()
            if name.startswith(top) and name.endswith(suffix) and "/." not in name[name.rfind("/") :]
        }

    def _digest(self, name: str) -> bytes:
        try:
            return digest(read_bytes(f"{self.folder}/{name}"))
        except OSError:
            return b""

    def _attempt(
        self, name: str, parse: Callable[[bytes, str], Value], problems: list[Problem]
    ) -> Value | None:
        """What `parse` makes of the file `name`; None, and `problems` longer, where it cannot."""
        path = f"{self.folder}/{name}"
        try:
            return parse(read_bytes(path), path)
        except ContentError as error:
            problems.extend(error.problems)
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            problems.append(Problem(f"{path}:{line}", "is not UTF-8 text; save it as UTF-8."))
        except OSError as error:
            problems.append(Problem(path, f"cannot be read: {error.strerror}."))
        return None

    def _write_paper(self, before: Paper | None, after: Paper) -> None:
        """New papers get a file; of a stored one only the changed lines are written anew.

        One that turns out to have been listed on an earlier day moves to that day's folder, before its text
        is written: were the run killed in between, the next one would find it in its place and go on.
        """
        name = self._names.get(after.id)
        if before is None or name is None:
            path = self._home(after)
            self._write_text(path, codec.encode(after))
        else:
            path = self.folder / name
            raw = read_again(path)
            old = as_text(raw)
            if codec.decode(old, str(path)) != before:
                raise FolderError(f"{path}: somebody changed it while this ran, and it was left as it is. "
                                  "Run the same command again.")  # fmt: skip
            if path == self._home(before) and path != self._home(after):
                path = move(path, self._home(after))
                self._names[after.id] = path.relative_to(self.folder).as_posix()
            write_atomically(path, in_the_style_of(raw, codec.amend(old, before, after)))
        self._names[after.id] = path.relative_to(self.folder).as_posix()

    def _home(self, paper: Paper) -> Path:
        return self.folder / "papers" / f"{paper.day:%Y/%m/%d}" / f"{paper.id}.md"

    def _write_text(self, path: Path, text: str) -> None:
        write_atomically(path, text.encode("utf-8"))


def month_of(name: str) -> str:
    """Under which month what was read from the file `name` is kept, if it has one."""
    found = _MONTH.match(name)
    return f"{found[1]}-{found[2]}" if found else "other"


def _at(path: Path, key: str) -> str:
    """The place of `key` in the front matter of the file at `path`, for messages."""
    return f"{path}:{codec.line_of(as_text(path.read_bytes()), key)}"
