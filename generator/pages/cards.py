"""A paper in a list: what a reader needs to decide in two seconds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache

import msgspec

from generator.model.markup import unescape
from generator.model.paper import Paper
from generator.model.periods import plain_day, short_day
from generator.pages import addresses
from generator.pages.known import Known
from generator.pages.links import organization_link
from generator.pages.page import DateText, Link

NAMED_AUTHORS = 3
_TEASER = 260
_KEPT = 2**15
"""Cards that a process keeps, of each kind: a list gets the same card that another has."""
_DAYS = 2**12
"""Days that a process keeps as text: eleven years."""
_OPENED = 1000
"""Characters of abstract for each paper of a long list, so that a day of 40 stays below 30 KB, compressed."""
_LONG = 40
_ROOMY = 3
"""As many times as long as a teaser is the beginning of an abstract that is looked at first: white space and
backslashes go, but hardly ever so many."""
_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s+(?=[A-Z0-9\"'“(])")


class Card(msgspec.Struct, frozen=True, gc=False):
    """A paper in a list."""

    paper: Link
    """Its title and its page."""
    authors: tuple[str, ...]
    """The first three."""
    more_authors: int
    """How many are not named."""
    organization: Link | None
    day: DateText
    teaser: str = ""
    """Its summary, else the first sentences of its abstract, as plain text."""
    abstract: str = ""
    """Markdown; empty where the list does not open abstracts."""
    abstract_goes_on: bool = False
    """Whether the abstract has more sentences, on the paper's page."""
    topics: tuple[Link, ...] = ()
    upvotes: int | None = None
    comments: int | None = None
    github: str = ""


def cards(papers: Iterable[Known], *, abstracts: bool = False) -> tuple[Card, ...]:
    """The cards of `papers`, in their order; with `abstracts` each can be opened in place."""
    papers = tuple(papers)
    if not abstracts:
        return tuple(map(_closed_card, papers))
    texts = [each.paper.abstract for each in papers]
    most = allowance(list(map(len, texts)))
    return tuple([_card(each, text, most) for each, text in zip(papers, texts, strict=True)])


@lru_cache(maxsize=_KEPT)
def quiet_card(known: Known) -> Card:
    """The card of a paper in brief: title, authors, organization and day.

    Nothing in it changes when somebody votes, and the many pages that show it stay small.
    """
    return Card(*_named(known.paper))


def allowance(lengths: Sequence[int]) -> int:
    """How many characters of abstract each paper of a list may open, so that the whole stays light.

    A list may open as much as one of 40 papers with 1,000 characters each, or a longer one at that rate: a
    short list opens all; in a long one the short abstracts leave their share to the longer ones.
    """
    left = _OPENED * max(_LONG, len(lengths))
    for done, length in enumerate(sorted(lengths)):
        share = left // (len(lengths) - done)
        if length > share:
            return share
        left -= length
    return max(lengths, default=0)


def opening(text: str, most: int) -> str:
    """The sentences of `text` that fit into `most` characters; else cut between two words."""
    if len(text) <= most:
        return text
    ends = [match.end() for match in _SENTENCE_END.finditer(text, 0, most + 1)]
    if ends and ends[-1] >= most // 3:
        return text[: ends[-1]].rstrip()
    return text[:most].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"


@lru_cache(maxsize=_DAYS)
def day_text(day: date) -> DateText:
    return DateText(day.isoformat(), plain_day(day))


@lru_cache(maxsize=_DAYS)
def short_day_text(day: date) -> DateText:
    return DateText(day.isoformat(), short_day(day))


def teaser(paper: Paper, most: int = _TEASER) -> str:
    """The paper's summary, else the first sentences of its abstract, at most about `most` characters."""
    if paper.summary:
        return paper.summary
    abstract = paper.abstract
    beginning = abstract[: most * _ROOMY]
    text = " ".join(unescape(beginning).split())
    if len(text) <= most + 1 and len(beginning) < len(abstract):
        text = " ".join(unescape(abstract).split())
    return opening(text, most)


def count(number: int, one: str, many: str | None = None) -> str:
    """`1 paper`, `2,500 papers`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def author_line(paper: Paper) -> tuple[tuple[str, ...], int]:
    """The authors to name in a list, and how many more there are."""
    total = paper.author_count or len(paper.authors)
    named = paper.authors if total == NAMED_AUTHORS + 1 else paper.authors[:NAMED_AUTHORS]
    return named, total - len(named)


def byline(paper: Paper, most: int = NAMED_AUTHORS) -> str:
    """The first `most` authors as text: `Ada, Bo and 3 more`; empty where none is known by name."""
    more = (paper.author_count or len(paper.authors)) - most
    named = ", ".join(paper.authors[:most])
    return f"{named} and {more:,} more" if named and more > 0 else named


@lru_cache(maxsize=_KEPT)
def _closed_card(known: Known) -> Card:
    """The card of a paper without its abstract: one for all its lists."""
    return _card(known)


def _card(known: Known, text: str = "", most: int = 0) -> Card:
    """The card of a paper, with at most `most` characters of `text`, its abstract."""
    paper, figures = known.paper, known.figures
    abstract = opening(text, most) if most else ""
    return Card(
        *_named(paper),
        teaser=teaser(paper),
        abstract=abstract,
        abstract_goes_on=bool(abstract) and abstract != text,
        topics=known.topics,
        upvotes=figures.upvotes,
        comments=figures.comments,
        github=paper.github or "",
    )


def _named(paper: Paper) -> tuple[Link, tuple[str, ...], int, Link | None, DateText]:
    """What every card begins with, up to the day."""
    authors, more = author_line(paper)
    return (
        Link(paper.title, addresses.paper(paper.id)),
        authors,
        more,
        organization_link(paper.organization),
        short_day_text(paper.day),
    )
