"""The fields of a recipe stand for all that its bytes depend on: the same fields, the same bytes."""

from __future__ import annotations

import pickle
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

from generator.builder.fingerprint import fingerprints
from generator.config import Settings, load_config
from generator.exporting.holding import Holding, facts_digests
from generator.files import digest
from generator.model.archive import Archive
from generator.model.paper import Paper
from generator.model.topics import TopicMatcher
from generator.outputs import api, citations, database, exports, feeds, html, linkset, sitemap, twins
from generator.outputs.artifact import Artifact, fields_of
from generator.outputs.feeds.draft import Desk, Entries
from generator.outputs.site import Site
from generator.pages import plan_pages
from generator.reading import read_archive
from generator.store.taxonomy import read_topics
from generator.theme.theme import Theme, load_theme
from tests.support.invented import TOPICS, archive_of, write_content
from tests.support.versions import versions

VERSIONS = 80
OUTPUTS = (feeds, twins, api, exports, database, citations, sitemap, linkset)
REPORT = Paper(id="a-report", title="Not on arXiv", authors=("Ada Lovelace",), published=date(2024, 12, 28))
ALIKE = [
    Paper(f"2601.{number:05d}", f"Alike {number}", ("Steady Hand",), days=(date(2024, 12, 27 + number),))
    for number in range(5)
]
"""Papers that never change but want, some days, the moment of one that does. They have feeds of their own."""
STEADY = "- {slug: steady, name: Steady, description: What stays., phrases: [alike]}\n"


def test_the_same_fields_mean_the_same_bytes_whatever_changed_in_the_archive(tmp_path: Path) -> None:
    matchers = []
    for text in (TOPICS, TOPICS.replace("Gardens", "Greenery").replace("sail, ", "")):
        (tmp_path / "topics.yml").write_text(text + STEADY)
        matchers.append(TopicMatcher.of(read_topics(tmp_path / "topics.yml")))
    config = load_config(tmp_path, tmp_path / "site")
    settings = replace(config.settings, author_papers=2, keyword_papers=2, feed_entries=6)
    theme = load_theme(settings.theme, config.themes)
    known: dict[tuple[str, bytes], bytes] = {}
    again: Counter[str] = Counter()
    fresh: Counter[str] = Counter()
    steady = {paper.id: paper for paper in (REPORT, *ALIKE)}
    for number, contents in enumerate(versions(VERSIONS)):
        papers = replace(contents, papers={**contents.papers, **steady})
        archive = Archive.of(papers, matchers[number // 15 % 2])
        site = Site(settings, archive, tuple(plan_pages(archive, settings)), theme)
        for output in OUTPUTS:
            name = output.__name__.rpartition(".")[2]
            artifacts: dict[str, Artifact] = {artifact.path: artifact for artifact in output.plan(site)}
            for path, fingerprint in fingerprints(artifacts, "").items():
                key = path, fingerprint
                (again if key in known else fresh)[name] += 1
                made = artifacts[path].recipe.make(theme)
                assert known.setdefault(key, made) == made, path
    assert set(again) == set(fresh) == {output.__name__.rpartition(".")[2] for output in OUTPUTS}
    assert again.total() > 4 * fresh.total(), "most files do not change with one paper"


def test_the_bytes_of_its_file_stand_for_the_facts_of_a_paper(tmp_path: Path) -> None:
    write_content(tmp_path / "content", archive_of(days=2, per_day=2))
    known = facts_digests(read_archive(load_config(tmp_path / "content", tmp_path / "site")))
    files = {path.stem: digest(path.read_bytes()) for path in (tmp_path / "content/papers").rglob("*.md")}
    assert known == files
    assert len(set(files.values())) == 4


def test_what_a_recipe_carries_aside_is_no_field() -> None:
    assert fields_of(html.HtmlPage) == ("page", "chrome", "template")
    assert fields_of(exports.Table) == ("months",)


def test_a_recipe_that_is_sent_takes_its_papers_along_and_nothing_else() -> None:
    archive = Archive.of(next(versions(1)), TopicMatcher.of(()))
    few = archive.papers[:2]
    holding = Holding.of(archive, few, figures=True, topics=True, observations=True)
    sent = pickle.loads(pickle.dumps(holding))
    assert (sent, sent.papers) == (holding, holding.papers)
    settings = replace(Settings(), base_url="https://example.org/")
    desk = Desk(Site(settings, archive, (), Theme("none", (), (), "/", "")))
    for entries in (desk.all_in_brief(few), Entries.of(desk.full(few))):
        sent = pickle.loads(pickle.dumps(entries))
        assert (sent, sent.newest_first) == (entries, entries.newest_first)
    least = len(pickle.dumps(few))
    assert all(len(pickle.dumps(each)) < 2 * least for each in (holding, entries))
