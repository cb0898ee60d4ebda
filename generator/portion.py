"""What falls to one of several processes that plan and make a site together.

Pages are dealt out by a digest of what names them, and an output that works on all papers at once falls to
one process as a whole. So each process knows what is its own without asking the others, and all of them
together plan each file once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from zlib import crc32

_HANDS = 64
"""Into as many hands pages are dealt; a power of two."""


@dataclass(frozen=True, slots=True)
class Portion:
    """What one process plans."""

    hands: frozenset[int]
    outputs: frozenset[str] | None
    """The outputs that are its alone; None stands for all."""

    def takes(self, name: str) -> bool:
        """Whether a page of that name (an address, an id) falls to this portion."""
        return len(self.hands) == _HANDS or crc32(name.encode()) % _HANDS in self.hands

    def has(self, output: str) -> bool:
        """Whether an output that is not dealt out falls to this portion."""
        return self.outputs is None or output in self.outputs


WHOLE = Portion(frozenset(range(_HANDS)), None)
"""Everything, for one process."""


def portions(count: int, outputs: Mapping[str, int]) -> tuple[Portion, ...]:
    """The site in `count` portions of about equal work. `outputs`: what each output costs that is not dealt
    out, where all pages together cost 64."""
    if count == 1:
        return (WHOLE,)
    work = [0] * count
    hands: list[list[int]] = [[] for _ in work]
    whole: list[list[str]] = [[] for _ in work]
    for name in sorted(outputs, key=lambda name: (-outputs[name], name)):
        lightest = work.index(min(work))
        whole[lightest].append(name)
        work[lightest] += outputs[name]
    for hand in range(_HANDS):
        lightest = work.index(min(work))
        hands[lightest].append(hand)
        work[lightest] += 1
    return tuple(Portion(frozenset(some), frozenset(names)) for some, names in zip(hands, whole, strict=True))
