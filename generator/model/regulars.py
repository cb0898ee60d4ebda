"""Which names of authors have earned a page of their own.

If three papers were always enough, a large archive would have more pages of people than of papers, most of
which nobody asks for. So room grows with the archive, and goes to the names with most papers. A page that is
earned stays: who has one is settled day by day, from the oldest on, and no later day takes it away.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date
from itertools import groupby

FIRST_PAGES = 300
"""Pages that there is room for in any archive, before the share counts."""


def regulars(listed: Iterable[tuple[date, Collection[str]]], *, least: int, share: int) -> frozenset[str]:
    """The names that have a page, of papers `listed` as day and names, in the order of the days. Names of
    fewer papers than `least` in all may be left out.

    At the end of each day there is room for FIRST_PAGES and another `share` for every hundred papers so far.
    Names with `least` papers or more wait for it; those with most papers go first, and all of one number
    together or not at all, so that no order among equals decides.
    """
    papers: Counter[str] = Counter()
    waiting: dict[int, set[str]] = {}
    earned: set[str] = set()
    seen = 0
    for _, group in groupby(listed, lambda each: each[0]):
        for _, names in group:
            seen += 1
            for name in names:
                papers[name] = had = papers[name] + 1
                if name not in earned and had >= least:
                    waiting.get(had - 1, set()).discard(name)
                    waiting.setdefault(had, set()).add(name)
        room = FIRST_PAGES + seen * share // 100 - len(earned)
        for number in sorted((number for number, names in waiting.items() if names), reverse=True):
            if len(waiting[number]) > room:
                break
            room -= len(waiting[number])
            earned |= waiting.pop(number)
    return frozenset(earned)
