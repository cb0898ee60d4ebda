"""What is kept of the index between builds is what would be worked out anew."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from generator.config import load_config
from generator.model.archive import Archive
from generator.model.topics import TopicMatcher
from generator.outputs import recollection, search
from generator.outputs.kept import NOWHERE, Kept
from generator.outputs.recollection import Recollection
from generator.outputs.search import Stored
from generator.outputs.site import Site
from generator.search import segments as module
from generator.search.analyzer import terms_of
from generator.store.taxonomy import read_topics
from generator.theme.theme import load_theme
from tests.support.built import Built
from tests.support.invented import TOPICS, archive_of
from tests.support.versions import versions

WORDS = ["sailing", "sails", "tomatoes", "the", "2.5", "été", "c++"]


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Segments as small as invented archives."""
    monkeypatch.setattr(module, "BLOCK", 5)
    monkeypatch.setattr(module, "SETTLED", timedelta(days=3))


def recall(folder: Path, told: bytes = b"") -> Recollection:
    return Recollection(Kept(folder / "pieces", "1"), lambda ids: told)


def test_an_index_that_is_recalled_is_that_of_the_archive_whatever_changed(tmp_path: Path) -> None:
    matchers = []
    for text in (TOPICS, TOPICS.replace("sail, ", "")):
        (tmp_path / "topics.yml").write_text(text)
        matchers.append(TopicMatcher.of(read_topics(tmp_path / "topics.yml")))
    config = load_config(tmp_path, tmp_path / "site")
    theme = load_theme(config.settings.theme, config.themes)
    segments = set()
    for number, contents in enumerate(versions(60)):
        archive = Archive.of(contents, matchers[number // 7 % 2])
        told = [
            [artifact.path for artifact in search.plan(Site(config.settings, archive, (), theme, (), kept))]
            for kept in (Kept(tmp_path / "pieces", "1"), NOWHERE)
        ]
        assert told[0] == told[1], number
        segments |= {path.split("/")[1] for path in told[0] if path.endswith("days.bin")}
    assert len(segments) > 40


def test_an_index_made_of_what_is_kept_has_the_bytes_of_one_made_afresh(tmp_path: Path) -> None:
    built = Built(tmp_path / "grown", archive_of(days=9, per_day=4))
    built.add(archive_of(days=10, per_day=4))
    whole = Built(tmp_path / "whole", archive_of(days=10, per_day=4))
    kept = {path.name for path in (built.folder / ".cache").glob("pieces-search-*")}
    assert kept == {f"pieces-search-{name}.all.memo" for name in ("digest", "primer", "terms")}
    assert _index(built) == _index(whole)
    assert sum(path.endswith("about.bin") for path in _index(built)) == 1, "there is a base"
    for path in (built.folder / ".cache").glob("pieces-search-*"):
        path.write_bytes(path.read_bytes()[:-3])
    built.add(archive_of(days=11, per_day=4))
    assert _index(built) == _index(Built(tmp_path / "other", archive_of(days=11, per_day=4)))


def _index(built: Built) -> dict[str, bytes]:
    folder = built.folder / "site/search"
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.bin")}


def test_a_new_day_reads_no_paper_of_the_base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built = Built(tmp_path, archive_of(days=9, per_day=4))
    read: list[date] = []
    told, document = Stored.told, Stored.document
    monkeypatch.setattr(Stored, "told", lambda self: read.append(self.day) or told(self))  # type: ignore[func-returns-value]
    monkeypatch.setattr(Stored, "document", lambda self: read.append(self.day) or document(self))  # type: ignore[func-returns-value]
    built.add(archive_of(days=10, per_day=4))
    assert min(read) > date(2025, 1, 29)
    assert max(read) == date(2025, 2, 5)


def test_no_word_is_stemmed_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert recall(tmp_path).terms(WORDS) == terms_of(WORDS)
    asked: list[str] = []

    def watched(words: list[str]) -> list[str]:
        asked.extend(words)
        return terms_of(words)

    monkeypatch.setattr(recollection, "terms_of", watched)
    more = ["gardens", *WORDS[1:]]
    assert recall(tmp_path).terms(more) == terms_of(more)
    assert asked == ["gardens"]
    assert recall(tmp_path).terms(WORDS) == terms_of(WORDS)
    assert asked == ["gardens", WORDS[0]], "what was not asked for was forgotten"


def test_a_digest_and_a_primer_are_those_of_what_is_told(tmp_path: Path) -> None:
    one, other = recall(tmp_path, b"one"), recall(tmp_path, b"other")
    assert one.digest(b"key", ["a"], lambda: "first") == "first"
    assert one.digest(b"key", ["a"], lambda: "second") == "first"
    assert one.digest(b"another", ["a"], lambda: "second") == "second"
    assert other.digest(b"another", ["a"], lambda: "third") == "third"
    assert one.primer("first", lambda: b"1") == one.primer("first", lambda: b"2") == b"1"
    assert one.primer("second", lambda: b"2") == b"2"
