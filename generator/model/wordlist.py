"""Words by number, found without making a value of each word that stands in a text.

An archive's abstracts have a few million words and some hundred thousand different ones. To split them in
Python is to make a string of each, only to look it up. Here a block of text is bytes: where words begin and
end is asked of all at once, and words are compared as whole numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.signedinteger[Any]]
    Halves = NDArray[np.uint64]

_HALF = 8
"""Bytes of a whole number. A word of up to twice as many is compared as two; a longer one is looked up."""
_BORDER = "\0"
_FIRST_SIZE = 1 << 12
_ROOM = 2
"""How many places a table has at least for each word."""
_STREWN = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F)
"""Two odd numbers without a pattern: 2^64 divided by the golden ratio, and a prime. What is multiplied by one
is strewn over the upper bits (D. Knuth, The Art of Computer Programming, volume 3, 6.4)."""


class WordList:
    """The different words of texts, each with a number: from 0 on, as they are met."""

    def __init__(self) -> None:
        self._known: dict[bytes, int] = {}
        self._table = _Table(_FIRST_SIZE)

    def __len__(self) -> int:
        return len(self._known)

    def words(self, start: int = 0) -> list[str]:
        """The words from the number `start` on."""
        new = islice(reversed(self._known), len(self._known) - start)
        return [word.decode("utf-8", "surrogatepass") for word in new][::-1]

    def numbers(self, lines: bytes) -> tuple[Numbers, Numbers]:
        """The numbers of all words in `lines`, one after the other, and how many words each line has.

        Lines are parted by line feeds, words by those, spaces and control characters.
        """
        import numpy as np

        data = np.frombuffer(lines + bytes(2 * _HALF), np.uint8)
        edges = np.flatnonzero(np.diff(data > ord(" "), prepend=False))
        starts, ends = edges[::2], edges[1::2]
        breaks = np.flatnonzero(data == ord("\n"))
        counts = np.diff(np.searchsorted(starts, breaks), prepend=0, append=len(starts))
        halves = _halves(data, starts, ends)
        numbers = self._table.find(*halves)
        lengths = ends - starts
        numbers[lengths > 2 * _HALF] = -1
        missed = np.flatnonzero(numbers < 0)
        if len(missed):
            before, known = len(self._known), self._known
            places = zip(starts[missed].tolist(), ends[missed].tolist(), strict=True)
            numbers[missed] = [known.setdefault(lines[start:end], len(known)) for start, end in places]
            new = missed[(numbers[missed] >= before) & (lengths[missed] <= 2 * _HALF)]
            _, firsts = np.unique(numbers[new], return_index=True)
            new = new[firsts]
            if len(known) * _ROOM > self._table.size:
                self._table = self._table.grown(len(known) * _ROOM)
            self._table.put(halves[0][new], halves[1][new], numbers[new])
        return numbers, counts


def lines_of(texts: Sequence[str], table: bytes, dropped: bytes = b"") -> bytes:
    """`texts` as lines in UTF-8, their bytes as `table` translates them, without those that are `dropped`
    (see `bytes.translate`). The table is to leave no line feed: what parts words is a space."""
    text = _BORDER.join(texts)
    if text.count(_BORDER) >= len(texts):
        text = _BORDER.join([each.replace(_BORDER, " ") for each in texts])
    return text.encode("utf-8", "surrogatepass").translate(b"\n" + table[1:], dropped)


def _halves(data: NDArray[np.uint8], starts: Numbers, ends: Numbers) -> tuple[Halves, Halves]:
    """The first eight bytes of each word and the eight after them, as whole numbers; zeros after its end."""
    import numpy as np

    eight = np.ndarray((len(data) - _HALF + 1,), "<u8", data, strides=(1,))
    masks = np.array([(1 << 8 * length) - 1 for length in range(_HALF + 1)], np.uint64)
    lengths = ends - starts
    first = eight[starts] & masks[np.minimum(lengths, _HALF)]
    second = np.zeros(len(starts), np.uint64)
    longer = np.flatnonzero(lengths > _HALF)
    second[longer] = eight[starts[longer] + _HALF] & masks[np.minimum(lengths[longer] - _HALF, _HALF)]
    return first, second


class _Table:
    """Words of up to sixteen bytes by what they hold. One that finds both of its places taken has none."""

    def __init__(self, size: int) -> None:
        import numpy as np

        self.size = size
        self._first, self._second = np.zeros(size, np.uint64), np.zeros(size, np.uint64)
        self._numbers = np.full(size, -1, np.int32)

    def find(self, first: Halves, second: Halves) -> Numbers:
        """The number of each word; -1 of those that have no place."""
        import numpy as np

        place = self._places(first, second, 0)
        is_here = (self._first[place] == first) & (self._second[place] == second)
        numbers = np.where(is_here, self._numbers[place], -1)
        rest = np.flatnonzero(~is_here)
        first, second = first[rest], second[rest]
        place = self._places(first, second, 1)
        is_here = (self._first[place] == first) & (self._second[place] == second)
        numbers[rest] = np.where(is_here, self._numbers[place], -1)
        return numbers

    def put(self, first: Halves, second: Halves, numbers: Numbers) -> None:
        """Give words that have none a place, where there is one."""
        for which in range(len(_STREWN)):
            place = self._places(first, second, which)
            is_free = self._numbers[place] < 0
            at = place[is_free]
            self._numbers[at] = numbers[is_free]
            is_here = self._numbers[place] == numbers
            self._first[place[is_here]], self._second[place[is_here]] = first[is_here], second[is_here]
            first, second, numbers = first[~is_here], second[~is_here], numbers[~is_here]

    def grown(self, least: int) -> _Table:
        """The same with `least` places or more."""
        import numpy as np

        table = _Table(1 << (least - 1).bit_length() + 1)
        taken = np.flatnonzero(self._numbers >= 0)
        table.put(self._first[taken], self._second[taken], self._numbers[taken])
        return table

    def _places(self, first: Halves, second: Halves, which: int) -> Numbers:
        import numpy as np

        strewn = (first ^ second * np.uint64(_STREWN[1 - which])) * np.uint64(_STREWN[which])
        return (strewn >> np.uint64(65 - self.size.bit_length())).astype(np.int64)
