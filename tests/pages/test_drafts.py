"""A draft's digest stands for all that its page is composed from: the same digest, the same page."""

from __future__ import annotations

from pathlib import Path

from generator.config import Settings
from generator.model.archive import Archive
from generator.model.contents import Contents
from generator.model.topics import TopicMatcher
from generator.pages import plan_pages
from generator.pages.page import Draft, Page
from generator.store.taxonomy import read_topics
from tests.support.invented import TOPICS, archive_of
from tests.support.versions import versions

VERSIONS = 150
SETTINGS = Settings(author_papers=2, keyword_papers=2)
NO_TOPICS = TopicMatcher.of(())


def test_the_same_digest_means_the_same_page_whatever_changed_in_the_archive(tmp_path: Path) -> None:
    (tmp_path / "topics.yml").write_text(TOPICS)
    matcher = TopicMatcher.of(read_topics(tmp_path / "topics.yml"))
    known: dict[tuple[str, bytes], Page] = {}
    again = drafts = 0
    for contents in versions(VERSIONS):
        for planned in plan_pages(Archive.of(contents, matcher), SETTINGS):
            page = planned.compose()
            assert (page.kind, page.address, page.changed) == (planned.kind, planned.address, planned.changed)
            drafts += isinstance(planned, Draft)
            again += (planned.address, planned.digest) in known
            assert known.setdefault((planned.address, planned.digest), page) == page, planned.address
    kinds = {page.kind for page in known.values()}
    assert {"paper", "day", "week", "topic", "topic_month", "author", "organization", "keyword"} <= kinds
    assert drafts > 5_000
    assert again > 0.6 * drafts, "most pages do not change with one paper"
    assert len(known) > 2_000, "many do"


def test_an_open_day_settles_after_two_weeks_and_so_changes_once() -> None:
    """A new day makes anew the page of the day before it, and that of the day that settles."""
    before, after = [
        {
            each.address: each
            for each in plan_pages(
                Archive.of(Contents().with_changes(archive_of(days, 1)), NO_TOPICS), SETTINGS
            )
            if each.kind == "day"
        }
        for days in (30, 31)
    ]
    changed = [address for address, each in before.items() if each.digest != after[address].digest]
    assert changed == ["papers/date/2025-02-11/", "papers/date/2025-02-25/"]
    assert before[changed[0]].compose().description.startswith("1 paper listed so far; the list may")
    assert after[changed[0]].compose().description.startswith("1 paper listed. ")
