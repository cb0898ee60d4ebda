"""The papers of the real days."""

from __future__ import annotations

from datetime import date
from functools import cache

from generator.feed.normalise import normalise_page
from generator.model.paper import Paper
from tests.support.replay import real_days, real_page


@cache
def real_papers() -> tuple[Paper, ...]:
    """Every paper of the real days, on the first day that lists it."""
    found: dict[str, Paper] = {}
    for name in real_days():
        for entry in normalise_page(real_page(name), date.fromisoformat(name)).entries:
            found.setdefault(entry.paper.id, entry.paper)
    return tuple(found.values())
