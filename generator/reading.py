"""content/ as an archive, with all that earlier runs found out about it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import accumulate, chain, groupby, pairwise
from pathlib import Path

from generator.aside import Aside
from generator.builder.code import code_digest
from generator.config import Config
from generator.errors import SettingsError
from generator.exporting.holding import know_facts
from generator.files import digest
from generator.insight.lasting import Begun, is_kept, know_alike
from generator.insight.related import Near, in_row
from generator.model.archive import Archive
from generator.model.topics import Match, Topic, TopicMatcher
from generator.store.content import ContentStore, month_of
from generator.store.memo import Memo, RecallingMatcher
from generator.store.papers import PaperMemo
from generator.store.parsing import Seen
from generator.store.slugs import SlugMemo
from generator.store.taxonomy import read_topics


def content_store(config: Config) -> ContentStore:
    """content/, with what an earlier run has read."""
    return ContentStore(
        config.content,
        PaperMemo(config.cache / "papers", code_digest()),
        Memo(config.cache / "metrics", code_digest(), Seen),
    )


_SHARES = (0.44, 0.18, 0.38)
"""Of new papers, those that this process reads; those that it files under their topics, too; and those that
another process reads and files. So both are done at a time, and what is left to file takes this one as long
as what is alike takes another."""
_WORTH_FORKING = 1000
"""From how many papers on another process pays for its start."""
_MANY = 10_000
"""From how many files in content/ on it does even where hardly any are new."""


def read_archive(config: Config, known: dict[str, bytes] | None = None, *, workers: int = 1) -> Archive:
    """The archive in content/. What was found out is kept in the cache; nothing else is written.

    `known`: what stands for the bytes of each file in content/, where somebody has just looked at them; see
    `ContentStore.read_all`. Where there may be several `workers`, two read where little is remembered, and
    one then looks for related papers where there are many.
    """
    if not config.content.is_dir():
        raise SettingsError(
            f"{config.content}: there is no such folder. Name the one with --content, or begin an archive "
            "with: papers snapshot"
        )
    topics = read_topics(config.content / "topics.yml")
    ahead = None
    if workers > 1 and known and len(known) >= _MANY and is_kept(_related(config), code_digest()):
        ahead = Aside(partial(_near, config, known), forks=True, patience=5)
    store = content_store(config)
    if workers > 1 and len(unread := store.unread(known)) >= _WORTH_FORKING:
        _read_ahead(config, unread, topics)
        store = content_store(config)
        ahead = ahead or Aside(partial(_near, config, known), forks=True)
    contents = store.read_all(known)
    store.check_topics(contents, [topic.slug for topic in topics])
    version = code_digest()
    row = in_row(contents.papers.values())
    begun = Begun(row, _related(config), version, store.digests)
    near = ahead or Aside(begun.settled, forks=workers > 1 and begun.left >= _WORTH_FORKING)
    slugs = SlugMemo(config.cache / "slugs.memo", version, store.digests)
    matcher = _matcher(config, topics, store)
    archive = Archive.of(contents, matcher, authors=slugs.authors, keywords=slugs.keywords)
    matcher.memo.save()
    slugs.save()
    know_facts(archive, store.digests)
    know_alike(archive, row, near.answer)
    return archive


def _near(config: Config, known: Mapping[str, bytes] | None) -> Near:
    """What is like each paper, for a process that holds nothing yet: to copy what others hold takes longer
    than to read it once more."""
    store = content_store(config)
    row = in_row(store.read_papers(known).values())
    return Begun(row, _related(config), code_digest(), store.digests).settled()


def _related(config: Config) -> Path:
    return config.cache / "related.memo"


def _matcher(config: Config, topics: Sequence[Topic], store: ContentStore) -> RecallingMatcher:
    """Finds the topics of papers that `store` has read."""
    version = f"{code_digest()} {digest(repr(topics).encode()).hex()}"
    memo = Memo(config.cache / "topics", version, tuple[Match, ...])
    return RecallingMatcher(TopicMatcher.of(topics), memo, store.digests)


def _read_ahead(config: Config, names: Sequence[str], topics: Sequence[Topic]) -> None:
    """Let two processes read the files `names` of papers, and remember it for `read_all`."""
    read, filed, others = _parted(names)
    other = Aside(partial(_read_and_file, config, others, topics), forks=True)
    content_store(config).keep(read)
    _read_and_file(config, filed, topics)
    other.answer()


def _parted(names: Sequence[str]) -> Iterable[Sequence[str]]:
    """`names` in parts of `_SHARES`, whole months each."""
    months = [list(group) for _, group in groupby(names, month_of)]
    ends = list(accumulate(map(len, months)))
    cuts = [bisect_left(ends, len(names) * share) for share in accumulate(_SHARES[:-1])]
    for start, end in pairwise([0, *cuts, len(months)]):
        yield list(chain.from_iterable(months[start:end]))


def _read_and_file(config: Config, names: Iterable[str], topics: Sequence[Topic]) -> None:
    """Read the files `names` and find the topics of what they hold. Whoever pins a topic that is none is told
    so later on."""
    store = content_store(config)
    matcher = _matcher(config, topics, store)
    slugs = {topic.slug for topic in topics}
    for paper in store.keep(names):
        if slugs.issuperset(paper.pinned_topics):
            matcher.match(paper, pinned=paper.pinned_topics, forbidden=paper.forbidden_topics)
    matcher.memo.keep()
