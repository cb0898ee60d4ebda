"""Which topics a paper belongs to, from its own words, with reasons a person can read.

A topic names its evidence: phrases, feed keywords and arXiv categories, each with a weight, and phrases that
rule it out. A text is cut into words once; case, hyphens and plurals do not matter ("Reward models",
"reward-model" and "reward model" are one phrase); of phrases that begin at the same word the longest counts,
and no word counts twice.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

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
    """arXiv categories, such as `cs.RO`."""
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
    """When a topic counts: the best from `least`; a further one from `share` of the best, though a score
    below `further` never suffices and one of `enough` always does."""

    least: float = 2.5
    further: float = 6.0
    share: float = 0.6
    enough: float = 9.0
    most: int = 3


@dataclass(frozen=True, slots=True)
class _Place:
    """A part of a paper where phrases are looked for, and how much a phrase counts there."""

    name: str
    factor: float
    excludes: bool = True


_TITLE = _Place("in the title", 3.0)
_KEYWORDS = _Place("in the keywords", 1.2)
_SUMMARY = _Place("in the summary", 1.1)
_ABSTRACT = _Place("in the abstract", 1.0, excludes=False)
_KEYWORD_FACTOR = 1.2
_CATEGORY_FACTORS = (3.0, 1.0)
"""What a category counts: the primary one, the others."""

_WORD = re.compile(r"[^\W_]+|[.,;:!?()]")
"""A word, or a mark that no phrase reaches across."""

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
"""The seams of a name such as "VideoBench", which a title is also read with."""

_Form = tuple[str, ...]
"""A phrase as folded words."""

_Found = dict[tuple[str, _Place], None]
"""The phrases found and where, each once, in reading order."""


@dataclass(frozen=True, slots=True)
class _Use:
    """What a phrase says about one topic; `weight` None rules it out."""

    topic: int
    weight: float | None


@dataclass(frozen=True, slots=True)
class TopicMatcher:
    """Finds the topics of papers; built once from all topics by `of`, never changed."""

    topics: tuple[Topic, ...]
    limits: Limits
    _surface: Mapping[str, str] = field(repr=False)
    """Every spelling of every word that a phrase contains -> the folded word."""
    _begins: Mapping[str, tuple[tuple[_Form, tuple[str, ...]], ...]] = field(repr=False)
    """A first word -> what begins with it, the longest first: words, and every phrase written that way."""
    _phrases: Mapping[str, tuple[_Use, ...]] = field(repr=False)
    _keywords: Mapping[str, tuple[_Use, ...]] = field(repr=False)
    _categories: Mapping[str, tuple[_Use, ...]] = field(repr=False)

    @classmethod
    def of(cls, topics: Iterable[Topic], limits: Limits | None = None) -> TopicMatcher:
        """The matcher of `topics`, whose slugs differ."""
        topics = tuple(topics)
        phrases = _uses((p, t, w) for t, topic in enumerate(topics) for p, w in _spoken(topic.evidence))
        return cls(
            topics=topics,
            limits=limits or Limits(),
            _surface=_surface(word for phrase in phrases for form in _forms(phrase) for word in form),
            _begins=_begins(phrases),
            _phrases=phrases,
            _keywords=_uses(
                (_key(k), t, w) for t, topic in enumerate(topics) for k, w in topic.evidence.keywords
            ),
            _categories=_uses(
                (c, t, w) for t, topic in enumerate(topics) for c, w in topic.evidence.categories
            ),
        )

    @property
    def slugs(self) -> tuple[str, ...]:
        return tuple(topic.slug for topic in self.topics)

    def match(
        self, paper: Paper, *, pinned: Sequence[str] = (), forbidden: Collection[str] = ()
    ) -> tuple[Match, ...]:
        """The paper's topics: the pinned ones in the order given, then the most certain first.

        Nothing pinned is left out; otherwise there are at most `limits.most`. A paper without evidence has
        none. A pinned slug that no topic has is a `ValueError`: the caller, who knows where it stands, checks
        `slugs` first.
        """
        if unknown := sorted(set(pinned) - set(self.slugs)):
            raise ValueError(f"no topic has the slug {unknown[0]!r}")
        said = self._said(paper)
        scores = self._scores(said)
        ranked = sorted(scores, key=lambda t: (-scores[t], self.topics[t].slug))
        chosen = [
            t for t in ranked if self.topics[t].slug not in forbidden and self.topics[t].slug not in pinned
        ]
        chosen = self._chosen(chosen, scores)[: max(0, self.limits.most - len(pinned))]
        places = {topic.slug: t for t, topic in enumerate(self.topics)}
        return (
            *(self._pinned(places[slug], scores, said) for slug in pinned),
            *(Match(self.topics[t].slug, round(scores[t], 2), _reasons(t, said)) for t in chosen),
        )

    def _pinned(self, topic: int, scores: Mapping[int, float], said: Sequence[_Saying]) -> Match:
        reasons = ("pinned by hand", *_reasons(topic, said))
        return Match(self.topics[topic].slug, round(scores.get(topic, 0.0), 2), reasons)

    def _chosen(self, ranked: list[int], scores: Mapping[int, float]) -> list[int]:
        if not ranked or scores[ranked[0]] < self.limits.least:
            return []
        floor = min(self.limits.enough, max(self.limits.further, self.limits.share * scores[ranked[0]]))
        return [ranked[0], *(t for t in ranked[1:] if scores[t] >= floor)]

    def _said(self, paper: Paper) -> list[_Saying]:
        """Everything in the paper that says something about a topic."""
        found: _Found = {}
        self._find(f"{paper.title} ; {_CAMEL.sub(' ', paper.title)}", _TITLE, found)
        self._find(" ; ".join(paper.keywords), _KEYWORDS, found)
        self._find(paper.summary or "", _SUMMARY, found)
        self._find(unescape(paper.abstract) if "\\" in paper.abstract else paper.abstract, _ABSTRACT, found)
        said = [
            (phrase, place.name, place.factor, use)
            for phrase, place in found
            for use in self._phrases[phrase]
            if use.weight is not None or place.excludes
        ]
        for key in dict.fromkeys(map(_key, paper.keywords)):
            said += [(key, "as a keyword", _KEYWORD_FACTOR, use) for use in self._keywords.get(key, ())]
        for category in dict.fromkeys(paper.categories):
            factor = _CATEGORY_FACTORS[category != paper.categories[0]]
            said += [(category, "as a category", factor, use) for use in self._categories.get(category, ())]
        return said

    def _find(self, text: str, place: _Place, found: _Found) -> None:
        words = list(map(self._surface.get, _WORD.findall(text.lower())))
        after = 0
        for start, word in enumerate(words):
            if word is None or start < after or word not in self._begins:
                continue
            for form, phrases in self._begins[word]:
                if tuple(words[start : start + len(form)]) == form:
                    found.update(dict.fromkeys((phrase, place) for phrase in phrases))
                    after = start + len(form)
                    break

    def _scores(self, said: Sequence[_Saying]) -> dict[int, float]:
        scores: dict[int, float] = {}
        for _, _, factor, use in said:
            if use.weight is not None:
                scores[use.topic] = scores.get(use.topic, 0.0) + use.weight * factor
        for _, _, _, use in said:
            if use.weight is None:
                scores.pop(use.topic, None)
        return scores


_Saying = tuple[str, str, float, _Use]
"""What was found, where, how much it counts there, and what it says."""


def _reasons(topic: int, said: Sequence[_Saying]) -> tuple[str, ...]:
    points = [
        (use.weight * factor, what, where)
        for what, where, factor, use in said
        if use.topic == topic and use.weight
    ]
    points.sort(key=lambda point: (-abs(point[0]), point[1], point[2]))
    return tuple(f"'{what}' {where}, {point:.1f}" for point, what, where in points)


def _spoken(evidence: Evidence) -> Iterator[tuple[str, float | None]]:
    """The phrases of a topic as written, in lower case, with their weights; None rules out."""
    for phrase, weight in evidence.phrases:
        yield phrase.lower(), weight
    for phrase in evidence.exclude:
        yield phrase.lower(), None


def _uses(said: Iterable[tuple[str, int, float | None]]) -> dict[str, tuple[_Use, ...]]:
    uses: dict[str, tuple[_Use, ...]] = {}
    for what, topic, weight in said:
        uses[what] = (*uses.get(what, ()), _Use(topic, weight))
    return uses


def _begins(phrases: Iterable[str]) -> dict[str, tuple[tuple[_Form, tuple[str, ...]], ...]]:
    written: dict[_Form, tuple[str, ...]] = {}
    for phrase in phrases:
        for form in _forms(phrase):
            written[form] = (*written.get(form, ()), phrase)
    begins: dict[str, list[tuple[_Form, tuple[str, ...]]]] = {}
    for form in sorted(written, key=lambda form: (-len(form), form)):
        begins.setdefault(form[0], []).append((form, written[form]))
    return {word: tuple(candidates) for word, candidates in begins.items()}


def _forms(phrase: str) -> set[_Form]:
    """A phrase as words: its hyphens as gaps, and as nothing."""
    forms = {_folded(phrase), _folded(phrase.replace("-", ""))}
    return {form for form in forms if form}


def _key(keyword: str) -> str:
    """A keyword with case, hyphens and plurals folded."""
    return " ".join(_folded(keyword))


def _folded(text: str) -> _Form:
    return tuple(map(_singular, _WORD.findall(text.lower())))


def _singular(word: str) -> str:
    """A plural without its ending; anything else as it is."""
    if len(word) <= 3 or not word.endswith("s") or word.endswith(("ss", "us", "is", "ias")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("sses", "xes", "ches", "shes")) else word[:-1]


def _surface(words: Iterable[str]) -> dict[str, str]:
    """Every spelling, singular and plural, of the folded `words` -> the folded word."""
    surface: dict[str, str] = {}
    for word in sorted(set(words)):
        for spelling in (word, word + "s", word + "es", re.sub("y$", "ies", word)):
            if _singular(spelling) == word:
                surface[spelling] = word
    return surface
