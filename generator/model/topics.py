"""Which topics a paper belongs to, from its own words, with reasons a person can read.

A topic names its evidence: phrases, feed keywords and arXiv categories, each with a weight, and phrases that
rule it out. Case, hyphens and plurals do not matter: "Reward models" and "reward-model" are one phrase. Of
phrases that begin at the same word the longest counts, and no word counts twice.
"""

from __future__ import annotations

import math
import re
import string
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from generator.model.markup import unescape
from generator.model.paper import Paper

Weighted = tuple[str, float]
"""A phrase, a keyword or a category, and how much it says for its topic."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a topic. A negative weight speaks against it."""

    phrases: tuple[Weighted, ...] = ()
    """Looked for in the title, the keywords, the summary and the abstract. A hyphen also matches its absence:
    "pre-training" finds "pre training" and "pretraining"."""
    keywords: tuple[Weighted, ...] = ()
    """Feed keywords, compared as a whole: "agents" is not found in "user agents"."""
    categories: tuple[Weighted, ...] = ()
    """arXiv categories, such as `cs.RO`, or all of an archive, such as `q-bio`."""
    exclude: tuple[str, ...] = ()
    """Phrases that rule the topic out where they stand in the title, the keywords or the summary."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject that readers browse and follow. `parent` is the slug of a broader one."""

    slug: str
    name: str
    description: str
    parent: str | None = None
    evidence: Evidence = Evidence()


@dataclass(frozen=True, slots=True)
class Match:
    """A topic of a paper: how certain (a sum of weights), and why, the strongest reason first."""

    slug: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """When a topic counts: the best one from `least`; a further one from `share` of the best, though a score
    below `further` never suffices and one of `enough` always does. `most` topics in all."""

    least: float = 2.5
    further: float = 6.0
    share: float = 0.6
    enough: float = 9.0
    most: int = 3


_TITLE, _KEYWORDS = "in the title", "in the keywords"
_SUMMARY, _ABSTRACT = "in the summary", "in the abstract"
_FACTORS = {_TITLE: 3.0, _KEYWORDS: 1.2, _SUMMARY: 1.1, _ABSTRACT: 1.0}
"""How much a phrase counts in each part of a paper; once in each, however often it stands there."""

_RULED_OUT = -math.inf
_KEYWORD_FACTOR = 1.2
_CATEGORY_FACTORS = (3.0, 1.0)
"""What a category counts: the primary one, the others."""

_CUT = {
    **dict.fromkeys(map(ord, string.punctuation), " "),
    **dict.fromkeys(range(0x2010, 0x205F), " "),  # dashes, quotation marks and the like
    **dict.fromkeys(map(ord, ".,;:!?()"), "."),
}
"""What is no letter or digit parts two words, and no phrase reaches across a mark."""

_SEAM = re.compile(r"(?<=[a-z])(?=[A-Z])")
"""Where a name such as "VideoBench" is sewn together; titles are also read with such names taken apart."""


@dataclass(frozen=True, slots=True)
class _Use:
    """What a phrase, keyword or category says about the topic at index `topic`; -inf rules it out."""

    topic: int
    weight: float


class _Saying(NamedTuple):
    """One piece of evidence in a paper: `what` stands `where`, and counts `points` for a topic."""

    topic: int
    what: str
    where: str
    points: float

    def __str__(self) -> str:
        return f"'{self.what}' {self.where}, {self.points:.1f}"


@dataclass(frozen=True, slots=True, eq=False)
class TopicMatcher:
    """Finds the topics of papers; built once from all topics by `of`, never changed."""

    topics: tuple[Topic, ...]
    limits: Limits
    _root: _Branch = field(repr=False)
    _keywords: Mapping[str, tuple[_Use, ...]] = field(repr=False)
    _categories: Mapping[str, tuple[_Use, ...]] = field(repr=False)

    @classmethod
    def of(cls, topics: Iterable[Topic], limits: Limits | None = None) -> TopicMatcher:
        """The matcher of `topics`, whose slugs differ."""
        topics = tuple(topics)
        evidence = [(index, topic.evidence) for index, topic in enumerate(topics)]
        return cls(
            topics=topics,
            limits=limits or Limits(),
            _root=_grown(_uses((p.lower(), t, w) for t, e in evidence for p, w in _phrases(e))),
            _keywords=_uses((" ".join(_folded(k)), t, w) for t, e in evidence for k, w in e.keywords),
            _categories=_uses((c, t, w) for t, e in evidence for c, w in e.categories),
        )

    @property
    def slugs(self) -> tuple[str, ...]:
        return tuple(topic.slug for topic in self.topics)

    def match(
        self, paper: Paper, *, pinned: Sequence[str] = (), forbidden: Collection[str] = ()
    ) -> tuple[Match, ...]:
        """The paper's topics: the pinned ones in the order given, then the most certain first.

        Whatever is pinned stays, even beyond `limits.most` or forbidden. A paper without evidence has none.
        A pinned slug that no topic has is a `ValueError`: the caller, who knows where it stands, checks
        `slugs` first.
        """
        kept = [self._index(slug) for slug in dict.fromkeys(pinned)]
        said = list(self._said(paper))
        scores = _scores(said)
        free = [t for t in scores if t not in kept and self.topics[t].slug not in forbidden]
        chosen = self._chosen(free, scores)[: max(0, self.limits.most - len(kept))]
        return (
            *(self._match(topic, scores, said, ("pinned by hand",)) for topic in kept),
            *(self._match(topic, scores, said) for topic in chosen),
        )

    def _index(self, slug: str) -> int:
        if slug not in self.slugs:
            raise ValueError(f"no topic has the slug {slug!r}")
        return self.slugs.index(slug)

    def _chosen(self, free: list[int], scores: Mapping[int, float]) -> list[int]:
        """Those of the topics `free` that count, the most certain first; ties by slug."""
        ranked = sorted(free, key=lambda topic: (-scores[topic], self.topics[topic].slug))
        if not ranked or scores[ranked[0]] < self.limits.least:
            return []
        floor = min(self.limits.enough, max(self.limits.further, self.limits.share * scores[ranked[0]]))
        return [ranked[0], *(topic for topic in ranked[1:] if scores[topic] >= floor)]

    def _match(
        self, topic: int, scores: Mapping[int, float], said: Iterable[_Saying], first: tuple[str, ...] = ()
    ) -> Match:
        points = [saying for saying in said if saying.topic == topic and 0 != saying.points > _RULED_OUT]
        points.sort(key=lambda saying: (-abs(saying.points), saying.what, saying.where))
        reasons = (*first, *map(str, points))
        return Match(self.topics[topic].slug, round(scores.get(topic, 0.0), 2), reasons)

    def _said(self, paper: Paper) -> Iterator[_Saying]:
        """Everything in the paper that says something about a topic."""
        for where, text in _texts(paper):
            factor = _FACTORS[where]
            for phrase, uses in _find(text, self._root).items():
                for use in uses:
                    if where != _ABSTRACT or use.weight > _RULED_OUT:
                        yield _Saying(use.topic, phrase, where, use.weight * factor)
        for keyword in {" ".join(_folded(keyword)): None for keyword in paper.keywords}:
            for use in self._keywords.get(keyword, ()):
                yield _Saying(use.topic, keyword, "as a keyword", use.weight * _KEYWORD_FACTOR)
        for rank, category in enumerate(dict.fromkeys(paper.categories)):
            for name in {category: None, category.partition(".")[0]: None}:
                for use in self._categories.get(name, ()):
                    points = use.weight * _CATEGORY_FACTORS[rank > 0]
                    yield _Saying(use.topic, category, "as a category", points)


@dataclass(slots=True)
class _Branch:
    """The phrases that begin alike, by their next word in each of its spellings."""

    next: dict[str, _Branch] = field(default_factory=dict)
    ending: dict[str, tuple[_Use, ...]] = field(default_factory=dict)
    """The phrases that end here, and what each says."""


def _grown(uses: Mapping[str, tuple[_Use, ...]]) -> _Branch:
    """All phrases as a tree, to be found in one walk through a text."""
    root = _Branch()
    for phrase in uses:
        for form in _forms(phrase):
            branch = root
            for word in form:
                follower = branch.next.get(word) or _Branch()
                branch.next.update(dict.fromkeys(_spellings(word), follower))
                branch = follower
            branch.ending[phrase] = uses[phrase]
    return root


def _find(text: str, root: _Branch) -> dict[str, tuple[_Use, ...]]:
    """The phrases in `text`, in its order. Of those that begin at one word the longest; none overlap."""
    words = [*_words(text), ""]
    found: dict[str, tuple[_Use, ...]] = {}
    firsts, after = root.next, 0
    for start in [start for start, word in enumerate(words) if word in firsts]:
        if start < after:
            continue
        branch: _Branch | None = firsts[words[start]]
        longest, end = None, start
        while branch is not None:
            end += 1
            if branch.ending:
                longest, after = branch.ending, end
            branch = branch.next.get(words[end])
        if longest:
            found.update(longest)
    return found


def _texts(paper: Paper) -> Iterator[tuple[str, str]]:
    """The parts of a paper, as (where, plain text)."""
    apart = _SEAM.sub(" ", paper.title)
    yield _TITLE, paper.title if apart == paper.title else f"{paper.title} ; {apart}"
    yield _KEYWORDS, " ; ".join(paper.keywords)
    yield _SUMMARY, paper.summary or ""
    yield _ABSTRACT, unescape(paper.abstract) if "\\" in paper.abstract else paper.abstract


def _scores(said: Iterable[_Saying]) -> dict[int, float]:
    """The sum of points of every topic that something speaks for and nothing rules out."""
    scores: dict[int, float] = {}
    for saying in said:
        scores[saying.topic] = scores.get(saying.topic, 0.0) + saying.points
    return {topic: score for topic, score in scores.items() if score > _RULED_OUT}


def _phrases(evidence: Evidence) -> Iterator[Weighted]:
    yield from evidence.phrases
    yield from ((phrase, _RULED_OUT) for phrase in evidence.exclude)


def _uses(said: Iterable[tuple[str, int, float]]) -> dict[str, tuple[_Use, ...]]:
    uses: dict[str, tuple[_Use, ...]] = {}
    for what, topic, weight in said:
        uses[what] = (*uses.get(what, ()), _Use(topic, weight))
    return uses


def _forms(phrase: str) -> list[tuple[str, ...]]:
    """A phrase as words, with its hyphens as gaps, and with them as nothing."""
    return [form for form in dict.fromkeys((_folded(phrase), _folded(phrase.replace("-", "")))) if form]


def _words(text: str) -> list[str]:
    """The words and marks of `text`, in lower case."""
    return text.lower().translate(_CUT).replace(".", " . ").split()


def _folded(text: str) -> tuple[str, ...]:
    return tuple(map(_singular, _words(text)))


def _singular(word: str) -> str:
    """A plural without its ending; anything else as it is."""
    if len(word) <= 3 or not word.endswith("s") or word.endswith(("ss", "us", "is", "ias")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("sses", "xes", "ches", "shes")) else word[:-1]


def _spellings(word: str) -> Iterator[str]:
    """A folded word as texts spell it, singular and plural."""
    for spelling in (word, word + "s", word + "es", re.sub("y$", "ies", word)):
        if _singular(spelling) == word:
            yield spelling
