"""An archive of invented papers that are hard to set: long, short, empty, foreign, numerous."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from generator.model.contents import Changes
from generator.model.markup import escape
from generator.model.paper import DayRecord, Figures, Observation, Organization, Paper
from tests.support.invented import write_content

LONG_DAY = date(2025, 3, 4)
"""Holds 40 papers with abstracts of a usual length."""
AWKWARD_DAY = date(2025, 3, 5)
QUIET_DAY = date(2025, 3, 6)
"""Holds one paper."""
EMPTY_DAY = date(2025, 3, 8)
FAILED_DAY = date(2025, 3, 9)
CROWD = "2503.20002"
"""A paper of 664 authors."""
LONG_TITLE = "2503.20001"

_SYLLABLES = [consonant + vowel for consonant in "bdfghklmnprstv" for vowel in "aeio"]
_EVERYDAY = [
    "the",
    "of",
    "a",
    "and",
    "in",
    "to",
    "with",
    "for",
    "that",
    "is",
    "are",
    "by",
    "on",
    "which",
    "from",
]
_OPENERS = ["We", "Our", "This", "These", "Here", "Both", "Each", "It"]


class Writer:
    """Invents text that compresses about as well as real abstracts: a large vocabulary, used unevenly."""

    def __init__(self, seed: int) -> None:
        self._dice = random.Random(seed)
        vocabulary = random.Random(7)
        self._words = [
            "".join(vocabulary.choices(_SYLLABLES, k=vocabulary.randint(2, 4))) for _ in range(9000)
        ]
        self._weights = [1 / (place + 12) for place in range(len(self._words))]

    def word(self) -> str:
        if self._dice.random() < 0.42:
            return self._dice.choice(_EVERYDAY)
        return self._dice.choices(self._words, self._weights)[0]

    def sentence(self, words: int) -> str:
        return (
            " ".join([self._dice.choice(_OPENERS), *(self.word() for _ in range(words - 2)), self.rare()])
            + "."
        )

    def rare(self) -> str:
        return self._dice.choice(self._words)

    def text(self, characters: int) -> str:
        sentences: list[str] = []
        while sum(map(len, sentences)) + len(sentences) < characters:
            sentences.append(self.sentence(self._dice.randint(14, 26)))
        return " ".join(sentences)

    def name(self) -> str:
        return f"{self.rare().capitalize()} {self.rare().capitalize()}"

    def names(self, number: int) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.name() for _ in range(number * 2)))[:number]

    def title(self) -> str:
        return " ".join(self.rare().capitalize() for _ in range(self._dice.randint(6, 12)))


def usual(number: int, day: date) -> Paper:
    """A paper of the usual size: 1,350 characters of abstract, a summary, some authors."""
    write = Writer(number)
    return Paper(
        id=f"2503.{number:05d}",
        title=write.title(),
        authors=write.names(2 + number % 9),
        published=date(2025, 3, 1),
        days=(day,),
        submitted_by=f"reader{number}",
        organization=Organization("acme", f"{write.rare().capitalize()} Gardens") if number % 3 else None,
        keywords=(write.rare(), write.rare(), f"{write.rare()} tomato"),
        summary=write.text(150) if number % 6 else None,
        github=f"https://github.com/{write.rare()}/{write.rare()}" if number % 2 else None,
        abstract=escape(write.text(1350)),
    )


def awkward() -> tuple[Paper, ...]:
    """What a theme must bear."""
    write = Writer(1)
    longest = (write.title() + ": " + write.text(400))[:250].rsplit(" ", 1)[0]
    one_word = "Internationalisierungsbeauftragtenversammlungsprotokollführerschaft" * 2
    institute = "Institut für außergewöhnlich ausführliche Gartenbauwissenschaften zu Hinterzarten"
    plain = usual(20000, AWKWARD_DAY)
    nothing: dict[str, Any] = {"summary": None, "abstract": ""}
    bare = {**nothing, "authors": (), "organization": None, "github": None, "keywords": ()}
    no_names: dict[str, Any] = {"authors": (), "author_count": 12, "organization": None}
    by_hand = "First *this*.\n\n- one\n- two\n\n> and a [link](https://example.org/)"
    changes: tuple[dict[str, Any], ...] = (
        {"title": longest, "keywords": tuple(write.rare() for _ in range(30))},
        {
            "title": "Tomatoes of all",
            "authors": write.names(664),
            "project": "https://example.org/" + "long-" * 30,
        },
        {"title": "没有摘要的番茄", "authors": ("王小明", "李雷", "韩梅梅", "智谱"), **nothing},
        {"title": "🍅 Tomatoes 🚀 that fly 👩🏽‍🌾", **no_names},
        {
            "title": "كيف تنمو الطماطم في الحديقة",
            "authors": ("ليلى حسن", "Ada"),
            "summary": "ننظر في حالة واحدة.",
        },
        {"title": "Let's <think> about $5 & <b>tomatoes</b>", "summary": None},
        {"title": one_word, "organization": Organization("x", institute)},
        {"title": "T", **bare},
        {"title": "Two paragraphs and a tomato list", "summary": None, "abstract": by_hand},
    )
    return tuple(replace(plain, id=f"2503.{20001 + place}", **change) for place, change in enumerate(changes))


def archive() -> Changes:
    """Two months; days of 40, 9, 1 and no papers; a day that failed; an imported paper."""
    papers = [usual(number, LONG_DAY) for number in range(1, 41)]
    papers += awkward()
    papers += [usual(101, QUIET_DAY), usual(102, date(2025, 2, 27)), usual(103, date(2024, 12, 30))]
    papers += [replace(usual(104, QUIET_DAY), days=(), published=date(2025, 1, 15))]
    seen = [
        Observation(f"{paper.day}T08:00:00Z", paper.id, Figures(1240 // place - 10, place % 5, place * 37))
        for place, paper in enumerate(papers[:-3], 1)
    ]
    records = [
        DayRecord(LONG_DAY, 40, "complete", "2025-03-20T08:00:00Z"),
        DayRecord(AWKWARD_DAY, 9, "complete", "2025-03-20T08:00:00Z"),
        DayRecord(QUIET_DAY, 1, "open", "2025-03-07T08:00:00Z"),
        DayRecord(EMPTY_DAY, 0, "empty", "2025-03-20T08:00:00Z"),
        DayRecord(FAILED_DAY, 0, "failed", "2025-03-20T08:00:00Z"),
    ]
    return Changes(tuple(papers), tuple(seen), tuple(records))


def write_archive(folder: Path, *settings: str) -> None:
    write_content(folder, archive(), settings=("base_url: https://example.org/archive/", *settings))
