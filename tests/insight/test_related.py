"""Which papers are like a paper, and that a new day hardly stirs the lists of old ones."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest

from generator.insight import lists
from generator.insight import related as module
from generator.insight.lists import MOST
from generator.insight.related import related
from generator.insight.terms import Vocabulary
from generator.model.paper import Paper
from generator.model.topics import TopicMatcher
from generator.store.taxonomy import read_topics
from tests.support.real import real_papers

FIRST = date(2025, 1, 1)
SUBJECTS = ("tomato", "sail", "rope", "lantern", "anchor", "kettle", "garden", "bridge")


def paper(number: int, day: int, title: str, abstract: str = "", keywords: Iterable[str] = ()) -> Paper:
    return Paper(
        id=f"2501.{number:05d}",
        title=title,
        days=(FIRST + timedelta(days=day),),
        abstract=abstract,
        keywords=tuple(keywords),
    )


def invented(days: int, per_day: int) -> list[Paper]:
    """Papers about eight subjects, in words of which some are common and some rare."""
    dice = random.Random(5)
    words = [f"word{place}" for place in range(600)]
    papers = []
    for number in range(days * per_day):
        subject = SUBJECTS[number % len(SUBJECTS)]
        near = [f"{subject}{place}" for place in range(30)]
        text = dice.choices(words, [1 / (place + 1) for place in range(600)], k=60) + dice.choices(near, k=24)
        dice.shuffle(text)
        title = f"The {subject} and the {dice.choice(near)}"
        papers.append(paper(number, number // per_day, title, " ".join(text), [f"{subject} making"]))
    return papers


def ids(lists: Mapping[str, tuple[Paper, ...]]) -> dict[str, list[str]]:
    return {name: [each.id for each in papers] for name, papers in lists.items()}


def test_papers_about_one_subject_are_related_and_others_are_not() -> None:
    papers = invented(days=40, per_day=8)
    subject = {each.id: each.keywords for each in papers}
    found = related(papers)
    named = [subject[each.id] == subject[name] for name, others in found.items() for each in others]
    assert len(named) > 0.9 * MOST * len(papers)
    assert sum(named) > 0.97 * len(named)


def test_a_list_names_eight_papers_at_most_and_never_the_paper_itself() -> None:
    for name, others in related(invented(days=20, per_day=8)).items():
        assert len(others) <= MOST
        assert name not in [each.id for each in others]
        assert len({each.id for each in others}) == len(others)


def test_the_order_of_the_papers_does_not_matter() -> None:
    papers = invented(days=30, per_day=6)
    shuffled = random.Random(1).sample(papers, len(papers))
    assert ids(related(shuffled)) == ids(related(papers))


def test_how_the_work_is_cut_into_blocks_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    papers = invented(days=60, per_day=6)
    whole = ids(related(papers))
    monkeypatch.setattr(module, "_BLOCK", 7)
    assert ids(related(papers)) == whole


def test_a_new_day_adds_to_the_list_of_an_old_paper_or_leaves_it_as_it_was() -> None:
    papers = invented(days=70, per_day=6)
    for days in (20, 40, 65, 69):
        old = [each for each in papers if each.day < FIRST + timedelta(days=days)]
        new = [each for each in papers if each.day == FIRST + timedelta(days=days)]
        before, after = ids(related(old)), ids(related(old + new))
        fresh = {each.id for each in new}
        for name, others in before.items():
            stayed = [each for each in after[name] if each not in fresh]
            assert [each for each in others if each in stayed] == stayed


def test_a_newcomer_that_is_only_as_close_as_the_weakest_displaces_nobody() -> None:
    old = [paper(n, n, "Knots of hemp", "hemp hemp knot knot") for n in range(MOST + 1)]
    newcomer = paper(900, 300, "Knots of hemp", "hemp hemp knot knot")
    before, after = ids(related(old)), ids(related([*old, newcomer]))
    assert {name: after[name] for name in before} == before
    assert after[newcomer.id] == [each.id for each in old[:MOST]]


@pytest.mark.parametrize(("margin", "displaces"), [(lists.MARGIN, True), (140, False)])
def test_how_much_closer_a_newcomer_must_be_is_the_margin(
    monkeypatch: pytest.MonkeyPatch, margin: int, displaces: bool
) -> None:
    """Of nine words it shares eight with the paper, and each that is there seven: a ninth closer."""
    shared = "oak oak elm elm ash ash fir fir yew yew box box bay bay"
    mine = paper(1, 0, "?", f"{shared} fig fig plum plum")
    old = [paper(n, n, "?", f"{shared} rope{n} rope{n} sail{n} sail{n}") for n in range(2, MOST + 2)]
    newcomer = paper(900, 30, "?", f"{shared} fig fig kettle kettle")
    monkeypatch.setattr(lists, "MARGIN", margin)
    assert (newcomer.id in ids(related([mine, *old, newcomer]))[mine.id]) is displaces


def test_a_newcomer_that_is_clearly_closer_displaces_the_weakest() -> None:
    mine = paper(1, 0, "Knots of hemp", "hemp hemp knot knot tar tar pitch pitch")
    old = [paper(n, n, "Ropes of hemp", "hemp hemp rope rope yarn yarn") for n in range(2, MOST + 2)]
    twin = paper(900, 300, "Knots of hemp", "hemp hemp knot knot tar tar pitch pitch")
    before, after = ids(related([mine, *old])), ids(related([mine, *old, twin]))
    assert after[mine.id] == [twin.id, *before[mine.id][: MOST - 1]]


def test_equally_close_papers_stand_by_id() -> None:
    papers = [paper(n, 0, "Knots of hemp", "hemp hemp knot knot") for n in (5, 3, 9, 1)]
    assert ids(related(papers))["2501.00003"] == ["2501.00001", "2501.00005", "2501.00009"]


def test_plurals_hyphens_and_case_make_no_difference() -> None:
    one = paper(1, 0, "Rope-Walks", "Tarred Ropes, tarred ropes.")
    two = paper(2, 0, "rope walk", "tarred rope (tarred rope)")
    assert ids(related([one, two])) == {one.id: [two.id], two.id: [one.id]}


def test_papers_without_words_are_like_nothing() -> None:
    papers = [paper(1, 0, "?!"), paper(2, 0, "智谱"), paper(3, 1, "The and of 12"), paper(4, 1, "")]
    assert ids(related(papers)) == {each.id: [] for each in papers}


def test_phrases_are_keywords_of_several_words_and_pairs_of_the_title() -> None:
    vocabulary = Vocabulary()
    walks = paper(1, 0, "The rope walks", "Rope of 12", keywords=["Tarred ropes", "hemp"])
    said = vocabulary.said_by([walks])
    times = Counter()
    for term, count in zip(said.terms.tolist(), said.times.tolist(), strict=True):
        times[vocabulary.names[term] if term >= 0 else ""] += count
    del times[""]
    assert times == {"rope": 5, "walk": 2, "tarred": 2, "hemp": 2, "rope_walk": 4, "tarred_rope": 4}


def test_marks_and_spaces_beyond_ascii_part_words_and_a_text_ends_nowhere_but_at_its_end() -> None:
    vocabulary = Vocabulary()
    told = [paper(1, 0, "Tar\u2003pit", "hemp\0jute\nsisal\u2028coir"), paper(2, 0, "Flax – “kapok”", "")]
    said = vocabulary.said_by(told)
    words = [vocabulary.names[term] for term in said.terms.tolist()]
    assert sorted(zip(said.places.tolist(), words, strict=True)) == [
        *((0, word) for word in ("coir", "hemp", "jute", "pit", "sisal", "tar", "tar_pit")),
        *((1, word) for word in ("flax", "flax_kapok", "kapok")),
    ]


def test_a_site_without_papers_needs_neither_numpy_nor_scipy() -> None:
    code = (
        "import sys; from generator import pages; from generator.insight.related import related; "
        "assert related([]) == {}; print(sorted({'numpy', 'scipy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.real
def test_of_the_real_papers_few_lists_change_with_a_new_day() -> None:
    """Over the last five days: under half a percent of the older papers' lists, on the average."""
    days = sorted({each.day for each in real_papers()})[-6:]
    changed, older = [], ids(related([each for each in real_papers() if each.day <= days[0]]))
    for day in days[1:]:
        newer = ids(related([each for each in real_papers() if each.day <= day]))
        changed.append(sum(newer[name] != others for name, others in older.items()) / len(older))
        older = newer
    assert 0 < sum(changed) / len(changed) < 0.005


@pytest.mark.real
def test_real_papers_are_related_to_papers_of_their_topic() -> None:
    """Topics are found by other means than likeness, so that they can judge it: two of three related papers
    share one, where chance gives one of nine; and hardly a paper has no list."""
    matcher = TopicMatcher.of(read_topics(Path("content/topics.yml")))
    topics = {each.id: {match.slug for match in matcher.match(each)} for each in real_papers()}
    found = related(real_papers())
    shared = [bool(topics[name] & topics[each.id]) for name, others in found.items() for each in others]
    assert sum(shared) / len(shared) > 0.67
    assert sum(1 for others in found.values() if not others) < 0.01 * len(found)


@pytest.mark.real
def test_all_real_papers_take_seconds_at_most() -> None:
    """On this thread's own time: other work on the machine does not count."""
    related(real_papers()[:10])
    start = time.thread_time()
    related(real_papers())
    assert time.thread_time() - start < 4
