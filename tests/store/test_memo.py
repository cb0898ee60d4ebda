"""What is remembered of content/ saves work and never changes what is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generator.errors import ContentError
from generator.files import digests
from generator.model.contents import Changes, Contents
from generator.model.keywords import fold_keyword
from generator.model.paper import Figures, Observation, Paper
from generator.model.people import author_slug
from generator.model.slugs import KnownSlugs
from generator.model.topics import Evidence, Match, Topic, TopicMatcher
from generator.store import codec, content, parsing
from generator.store.content import ContentStore
from generator.store.memo import Memo, RecallingMatcher
from generator.store.papers import PaperMemo
from generator.store.parsing import Seen
from generator.store.slugs import SlugMemo

JUNE, JULY, AUGUST = date(2025, 6, 2), date(2025, 7, 1), date(2025, 8, 1)
WHEELS = Paper(id="2506.00001", title="Wheels", days=(JUNE,), keywords=("spokes",), abstract="They turn.")
BELLS = Paper(id="2507.00002", title="Bells", days=(JULY,))
PUMPS = Paper(id="2508.00003", title="Pumps", days=(AUGUST,))


def seen(when: str, paper: Paper, upvotes: int) -> Observation:
    return Observation(when, paper.id, Figures(upvotes=upvotes))


CHANGES = Changes(
    papers=(WHEELS, BELLS),
    observations=(
        seen("2025-06-02", WHEELS, 1), seen("2025-06-09", WHEELS, 3), seen("2025-07-01", BELLS, 2),
        seen("2025-07-02", WHEELS, 4),
    ),
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    ContentStore(tmp_path / "content").write(Contents(), CHANGES)
    return tmp_path / "content"


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows with every file that is taken apart, by its name."""
    names: list[str] = []

    def watched(function: Callable[[bytes, str], object]) -> Callable[[bytes, str], object]:
        def call(raw: bytes, place: str) -> object:
            names.append(Path(place).name)
            return function(raw, place)

        return call

    monkeypatch.setattr(parsing, "paper_in", watched(parsing.paper_in))
    monkeypatch.setattr(content, "seen_in", watched(parsing.seen_in))
    return names


def store(folder: Path, version: str = "one") -> ContentStore:
    cache = folder.parent / "cache"
    return ContentStore(folder, PaperMemo(cache / "papers", version), Memo(cache / "metrics", version, Seen))


def kept(folder: Path) -> dict[str, int]:
    """The files of the cache, and when each was written."""
    return {path.name: path.stat().st_mtime_ns for path in (folder.parent / "cache").iterdir()}


def test_nothing_is_taken_apart_twice_and_what_is_read_is_the_same(folder: Path, decoded: list[str]) -> None:
    first = store(folder).read_all()
    assert sorted(decoded) == ["2025-06.csv", "2025-07.csv", "2506.00001.md", "2507.00002.md"]
    second, plain = store(folder).read_all(), ContentStore(folder).read_all()
    assert len(decoded) == 8  # those of the plain one
    assert first == second == plain
    assert [each.observed for each in second.observations[WHEELS.id]] == [
        "2025-06-02",
        "2025-06-09",
        "2025-07-02",
    ]


def test_a_new_paper_writes_the_drawer_of_its_month_alone(folder: Path, decoded: list[str]) -> None:
    store(folder).read_all()
    before = kept(folder)
    assert set(before) == {
        "papers.2025-06.memo", "papers.2025-07.memo", "metrics.2025-06.memo", "metrics.2025-07.memo",
    }  # fmt: skip
    decoded.clear()
    ContentStore(folder).write(Contents(), Changes(papers=(PUMPS,)))
    assert store(folder).read_all().papers[PUMPS.id] == PUMPS
    assert decoded == ["2508.00003.md"]
    after = kept(folder)
    assert {name: after[name] for name in before} == before
    assert set(after) - set(before) == {"papers.2025-08.memo"}


def test_what_was_read_ahead_is_not_read_again(folder: Path, decoded: list[str]) -> None:
    first = store(folder)
    assert first.unread() == ["papers/2025/06/02/2506.00001.md", "papers/2025/07/01/2507.00002.md"]
    first.keep(["papers/2025/07/01/2507.00002.md"])
    store(folder).keep(["papers/2025/06/02/2506.00001.md"])
    assert store(folder).unread() == []
    decoded.clear()
    assert store(folder).read_all() == ContentStore(folder).read_all()
    assert decoded.count("2506.00001.md") == decoded.count("2507.00002.md") == 1  # by the plain one


def test_what_is_read_ahead_joins_what_is_known_of_its_month(folder: Path, decoded: list[str]) -> None:
    store(folder).read_all()
    other = Paper(id="2506.00009", title="Saddles", days=(JUNE,))
    ContentStore(folder).write(Contents(), Changes(papers=(other,)))
    store(folder).keep(store(folder).unread())
    decoded.clear()
    assert set(store(folder).read_all().papers) == {WHEELS.id, BELLS.id, other.id}
    assert decoded == []


def test_what_cannot_be_read_ahead_is_told_by_whoever_reads_it_all(folder: Path) -> None:
    broken = folder / "papers/2025/06/02/2506.00001.md"
    broken.write_text(broken.read_text().replace("title: Wheels", "title: [Wheels"))
    (folder / "papers/2025/07/01/2507.00002.md").write_bytes(b"\xff")
    store(folder).keep(store(folder).unread())
    with pytest.raises(ContentError) as told:
        store(folder).read_all()
    assert {problem.where.rpartition("/")[2] for problem in told.value.problems} == {
        "2506.00001.md:4", "2507.00002.md:1",
    }  # fmt: skip


def test_what_is_gone_is_forgotten(folder: Path) -> None:
    store(folder).read_all()
    for path in folder.rglob("*2507*"):
        path.unlink()
    (folder / "metrics/2025-07.csv").unlink()
    store(folder).read_all()
    assert set(kept(folder)) == {"papers.2025-06.memo", "metrics.2025-06.memo"}


def other_name(data: bytes) -> bytes:
    """The same, where a letter of all that has a meaning is another."""
    return data.replace(b"Wheels", b"Whirls").replace(b"Bells", b"Balls").replace(b"2506.", b"2706.")


@pytest.mark.parametrize(
    "spoil", [lambda data: b"", lambda data: data[:-7], lambda data: b"x" + data[1:], other_name]
)
def test_what_is_damaged_or_of_another_program_is_read_anew(
    folder: Path, decoded: list[str], spoil: Callable[[bytes], bytes]
) -> None:
    expected = store(folder).read_all()
    for path in (folder.parent / "cache").iterdir():
        path.write_bytes(spoil(path.read_bytes()))
    decoded.clear()
    assert store(folder).read_all() == expected
    assert len(decoded) == 4
    assert store(folder).read_all() == expected
    assert len(decoded) == 4
    assert store(folder, version="two").read_all() == expected
    assert len(decoded) == 8


def test_files_that_somebody_just_looked_at_are_not_read_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = store(folder).read_all()
    known = digests(folder)
    monkeypatch.setattr(content, "read_bytes", lambda path: 1 / 0)
    monkeypatch.setattr(Path, "read_bytes", _only_in(folder.parent / "cache"))
    assert store(folder).read_all(known) == expected


def _only_in(cache: Path) -> Callable[[Path], bytes]:
    read = Path.read_bytes

    def read_bytes(path: Path) -> bytes:
        assert path.parent == cache
        return read(path)

    return read_bytes


def test_a_file_that_changed_since_it_was_looked_at_is_never_kept_as_what_it_was(folder: Path) -> None:
    known = digests(folder)
    path = next(folder.rglob("2506.00001.md"))
    path.write_text(codec.encode(replace(WHEELS, title="Rims")))
    assert store(folder).read_all(known).papers[WHEELS.id].title == "Rims"
    path.write_text(codec.encode(WHEELS))
    assert store(folder).read_all().papers[WHEELS.id] == WHEELS


def test_a_folder_with_problems_keeps_nothing(folder: Path) -> None:
    next(folder.rglob("2506.00001.md")).write_text("---\nid: x\n---\n")
    with pytest.raises(ContentError):
        store(folder).read_all()
    assert not (folder.parent / "cache").exists()


def test_the_digest_of_every_paper_is_told(folder: Path) -> None:
    asked = store(folder)
    asked.read_all()
    known = digests(folder)
    assert asked.digests == {
        WHEELS.id: known["papers/2025/06/02/2506.00001.md"],
        BELLS.id: known["papers/2025/07/01/2507.00002.md"],
    }


# Topics


class Watched(TopicMatcher):
    """A matcher that says what it was asked."""

    asked: list[str] = []  # noqa: RUF012

    def match(self, paper: Paper, **told: object) -> tuple[Match, ...]:  # type: ignore[override]
        self.asked.append(paper.id)
        return super().match(paper, **told)  # type: ignore[arg-type]


def recalling(cache: Path, digests: dict[str, bytes]) -> RecallingMatcher:
    topics = (Topic("wheels", "Wheels", "?", evidence=Evidence(phrases=(("wheels", 3.0),))),)
    Watched.asked.clear()
    return RecallingMatcher(Watched.of(topics), Memo(cache / "topics", "one", tuple[Match, ...]), digests)


@pytest.mark.parametrize("digests", [{}, {WHEELS.id: b"1" * 16}])
def test_topics_are_found_once(tmp_path: Path, digests: dict[str, bytes]) -> None:
    first, again = recalling(tmp_path, digests), {}
    found = first.match(WHEELS)
    assert [(each.slug, each.reasons) for each in found] == [("wheels", ())]
    first.memo.save()
    again = recalling(tmp_path, digests)
    assert again.match(WHEELS) == found
    assert Watched.asked == []
    assert again.match(replace(WHEELS, id="x", title="Bells")) == ()
    assert Watched.asked == ["x"]


def test_topics_that_are_asked_for_with_others_pinned_are_others(tmp_path: Path) -> None:
    matcher = recalling(tmp_path, {WHEELS.id: b"1" * 16, BELLS.id: b"2" * 16})
    assert matcher.match(BELLS) == ()
    assert [each.slug for each in matcher.match(BELLS, pinned=("wheels",))] == ["wheels"]
    assert matcher.match(WHEELS, forbidden=("wheels",)) == ()
    assert [each.slug for each in matcher.match(WHEELS)] == ["wheels"]


# Slugs

NAMES = ("Ada Lovelace", "René Vidal", "智谱", "***", "Rene Vidal")
WORDS = ("World Models", "LLMs", "π₀", "?!")


def test_slugs_are_those_that_their_texts_have_and_are_kept(tmp_path: Path) -> None:
    for _ in range(2):
        memo = SlugMemo(tmp_path / "slugs", "one", {})
        assert slugs(memo.authors, NAMES) == [author_slug(name) for name in NAMES]
        assert slugs(memo.keywords, WORDS) == [fold_keyword(word) for word in WORDS]
        memo.save()
    again = SlugMemo(tmp_path / "slugs", "one", {})
    assert (known(again.authors), known(again.keywords)) == ({"", *NAMES}, {"", *WORDS})
    assert [again.authors.get(name) for name in (*NAMES, "Nobody")] == [
        *map(author_slug, NAMES[:3]),
        None,
        author_slug(NAMES[4]),
        None,
    ]
    assert [again.authors.only(author_slug(name)) for name in NAMES[:3]] == [NAMES[0], "", NAMES[2]]
    assert known(SlugMemo(tmp_path / "slugs", "two", {}).authors) == {""}


def test_few_new_slugs_are_not_written_down(tmp_path: Path) -> None:
    many = [f"Author {number}" for number in range(200)]
    memo = SlugMemo(tmp_path / "slugs", "one", {})
    slugs(memo.authors, many)
    memo.save()
    before = (tmp_path / "slugs").read_bytes()
    for names, is_written in (
        ([*many[:1], "Somebody"], False),
        ([f"New {number}" for number in range(9)], True),
    ):
        memo = SlugMemo(tmp_path / "slugs", "one", {})
        slugs(memo.authors, names)
        memo.save()
        assert ((tmp_path / "slugs").read_bytes() != before) == is_written


def test_papers_that_were_met_are_not_looked_through_again(tmp_path: Path) -> None:
    """Old ones stand at the end of a row; what changed, and all before it, is looked through anew."""
    names = {f"{number}": [f"Author {number % 7}", *["***"] * (number % 3)] for number in range(40)}
    names["20"] = []
    asked: list[str] = []

    def look(papers: list[str], texts: list[list[str]], digests: dict[str, bytes]) -> list[str]:
        memo = SlugMemo(tmp_path / "slugs", "one", digests)
        memo.authors._slug_of = lambda text: asked.append(text) or author_slug(text)  # type: ignore[func-returns-value]
        before = known(memo.authors)
        asked.clear()
        row = [Paper(each, "", days=(JUNE,)) for each in papers]
        of = dict(zip(papers, texts, strict=True))
        counts, numbers = memo.authors.numbered(row, lambda paper: of[paper.id])
        plain = KnownSlugs(author_slug)
        wanted_counts, wanted = plain.numbered(row, lambda paper: of[paper.id])
        assert counts.tolist() == wanted_counts.tolist()
        given = [memo.authors.slugs[each] for each in numbers.tolist()]
        assert given == [plain.slugs[each] for each in wanted.tolist()]
        memo.save()
        return sorted(set(asked) - before)

    digests = {each: each.zfill(16).encode() for each in names}
    old = [*map(str, range(10, 40))]
    assert look(old, [names[each] for each in old], digests) == ["***", *(f"Author {n}" for n in range(7))]
    everything = [*map(str, range(40))]
    texts = [names[each] for each in everything]
    assert look(everything, texts, digests) == []
    texts[12], digests["12"] = ["Somebody"], b"x" * 16
    texts[30], digests["30"] = ["Somebody Else"], b"y" * 16
    assert look(everything, texts, digests) == ["Somebody", "Somebody Else"]
    assert look(everything, texts, {}) == [], "without digests everything is looked through, and known"
    row = [Paper(each, "", days=(JUNE,)) for each in everything]
    memo = SlugMemo(tmp_path / "slugs", "one", digests)
    counts, _ = memo.authors.numbered(row, lambda paper: ["New"])
    assert counts.tolist() == [len(each) for each in texts], "the files are the same, and so is what they say"


def slugs(known: KnownSlugs, texts: Iterable[str]) -> list[str]:
    return [known.slugs[known.numbers[text]] for text in texts]


def known(slugs: KnownSlugs) -> set[str]:
    """All texts whose slugs are known."""
    return {*slugs.firsts, *slugs.others}


def test_slugs_that_are_damaged_are_found_anew(tmp_path: Path) -> None:
    memo = SlugMemo(tmp_path / "slugs", "one", {})
    assert slugs(memo.authors, NAMES[:1]) == ["ada-lovelace"]
    memo.save()
    whole = (tmp_path / "slugs").read_bytes()
    for spoiled in (whole[:-3], whole[:-3] + b"xxx", whole.replace(b"lovelace", b"loveless"), b""):
        (tmp_path / "slugs").write_bytes(spoiled)
        assert known(SlugMemo(tmp_path / "slugs", "one", {}).authors) == {""}
    (tmp_path / "slugs").write_bytes(whole)
    assert known(SlugMemo(tmp_path / "slugs", "one", {}).authors) == {"", NAMES[0]}
