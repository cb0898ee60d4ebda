"""Indices of names: the ones with most papers on one page, all of them by letter on pages below it.

A letter's page names no figures, so that it changes only when a name gets a page, not with every paper.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from generator.model.names import fold
from generator.pages import addresses
from generator.pages.cards import count
from generator.pages.facets import Counted
from generator.pages.page import Link, Page

_MOST = 200
"""How many names an index shows; more than these, and there are pages for the letters."""
_OTHER = "other"


class Index(msgspec.Struct, frozen=True):
    """What an index shows: names with their papers, or all the names of one letter."""

    letter: str
    """As the heading tells it: `Y`, `Other`; empty on the index itself."""
    names: int
    """How many there are; 0 on a letter's page, which has no figures."""
    letters: tuple[Link, ...]
    lines: tuple[Counted, ...]
    """Most papers first."""
    links: tuple[Link, ...]
    """By name."""


def index_pages(kind: str, address: str, title: str, noun: str, names: Sequence[Counted]) -> Iterable[Page]:
    """The index at `address` of all `names`, and a page for each letter where there are many."""
    by_name = sorted([_Name(fold(each.link.text), each.link.address, each) for each in names])
    most = [each.counted for each in sorted(by_name, key=lambda each: -each.counted.papers)[:_MOST]]
    by_letter = _by_letter(by_name) if len(names) > _MOST else {}
    letters = tuple(Link(_heading(key), addresses.letter(address, key)) for key in by_letter)
    yield Page(
        kind=kind,
        address=address,
        title=title,
        description=f"{count(len(names), noun)}, with the papers of each.",
        view=Index("", len(names), letters, tuple(most), ()),
        section=address,
    )
    for link, group in zip(letters, by_letter.values(), strict=True):
        yield Page(
            kind=kind,
            address=link.address,
            title=f"{title}: {link.text}",
            description=f"{title} whose name begins with {link.text}, each with its papers.",
            view=Index(link.text, 0, letters, (), tuple([each.counted.link for each in group])),
            section=address,
        )


class _Name(NamedTuple):
    folded: str
    address: str
    counted: Counted


def _by_letter(names: Iterable[_Name]) -> dict[str, list[_Name]]:
    """Names by their first letter without its accent, in the order of the alphabet; the rest at the end."""
    groups: dict[str, list[_Name]] = defaultdict(list)
    for name in names:
        first = name.folded[:1]
        groups[first if "a" <= first <= "z" else _OTHER].append(name)
    return dict(sorted(groups.items(), key=lambda item: (item[0] == _OTHER, item[0])))


def _heading(key: str) -> str:
    return key.capitalize()
