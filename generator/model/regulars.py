"""Which names of authors have earned a page of their own.

If three papers were always enough, a large archive would have more pages of people than of papers, most of
which nobody asks for. So room grows with the archive, and goes to the names with most papers. A page that is
earned stays: who has one is settled day by day, from the oldest on, and no later day takes it away.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int32]

FIRST_PAGES = 300
"""Pages that there is room for in any archive, before the share counts."""


def regulars(tallies: Iterable[tuple[int, Numbers, Numbers]], names: int, *, share: int) -> Numbers:
    """The numbers, below `names`, of the names that have a page. `tallies`: of each day in order how many
    papers stand on it; the numbers of the names in them that have enough papers by then, each once; and how
    many each has.

    At the end of each day there is room for FIRST_PAGES and another `share` for every hundred papers so far.
    Names with enough papers wait for it; those with most papers go first, and all of one number together or
    not at all, so that no order among equals decides.
    """
    import numpy as np

    papers = np.zeros(names, np.int32)  # of each name that waits; else 0
    earned = np.zeros(names, bool)
    waiting = np.zeros(1, np.int64)  # how many wait with so many papers; with none, everybody
    seen = given = 0
    for count, these, has in tallies:
        seen += count
        waits = ~earned[these]
        these, has = these[waits], has[waits]
        if has.size and has.max() >= len(waiting):
            waiting = np.pad(waiting, (0, int(has.max()) + 1 - len(waiting)))
        waiting += np.bincount(has, minlength=len(waiting))
        waiting -= np.bincount(papers[these], minlength=len(waiting))
        papers[these] = has
        room = FIRST_PAGES + seen * share // 100 - given
        for number in (np.flatnonzero(waiting[1:]) + 1)[::-1].tolist():
            if waiting[number] > room:
                break
            room -= int(waiting[number])
            given += int(waiting[number])
            waiting[number] = 0
            found = np.flatnonzero(papers == number)
            earned[found], papers[found] = True, 0
    return np.flatnonzero(earned).astype(np.int32)
