"""Papers whose abstracts stay in the file that keeps them until somebody reads one.

Abstracts are half of what an archive holds, and a build after one new day reads few of them. In the file they
are shared by all processes of a build, too: to read a string in Python is to write to its memory, and so to
copy what a forked process shares.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Mapping
from dataclasses import fields
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

import msgspec

from generator.model.paper import Paper
from generator.store.memo import Memo

_FIELDS = {field.name: field.default for field in fields(Paper) if field.name != "abstract"}
"""With their defaults, which need not be kept."""
_HEAD = 12
"""Bytes before a drawer's values: how long their papers are (8), a checksum of the abstracts (4)."""


class KeptPaper(Paper):
    """A paper whose abstract stands in a file: in its place it has the file's bytes and a span of them."""

    __slots__ = ()

    def __new__(cls, *args: Any, **told: Any) -> Paper:  # type: ignore[misc]
        """A plain paper: one that is made of other fields is kept nowhere."""
        return Paper(*args, **told)

    @property
    def abstract(self) -> str:
        data, start, end = _PLACE(self)
        return str(data[start:end], "utf-8")

    @property
    def plain(self) -> Paper:
        """The same with its abstract."""
        return _plain(_told(self), self.abstract)

    def __eq__(self, other: object) -> bool:
        return self.plain == (other.plain if isinstance(other, KeptPaper) else other)

    __hash__ = Paper.__hash__

    def __reduce__(self) -> tuple[Any, ...]:
        return _plain, (_told(self), self.abstract)


_SLOT: Any = Paper.__dict__["abstract"]
_PLACE = _SLOT.__get__
_become = object.__setattr__
_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(tuple[dict[bytes, Paper], list[int]])


def _told(paper: Paper) -> dict[str, Any]:
    told = {name: getattr(paper, name) for name in _FIELDS}
    return {name: value for name, value in told.items() if value != _FIELDS[name]}


def _plain(told: dict[str, Any], abstract: str) -> Paper:
    return Paper(**told, abstract=abstract)


class PaperMemo(Memo[Paper]):
    """Papers by what stands for the bytes of their file."""

    def __init__(self, path: Path | None, version: str) -> None:
        super().__init__(path, version, Paper)

    def _encoded(self, values: Mapping[bytes, Paper]) -> bytes:
        texts = [paper.abstract.encode() for paper in values.values()]
        papers = _encoder.encode(
            ({key: _told(paper) for key, paper in values.items()}, list(map(len, texts)))
        )
        abstracts = b"".join(texts)
        head = len(papers).to_bytes(8, "big") + zlib.crc32(abstracts).to_bytes(4, "big")
        return head + papers + abstracts

    def _decoded(self, data: memoryview) -> dict[bytes, Paper]:
        size = int.from_bytes(data[:8], "big")
        papers, lengths = _decoder.decode(data[_HEAD : _HEAD + size])
        abstracts = data[_HEAD + size :]
        if zlib.crc32(abstracts) != int.from_bytes(data[8:_HEAD], "big") or len(papers) != len(lengths):
            raise msgspec.DecodeError("damaged")
        end = 0
        for paper, length in zip(papers.values(), lengths, strict=True):
            start, end = end, end + length
            _SLOT.__set__(paper, (abstracts, start, end))
            _become(paper, "__class__", KeptPaper)
        return papers

    def _bytes(self, path: Path) -> memoryview:
        """The file stays open as long as one of its papers is held. Where a file that is open cannot be
        replaced, its bytes are read."""
        if os.name != "posix":
            return super()._bytes(path)
        with path.open("rb") as file:
            return memoryview(mmap(file.fileno(), 0, access=ACCESS_READ))
