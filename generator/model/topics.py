"""Which topics a paper belongs to, from its own words, with reasons a person can read.

A topic names its evidence: phrases, feed keywords and arXiv categories, each with a weight, and phrases that
rule it out. Case, hyphens and plurals do not matter: "Reward models" and "reward-model" are one phrase. Of
phrases that begin at the same word the longest counts, and no word counts twice.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from generator.model.markup import unescape
from generator.model.paper import Paper
from generator.model.phrases import folded, forms, singular, spellings, words_of

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

_SEAM = re.compile(r"(?<=[a-z])(?=[A-Z])")
"""Where a name such as "VideoBench" is sewn together; titles are also read with such names taken apart."""


class _Saying(NamedTuple):
    """One piece of evidence: that `what` stands `where` counts `points` for a topic; -inf rules it out."""

    topic: int
    what: str
    where: str
    points: float
    reason: str
    """All of this, for people; empty where it says nothing."""

    @classmethod
    def of(cls, topic: int, what: str, where: str, points: float) -> _Saying:
        said = f"'{what}' {where}, {points:.1f}" if 0 != points > _RULED_OUT else ""
        return cls(topic, what, where, points, said)


_Uses = Mapping[str, tuple[tuple[int, float], ...]]
"""What phrases, keywords or categories say: the topics, by index, each with a weight."""


@dataclass(frozen=True, slots=True, eq=False)
class TopicMatcher:
    """Finds the topics of papers; built once from all topics by `of`, never changed."""

    topics: tuple[Topic, ...]
    limits: Limits
    _root: _Branch = field(repr=False)
    _keywords: Mapping[str, tuple[_Saying, ...]] = field(repr=False)
    _openings: frozenset[str] = field(repr=False)
    """The first words of all keywords, in each spelling."""
    _categories: _Uses = field(repr=False)

    @classmethod
    def of(cls, topics: Iterable[Topic], limits: Limits | None = None) -> TopicMatcher:
        """The matcher of `topics`, whose slugs differ."""
        topics = tuple(topics)
        evidence = [(index, topic.evidence) for index, topic in enumerate(topics)]
        keywords = _uses((" ".join(folded(k)), t, w) for t, e in evidence for k, w in e.keywords)
        return cls(
            topics=topics,
            limits=limits or Limits(),
            _root=_grown(_uses((p.lower(), t, w) for t, e in evidence for p, w in _phrases(e))),
            _keywords={
                keyword: tuple(_Saying.of(t, keyword, "as a keyword", w * _KEYWORD_FACTOR) for t, w in uses)
                for keyword, uses in keywords.items()
            },
            _openings=frozenset(
                spelling for keyword in keywords for spelling in spellings(keyword.partition(" ")[0])
            ),
            _categories=_uses((c, t, w) for t, e in evidence for c, w in e.categories),
        )

    @property
    def slugs(self) -> tuple[str, ...]:
        return tuple(topic.slug for topic in self.topics)

    def match(
        self,
        paper: Paper,
        *,
        pinned: Sequence[str] = (),
        forbidden: Collection[str] = (),
        with_reasons: bool = True,
    ) -> tuple[Match, ...]:
        """The paper's topics: the pinned ones in the order given, then the most certain first.

        Whatever is pinned stays, even beyond `limits.most` or forbidden. A paper without evidence has none.
        A pinned slug that no topic has is a `ValueError`: the caller, who knows where it stands, checks
        `slugs` first. Reasons take a while to tell; without them, those of the matches are empty.
        """
        kept = [self._index(slug) for slug in dict.fromkeys(pinned)]
        said = self._said(paper)
        scores = _scores(said)
        free = [t for t in scores if t not in kept and self.topics[t].slug not in forbidden]
        chosen = self._chosen(free, scores)[: max(0, self.limits.most - len(kept))]
        found = [*((topic, ("pinned by hand",)) for topic in kept), *((topic, ()) for topic in chosen)]
        return tuple(
            [
                Match(
                    self.topics[topic].slug,
                    round(scores.get(topic, 0.0), 2),
                    (*first, *_reasons(topic, said)) if with_reasons else (),
                )
                for topic, first in found
            ]
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

    def _said(self, paper: Paper) -> list[_Saying]:
        """Everything in the paper that says something about a topic."""
        keywords = [words_of(keyword) for keyword in paper.keywords]
        said: list[_Saying] = []
        for where, words in _parts(paper, keywords):
            for sayings in _find(words, self._root).values():
                said += sayings[where]
        opened = [words for words in keywords if words and words[0] in self._openings]
        for keyword in dict.fromkeys([" ".join(map(singular, words)) for words in opened]):
            said += self._keywords.get(keyword, ())
        for rank, category in enumerate(dict.fromkeys(paper.categories)):
            for name in {category: None, category.partition(".")[0]: None}:
                for topic, weight in self._categories.get(name, ()):
                    points = weight * _CATEGORY_FACTORS[rank > 0]
                    said.append(_Saying.of(topic, category, "as a category", points))
        return said


_Found = dict[str, Mapping[str, tuple[_Saying, ...]]]
"""Phrases, and what each says where it stands."""


class _Branch(NamedTuple):
    """The phrases that begin alike."""

    next: dict[str, _Branch]
    """By their next word in each of its spellings."""
    ending: _Found
    """Those that end here."""


def _grown(uses: _Uses) -> _Branch:
    """All phrases as a tree, to be found in one walk through a text."""
    root = _Branch({}, {})
    for phrase in uses:
        said = {
            where: tuple(
                _Saying.of(topic, phrase, where, weight * factor)
                for topic, weight in uses[phrase]
                if where != _ABSTRACT or weight > _RULED_OUT
            )
            for where, factor in _FACTORS.items()
        }
        for form in forms(phrase):
            branch = root
            for word in form:
                follower = branch.next.get(word) or _Branch({}, {})
                branch.next.update(dict.fromkeys(spellings(word), follower))
                branch = follower
            branch.ending[phrase] = said
    return root


def _find(words: list[str], root: _Branch) -> _Found:
    """The phrases in `words`, in their order. Of those that begin at one word the longest; none overlap."""
    found: _Found = {}
    after = 0
    begun = [(place, branch) for place, branch in enumerate(map(root.next.get, words), 1) if branch]
    if begun:
        words.append("")
    for end, (followers, longest) in begun:
        if end <= after:
            continue
        branch = followers.get(words[end])
        if longest:
            after = end
        while branch is not None:
            end += 1
            if branch.ending:
                longest, after = branch.ending, end
            branch = branch.next.get(words[end])
        if longest:
            found.update(longest)
    return found


def _parts(paper: Paper, keywords: Iterable[list[str]]) -> Iterator[tuple[str, list[str]]]:
    """The parts of a paper, as (where, words)."""
    apart = _SEAM.sub(" ", paper.title)
    title = words_of(paper.title)
    yield _TITLE, title if apart == paper.title else [*title, ".", *words_of(apart)]
    yield _KEYWORDS, list(chain.from_iterable([(*words, ".") for words in keywords]))[:-1]
    if paper.summary:
        yield _SUMMARY, words_of(paper.summary)
    yield _ABSTRACT, words_of(unescape(paper.abstract) if "\\" in paper.abstract else paper.abstract)


def _reasons(topic: int, said: Iterable[_Saying]) -> list[str]:
    """What speaks for the topic, the strongest first."""
    told = [(-abs(each.points), each.what, each.where, each.reason) for each in said if each.topic == topic]
    return [reason for *_, reason in sorted(told) if reason]


def _scores(said: Iterable[_Saying]) -> dict[int, float]:
    """The sum of points of every topic that something speaks for and nothing rules out."""
    scores: dict[int, float] = {}
    for topic, _, _, points, _ in said:
        scores[topic] = scores.get(topic, 0.0) + points
    return {topic: score for topic, score in scores.items() if score > _RULED_OUT}


def _phrases(evidence: Evidence) -> Iterator[Weighted]:
    yield from evidence.phrases
    yield from ((phrase, _RULED_OUT) for phrase in evidence.exclude)


def _uses(said: Iterable[tuple[str, int, float]]) -> dict[str, tuple[tuple[int, float], ...]]:
    uses: dict[str, tuple[tuple[int, float], ...]] = {}
    for what, topic, weight in said:
        uses[what] = (*uses.get(what, ()), (topic, weight))
    return uses
