"""What was settled about related papers, kept between runs in a file that may be deleted.

A new day then meets the papers before it, and they do not meet each other again. The file is believed only
where the papers that it was settled of are, one by one, what they were.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from generator.errors import FolderError
from generator.files import SIZE as _SIZE
from generator.files import digest, write_atomically
from generator.insight.lists import MOST
from generator.insight.related import Near, Settled, named, related, settle
from generator.insight.vectors import Rarity, Vectors
from generator.model.archive import Archive
from generator.model.paper import Paper

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MEMO = "related papers"
_encoder = msgspec.msgpack.Encoder()

Related = Mapping[str, tuple[Paper, ...]]


class _Kept(msgspec.Struct, frozen=True, array_like=True):
    """`Settled` as it is written, and what stands for each paper in its row. Numbers are bytes, in the order
    of the machine that wrote them."""

    files: bytes
    """What stands for the files, one after the other."""
    papers: bytes
    """The same for all that matters here."""
    table: int
    having: bytes
    names: list[str]
    vectors: tuple[bytes, bytes, bytes]
    lists: dict[int, tuple[bytes, bytes]]


def alike_in(archive: Archive) -> Related:
    """`related` for the papers of `archive`, worked out once."""
    found = archive.memo.get(_MEMO)
    if found is None:
        found = archive.memo[_MEMO] = related(archive.papers)
    elif isinstance(found, _Awaited):
        found = archive.memo[_MEMO] = named(found.row, found.near())
    return found  # type: ignore[return-value]


def know_alike(archive: Archive, row: Sequence[Paper], near: Callable[[], Near]) -> None:
    """Let `alike_in` ask `near` for what `Begun.settled` found for the papers of the archive in a `row`."""
    archive.memo[_MEMO] = _Awaited(row, near)


class _Awaited(NamedTuple):
    row: Sequence[Paper]
    near: Callable[[], Near]


@dataclass(frozen=True)
class Begun:
    """What an earlier run of the same `version` of the program left at `path`, held against the papers of a
    `row`. `digests`: by id, what stands for all that a paper's file holds."""

    row: Sequence[Paper]
    path: Path
    version: str
    digests: Mapping[str, bytes]

    @property
    def left(self) -> int:
        """How many papers have yet to be compared with those before them."""
        return len(self.row) - self._alike

    def settled(self) -> Near:
        """What is like each paper. What is settled now is kept at `path`."""
        kept = self._kept
        near, settled = settle(self.row, _settled(kept) if kept else None, self._alike)
        if settled and not (kept and self._files == kept.files):
            body = _encoder.encode(_kept(self._files, self._papers, settled))
            with suppress(FolderError):
                write_atomically(self.path, _head(self.version) + digest(body) + body)
        return near

    @cached_property
    def _kept(self) -> _Kept | None:
        return _read(self.path, _head(self.version))

    @cached_property
    def _files(self) -> bytes:
        return b"".join([self.digests.get(paper.id) or _digest(paper) for paper in self.row])

    @cached_property
    def _papers(self) -> bytes:
        kept = self._kept
        return kept.papers if kept and self._files == kept.files else _papers(self.row, self._files, kept)

    @cached_property
    def _alike(self) -> int:
        """With how many of the papers that were settled the row begins."""
        return _alike(self._papers, self._kept.papers) if self._kept else 0


def is_kept(path: Path, version: str) -> bool:
    """Whether an earlier run of the same `version` of the program left something at `path`."""
    head = _head(version)
    try:
        with path.open("rb") as file:
            return file.read(len(head)) == head
    except OSError:
        return False


def _head(version: str) -> bytes:
    return version.encode() + b"\n"


def _digest(paper: Paper) -> bytes:
    """Stands for all of `paper` that makes it like others."""
    told = (paper.id, paper.day.toordinal(), paper.title, paper.abstract, paper.keywords)
    return digest(_encoder.encode(told))


def _papers(row: Sequence[Paper], files: bytes, kept: _Kept | None) -> bytes:
    """What stands for each paper of `row`, whose files `files` stand for."""
    known = dict(zip(_parts(kept.files), _parts(kept.papers), strict=True)) if kept else {}
    return b"".join(
        [known.get(file) or _digest(paper) for file, paper in zip(_parts(files), row, strict=True)]
    )


def _parts(joined: bytes) -> list[bytes]:
    return [joined[start : start + _SIZE] for start in range(0, len(joined), _SIZE)]


def _alike(one: bytes, other: bytes) -> int:
    """How many papers two rows begin with alike."""
    import numpy as np

    least = min(len(one), len(other)) // _SIZE
    first, second = (np.frombuffer(each, np.uint8, least * _SIZE) for each in (one, other))
    different = np.flatnonzero(first != second)
    return int(different[0]) // _SIZE if len(different) else least


def _read(path: Path, head: bytes) -> _Kept | None:
    """What stands at `path`; None where there is nothing, or nothing of this program, or damage."""
    try:
        data = path.read_bytes()
        body = memoryview(data)[len(head) + _SIZE :]
        if data.startswith(head) and data[len(head) : len(head) + _SIZE] == digest(body):
            return msgspec.msgpack.decode(body, type=_Kept)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        pass
    return None


def _kept(files: bytes, papers: bytes, settled: Settled) -> _Kept:
    vectors = settled.vectors
    return _Kept(
        files=files,
        papers=papers,
        table=settled.rarity.table,
        having=settled.rarity.having.tobytes(),
        names=list(settled.names),
        vectors=(vectors.starts.tobytes(), vectors.terms.tobytes(), vectors.weights.tobytes()),
        lists={place: (near.tobytes(), close.tobytes()) for place, (near, close) in settled.lists.items()},
    )


def _settled(kept: _Kept) -> Settled:
    return Settled(
        Rarity(kept.table, _numbers(kept.having)),
        kept.names,
        Vectors(*map(_numbers, kept.vectors)),
        {
            place: (_numbers(near).reshape(-1, MOST), _numbers(close, "int16").reshape(-1, MOST))
            for place, (near, close) in kept.lists.items()
        },
    )


def _numbers(data: bytes, kind: str = "int32") -> NDArray[Any]:
    import numpy as np

    return np.frombuffer(data, kind)
