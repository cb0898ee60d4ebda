"""What was worked out once and follows from its key alone, kept between runs in a file that may be deleted.

Papers are kept by the digest of their file's bytes, so that only files that changed are parsed again (no file
times are asked: a clone has new ones); their topics by the digest of the paper.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from generator.errors import FolderError
from generator.files import digest, write_atomically
from generator.model.paper import Paper
from generator.model.topics import Match, Topic, TopicMatcher

Value = TypeVar("Value")


class Memo(Generic[Value]):
    """Values by key, in the file at `path`; without a path nothing is kept. Those of another `version` are
    forgotten, and so is what a run did not ask for, when it saves."""

    def __init__(self, path: Path | None, version: str, kind: type[Value]) -> None:
        self._path = path
        self._version = version
        self._known: dict[bytes, Value] = {}
        self._asked: dict[bytes, Value] = {}
        if path:
            with suppress(OSError, msgspec.MsgspecError, UnicodeDecodeError):
                head, _, body = path.read_bytes().partition(b"\n")
                if head.decode() == version:
                    self._known = msgspec.msgpack.decode(body, type=dict[bytes, kind])  # type: ignore[valid-type]

    def get(self, key: bytes, make: Callable[[], Value]) -> Value:
        """The value of `key`, which `make` gives where it is not known."""
        found = self._asked.get(key)
        if found is None:
            found = self._known.get(key)
            self._asked[key] = found = make() if found is None else found
        return found

    def save(self) -> None:
        """Keep what was asked for. A disk that says no is no matter: it is worked out again."""
        if self._path and self._asked.keys() != self._known.keys():
            body = msgspec.msgpack.encode(self._asked)
            with suppress(FolderError):
                write_atomically(self._path, self._version.encode() + b"\n" + body)


@dataclass(frozen=True, slots=True)
class RecallingMatcher:
    """A matcher that reads no paper twice, not even in different runs."""

    matcher: TopicMatcher
    memo: Memo[tuple[Match, ...]]

    @property
    def topics(self) -> tuple[Topic, ...]:
        return self.matcher.topics

    def match(
        self, paper: Paper, *, pinned: Sequence[str] = (), forbidden: Collection[str] = ()
    ) -> tuple[Match, ...]:
        """As `TopicMatcher.match` finds it."""
        told = (paper.title, paper.abstract, paper.summary, paper.keywords, paper.categories, pinned)
        key = digest(_encoder.encode((told, sorted(forbidden))))
        return self.memo.get(key, lambda: self.matcher.match(paper, pinned=pinned, forbidden=forbidden))


_encoder = msgspec.msgpack.Encoder()
