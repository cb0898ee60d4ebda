"""Entries that are known before they are drafted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from generator.config import Settings
from generator.model.archive import Archive
from generator.model.paper import Paper
from generator.model.topics import TopicMatcher
from generator.outputs.feeds.draft import Desk
from generator.outputs.feeds.items import atom_entry
from generator.outputs.site import Site
from generator.theme.theme import Theme
from tests.support.versions import versions

ALIKE = [
    Paper(f"2601.{number:05d}", f"Alike {number}", days=(date(2024, 12, 27 + number % 5),))
    for number in range(9)
]
"""Papers that never change but want, some days, the moment of one that does."""


def desk_of(papers: dict[str, Paper], base_url: str = "https://example.org/") -> Desk:
    archive = Archive.of(replace(next(versions(1)), papers=papers), TopicMatcher.of(()))
    return Desk(Site(replace(Settings(), base_url=base_url), archive, (), Theme("none", (), (), "/", "")))


def test_the_same_digest_means_the_same_entries_whatever_changed_around_them() -> None:
    known: dict[bytes, list[bytes]] = {}
    again = 0
    for number, contents in enumerate(versions(120)):
        papers = contents.papers | {paper.id: paper for paper in ALIKE}
        desk = desk_of(papers, f"https://example.org/{number // 40 % 2}/")
        for some in (ALIKE, ALIKE[:3], list(papers.values())):
            entries = desk.all_in_brief(some)
            assert entries.digest == desk.all_in_brief(some[::-1]).digest, "in whatever order"
            made = [atom_entry(draft) for draft in entries.newest_first]
            again += entries.digest in known
            assert known.setdefault(entries.digest, made) == made
    assert again > 100
    assert len(known) > 60


def test_other_papers_of_the_same_day_are_other_entries() -> None:
    day = date(2025, 1, 2)
    papers = [replace(paper, days=(day,)) for paper in ALIKE]
    desk = desk_of({paper.id: paper for paper in papers})
    assert len({desk.all_in_brief([paper]).digest for paper in papers}) == len(papers)


def test_no_two_moments_are_the_same() -> None:
    papers = [Paper(f"{month}.00007", "Alike", days=(date(2025, 1, 2),)) for month in range(2301, 2313)]
    desk = desk_of({paper.id: paper for paper in papers})
    moments = [draft.order[0] for draft in desk.all_in_brief(papers).newest_first]
    assert len(set(moments)) == len(papers)
