"""A paper and a day as Markdown: what their pages say, without the pages (https://llmstxt.org).

Every text of the feed's is escaped, so that it stands as it is, on its line, whatever it holds. An abstract
is Markdown already. Of a paper there are no figures here: its file changes only when its facts do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from generator.model.markup import escape

_CLOSING = re.compile(r"#+$")
"""What ends a heading and is not seen (CommonMark 0.31, ATX headings)."""
_IN_ADDRESS = "!#$%&'*+,-./:;=?@_~"
"""What stays as it is in an address; brackets and parentheses would end the link."""


@dataclass(frozen=True, slots=True)
class PaperText:
    """What the twin of a paper says. Empty text and nothing stand for what is not known."""

    title: str
    authors: tuple[str, ...]
    author_count: int
    facts: tuple[tuple[str, str], ...]
    """What it is called, and the fact, as plain text."""
    links: tuple[tuple[str, str], ...]
    """What stands there, and its address."""
    summary: str
    abstract: str
    """Markdown."""


@dataclass(frozen=True, slots=True)
class Item:
    """A paper in the twin of a day."""

    title: str
    address: str
    authors: tuple[str, ...]
    more_authors: int
    sentence: str


@dataclass(frozen=True, slots=True)
class DayText:
    """What the twin of a day says."""

    title: str
    state: str
    page: str
    items: tuple[Item, ...]


def paper_markdown(paper: PaperText) -> str:
    left = paper.author_count - len(paper.authors)
    facts = [f"- {name}: {_inline(fact)}" for name, fact in paper.facts if fact]
    links = [f"- {name}: <{_address(address)}>" for name, address in paper.links if address]
    return _joined(
        _heading(paper.title),
        _names(paper.authors, left),
        "\n".join([*facts, *links]),
        f"> {_inline(paper.summary)}" if paper.summary else "",
        f"## Abstract\n\n{paper.abstract.strip()}" if paper.abstract.strip() else "",
    )


def day_markdown(day: DayText) -> str:
    return _joined(
        _heading(day.title),
        _inline(day.state),
        f"Page: <{_address(day.page)}>",
        "\n".join(f"{number}. {_item(item)}" for number, item in enumerate(day.items, start=1)),
    )


def _item(item: Item) -> str:
    """A line such as llms.txt has: a link, a colon, and what there is to say."""
    link = f"[{_inline(item.title)}]({_address(item.address)})"
    said = [_names(item.authors, item.more_authors), _inline(item.sentence)]
    notes = ". ".join(each for each in said if each)
    return f"{link}: {notes}" if notes else link


def _names(authors: Iterable[str], more: int) -> str:
    named = ", ".join(authors)
    if not named:
        return f"{more:,} author{'' if more == 1 else 's'}" if more > 0 else ""
    return _inline(f"{named} and {more:,} more" if more > 0 else named)


def _heading(text: str) -> str:
    return "# " + _CLOSING.sub(lambda match: "\\" + match.group(), _inline(text))


def _inline(text: str) -> str:
    """Markdown that shows `text` on one line."""
    return escape(" ".join(text.split()))


def _address(address: str) -> str:
    """`address` with what would end it in Markdown, or is no ASCII, as percent signs and digits."""
    return quote(address, safe=_IN_ADDRESS)


def _joined(*blocks: str) -> str:
    return "\n\n".join(block for block in blocks if block) + "\n"
