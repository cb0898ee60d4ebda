"""Which names of authors have earned a page of their own.

If three papers were always enough, a large archive would have more pages of people than of papers, most of
which nobody asks for. So room grows with the archive, and goes to the names with most papers. A page that is
earned stays: who has one is settled day by day, from the oldest on, and no later day takes it away.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

FIRST_PAGES = 300
"""Pages that there is room for in any archive, before the share counts."""


def regulars(tallies: Iterable[tuple[int, Iterable[tuple[int, int]]]], *, share: int) -> frozenset[int]:
    """The numbers of the names that have a page. `tallies`: of each day in order how many papers stand on it,
    and the numbers of the names in them that have enough papers by then, each with how many.

    At the end of each day there is room for FIRST_PAGES and another `share` for every hundred papers so far.
    Names with enough papers wait for it; those with most papers go first, and all of one number together or
    not at all, so that no order among equals decides.
    """
    papers: dict[int, int] = {}
    waiting: dict[int, set[int]] = defaultdict(set)
    earned: set[int] = set()
    seen = 0
    for count, names in tallies:
        seen += count
        for name, has in names:
            if name not in earned:
                had = papers.get(name)
                if had:
                    waiting[had].remove(name)
                waiting[has].add(name)
                papers[name] = has
        room = FIRST_PAGES + seen * share // 100 - len(earned)
        for number in sorted((number for number, names in waiting.items() if names), reverse=True):
            if len(waiting[number]) > room:
                break
            room -= len(waiting[number])
            earned |= waiting.pop(number)
    return frozenset(earned)
