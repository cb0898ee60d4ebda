"""Makes an archive of any size that nobody wrote: the same words and papers for the same seed.

    python -m tests.bench.make_archive 30000 FOLDER

FOLDER/content then is what `papers build` reads: about 35 papers on each weekday, the newest on 28 August
2026 whatever the size, so that a larger archive is an older one. The proportions are those of the real days.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from generator.model.markup import escape
from generator.model.paper import DayRecord, Figures, Observation, Organization, Paper
from generator.store import logs
from generator.store.taxonomy import read_topics
from tests.bench import words
from tests.bench.words import Population, Weighted

NEWEST = date(2026, 8, 28)
PER_DAY = 35
SEED = 7
TOPICS = Path(__file__).parents[2] / "content/topics.yml"

_LATER = ((0, 0.35), (1, 0.7), (2, 0.8), (4, 0.9), (7, 0.96), (20, 1.0))
"""After how many days the feed was asked, and which share of its upvotes a paper then had."""
_PLAIN = re.compile(r"[A-Za-z][A-Za-z-]*(?: [A-Za-z-]+)*")
_PER_LINE = 11
"""Words in a line of an abstract."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What papers of one topic write: its phrases, and the words that it uses more than others."""

    phrases: Weighted
    words: Weighted


def days(count: int, seed: int = SEED) -> list[tuple[date, int]]:
    """Weekdays and how many of `count` papers each lists, oldest first."""
    dice = Random(f"{seed} days")
    found = []
    day = NEWEST
    while count:
        if day.weekday() < 5:
            listed = min(count, max(12, round(dice.gauss(PER_DAY, 8))))
            found.append((day, listed))
            count -= listed
        day -= timedelta(days=1)
    return found[::-1]


class Maker:
    """Writes one paper after the other, from the oldest on."""

    def __init__(self, seed: int = SEED) -> None:
        self._dice = dice = Random(seed)
        vocabulary = words.vocabulary(dice, 45_000)
        self._common = Weighted(vocabulary, slope=1.14, shift=4)
        self._telling = Weighted(vocabulary[200:20_000], slope=0.8)
        self._subjects = _subjects(dice, vocabulary)
        self._which = Weighted([str(number) for number in range(len(self._subjects))], slope=0.6)
        self._authors = Population(words.coin_person, discount=0.5, start=9000)
        self._keywords = Population(self._coin_keyword, discount=0.8, start=10_000)
        self._organizations = Population(words.coin_handle, discount=0.38, start=60)
        self._submitters = Population(words.coin_handle, discount=0.6, start=200)
        self._numbers: dict[str, int] = defaultdict(lambda: 100)

    def paper(self, day: date) -> Paper:
        dice = self._dice
        published = day - timedelta(days=dice.choice((0, 1, 1, 1, 2, 3)))
        month = f"{published:%y%m}"
        self._numbers[month] += dice.randint(1, 30)
        subjects = [
            self._subjects[int(each)] for each in self._which.draw(dice, dice.choice((1, 2, 2, 3, 3)))
        ]
        phrases = [phrase for subject in subjects for phrase in subject.phrases.draw(dice, 3)]
        method = words.coin_method(dice)
        organization = None
        if dice.random() < 0.6:
            handle = self._organizations.draw(dice)
            organization = Organization(handle, handle.replace("-", " ").title())
        return Paper(
            id=f"{month}.{self._numbers[month]:05d}",
            title=self._title(method, phrases),
            authors=self._authors.draw_some(dice, min(60, max(1, round(dice.lognormvariate(2.05, 0.62))))),
            published=published,
            days=(day,),
            submitted_by=self._submitters.draw(dice),
            organization=organization,
            keywords=tuple(
                dict.fromkeys((*phrases[:2], *self._keywords.draw_some(dice, dice.randint(4, 6))))
            ),
            summary=self._summary(method, phrases) if dice.random() < 0.6 else None,
            github=f"https://github.com/{words.coin_handle(dice)}/{method}" if dice.random() < 0.4 else None,
            project=f"https://{method.lower()}.example.org/" if dice.random() < 0.3 else None,
            abstract=self._abstract(method, phrases, subjects),
        )

    def observations(self, paper: Paper) -> Iterator[Observation]:
        """The rows of the metrics log: one each time a figure had changed when the feed was asked."""
        dice = self._dice
        final = dice.lognormvariate(1.8, 1.2)
        talk = int(dice.expovariate(0.5))
        stars = dice.lognormvariate(3.0, 2.0) if paper.github else None
        before = None
        for later, share in _LATER:
            day = paper.day + timedelta(days=later)
            told = None if stars is None else int(stars * share)
            figures = Figures(int(final * share), int(talk * share), told)
            if day <= NEWEST and figures != before:
                yield Observation(f"{day}T20:00:00Z", paper.id, figures)
            before = figures

    def _coin_keyword(self, dice: Random) -> str:
        return " ".join(self._telling.draw(dice, 1) + [words.coin_word(dice)] * dice.choice((1, 1, 1, 2)))

    def _title(self, method: str, phrases: list[str]) -> str:
        dice = self._dice
        length = dice.randint(6, 14)
        text = " ".join([*self._common.draw(dice, length), phrases[0]][-length:]).title()
        return f"{method}: {text}" if dice.random() < 0.5 else text

    def _summary(self, method: str, phrases: list[str]) -> str:
        drawn = self._common.draw(self._dice, self._dice.randint(16, 26))
        return f"{method} makes {phrases[-1]} {' '.join(drawn)}."

    def _abstract(self, method: str, phrases: list[str], subjects: list[Subject]) -> str:
        dice = self._dice
        length = max(60, min(270, round(dice.gauss(165, 33))))
        own = length * 3 // 10 // len(subjects)
        text = self._common.draw(dice, length - own * len(subjects))
        for subject in subjects:
            text += subject.words.draw(dice, own)
        text += [*phrases, *phrases[:2], method, method]
        if dice.random() < 0.13:
            text.append(escape(dice.choice(("<think>", "top_k*", "a*b*c", "[MASK]", "v_t"))))
        if dice.random() < 0.005:
            text.append(dice.choice(("$O(n^2)$", "$k$", r"$\alpha$")))
        dice.shuffle(text)
        at = 0
        while at < len(text):
            text[at] = text[at][0].upper() + text[at][1:]
            end = min(at + dice.randint(12, 28), len(text)) - 1
            if end - at > 8:
                text[at + 6] += ","
            text[end] += "."
            at = end + 1
        lines = (" ".join(text[at : at + _PER_LINE]) for at in range(0, len(text), _PER_LINE))
        return "\n".join(lines)


def text_of(paper: Paper) -> str:
    """What `codec.encode` says of a paper that `Maker` made: ten times as fast, since it needs few quotes."""
    lines = ["---", f'id: "{paper.id}"']
    lines.append(f"title: '{paper.title}'" if ": " in paper.title else f"title: {paper.title}")
    lines.append(f"authors: [{', '.join(paper.authors)}]")
    lines.append(f"published: {paper.published}")
    lines.append(f"days: [{', '.join(map(str, paper.days))}]")
    lines.append(f"submitted_by: {paper.submitted_by}")
    if paper.organization:
        where = paper.organization
        lines.append(f"organization: {{name: {where.name}, fullname: {where.fullname}}}")
    lines.append(f"keywords: [{', '.join(paper.keywords)}]")
    for key, value in (("summary", paper.summary), ("github", paper.github), ("project", paper.project)):
        if value:
            lines.append(f"{key}: {value}")
    return "\n".join((*lines, "---", paper.abstract, ""))


def make_archive(count: int, folder: Path, seed: int = SEED) -> None:
    """Write an archive of `count` papers to `folder`, which must not be there yet."""
    maker = Maker(seed)
    rows: dict[str, list[str]] = defaultdict(list)
    records = []
    for day, listed in days(count, seed):
        home = folder / f"papers/{day:%Y/%m/%d}"
        home.mkdir(parents=True)
        for _ in range(listed):
            paper = maker.paper(day)
            with open(f"{home}/{paper.id}.md", "w", encoding="utf-8", newline="\n") as file:  # noqa: PTH123
                file.write(text_of(paper))
            for seen in maker.observations(paper):
                rows[seen.observed[:7]].append(logs.metrics_row(seen))
        done = day + timedelta(days=14)
        record = DayRecord(
            day, listed, "complete" if done <= NEWEST else "open", f"{min(done, NEWEST)}T20:00:00Z"
        )
        records.append(logs.days_row(record))
    (folder / "metrics").mkdir()
    for month, seen_rows in rows.items():
        (folder / f"metrics/{month}.csv").write_text(logs.to_text(logs.METRICS_HEADER, seen_rows))
    (folder / "days.csv").write_text(logs.to_text(logs.DAYS_HEADER, records))
    (folder / "archive.yml").write_text("title: Made Archive\n")
    shutil.copy(TOPICS, folder / "topics.yml")


def _subjects(dice: Random, vocabulary: list[str]) -> list[Subject]:
    """The topics that the archive ships with, each with phrases that speak for it and words of its own."""
    found = []
    for topic in read_topics(TOPICS):
        phrases = [text for text, weight in topic.evidence.phrases if weight >= 1 and _PLAIN.fullmatch(text)]
        found.append(
            Subject(
                Weighted(phrases[:30], slope=0.5),
                Weighted(dice.sample(vocabulary[120:8000], 400), slope=0.9, shift=10),
            )
        )
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("papers", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=SEED)
    wanted = parser.parse_args()
    start = time.perf_counter()
    make_archive(wanted.papers, wanted.folder / "content", wanted.seed)
    print(
        f"{wanted.papers:,} papers in {wanted.folder}{os.sep}content in {time.perf_counter() - start:.1f} s."
    )


if __name__ == "__main__":
    main()
