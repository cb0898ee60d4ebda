"""Papers to measure search on: the real ones, and as many more as wanted that are made of their words."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import timedelta

from tests.search.support import Found

_COINED = 0.012
"""The share of words that nobody wrote before: names of methods and data sets. A vocabulary never stops growing."""  # noqa: E501
_OWN = 0.6
"""The share of words that a paper takes from its own three subjects; the others are everybody's."""
_SOUNDS = [
    "ba",
    "den",
    "fi",
    "gra",
    "ki",
    "lo",
    "mo",
    "nex",
    "ori",
    "pe",
    "qua",
    "ro",
    "sta",
    "tu",
    "vi",
    "wen",
    "xa",
    "yo",
    "zen",
    "chi",
    "form",
    "net",
    "gen",
    "dit",
    "ra",
]


def synthetic(real: Sequence[Found], count: int, seed: int = 11) -> list[Found]:
    """`count` papers over the days of `real` and the years after it, about 40 a day.

    Each has three real papers for subjects, draws its words from them and from all, and names of people that are
    put together anew.
    """  # noqa: E501
    dice = random.Random(seed)
    everything = [word for paper in real for word in paper.abstract.split()]
    first = [name.split()[0] for paper in real for name in paper.authors if name.split()]
    last = [name.split()[-1] for paper in real for name in paper.authors if name.split()]
    made = []
    for number in range(count):
        subjects = dice.sample(real, 3)
        words = [word for paper in subjects for word in paper.abstract.split()] or everything
        length = len(dice.choice(subjects).abstract.split()) or 150
        text = [_word(dice, words, everything) for _ in range(length)]
        title = dice.sample([*subjects[0].title.split(), *subjects[1].title.split()], 2) + dice.choices(
            text, k=6
        )
        names = [f"{dice.choice(first)} {dice.choice(last)}" for _ in subjects[0].authors]
        abstract = " ".join(text)
        day = real[0].day + timedelta(days=number // 40)
        made.append(
            Found(
                id=f"{day:%y%m}.{number % 100_000:05d}",
                day=day,
                title=" ".join(title),
                authors=tuple(names),
                organization=dice.choice(subjects).organization,
                keywords=tuple(dict.fromkeys(subjects[0].keywords[:3] + subjects[1].keywords[:3])),
                abstract=abstract,
                author=names[0] if names else "",
                others=max(len(names) - 1, 0),
                teaser=abstract[: len(subjects[0].teaser)],
                topics=tuple(dict.fromkeys(subjects[0].topics + subjects[1].topics[:1]))[:3],
                has_code=dice.random() < 0.5,
            )
        )
    return made


def _word(dice: random.Random, own: Sequence[str], everything: Sequence[str]) -> str:
    if dice.random() < _COINED:
        return "".join(dice.choices(_SOUNDS, k=dice.randint(2, 4))).title()
    return dice.choice(own if dice.random() < _OWN else everything)


def queries(papers: Sequence[Found], topics: Sequence[str], seed: int = 5) -> list[tuple[str, str]]:
    """Kind and text of 80 queries about `papers`."""
    dice = random.Random(seed)

    def keyword(words: int) -> str:
        while True:
            found = dice.choice(dice.choice(papers).keywords or ("",))
            if len(found.split()) == words and found.isascii():
                return found

    def title_words(count: int) -> str:
        while True:
            words = [word for word in dice.choice(papers).title.split() if word.isalpha() and len(word) > 3]
            if len(words) >= count:
                return " ".join(dice.sample(words, count))

    def author() -> str:
        return dice.choice(dice.choice(papers).authors or ("Yann LeCun",))

    def slip(word: str) -> str:
        at = dice.randrange(2, len(word) - 1)
        return (
            word[:at] + word[at + 1] + word[at] + word[at + 2 :]
            if dice.random() < 0.5
            else word[:at] + word[at + 1 :]
        )

    def long_word() -> str:
        return max(keyword(2).split(), key=len)

    return [
        *(("one word", keyword(1)) for _ in range(10)),
        *(("two words", keyword(2)) for _ in range(14)),
        *(("three words", title_words(3)) for _ in range(12)),
        *(("common", query) for query in ("language models", "reasoning agents", "video generation", "reinforcement learning")),  # noqa: E501
        *(("phrase", f'"{keyword(2)}"') for _ in range(8)),
        *(("author", f'author:"{author()}"' if number % 2 else author()) for number in range(8)),
        *(("prefix", long_word()[: dice.randint(4, 6)]) for _ in range(6)),
        *(("misspelt", slip(long_word() + "s")) for _ in range(6)),
        *(("id", dice.choice(papers).id) for _ in range(6)),
        *(("filter", f"{keyword(1)} {extra}") for extra in (
            "has:code", "year:2025", f"topic:{topics[0]}" if topics else "has:code", "-video", "after:2025-06", "title:learning")),  # noqa: E501
    ]  # fmt: skip


def known_items(
    papers: Sequence[Found], field: str, words: int, count: int, seed: int = 9
) -> list[tuple[str, str]]:
    """Ids of papers, each with a query of some words of its title or abstract."""
    dice = random.Random(seed)
    asked: list[tuple[str, str]] = []
    while len(asked) < count:
        paper = dice.choice(papers)
        held = [word.strip(".,:;()?!") for word in getattr(paper, field).split()]
        held = list(dict.fromkeys(word for word in held if word.isalnum() and len(word) > 3))
        if len(held) >= words:
            asked.append((paper.id, " ".join(dice.sample(held, words))))
    return asked
