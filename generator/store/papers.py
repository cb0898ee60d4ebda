"""Papers that stay in the file that keeps them until somebody reads them.

A build after one new day files all papers under their days and reads few of them. So what a paper is filed by
is read at once, what it tells (title, names, links) when somebody asks for any of it, and its abstract, which
is half of what an archive holds, whenever it is asked for.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Any, BinaryIO, get_type_hints

import msgspec

from generator.errors import FolderError
from generator.model.paper import Paper
from generator.store.memo import Memo

_KINDS = {name: kind for name, kind in get_type_hints(Paper).items() if name != "abstract"}
"""Of all fields that are decoded."""
_FILED = (
    "id", "title", "published", "days", "organization", "github", "pinned_topics", "forbidden_topics"
)  # fmt: skip
"""What is asked of every paper."""
_TOLD = tuple(name for name in _KINDS if name not in _FILED)
_HEAD = 8
"""Bytes before a drawer's values: how long their heads are."""


class _Opened:
    """A file that stays open, and is what it was though another takes its place."""

    def __init__(self, name: str, number: int) -> None:
        self._name, self._number = name, number

    def __getitem__(self, span: slice) -> bytes:
        wanted: int = span.stop - span.start
        data = os.pread(self._number, wanted, span.start)
        if len(data) != wanted:
            raise FolderError(f"{self._name}: became shorter while it was read; run it again.")
        return data

    def __del__(self, close: Callable[[int], None] = os.close) -> None:
        close(self._number)


_VERY_MANY = 10_000


@cache
def _most_open() -> int:
    """Files stay open up to this number of theirs: a quarter of what the system lets a program have. None do
    where a file that is open cannot be replaced."""
    if sys.platform == "win32":
        return 0
    import resource

    most = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return most // 4 if most > 0 else _VERY_MANY


class KeptPaper(Paper):
    """A paper whose abstract stands in a file: in its place it has that file, or its bytes, and where among
    them what it tells begins, where the abstract does, and where that ends."""

    __slots__ = ()

    def __new__(cls, *args: Any, **told: Any) -> Paper:  # type: ignore[misc]
        """A plain paper: one that is made of other fields is kept nowhere."""
        return Paper(*args, **told)

    @property
    def abstract(self) -> str:
        """Is often asked for twice in a row."""
        global _latest
        paper, text = _latest
        if paper is not self:
            data, _, start, end = _PLACE(self)
            text = str(data[start:end], "utf-8")
            _latest = self, text
        return text

    @property
    def plain(self) -> Paper:
        """The same with its abstract."""
        return _plain(_decoded_fields(self), self.abstract)

    def __eq__(self, other: object) -> bool:
        return self.plain == (other.plain if isinstance(other, KeptPaper) else other)

    __hash__ = Paper.__hash__

    def __reduce__(self) -> tuple[Any, ...]:
        return _plain, (_decoded_fields(self), self.abstract)


_latest: tuple[Paper | None, str] = (None, "")
"""The abstract that was asked for last, and of which paper."""


class FoldedPaper(KeptPaper):
    """One that nobody has read yet. It becomes a `KeptPaper` when somebody asks for what it tells."""

    __slots__ = ()


class _Ones(dict[Any, Any]):
    """One for all that are equal: most names, days and organizations are those of other papers, too."""

    def __missing__(self, value: Any) -> Any:
        if len(self) >= _MOST_ONES:
            self.clear()
        self[value] = value
        return value


_MOST_ONES = 2**17
_one = _Ones().__getitem__


def _unfolding(name: str) -> property:
    def told(paper: FoldedPaper) -> Any:
        data, start, end, _ = _PLACE(paper)
        row = _told_decoder.decode(data[start:end])
        row.authors, row.keywords = tuple(map(_one, row.authors)), tuple(map(_one, row.keywords))
        _told.put(paper, row)
        _become(paper, "__class__", KeptPaper)
        return getattr(row, name)

    return property(told)


for _name in _TOLD:
    setattr(FoldedPaper, _name, _unfolding(_name))

_PLACE = Paper.__dict__["abstract"].__get__
_put_place = Paper.__dict__["abstract"].__set__
_become = object.__setattr__


class _Part:
    """Some fields of a paper, as a row of values."""

    def __init__(self, names: Sequence[str]) -> None:
        kind = msgspec.defstruct("_Row", [(name, _KINDS[name]) for name in names], array_like=True)
        self.of = attrgetter(*names)
        self.kind: Any = kind
        self._puts = [Paper.__dict__[name].__set__ for name in names]

    def row(self, paper: Paper) -> Any:
        return self.kind(*self.of(paper))

    def put(self, paper: Paper, row: Any) -> None:
        for put, value in zip(self._puts, msgspec.structs.astuple(row), strict=True):
            put(paper, value)


_filed, _told = _Part(_FILED), _Part(_TOLD)
_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(tuple[dict[bytes, _filed.kind], list[int]])  # type: ignore[name-defined]
_told_decoder = msgspec.msgpack.Decoder(_told.kind)


def _decoded_fields(paper: Paper) -> dict[str, Any]:
    return {name: getattr(paper, name) for name in _KINDS}


def _plain(told: dict[str, Any], abstract: str) -> Paper:
    return Paper(**told, abstract=abstract)


class PaperMemo(Memo[Paper]):
    """Papers by what stands for the bytes of their file."""

    def __init__(self, path: Path | None, version: str) -> None:
        super().__init__(path, version, Paper)

    def _encoded(self, values: Mapping[bytes, Paper]) -> bytes:
        papers = values.values()
        parts = [
            part for paper in papers for part in (_encoder.encode(_told.row(paper)), paper.abstract.encode())
        ]
        heads = {key: _filed.row(paper) for key, paper in values.items()}
        filed = _encoder.encode((heads, list(map(len, parts))))
        return b"".join((len(filed).to_bytes(_HEAD, "big"), filed, *parts))

    def _decoded(self, data: memoryview, file: BinaryIO) -> dict[bytes, Paper]:
        """Papers that hold `file`, as long as one of them is held."""
        size = int.from_bytes(data[:_HEAD], "big")
        heads, lengths = _decoder.decode(data[_HEAD : _HEAD + size])
        rest = data[_HEAD + size :]
        if file.fileno() < _most_open():
            place: _Opened | memoryview = _Opened(file.name, os.dup(file.fileno()))
            end = file.tell() - len(rest)
        else:
            place, end = rest, 0
        papers: dict[bytes, Paper] = {}
        for (key, filed), told, abstract in zip(heads.items(), lengths[::2], lengths[1::2], strict=True):
            start, middle = end, end + told
            end = middle + abstract
            filed.published, filed.days = _one(filed.published), _one(filed.days)
            filed.organization = _one(filed.organization)
            paper = papers[key] = object.__new__(FoldedPaper)
            _filed.put(paper, filed)
            _put_place(paper, (place, start, middle, end))
        return papers
