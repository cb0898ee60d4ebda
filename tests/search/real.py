"""The papers of the real days as search sees them."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from generator.feed.normalise import normalise_page
from tests.search.support import Found
from tests.support.replay import real_days, real_page


@lru_cache(maxsize=1)
def real_documents() -> list[Found]:
    """All real papers, the oldest day first; without topics."""
    found: dict[str, Found] = {}
    for day in real_days():
        for entry in normalise_page(real_page(day), date.fromisoformat(day)).entries:
            found.setdefault(entry.paper.id, Found.of(entry.paper))
    return list(found.values())
