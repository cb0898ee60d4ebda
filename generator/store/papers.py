"""Papers that stay in the file that keeps them until somebody reads them.

A build after one new day files all papers under their days and reads few of them. So what a paper is filed by
is read at once, what it tells (title, names, links) when somebody asks for any of it, and its abstract, which
is half of what an archive holds, whenever it is asked for. In the file it is shared by all processes of a
build, too: to read a value in Python is to write to its memory, and so to copy what a forked process shares.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

import msgspec

from generator.model.paper import Organization, Paper
from generator.store.memo import Memo

_DEFAULTS = {field.name: field.default for field in fields(Paper) if field.name != "abstract"}
"""Of all fields that are decoded; they need not be kept."""


class _Filed(msgspec.Struct, array_like=True):
    """What is asked of every paper."""

    id: str
    published: date | None
    days: tuple[date, ...]
    organization: Organization | None
    github: str | None
    pinned_topics: tuple[str, ...]
    forbidden_topics: tuple[str, ...]


_TOLD = [name for name in _DEFAULTS if name not in _Filed.__struct_fields__]
_HEAD = 12
"""Bytes before a drawer's values: how long their heads are (8), a checksum of what follows those (4)."""


class KeptPaper(Paper):
    """A paper whose abstract stands in a file: in its place it has the file's bytes, and where among them
    what it tells begins, where the abstract does, and where that ends."""

    __slots__ = ()

    def __new__(cls, *args: Any, **told: Any) -> Paper:  # type: ignore[misc]
        """A plain paper: one that is made of other fields is kept nowhere."""
        return Paper(*args, **told)

    @property
    def abstract(self) -> str:
        data, _, start, end = _PLACE(self)
        return str(data[start:end], "utf-8")

    @property
    def plain(self) -> Paper:
        """The same with its abstract."""
        return _plain(_some(self, _DEFAULTS), self.abstract)

    def __eq__(self, other: object) -> bool:
        return self.plain == (other.plain if isinstance(other, KeptPaper) else other)

    __hash__ = Paper.__hash__

    def __reduce__(self) -> tuple[Any, ...]:
        return _plain, (_some(self, _DEFAULTS), self.abstract)


class FoldedPaper(KeptPaper):
    """One that nobody has read yet. It becomes a `KeptPaper` when somebody asks for what it tells."""

    __slots__ = ()


def _unfolding(name: str) -> property:
    def told(paper: FoldedPaper) -> Any:
        data, start, end, _ = _PLACE(paper)
        read = _told_decoder.decode(data[start:end])
        for slot in _SLOTS:
            slot.__set__(paper, slot.__get__(read))
        _become(paper, "__class__", KeptPaper)
        return getattr(read, name)

    return property(told)


for _name in _TOLD:
    setattr(FoldedPaper, _name, _unfolding(_name))

_SLOTS: list[Any] = [Paper.__dict__[name] for name in _TOLD]
_PLACE = Paper.__dict__["abstract"].__get__
_set_place = Paper.__dict__["abstract"].__set__
_set_id, _set_published, _set_days, _set_organization, _set_github, _set_pinned, _set_forbidden = [
    Paper.__dict__[name].__set__ for name in _Filed.__struct_fields__
]
_become = object.__setattr__
_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(tuple[dict[bytes, _Filed], list[int]])
_told_decoder = msgspec.msgpack.Decoder(Paper)


def _folded(filed: _Filed, place: tuple[memoryview, int, int, int]) -> Paper:
    paper = object.__new__(FoldedPaper)
    _set_id(paper, filed.id)
    _set_published(paper, filed.published)
    _set_days(paper, filed.days)
    _set_organization(paper, filed.organization)
    _set_github(paper, filed.github)
    _set_pinned(paper, filed.pinned_topics)
    _set_forbidden(paper, filed.forbidden_topics)
    _set_place(paper, place)
    return paper


def _some(paper: Paper, names: Iterable[str]) -> dict[str, Any]:
    told = {name: getattr(paper, name) for name in names}
    return {name: value for name, value in told.items() if value != _DEFAULTS[name]}


def _plain(told: dict[str, Any], abstract: str) -> Paper:
    return Paper(**told, abstract=abstract)


class PaperMemo(Memo[Paper]):
    """Papers by what stands for the bytes of their file."""

    def __init__(self, path: Path | None, version: str) -> None:
        super().__init__(path, version, Paper)

    def _encoded(self, values: Mapping[bytes, Paper]) -> bytes:
        papers = values.values()
        parts = [
            part
            for paper in papers
            for part in (_encoder.encode({"id": "", **_some(paper, _TOLD)}), paper.abstract.encode())
        ]
        heads = {
            key: _Filed(*[getattr(paper, name) for name in _Filed.__struct_fields__])
            for key, paper in values.items()
        }
        filed = _encoder.encode((heads, list(map(len, parts))))
        rest = b"".join(parts)
        return len(filed).to_bytes(8, "big") + zlib.crc32(rest).to_bytes(4, "big") + filed + rest

    def _decoded(self, data: memoryview) -> dict[bytes, Paper]:
        size = int.from_bytes(data[:8], "big")
        heads, lengths = _decoder.decode(data[_HEAD : _HEAD + size])
        rest = data[_HEAD + size :]
        if zlib.crc32(rest) != int.from_bytes(data[8:_HEAD], "big") or 2 * len(heads) != len(lengths):
            raise msgspec.DecodeError("damaged")
        papers: dict[bytes, Paper] = {}
        end = 0
        for (key, filed), told, abstract in zip(heads.items(), lengths[::2], lengths[1::2], strict=True):
            start, middle = end, end + told
            end = middle + abstract
            papers[key] = _folded(filed, (rest, start, middle, end))
        return papers

    def _bytes(self, path: Path) -> memoryview:
        """The file stays open as long as one of its papers is held. Where a file that is open cannot be
        replaced, its bytes are read."""
        if os.name != "posix":
            return super()._bytes(path)
        with path.open("rb") as file:
            return memoryview(mmap(file.fileno(), 0, access=ACCESS_READ))
