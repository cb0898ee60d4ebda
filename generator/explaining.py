"""Why a file of the site is as it is."""

from __future__ import annotations

from collections.abc import Container

from generator.builder.code import code_digest
from generator.builder.decide import decide, unwanted
from generator.builder.fingerprint import fingerprints
from generator.builder.folder import SiteFolder
from generator.config import Config
from generator.model.archive import Archive
from generator.model.topics import TopicMatcher
from generator.outputs import plan_all
from generator.planning import read_site, whole
from generator.report import Explanation


def explain(config: Config, path: str) -> Explanation:
    """Who wants the file or address `path`, why it was last made, and what a build would do with it."""
    folder = SiteFolder(config.site, config.cache)
    site = whole(read_site(config))
    artifacts = plan_all(site)
    memory = folder.recall()
    made = memory.files
    path = _as_file(path, config.settings.base_url, artifacts | made)
    present = folder.present(memory)
    wanted = fingerprints(artifacts, code_digest())
    known = {each: what.fingerprint for each, what in {**made, **present.refreshed}.items()}
    decision = decide(wanted, known, present.paths, present.altered)
    artifact = artifacts.get(path)
    last = made.get(path)
    return Explanation(
        path=path,
        claimant=artifact.claimant if artifact else "",
        present=path in present.paths,
        last_made=last.when if last else "",
        last_reason=last.reason if last else "",
        would=decision.make.get(path) or unwanted(present.paths, artifacts.keys()).get(path) or "",
        topics=_topics_of(site.archive, _paper_of(path)),
    )


def _as_file(path: str, base_url: str, known: Container[str]) -> str:
    """The file of site/ that a path, an address or a full URL means: `papers/X` is `papers/X/index.html`."""
    path = path.removeprefix(base_url).removeprefix("./").strip("/")
    spellings = (path, f"{path}/index.html".lstrip("/"))
    return next((each for each in spellings if each in known), path)


def _topics_of(archive: Archive, paper_id: str) -> tuple[tuple[str, float, tuple[str, ...]], ...]:
    """The topics of a paper with their reasons, which a build has no use for and does not keep."""
    matcher = TopicMatcher.of(archive.topics)
    papers = [paper for paper in archive.papers if paper.id == paper_id]
    return tuple(
        (match.slug, match.score, match.reasons)
        for paper in papers
        for match in matcher.match(paper, pinned=paper.pinned_topics, forbidden=paper.forbidden_topics)
    )


def _paper_of(path: str) -> str:
    """The id of the paper whose page `path` is, if it is one's."""
    return path.removeprefix("papers/").removesuffix("/index.html")
