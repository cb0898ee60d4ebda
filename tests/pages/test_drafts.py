"""A draft's digest stands for all that its page is composed from: the same digest, the same page."""

from __future__ import annotations

from pathlib import Path

from generator.config import Settings
from generator.model.archive import Archive
from generator.model.topics import TopicMatcher
from generator.pages import plan_pages
from generator.pages.page import Draft, Page
from generator.store.taxonomy import read_topics
from tests.support.invented import TOPICS
from tests.support.versions import versions

VERSIONS = 150
SETTINGS = Settings(author_papers=2, keyword_papers=2)


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
