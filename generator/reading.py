"""content/ as an archive, with all that earlier runs found out about it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from generator.aside import Aside
from generator.builder.code import code_digest
from generator.config import Config
from generator.errors import SettingsError
from generator.exporting.holding import know_facts
from generator.files import digest
from generator.insight.lasting import know_alike, recall_alike
from generator.insight.related import in_row
from generator.model.archive import Archive
from generator.model.paper import Paper
from generator.model.topics import Match, TopicMatcher
from generator.store.content import ContentStore, Seen
from generator.store.memo import Memo, RecallingMatcher
from generator.store.slugs import SlugMemo
from generator.store.taxonomy import read_topics


def content_store(config: Config) -> ContentStore:
    """content/, with what an earlier run has read."""
    return ContentStore(
        config.content,
        Memo(config.cache / "papers", code_digest(), Paper),
        Memo(config.cache / "metrics", code_digest(), Seen),
    )


_WORTH_FORKING = 1000
"""From how many papers on another process pays for its start."""


def read_archive(config: Config, known: Mapping[str, bytes] | None = None, *, workers: int = 1) -> Archive:
    """The archive in content/. What was found out is kept in the cache; nothing else is written.

    `known`: what stands for the bytes of each file in content/, where somebody has just looked at them. Where
    there may be several `workers`, one looks for related papers meanwhile.
    """
    if not config.content.is_dir():
        raise SettingsError(
            f"{config.content}: there is no such folder. Name the one with --content, or begin an archive "
            "with: papers snapshot"
        )
    topics = read_topics(config.content / "topics.yml")
    store = content_store(config)
    contents = store.read_all(known)
    store.check_topics(contents, [topic.slug for topic in topics])
    version = code_digest()
    row = in_row(contents.papers.values())
    near = Aside(
        partial(recall_alike, row, config.cache / "related.memo", version, store.digests),
        forks=workers > 1 and len(row) >= _WORTH_FORKING,
    )
    found = Memo(
        config.cache / "topics", f"{version} {digest(repr(topics).encode()).hex()}", tuple[Match, ...]
    )
    slugs = SlugMemo(config.cache / "slugs.memo", version)
    matcher = RecallingMatcher(TopicMatcher.of(topics), found, store.digests)
    archive = Archive.of(contents, matcher, authors=slugs.authors, keywords=slugs.keywords)
    found.save()
    slugs.save()
    know_facts(archive, store.digests)
    know_alike(archive, row, near.answer)
    return archive
