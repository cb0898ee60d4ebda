"""Keywords: what differs by case, plural, hyphen or script only is one; what differs in meaning never is."""

from __future__ import annotations

import re
from datetime import date, timedelta
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model.keywords import Keywords, abbreviates, clean, fold_keyword
from generator.model.paper import Paper
from generator.model.plurals import singular
from tests.support.replay import real_days, real_page

MONDAY = date(2025, 11, 3)


def papers(*keywords: tuple[str, ...]) -> list[Paper]:
    """A paper for each of `keywords`, the newest first."""
    days = (MONDAY - timedelta(days=step) for step in range(len(keywords)))
    return [
        Paper(id=f"p{n}", title="T", days=(day,), keywords=k)
        for n, (day, k) in enumerate(zip(days, keywords, strict=False))
    ]


@pytest.mark.parametrize(
    "spellings",
    [
        (
            "large language model",
            "Large Language Models",
            "large-language models",
            "Large Language Models (LLMs)",
        ),
        ("fine-tuning", "Fine tuning", "finetuning", "fine–tuning", "ｆｉｎｅ-tuning"),
        ("multi-modal agents", "multimodal agent", "Multi Modal Agent"),
        ("text-to-image (T2I) generation", "Text-to-Image Generation"),
        ("GPT-4o", "GPT4o", "gpt 4o"),
        ("τ²-Bench", "$\\tau^2$-bench", "tau2-bench"),
        ("Fr\\'echet Inception Distance (FID)", "Fréchet inception distance"),
        ("Kendall's τ", "Kendall's tau"),
        ("pass@k", "Pass@\\textit{k}"),
        ("GPUs", "GPU", "gpus"),
        ("APIs", "apis", "API"),
        ("policies", "Policy"),
        ("biases", "bias"),
        ("hypotheses", "hypothesis"),
        ("spatio-temporal", "spatiotemporal", "Spatio Temporal"),
        ("“world models”.", "world model"),
    ],
)
def test_spellings_of_one_keyword_fold_together(spellings: tuple[str, ...]) -> None:
    assert len({fold_keyword(text) for text in spellings}) == 1, [fold_keyword(text) for text in spellings]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("loss", "los"),
        ("MCTS", "MCT"),
        ("K-means", "K-mean"),
        ("physics", "physic"),
        ("dynamics", "dynamic"),
        ("C++", "C"),
        ("C#", "C"),
        ("V* Bench", "V Bench"),
        ("smart glasses", "smart glass"),
        ("LLM", "large language model"),
        ("TTS", "TT"),
        ("智谱", "百度"),
        ("RAG 检索", "RAG 生成"),
        ("a" * 90, "a" * 91),
        ("multimodal (text, image) data", "multimodal data"),
        ("lens", "len"),
        ("consensus", "consensu"),
    ],
)
def test_keywords_of_two_meanings_stay_two(one: str, other: str) -> None:
    assert fold_keyword(one) != fold_keyword(other)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Large Language Models (LLMs)", "large-language-model"),
        ("π₀", "pi0"),
        ("智谱", "x-8bcef512"),
        ("pass@1", "pass-at-1"),
        ("A/B testing", "a-b-testing"),
        ("REINFORCE++", "reinforce-plus-plus"),
        ("3D Gaussian Splatting (3DGS)", "3d-gaussian-splatting"),
        ("Stable Diffusion 3.5", "stable-diffusion-3-5"),
        ("", ""),
        (" – ", ""),
        ("()", ""),
    ],
)
def test_a_slug_can_be_read_and_is_a_function_of_the_text_alone(text: str, slug: str) -> None:
    assert fold_keyword(text) == slug


def test_no_keyword_takes_the_folder_of_the_letters() -> None:
    assert re.fullmatch("a-z-[0-9a-f]{8}", fold_keyword("A–Z"))


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=120))
def test_whatever_text_comes_its_slug_is_safe_and_the_same_each_time(text: str) -> None:
    slug = fold_keyword(text)
    assert slug == "" or re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert len(slug) <= 80
    assert slug == fold_keyword(text)


def test_the_name_is_the_commonest_spelling_and_of_equals_the_first_by_code_point() -> None:
    found = Keywords.of(papers(("world models",), ("World Models",), ("world model",), ("world models",)))
    assert found.by_slug["world-model"].name == "world models"
    assert found.by_slug["world-model"].spellings == ("world models", "World Models", "world model")
    tied = Keywords.of(papers(("sails",), ("Sails",)))
    assert tied.by_slug["sail"].name == "Sails"


def test_a_paper_that_spells_a_keyword_twice_counts_once() -> None:
    found = Keywords.of(papers(("LLMs", "LLM"), ("LLM",)))
    assert [paper.id for paper in found.by_slug["llm"].papers] == ["p0", "p1"]
    assert found.mentions.at(0) == ["llm"]


def test_a_text_that_says_nothing_is_no_keyword() -> None:
    found = Keywords.of(papers(("", "...", "sail")))
    assert list(found.by_slug) == ["sail"]
    assert found.of_text("...") is None
    keyword = found.of_text("sail")
    assert keyword is not None
    assert keyword.name == "sail"


def test_what_is_said_of_a_keyword_does_not_depend_on_the_order_of_papers() -> None:
    mixed = papers(("World Models", "b"), ("world models",), ("world model", "B"))
    one, other = Keywords.of(mixed), Keywords.of(mixed[::-1])
    assert {k: v.spellings for k, v in one.by_slug.items()} == {
        k: v.spellings for k, v in other.by_slug.items()
    }


@pytest.mark.parametrize(
    ("short", "words", "does"),
    [
        ("LLMs", "large language models", True),
        ("CoT", "chain-of-thought", True),
        ("T2I", "text-to-image", True),
        ("SAEs", "Sparse Autoencoders", True),
        ("RGB", "four channels", False),
        ("VLM", "language models", False),
        ("", "language models", False),
    ],
)
def test_an_abbreviation_has_its_letters_in_the_words_before_it(short: str, words: str, does: bool) -> None:
    assert abbreviates(short, words) is does


@pytest.mark.parametrize(
    ("word", "spelled", "one"),
    [
        ("models", "models", "model"), ("loss", "loss", "loss"), ("losses", "losses", "loss"),
        ("boxes", "boxes", "box"), ("queries", "queries", "query"), ("movies", "movies", "movie"),
        ("series", "series", "series"), ("metrics", "metrics", "metric"), ("mcts", "MCTS", "mcts"),
        ("cms", "CMs", "cm"), ("as", "As", "as"), ("1990s", "1990s", "1990s"), ("gas", "gas", "gas"),
    ],
)  # fmt: skip
def test_only_what_is_a_plural_is_made_singular(word: str, spelled: str, one: str) -> None:
    assert singular(word, spelled) == one


def test_a_keyword_is_shown_without_stray_marks() -> None:
    assert clean(" “world  models”, ") == "world models"
    assert clean("($\\epsilon$") == "$\\epsilon$"


@pytest.mark.real
def test_the_real_keywords_fold_and_no_group_joins_words_that_differ() -> None:
    told = [entry["paper"] for day in real_days() for entry in real_page(day)]
    real = [
        Paper(id=f"{n}", title="T", days=(MONDAY,), keywords=tuple(paper.get("ai_keywords") or ()))
        for n, paper in enumerate(told)
    ]
    started = process_time()
    found = Keywords.of(real)
    seconds = process_time() - started
    texts = {text for paper in real for text in paper.keywords}
    assert len(texts) > 30_000
    assert 0.90 * len(texts) < len(found.by_slug) < 0.96 * len(texts)
    assert {text for text in texts if not found.slugs.get(text)} <= {"", " "}
    assert len(found.by_slug["large-language-model"].papers) > 500
    bare = {
        slug: {re.sub(r"[^a-z]", "", s.lower()) for s in k.spellings} for slug, k in found.by_slug.items()
    }
    far = [slug for slug, forms in bare.items() if len({form[:3] for form in forms if form}) > 1]
    assert set(far) <= {
        "gronwall-type-bound",
        "j-and-f",
        "kendall-tau",
        "tau-bench",
        "tau-2-bench",
        "tau-2-bench-benchmark",
    }
    assert seconds < 2
