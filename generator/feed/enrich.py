"""What arXiv knows more of a stored paper than the feed told: pure.

A field that is empty is filled, as a snapshot fills it. Title and abstract are replaced where the stored text
is the feed's own, with marks of TeX stripped off: where it has the same words as arXiv's (`words.same_words`)
and fewer dollars and backslashes, and, of an abstract, where no hand wrote Markdown into it. Anything else
that differs is left alone, and said.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from generator.feed.merge import merge
from generator.feed.words import more_tex, same_words
from generator.model import markup
from generator.model.contents import Contents
from generator.model.paper import Paper


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which papers the person asked for; nothing of it means all of them."""

    since: date | None = None
    until: date | None = None
    """Those that stand on days from `since` to `until`, both included."""
    limit: int | None = None
    again: bool = False
    """Also those that have categories, and those that arXiv did not know."""


def papers_to_ask(contents: Contents, wanted: Wanted, unknown: Collection[str]) -> tuple[str, ...]:
    """The ids to ask arXiv for, newest day first.

    arXiv gives every paper a category: one that has categories has been asked for, or needs it not, and one
    whose owner emptied them by hand (`categories: null`) is not to be asked for. `unknown` are the ids that
    arXiv said it does not know.
    """
    papers = [paper for paper in contents.papers.values() if _is_wanted(paper, wanted, unknown)]
    newest = sorted(sorted(papers, key=lambda paper: paper.id), key=lambda paper: paper.day, reverse=True)
    return tuple(paper.id for paper in newest[: wanted.limit])


def _is_wanted(paper: Paper, wanted: Wanted, unknown: Collection[str]) -> bool:
    if paper.arxiv_id is None or "categories" in paper.withheld:
        return False
    if (wanted.since and paper.day < wanted.since) or (wanted.until and paper.day > wanted.until):
        return False
    return wanted.again or not (paper.categories or paper.id in unknown)


@dataclass(frozen=True, slots=True)
class Enriched:
    """A stored paper with what arXiv knows more."""

    paper: Paper
    left: tuple[str, ...] = ()
    """What differs and was left alone, each as the end of a sentence about the paper."""


def enriched(stored: Paper, fresh: Paper) -> Enriched:
    """`stored` with what `fresh`, arXiv's, knows more."""
    paper = merge(stored, replace(fresh, days=()))
    left: list[str] = []
    if same_words(stored.title, fresh.title):
        if more_tex(fresh.title, stored.title):
            paper = replace(paper, title=fresh.title)
    else:
        left.append("its title has other words at arXiv")
    if stored.abstract and fresh.abstract:
        old, new = markup.unescape(stored.abstract), markup.unescape(fresh.abstract)
        if not same_words(old, new):
            left.append("its abstract has other words at arXiv")
        elif more_tex(new, old):
            if markup.escape(old) == stored.abstract:
                paper = replace(paper, abstract=fresh.abstract)
            else:
                left.append("its abstract has Markdown that a hand wrote")
    return Enriched(paper, tuple(left))


def changed_fields(before: Paper, after: Paper) -> tuple[str, ...]:
    """The names of the fields in which two states of a paper differ, in their order."""
    return tuple(name for name in Paper.__slots__ if getattr(before, name) != getattr(after, name))
