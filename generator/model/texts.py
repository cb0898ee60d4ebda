"""Many short texts by number, kept as a few long values of bytes: hardly any of them is ever asked for, and
to make a value of each takes longer than to find those that are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from zlib import crc32


class Packed(NamedTuple):
    """Texts as bytes. Numbers are of 32 bits, in the order of the machine."""

    data: bytes = b""
    """All texts, one after the other, in UTF-8."""
    ends: bytes = b""
    """Where each ends."""
    starts: bytes = b""
    """Where those of `numbers` begin whose texts have the same lower bits in their checksum (CRC-32), for all
    that these may be; and at last where they end."""
    numbers: bytes = b""
    """All texts, by these bits."""


class Texts:
    """Texts by number, from 0 on: those that were `packed`, and others that were added."""

    def __init__(self, packed: Packed = Packed()) -> None:  # noqa: B008 - it never changes
        self._packed = packed
        self._ends, self._starts, self._numbers = (
            memoryview(each).cast("I") for each in (packed.ends, packed.starts, packed.numbers)
        )
        self._count = len(self._ends)
        self._mask = len(self._starts) - 2
        self._added: list[str] = []

    def __len__(self) -> int:
        return self._count + len(self._added)

    def __getitem__(self, number: int) -> str:
        if number >= self._count:
            return self._added[number - self._count]
        start = self._ends[number - 1] if number else 0
        return str(self._packed.data[start : self._ends[number]], "utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[str]:
        return map(self.__getitem__, range(len(self)))

    def add(self, text: str) -> int:
        """The number of a text that is new."""
        self._added.append(text)
        return len(self) - 1

    def find(self, text: str) -> int | None:
        """The number of a text among those that were packed."""
        if not self._count:
            return None
        wanted = text.encode("utf-8", "surrogatepass")
        place = crc32(wanted) & self._mask
        for number in self._numbers[self._starts[place] : self._starts[place + 1]]:
            start = self._ends[number - 1] if number else 0
            if self._packed.data[start : self._ends[number]] == wanted:
                return number
        return None

    def packed(self) -> Packed:
        """All of them."""
        return _packed(list(self)) if self._added else self._packed


def _packed(texts: Sequence[str]) -> Packed:
    import numpy as np

    data = [text.encode("utf-8", "surrogatepass") for text in texts]
    checksums = np.array(list(map(crc32, data)), np.uint32)
    size = 1 << (max(len(texts), 1) - 1).bit_length()
    places = checksums & np.uint32(size - 1)
    starts = np.concatenate(([0], np.cumsum(np.bincount(places, minlength=size))))
    return Packed(
        b"".join(data),
        np.cumsum(np.array(list(map(len, data)), np.uint32), dtype=np.uint32).tobytes(),
        starts.astype(np.uint32).tobytes(),
        np.argsort(places, kind="stable").astype(np.uint32).tobytes(),
    )
