"""Topics: what makes a paper belong to one, and how well the shipped ones do on real papers."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from generator.model.markup import escape
from generator.model.paper import Paper
from generator.model.topics import Evidence, Limits, Topic, TopicMatcher
from generator.store.taxonomy import read_topics
from tests.topics import measure

EAGER = Limits(least=0.1, further=0.1, share=0.0)
"""Every topic that anything speaks for counts."""


def topic(slug: str, **evidence: tuple[object, ...]) -> Topic:
    return Topic(slug, slug.title(), f"All about {slug}.", evidence=Evidence(**evidence))  # type: ignore[arg-type]


def paper(title: str = "On nothing", **fields: object) -> Paper:
    return Paper("2511.00001", title, **fields)  # type: ignore[arg-type]


def slugs(matcher: TopicMatcher, paper: Paper, **options: object) -> list[str]:
    return [match.slug for match in matcher.match(paper, **options)]  # type: ignore[arg-type]


BIRDS = topic("birds", phrases=(("reward bird", 2.0),))


@pytest.mark.parametrize(
    "title",
    [
        "A Reward Bird",
        "Reward birds at dusk",
        "REWARD-BIRDS",
        "reward/bird",
        "Why (reward bird) sings",
        "RewardBird",
    ],
)
def test_case_plurals_hyphens_and_seams_do_not_matter(title: str) -> None:
    assert slugs(TopicMatcher.of([BIRDS]), paper(title)) == ["birds"]


@pytest.mark.parametrize(
    "title", ["Rewards for a bird", "A reward. Bird song", "Reward, bird", "Reward birdsong"]
)
def test_a_phrase_needs_its_words_side_by_side(title: str) -> None:
    assert slugs(TopicMatcher.of([BIRDS]), paper(title)) == []


@pytest.mark.parametrize("title", ["pre-nesting", "pre nesting", "prenesting", "Pre‑nesting"])
def test_a_hyphenated_phrase_is_also_found_as_one_word(title: str) -> None:
    assert slugs(TopicMatcher.of([topic("nests", phrases=(("pre-nesting", 1.0),))]), paper(title)) == [
        "nests"
    ]


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("berry", "berries"),
        ("class", "classes"),
        ("fox", "foxes"),
        ("analysis", "analysis"),
        ("birds", "bird"),
    ],
)
def test_a_plural_is_its_singular(written: str, found: str) -> None:
    assert slugs(TopicMatcher.of([topic("words", phrases=((written, 1.0),))]), paper(found)) == ["words"]


def test_a_title_counts_more_than_keywords_than_a_summary_than_an_abstract() -> None:
    matcher = TopicMatcher.of([BIRDS], EAGER)
    places = [
        paper("Reward bird"),
        paper(keywords=("reward bird",)),
        paper(summary="A reward bird."),
        paper(abstract="A reward bird."),
    ]
    scores = [matcher.match(place)[0].score for place in places]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 4


def test_a_phrase_counts_once_in_each_place() -> None:
    matcher = TopicMatcher.of([BIRDS], EAGER)
    once, thrice = (
        paper(abstract="reward bird"),
        paper(abstract="reward bird, reward birds and a reward bird"),
    )
    assert matcher.match(thrice) == matcher.match(once)


def test_a_match_says_why_with_the_strongest_reason_first() -> None:
    [match] = TopicMatcher.of([BIRDS]).match(paper("Reward birds", abstract="The reward bird."))
    assert match.reasons == ("'reward bird' in the title, 6.0", "'reward bird' in the abstract, 2.0")
    assert match.score == 8.0


def test_the_longest_phrase_at_a_word_wins_whichever_topic_it_speaks_for() -> None:
    short = topic("vision", phrases=(("vision language", 1.0),))
    long = topic("robots", phrases=(("vision language action", 1.0),))
    matcher = TopicMatcher.of([short, long], EAGER)
    assert slugs(matcher, paper("Vision-language-action policies")) == ["robots"]
    assert slugs(matcher, paper("Vision-language models")) == ["vision"]
    assert slugs(matcher, paper("Vision-language models with vision-language-action policies")) == [
        "robots",
        "vision",
    ]


def test_a_longer_phrase_that_is_not_completed_leaves_the_shorter_one() -> None:
    matcher = TopicMatcher.of([topic("x", phrases=(("red", 1.0), ("red fox at night", 1.0)))], EAGER)
    assert matcher.match(paper("red fox at"))[0].reasons == ("'red' in the title, 3.0",)


def test_one_phrase_may_speak_for_two_topics() -> None:
    matcher = TopicMatcher.of(
        [topic("b", phrases=(("owl", 1.0),)), topic("a", phrases=(("owl", 1.0),))], EAGER
    )
    assert slugs(matcher, paper("Owls")) == ["a", "b"]


def test_the_same_words_written_two_ways_speak_for_each_topic() -> None:
    gap, joined = topic("gap", phrases=(("text-book", 1.0),)), topic("joined", phrases=(("textbook", 2.0),))
    assert slugs(TopicMatcher.of([gap, joined], EAGER), paper("Textbooks")) == ["joined", "gap"]


def test_ties_go_by_slug_and_the_order_of_topics_does_not_matter() -> None:
    topics = [topic(slug, phrases=(("owl", 1.0),)) for slug in "dacb"]
    expected = TopicMatcher.of(sorted(topics, key=lambda t: t.slug)).match(paper("Owls", abstract="Owls."))
    assert TopicMatcher.of(topics).match(paper("Owls", abstract="Owls.")) == expected


def test_a_negative_weight_speaks_against_and_a_zero_only_hides() -> None:
    birds = topic("birds", phrases=(("crane", 1.0), ("building site", -1.0), ("tower crane", 0.0)))
    matcher = TopicMatcher.of([birds], EAGER)
    assert slugs(matcher, paper("Cranes")) == ["birds"]
    assert slugs(matcher, paper("Cranes on a building site")) == []
    assert slugs(matcher, paper("A tower crane")) == []


def test_an_excluded_phrase_rules_out_in_the_title_keywords_or_summary_only() -> None:
    speech = topic("speech", phrases=(("speech", 2.0),), exclude=("hate speech",))
    matcher = TopicMatcher.of([speech])
    assert slugs(matcher, paper("Speech and hate speech")) == []
    assert slugs(matcher, paper("Speech", keywords=("hate speech",))) == []
    assert slugs(matcher, paper("Speech", summary="On hate speech.")) == []
    assert slugs(matcher, paper("Speech", abstract="Not hate speech.")) == ["speech"]


def test_a_keyword_is_compared_as_a_whole_and_folded() -> None:
    matcher = TopicMatcher.of([topic("agents", keywords=(("agent", 1.0),))], EAGER)
    assert slugs(matcher, paper(keywords=("Agents",))) == ["agents"]
    assert slugs(matcher, paper(keywords=("user agents",))) == []
    assert matcher.match(paper(keywords=("Agents", "agent")))[0].reasons == ("'agent' as a keyword, 1.2",)


def test_phrases_do_not_reach_from_one_keyword_into_the_next() -> None:
    assert slugs(TopicMatcher.of([BIRDS], EAGER), paper(keywords=("reward", "bird"))) == []


def test_the_primary_category_counts_more_and_an_archive_stands_for_all_of_it() -> None:
    matcher = TopicMatcher.of(
        [topic("robots", categories=(("cs.RO", 1.0),)), topic("life", categories=(("q-bio", 1.0),))], EAGER
    )
    first = matcher.match(paper(categories=("cs.RO", "q-bio.BM")))
    assert [(match.slug, match.reasons) for match in first] == [
        ("robots", ("'cs.RO' as a category, 3.0",)),
        ("life", ("'q-bio.BM' as a category, 1.0",)),
    ]
    assert slugs(matcher, paper(categories=("q-bio.BM", "cs.RO"))) == ["life", "robots"]


def test_escaped_markdown_in_an_abstract_reads_as_its_text() -> None:
    matcher = TopicMatcher.of([topic("x", phrases=(("snake_case name", 1.0),))], EAGER)
    assert slugs(matcher, paper(abstract=escape("a [snake_case] name, a snake_case name"))) == ["x"]


def test_weak_evidence_is_no_topic() -> None:
    matcher = TopicMatcher.of([topic("birds", phrases=(("owl", 1.0),))], Limits(least=2.0))
    assert slugs(matcher, paper(abstract="Owls.")) == []
    assert slugs(matcher, paper("Owls")) == ["birds"]


def test_a_further_topic_must_come_close_to_the_best_unless_it_is_strong_by_itself() -> None:
    topics = [
        topic("a", phrases=(("owl", 10.0),)),
        topic("b", phrases=(("fox", 3.0),)),
        topic("c", phrases=(("elk", 1.0),)),
    ]
    matcher = TopicMatcher.of(topics, Limits(least=1.0, further=4.0, share=0.5, enough=9.0))
    assert slugs(matcher, paper("Owl, fox and elk")) == ["a", "b"]
    assert slugs(matcher, paper("Owl and elk", abstract="A fox.")) == ["a"]
    assert slugs(matcher, paper("Elk", abstract="A fox.")) == ["b"]


def test_a_paper_has_at_most_three_topics() -> None:
    topics = [topic(slug, phrases=(("owl", 5.0),)) for slug in "abcde"]
    assert slugs(TopicMatcher.of(topics), paper("Owls")) == ["a", "b", "c"]


def test_a_pinned_topic_stands_first_even_without_evidence() -> None:
    topics = [topic(slug, phrases=(("owl", 5.0),)) for slug in "abc"] + [topic("z", phrases=(("gnu", 1.0),))]
    matches = TopicMatcher.of(topics).match(paper("Owls"), pinned=["z", "z"])
    assert [match.slug for match in matches] == ["z", "a", "b"]
    assert matches[0].reasons == ("pinned by hand",)


def test_a_pinned_topic_that_speaks_for_itself_is_named_once_even_if_forbidden() -> None:
    matcher = TopicMatcher.of([topic(slug, phrases=(("owl", 5.0),)) for slug in "ab"])
    matches = matcher.match(paper("Owls"), pinned=["b"], forbidden={"b"})
    assert [(match.slug, match.score, match.reasons) for match in matches] == [
        ("b", 15.0, ("pinned by hand", "'owl' in the title, 15.0")),
        ("a", 15.0, ("'owl' in the title, 15.0",)),
    ]


def test_all_pinned_topics_stay_in_the_order_given() -> None:
    matcher = TopicMatcher.of([topic(slug, phrases=(("owl", 5.0),)) for slug in "abcde"])
    assert slugs(matcher, paper("Owls"), pinned=["e", "c", "a", "d"]) == ["e", "c", "a", "d"]


def test_a_forbidden_topic_makes_room_for_the_next() -> None:
    matcher = TopicMatcher.of([topic(slug, phrases=(("owl", 5.0),)) for slug in "abcd"])
    assert slugs(matcher, paper("Owls"), forbidden={"b"}) == ["a", "c", "d"]


def test_pinning_a_topic_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="no topic has the slug 'gnus'"):
        TopicMatcher.of([BIRDS]).match(paper(), pinned=["gnus"])


@pytest.mark.parametrize("pinned", [(), ("owls",), ("birds", "owls")])
@pytest.mark.parametrize("forbidden", [set(), {"birds"}])
def test_topics_are_the_same_without_reasons(pinned: tuple[str, ...], forbidden: set[str]) -> None:
    matcher = TopicMatcher.of([BIRDS, topic("owls", phrases=(("owl", 9.0),)), topic("gnus")], EAGER)
    found = matcher.match(paper("Reward birds, owls"), pinned=pinned, forbidden=forbidden)
    assert len(found) == 2 - (forbidden == {"birds"} and "birds" not in pinned)
    assert all(match.reasons for match in found)
    bare = matcher.match(paper("Reward birds, owls"), pinned=pinned, forbidden=forbidden, with_reasons=False)
    assert bare == tuple(replace(match, reasons=()) for match in found)


def test_a_paper_without_evidence_has_no_topic() -> None:
    assert TopicMatcher.of([BIRDS]).match(paper()) == ()
    assert TopicMatcher.of([]).match(paper("Reward birds")) == ()


def test_the_shipped_taxonomy_is_sound() -> None:
    topics = read_topics(measure.TOPICS)
    assert 24 <= len(topics) <= 30
    assert all(topic.description.endswith(".") and topic.evidence.phrases for topic in topics)


def test_the_labels_name_topics_that_exist() -> None:
    known = {topic.slug for topic in read_topics(measure.TOPICS)}
    labels = [*measure.read_labels("tune").values(), *measure.read_labels("test").values()]
    assert set().union(*labels) <= known
    assert {len(topics) for topics in labels} <= {1, 2, 3}


@pytest.mark.real
def test_real_papers_are_filed_where_a_reader_would_file_them() -> None:
    folder = measure.data_folder() / "feed"
    if not folder.is_dir():
        pytest.skip(f"no real days in {folder}; set DAILY_PAPERS_DATA to the folder that holds feed/")
    papers = measure.read_papers(folder)
    matched = measure.match_all(papers)
    sizes = Counter(slug for topics in matched.values() for slug in topics)
    known = [topic.slug for topic in read_topics(measure.TOPICS)]
    by_topic = measure.scores(measure.read_labels("test"), matched, known)
    assert measure.macro_f1(by_topic) >= 0.80
    assert sum(map(bool, matched.values())) >= 0.97 * len(papers)
    assert {slug for slug in known if not 20 <= sizes[slug] <= 0.20 * len(papers)} == set()
