"""What falls to one of several processes that plan and make a site together.

Pages are dealt out by a digest of what names them, and an output that works on all papers at once falls to
one process as a whole. So each process knows what is its own without asking the others. Nobody can say well
how long each will take; so some of the pages of papers are planned by all of them, and made by whoever is
done with its own.
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
    papers: frozenset[int]
    """The hands of which it has the papers' own files."""
    outputs: frozenset[str] | None
    """The outputs that are its alone; None stands for all."""

    def takes(self, name: str) -> bool:
        """Whether a page of that name (an address) falls to this portion."""
        return len(self.hands) == _HANDS or _hand(name) in self.hands

    def takes_paper(self, name: str) -> bool:
        """Whether the files of the paper with that id do."""
        return len(self.papers) == _HANDS or _hand(name) in self.papers

    def has(self, output: str) -> bool:
        """Whether an output that is not dealt out falls to this portion."""
        return self.outputs is None or output in self.outputs


_ALL, _NONE = frozenset(range(_HANDS)), frozenset[int]()
WHOLE = Portion(_ALL, _ALL, None)
"""Everything, for one process."""
NOTHING = Portion(_NONE, _NONE, frozenset())


@dataclass(frozen=True, slots=True)
class Shares:
    """The site, as several processes share it."""

    each: tuple[Portion, ...]
    """What each of them plans and makes."""
    common: Portion = NOTHING
    """What all of them plan, and whoever has time makes."""


def portions(count: int, outputs: Mapping[str, int], *, common: int = 0) -> Shares:
    """The site in `count` portions of about equal work. `outputs`: what each output costs that is not dealt
    out, where all pages together cost 64; `common`: how many of 64 parts of the papers all have in common,
    at most."""
    if count == 1:
        return Shares((WHOLE,))
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
    own = [some[common // count :] for some in hands]
    each = [
        Portion(frozenset(some), frozenset(papers), frozenset(names))
        for some, papers, names in zip(hands, own, whole, strict=True)
    ]
    return Shares(tuple(each), Portion(_NONE, _ALL.difference(*own), frozenset()))


def _hand(name: str) -> int:
    return crc32(name.encode()) % _HANDS
