"""From an entry of arXiv's Atom to a paper: pure, and the place where the shape of such an entry is known.

- Its id is an address with a version: `http://arxiv.org/abs/2511.04670v2`.
- Title and abstract are the authors' own source: hard-wrapped, with TeX in dollars and outside of them.
- `published` is the moment at which its first version was submitted: its UTC day is the day it stands on.
- `category` holds arXiv's categories and classes of other schemes (`I.2.7`, `68T50`); the primary one of
  arXiv's stands by itself.
- Nothing is said of votes, comments, code or keywords.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from generator.errors import Problem
from generator.feed import fields
from generator.feed.entry import Entry
from generator.feed.text import one_line
from generator.model.paper import Figures, Paper
from generator.sources import ARXIV_CATEGORY

MAX_JOURNAL_REF = 1_000
_ABSTRACT_PAGE = re.compile(r"https?://(?:[a-z]+\.)?arxiv\.org/abs/(?P<id>[^?#\s]+)")
_DOI = re.compile(r"10\.[0-9]{4,9}/[^\s\"<>\\^`{|}]+")
"""https://www.doi.org/doi-handbook/HTML/doi-name-syntax.html, without what no address may hold."""
_MAX_DOI = 300


def normalise_entry(
    raw: Mapping[str, Any], day: date | None, where: str
) -> tuple[Entry | Problem, tuple[Problem, ...]]:
    """The entry, or why it was refused; and what was left out of it. `where` begins what is said of it.

    `day` is the day that lists it, None where nothing does: then only the paper itself is wanted.
    """
    notes: list[str] = []
    try:
        paper = _paper(raw, (day,) if day else (), notes)
    except fields.EntryError as refused:
        return Problem(where, str(refused)), ()
    where = f"{where} ({paper.id})"
    if day and paper.published and paper.published != day:
        return Problem(where, f"it was submitted on {paper.published}, which was not asked for"), ()
    return Entry(paper, Figures()), tuple(Problem(where, note) for note in notes)


def paper_id(raw: Mapping[str, Any]) -> str:
    """The id of an entry, without its version. Raises EntryError."""
    address = _ABSTRACT_PAGE.fullmatch(str(raw.get("id") or "").strip())
    if address is None:
        raise fields.EntryError("its id is not the address of a paper")
    return fields.paper_id(address["id"])


def _paper(raw: Mapping[str, Any], days: tuple[date, ...], notes: list[str]) -> Paper:
    return Paper(
        id=paper_id(raw),
        title=fields.title(raw.get("title"), None),
        authors=fields.authors(_named(raw.get("authors")), notes),
        published=fields.published(raw.get("published"), notes),
        days=days,
        categories=_categories(raw),
        doi=_doi(raw.get("arxiv_doi"), notes),
        journal_ref=_journal_ref(raw.get("arxiv_journal_ref"), notes),
        abstract=fields.abstract_text(raw.get("summary"), None, notes),
    )


def _named(raw: object) -> object:
    """feedparser adds an empty author where an element is empty."""
    return [author for author in raw if author] if isinstance(raw, list) else raw


def _categories(raw: Mapping[str, Any]) -> tuple[str, ...]:
    """arXiv's own, the primary one first, each once."""
    primary = raw.get("arxiv_primary_category")
    tags = raw.get("tags")
    terms = [
        each.get("term")
        for each in (primary, *(tags if isinstance(tags, list) else ()))
        if isinstance(each, dict)
    ]
    sound = (term for term in terms if isinstance(term, str) and ARXIV_CATEGORY.fullmatch(term))
    return tuple(dict.fromkeys(sound))


def _doi(raw: object, notes: list[str]) -> str | None:
    """The first of those that the authors gave."""
    given = str(raw or "").split()
    if not given:
        return None
    first = re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:)", "", given[0], flags=re.IGNORECASE).rstrip(",;")
    if len(first) <= _MAX_DOI and _DOI.fullmatch(first) and first.isascii():
        return first
    notes.append("its DOI is none, so it was left out")
    return None


def _journal_ref(raw: object, notes: list[str]) -> str | None:
    line = one_line(str(raw or ""))
    if len(line) > MAX_JOURNAL_REF:
        notes.append(f"its journal reference is {len(line):,} characters long, so it was left out")
        return None
    return line or None
