"""Many short texts by number, kept as a few long values of bytes: hardly any of them is ever asked for, and
to make a value of each takes longer than to find those that are."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from zlib import crc32


class Packed(NamedTuple):
    """Texts as bytes. Numbers are of 32 bits, in the order of the machine."""

    data: bytes = b""
    """All texts, one after the other, in UTF-8."""
    ends: bytes = b""
    """Where each ends."""
    checksums: bytes = b""
    """Of all texts, the smallest first (CRC-32)."""
    numbers: bytes = b""
    """The text of each checksum."""


class Texts:
    """Texts by number, from 0 on: those that were `packed`, and others that were added."""

    def __init__(self, packed: Packed = Packed()) -> None:  # noqa: B008 - it never changes
        self._packed = packed
        self._ends, self._checksums, self._numbers = (
            memoryview(each).cast("I") for each in (packed.ends, packed.checksums, packed.numbers)
        )
        self._count = len(self._ends)
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
        checksum = crc32(text.encode("utf-8", "surrogatepass"))
        place = bisect_left(self._checksums, checksum)
        while place < self._count and self._checksums[place] == checksum:
            number = self._numbers[place]
            if self[number] == text:
                return number
            place += 1
        return None

    def packed(self) -> Packed:
        """All of them."""
        return _packed(list(self)) if self._added else self._packed


def _packed(texts: Sequence[str]) -> Packed:
    import numpy as np

    data = [text.encode("utf-8", "surrogatepass") for text in texts]
    checksums = np.array(list(map(crc32, data)), np.uint32)
    order = np.argsort(checksums, kind="stable")
    return Packed(
        b"".join(data),
        np.cumsum(np.array(list(map(len, data)), np.uint32), dtype=np.uint32).tobytes(),
        checksums[order].tobytes(),
        order.astype(np.uint32).tobytes(),
    )
