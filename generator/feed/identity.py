"""Which stored paper an entry is: by its id, else by its title. Pure but for what `Identities` learns.

Titles are the same where they are after letter case, accents, punctuation and white space are dropped. Two
papers that both have the feed's id are never one, whatever they are called.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from generator.feed.entry import DayPage, Entry
from generator.feed.fields import EntryError, paper_id
from generator.feed.normalise import fuller
from generator.model.names import fold, slugify
from generator.model.paper import Paper

_NO_LETTER = re.compile(r"[\W_]+")
_NUMBERED = re.compile(r"-[0-9]+")


def title_key(title: str) -> str:
    """What two spellings of one title share; empty where nothing of it is a letter or a digit."""
    return _NO_LETTER.sub("", fold(title))


def is_named_by_title(paper: Paper) -> bool:
    """Whether the paper's id was made from its title, or from how that begins, since no source gave one."""
    name, slug = paper.id.removeprefix("paper-"), slugify(paper.title)
    return slug.startswith(name) or bool(name.startswith(slug) and _NUMBERED.fullmatch(name[len(slug) :]))


def in_utc(entry: Entry, stored: Paper | None) -> Entry:
    """`entry`, whose publication day is one of US Eastern time, with that of its paper as `stored` in UTC
    where the two may be the same moment's: the day after."""
    known, published = stored.published if stored else None, entry.paper.published
    if known and published and known == published + timedelta(days=1):
        return replace(entry, paper=replace(entry.paper, published=known))
    return entry


def together(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """`entries` with those of one paper made one."""
    found: dict[str, Entry] = {}
    for entry in entries:
        same = found.get(entry.paper.id)
        found[entry.paper.id] = fuller(same, entry) if same else entry
    return tuple(found.values())


class Identities:
    """The papers that are known, by id and by title."""

    def __init__(self, papers: Iterable[Paper] = ()) -> None:
        self._papers: dict[str, Paper] = {}
        self._by_title: dict[str, list[str]] = defaultdict(list)
        for paper in papers:
            self.learn(paper)

    def learn(self, paper: Paper) -> None:
        """`paper` is stored, or will be."""
        if paper.id not in self._papers and (key := title_key(paper.title)):
            self._by_title[key].append(paper.id)
        self._papers[paper.id] = paper

    def identify(self, entry: Entry) -> Entry:
        """`entry` under the id by which its paper is stored, or will be; a paper that is new is learnt.

        Raises EntryError where several stored papers could be meant.
        """
        paper = entry.paper
        if paper.id in self._papers:
            return entry
        known = self._named_by_title(paper) if paper.id else self._of_title(paper)
        if known is not None:
            return replace(entry, paper=replace(paper, id=known.id, title=known.title))
        fresh = paper if paper.id else replace(paper, id=self._new_id(paper.title))
        self.learn(fresh)
        return replace(entry, paper=fresh)

    def recognise(self, page: DayPage) -> DayPage:
        """The feed's own `page`, with every entry under the id of its paper and each paper once."""
        return replace(page, entries=together(self.identify(entry) for entry in page.entries))

    def _named_by_title(self, paper: Paper) -> Paper | None:
        """The stored paper of this title whose id no source gave."""
        known = [each for each in self._with_title(paper) if is_named_by_title(each)]
        return known[0] if len(known) == 1 else None

    def _of_title(self, paper: Paper) -> Paper | None:
        known = self._with_title(paper)
        if len(known) > 1:
            ids = ", ".join(sorted(each.id for each in known))
            raise EntryError(
                f"the stored papers {ids} all have its title, so it is not known which one it is"
            )
        return known[0] if known else None

    def _with_title(self, paper: Paper) -> list[Paper]:
        return [self._papers[each] for each in self._by_title.get(title_key(paper.title), ())]

    def _new_id(self, title: str) -> str:
        """A slug of the title that is nobody's id: readable, and the same on every machine."""
        slug = slugify(title)
        try:
            paper_id(slug)
        except EntryError:
            slug = f"paper-{slug}"
        number, candidate = 1, slug
        while candidate in self._papers:
            number += 1
            candidate = f"{slug}-{number}"
        return candidate
