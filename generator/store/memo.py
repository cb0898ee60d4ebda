"""What was worked out once and follows from its key alone, kept between runs in files that may be deleted.

Papers are kept by the digest of their file's bytes, so that only files that changed are parsed again (no file
times are asked: a clone has new ones), and so are their topics.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import BinaryIO, Generic, TypeVar

import msgspec

from generator.errors import FolderError
from generator.files import checksum, digest, write_atomically
from generator.model.paper import Paper
from generator.model.topics import Match, Topic, TopicMatcher

Value = TypeVar("Value")


@dataclass(slots=True)
class Drawer(Generic[Value]):
    """Values that are written together."""

    known: dict[bytes, Value]
    """What an earlier run kept, by key."""
    asked: dict[bytes, Value] = field(default_factory=dict)
    """What this run asked for. It alone is kept."""

    def get(self, key: bytes, make: Callable[[], Value]) -> Value:
        """The value of `key`, which `make` gives where it is not known."""
        found = self.asked.get(key)
        if found is None:
            found = self.known.get(key)
            self.asked[key] = found = make() if found is None else found
        return found


class Memo(Generic[Value]):
    """Values by key, in drawers: a file each beside `path`, so that a new day writes one of them and not all.

    Without a path nothing is kept. What another `version` wrote is forgotten, and so is what is damaged.
    """

    def __init__(self, path: Path | None, version: str, kind: type[Value]) -> None:
        self._path = path
        self._head = version.encode() + b"\n"
        self._decoder: msgspec.msgpack.Decoder[dict[bytes, Value]] = msgspec.msgpack.Decoder(
            dict[bytes, kind]  # type: ignore[valid-type]
        )
        self._drawers: dict[str, Drawer[Value]] = {}

    def drawer(self, name: str) -> Drawer[Value]:
        """The drawer `name`, a part of a file's name."""
        found = self._drawers.get(name)
        if found is None:
            found = self._drawers[name] = Drawer(self._read(name))
        return found

    def save(self) -> None:
        """Keep what was asked for, and let go of it here. A disk that says no is no matter: it is worked out
        again."""
        if not self._path:
            return
        kept = {self._file(name).name for name in self._drawers}
        self._write()
        for path in self._path.parent.glob(f"{self._path.name}.*memo"):
            if path.name not in kept:
                with suppress(OSError):
                    path.unlink()

    def keep(self) -> None:
        """The same, where this is but a part of what is to be kept: all that is known stays."""
        for drawer in self._drawers.values():
            drawer.asked = drawer.known | drawer.asked
        self._write()

    def _write(self) -> None:
        drawers, self._drawers = self._drawers, {}
        if self._path:
            for name, drawer in drawers.items():
                if drawer.asked.keys() != drawer.known.keys():
                    with suppress(FolderError):
                        body = self._encoded(drawer.asked)
                        write_atomically(self._file(name), b"".join((self._head, checksum(body), body)))

    def _file(self, name: str) -> Path:
        assert self._path
        return self._path.with_name(f"{self._path.name}.{name}.memo")

    def _read(self, name: str) -> dict[bytes, Value]:
        if self._path:
            with suppress(OSError, msgspec.MsgspecError, ValueError), self._file(name).open("rb") as file:
                data = memoryview(file.read())
                begin = len(self._head) + len(checksum(b""))
                if data[:begin] == self._head + checksum(data[begin:]):
                    return self._decoded(data[begin:], file)
        return {}

    def _encoded(self, values: Mapping[bytes, Value]) -> bytes:
        return _encoder.encode(values)

    def _decoded(self, data: memoryview, file: BinaryIO) -> dict[bytes, Value]:
        """The values in `data`, with which `file` ends."""
        return self._decoder.decode(data)


@dataclass(frozen=True, slots=True)
class RecallingMatcher:
    """A matcher that reads no paper twice, not even in different runs."""

    matcher: TopicMatcher
    memo: Memo[tuple[Match, ...]]
    digests: Mapping[str, bytes] = field(default_factory=dict)
    """By id, what stands for all that a paper's file holds."""
    _drawers: dict[date, Drawer[tuple[Match, ...]]] = field(default_factory=dict)

    @property
    def topics(self) -> tuple[Topic, ...]:
        return self.matcher.topics

    def match(
        self, paper: Paper, *, pinned: Sequence[str] = (), forbidden: Collection[str] = ()
    ) -> tuple[Match, ...]:
        """As `TopicMatcher.match` finds it, without the reasons: they are many, and whoever wants those of a
        paper asks that."""
        key = self.digests.get(paper.id)
        if key is None or pinned != paper.pinned_topics or forbidden != paper.forbidden_topics:
            told = (paper.title, paper.abstract, paper.summary, paper.keywords, paper.categories, pinned)
            key = digest(_encoder.encode((told, sorted(forbidden))))
        day = paper.day
        drawer = self._drawers.get(day)
        if drawer is None:
            drawer = self._drawers[day] = self.memo.drawer(str(day)[:7])
        found = drawer.known.get(key)
        if found is None:
            make = partial(self.matcher.match, paper, pinned=pinned, forbidden=forbidden, with_reasons=False)
            return drawer.get(key, make)
        drawer.asked[key] = found
        return found


_encoder = msgspec.msgpack.Encoder()
