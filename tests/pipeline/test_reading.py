"""Which of the processes that read content/ ahead reads what."""

from __future__ import annotations

from itertools import chain

import pytest

from generator import reading
from generator.store.content import month_of


@pytest.mark.parametrize("months", [0, 1, 2, 3, 12])
def test_every_new_paper_is_read_by_one_process_and_a_month_by_one_alone(months: int) -> None:
    names = [
        f"papers/2025/{month:02d}/{day:02d}/25{month:02d}.000{day}.md"
        for month in range(1, months + 1)
        for day in range(10, 30)
    ]
    parts = list(reading._parted(names))
    assert len(parts) == len(reading._SHARES)
    assert list(chain.from_iterable(parts)) == names
    found = [month_of(part[0]) for part in parts if part]
    assert len(set(found)) == len(found)
    assert sum(len({month_of(name) for name in part}) for part in parts) == months
    if months == 12:
        assert [len(part) / len(names) for part in parts] == pytest.approx(reading._SHARES, abs=1 / months)
