"""What arXiv knows of papers, by their ids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from generator.errors import FeedRefused, NotAPage, Problem
from generator.feed.arxiv_api import ArxivApi
from generator.feed.arxiv_entry import normalise_entry
from generator.model.paper import Paper

BATCH = 100
"""Ids in a request."""
_MOST_SPLITS = 20
"""Requests more than one that a batch may cost, for ids that arXiv refuses to look at."""
_UNLIKELY = 10
"""Of so many ids, that arXiv knows none is not believed: it gives such answers when it is busy."""


@dataclass(frozen=True, slots=True)
class Found:
    """What arXiv said of some ids."""

    papers: tuple[Paper, ...] = ()
    """What it knows, without days."""
    unknown: frozenset[str] = frozenset()
    """The ids that it says it does not know."""
    problems: tuple[Problem, ...] = ()
    """Entries that were refused."""


class ArxivLookup:
    """Looks papers up; of the ids that an answer neither lists nor denies, nothing is said."""

    def __init__(self, api: ArxivApi) -> None:
        self._api = api

    @property
    def requests(self) -> int:
        """How many were sent so far."""
        return self._api.requests

    def look_up(self, ids: Sequence[str]) -> Found:
        """What arXiv says of `ids`, at most `BATCH` of them. Raises FeedError."""
        found, pending, splits = Found(), [list(ids)], 0
        while pending:
            batch = pending.pop()
            try:
                some = self._ask(batch)
            except FeedRefused as refused:
                # One id that arXiv takes for none (of a thirteenth month) costs the answer for all of them.
                splits += 2
                if refused.status != HTTPStatus.BAD_REQUEST or splits > _MOST_SPLITS:
                    raise
                if len(batch) > 1:
                    half = len(batch) // 2
                    pending += [batch[half:], batch[:half]]
                    continue
                some = Found(unknown=frozenset(batch))
            found = _joined(found, some)
        return found

    def _ask(self, ids: Sequence[str]) -> Found:
        where = f"{ids[0]} and {len(ids) - 1:,} more" if len(ids) > 1 else ids[0]
        query: dict[str, str | int] = {"id_list": ",".join(ids), "start": 0, "max_results": len(ids)}
        listing = self._api.ask(query, where)
        outcomes = [normalise_entry(raw, None, where)[0] for raw in listing.entries]
        entries = [each for each in outcomes if not isinstance(each, Problem)]
        papers = {each.paper.id: each.paper for each in entries if each.paper.id in ids}
        refused = [each for each in outcomes if isinstance(each, Problem)]
        is_all = (
            listing.whole and listing.total == len(listing.entries) and not refused and not listing.broken
        )
        if is_all and not papers and len(ids) >= _UNLIKELY:
            raise NotAPage(
                f"{where}: arXiv says that it knows none of them, which is not believed. Try later."
            )
        return Found(
            papers=tuple(papers.values()),
            unknown=frozenset(ids) - papers.keys() if is_all else frozenset(),
            problems=(*listing.problems, *refused),
        )


def _joined(one: Found, other: Found) -> Found:
    return Found((*one.papers, *other.papers), one.unknown | other.unknown, (*one.problems, *other.problems))
