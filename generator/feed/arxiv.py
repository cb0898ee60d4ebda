"""A feed of what was submitted to categories of arXiv, day by day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from generator.errors import FeedError, Problem
from generator.feed.arxiv_api import ArxivApi
from generator.feed.arxiv_atom import Listing
from generator.feed.arxiv_entry import normalise_entry
from generator.feed.entry import DayPage, Entry
from generator.feed.identity import together

PAGE_SIZE = 200
"""A busy category has as many a day; arXiv advises against more than a thousand at once."""
MAX_PAGES = 20


class ArxivFeed:
    """The papers that were first submitted to any of `categories` on a UTC day, cross-lists too.

    arXiv lists a paper some days after it was submitted, when it is announced, so that days grow.
    """

    def __init__(self, api: ArxivApi, categories: Sequence[str]) -> None:
        self._api = api
        self._category = " OR ".join(f"cat:{name}" for name in categories)

    def fetch_day(self, day: date, *, known: bool = True) -> DayPage:
        """All that was submitted on `day`. arXiv does not say whether anything changed, so that `known` makes
        no difference.

        Raises FeedUnreachable, FeedRefused or NotAPage where the day's first page does not come. Where a
        later one does not, what came is given, with a problem and not `whole`.
        """
        pages = [self._ask(day, 0, f"{day}")]
        problem: Problem | None = None
        while problem is None and pages[-1].whole and _may_go_on(pages):
            following = self._following(day, pages)
            if isinstance(following, Problem):
                problem = following
            else:
                pages.append(following)
        problems = [each for page in pages for each in page.problems]
        entries, refused, notes = _entries(day, pages)
        return DayPage(
            day=day,
            entries=together(entries),
            problems=(*refused, *problems, *([problem] if problem else [])),
            notes=notes,
            whole=problem is None and all(page.whole for page in pages),
        )

    def _following(self, day: date, pages: Sequence[Listing]) -> Listing | Problem:
        """The page after `pages`, or why there is none."""
        where = f"{day}, page {len(pages) + 1}"
        if len(pages) == MAX_PAGES:
            return Problem(
                where, f"more than {MAX_PAGES} pages for a day are not believed, so it was not read"
            )
        try:
            following = self._ask(day, _count(pages), where)
        except FeedError as error:
            return Problem(where, f"it did not come, so the day is not whole. {error}")
        if following.entries and following.ids == pages[-1].ids:
            return Problem(where, "it repeats the page before, so whether more is listed is not known")
        return following

    def _ask(self, day: date, start: int, where: str) -> Listing:
        submitted = f"submittedDate:[{day:%Y%m%d}0000 TO {day:%Y%m%d}2359]"
        query: dict[str, str | int] = {
            "search_query": f"({self._category}) AND {submitted}",
            "start": start,
            "max_results": PAGE_SIZE,
            "sortBy": "submittedDate",
            "sortOrder": "ascending",
        }
        return self._api.ask(query, where)


def _may_go_on(pages: Sequence[Listing]) -> bool:
    """Whether more is listed, as the last page says; where its total cannot be, whether it is full."""
    last, count = pages[-1], _count(pages)
    if not last.listed:
        return False
    if last.total is None or last.total < count:
        return last.listed >= PAGE_SIZE
    return count < last.total


def _count(pages: Sequence[Listing]) -> int:
    return sum(page.listed for page in pages)


def _entries(
    day: date, pages: Sequence[Listing]
) -> tuple[tuple[Entry, ...], tuple[Problem, ...], tuple[Problem, ...]]:
    """Good entries, entries refused, and what was left out of the good ones."""
    found: list[Entry] = []
    refused: list[Problem] = []
    notes: list[Problem] = []
    raw = (entry for page in pages for entry in page.entries)
    for position, entry in enumerate(raw, 1):
        outcome, remarks = normalise_entry(entry, day, f"{day}, entry {position}")
        notes += remarks
        if isinstance(outcome, Problem):
            refused.append(outcome)
        else:
            found.append(outcome)
    return tuple(found), tuple(refused), tuple(notes)
