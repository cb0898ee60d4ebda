"""How well the matcher agrees with the labels: `python -m tests.topics.measure [tune|test]`.

Reads the labels beside this file, the topics in content/ and the real days in the folder `feed` of
`DAILY_PAPERS_DATA`, or of `shared/data` beside the checkout. Prints one row a topic: precision, recall and F1
on the labelled papers, how many of them carry the label, and how many of all papers the matcher files there.

`labels.csv` names 450 papers drawn at random, 15 from each month, each with the one to three topics that a
reader filed it under by its title, abstract and keywords. The phrases and weights were chosen on the half
`tune`; the half `test` says how well they do.
"""

from __future__ import annotations

import csv
import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.model.markup import escape
from generator.model.paper import Paper
from generator.model.topics import TopicMatcher
from generator.store.taxonomy import read_topics

CHECKOUT = Path(__file__).parents[2]
LABELS = Path(__file__).with_name("labels.csv")
TOPICS = CHECKOUT / "content" / "topics.yml"
FEWEST = 3
"""A topic with fewer labelled papers than this says too little to count in the mean."""


@dataclass(frozen=True)
class Score:
    """A topic on the labelled papers: how often matcher and label agree, and how often one stands alone."""

    both: int = 0
    matched_only: int = 0
    labelled_only: int = 0

    @property
    def labelled(self) -> int:
        return self.both + self.labelled_only

    @property
    def precision(self) -> float:
        return self.both / (self.both + self.matched_only) if self.both else 0.0

    @property
    def recall(self) -> float:
        return self.both / self.labelled if self.both else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.both / (2 * self.both + self.matched_only + self.labelled_only) if self.both else 0.0


def data_folder() -> Path:
    """Where the real days are, whether or not they exist."""
    given = os.environ.get("DAILY_PAPERS_DATA")
    return Path(given) if given else CHECKOUT.parent / "shared" / "data"


def read_labels(half: str) -> dict[str, frozenset[str]]:
    """The labelled papers of one half: id -> its topics."""
    with LABELS.open(encoding="utf-8", newline="") as file:
        return {
            row["id"]: frozenset(row["topics"].split()) for row in csv.DictReader(file) if row["half"] == half
        }


def read_papers(folder: Path) -> dict[str, Paper]:
    """Every paper of the raw days in `folder`, as its first listing gives it."""
    papers: dict[str, Paper] = {}
    for page in sorted(folder.glob("[0-9]*.json")):
        for entry in json.loads(page.read_bytes()):
            raw = entry["paper"]
            if raw["id"] not in papers:
                papers[raw["id"]] = Paper(
                    id=raw["id"],
                    title=" ".join(raw["title"].split()),
                    keywords=tuple(raw.get("ai_keywords", ())),
                    summary=raw.get("ai_summary"),
                    abstract=escape(raw["summary"]),
                )
    return papers


def match_all(papers: Mapping[str, Paper]) -> dict[str, tuple[str, ...]]:
    matcher = TopicMatcher.of(read_topics(TOPICS))
    return {name: tuple(match.slug for match in matcher.match(paper)) for name, paper in papers.items()}


def scores(
    labels: Mapping[str, frozenset[str]], matched: Mapping[str, Iterable[str]], slugs: Iterable[str]
) -> dict[str, Score]:
    """The score of every topic on the labelled papers."""
    pairs = [(labelled, frozenset(matched[name])) for name, labelled in labels.items()]
    return {
        slug: Score(
            both=sum(slug in labelled and slug in found for labelled, found in pairs),
            matched_only=sum(slug in found and slug not in labelled for labelled, found in pairs),
            labelled_only=sum(slug in labelled and slug not in found for labelled, found in pairs),
        )
        for slug in slugs
    }


def macro_f1(by_topic: Mapping[str, Score]) -> float:
    """The mean F1 of the topics with at least `FEWEST` labelled papers."""
    counted = [score.f1 for score in by_topic.values() if score.labelled >= FEWEST]
    return sum(counted) / len(counted)


def micro_f1(by_topic: Mapping[str, Score]) -> float:
    """The F1 of all assignments together."""
    both = sum(score.both for score in by_topic.values())
    alone = sum(score.matched_only + score.labelled_only for score in by_topic.values())
    return 2 * both / (2 * both + alone)


def main() -> None:
    half = sys.argv[1] if len(sys.argv) > 1 else "test"
    papers = read_papers(data_folder() / "feed")
    matched = match_all(papers)
    sizes = Counter(slug for slugs in matched.values() for slug in slugs)
    by_topic = scores(read_labels(half), matched, (topic.slug for topic in read_topics(TOPICS)))
    print(f"{'topic':24}{'precision':>10}{'recall':>8}{'F1':>6}{'labelled':>10}{'papers':>8}{'share':>8}")
    for slug, score in sorted(by_topic.items(), key=lambda item: (-item[1].f1, item[0])):
        figures = f"{score.precision:10.2f}{score.recall:8.2f}{score.f1:6.2f}{score.labelled:10}"
        print(f"{slug:24}{figures}{sizes[slug]:8}{sizes[slug] / len(papers):8.1%}")
    covered = sum(map(bool, matched.values())) / len(papers)
    mean = sum(map(len, matched.values())) / len(papers)
    print(f"{half}: macro-F1 {macro_f1(by_topic):.3f} over topics with {FEWEST} labels or more")
    print(f"{half}: micro-F1 {micro_f1(by_topic):.3f}")
    print(f"{covered:.1%} of {len(papers)} papers have a topic, {mean:.2f} on average")


if __name__ == "__main__":
    main()
