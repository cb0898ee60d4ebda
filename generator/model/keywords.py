"""The feed's keywords, one for each meaning: what differs only by case, plural, hyphen or script is one.

Both the meaning and the address of a keyword are a function of its text alone. So an address never changes,
whatever papers come later or are found for earlier days, and no two keywords want the same one.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from operator import attrgetter

from generator.model.lazily import Lazily
from generator.model.mentions import Mentions
from generator.model.names import MOST, RESERVED, slugify, spell
from generator.model.paper import Paper
from generator.model.plurals import singular
from generator.model.slugs import KnownSlugs

_PLAIN = re.compile(r"[A-Za-z0-9 \-]*")

_JOINED = frozenset({
    "auto", "bi", "de", "fine", "geo", "hyper", "micro", "mid", "mis", "multi", "non", "omni", "photo", "pre",
    "pseudo", "re", "semi", "spatio", "sub", "super", "un",
})  # fmt: skip
"""Beginnings of words that are written apart, with a hyphen or in one, as people like."""
_ALSO_JOINED = frozenset({
    ("audio", "visual"), ("common", "sense"), ("cross", "lingual"), ("dall", "e"), ("data", "set"),
    ("deep", "research"), ("in", "painting"), ("key", "frame"), ("out", "painting"), ("screen", "shot"),
    ("u", "net"),
})  # fmt: skip
_PARTED = _JOINED | {first for first, _ in _ALSO_JOINED}

_NUMBERED = re.compile(r"(?<=[a-z]{3})(?=[0-9])")
"""Where a name meets its number: `gpt4o` and `GPT-4o` are one. Not in `h100`, `t5`, `v2`."""

_TEX_ACCENT = re.compile(r"\\[`'^\"~=.](?=\{?[A-Za-z])")
_TEX_STYLE = re.compile(r"\\(?:text[a-z]*|math[a-z]*|emph|operatorname)\b")
_TEX_MARKS = re.compile(r"[\\${}^]")
_TEX_INDEX = re.compile(r"_(?=\{|[0-9]|\\)")
_TEX_POWER = re.compile(r"(?<=[0-9])\$?\^")

_SIGNS = str.maketrans({
    "+": " plus ", "&": " and ", "@": " at ", "#": " sharp ", "*": " asterisk ", "=": " is ",
    "%": " percent ", "'": "", "’": "", "‘": "", "`": "",
})  # fmt: skip
_POSSESSIVE = re.compile(r"['’]s\b")
_ABBREVIATION = re.compile(r"\s*\(([A-Za-z0-9][A-Za-z0-9&./-]{0,14})\)?")
_EDGES = " \t\r\n.,;:!?\"'`“”‘’-–—·•"
"""Punctuation that says nothing at either end of a keyword."""


@dataclass(frozen=True, slots=True)
class Keyword:
    """What papers are said to be about, in all its spellings."""

    slug: str
    """Its address and its identity; see `fold_keyword`."""
    name: str
    """The spelling that most papers use; of equals, the first by code point."""
    spellings: tuple[str, ...]
    """All of them, in that order."""
    papers: tuple[Paper, ...]
    """Newest day first, then by id."""


@dataclass(frozen=True, slots=True)
class Keywords:
    """Every keyword of an archive by its slug, and of every spelling which keyword it is."""

    by_slug: Mapping[str, Keyword]
    """Each is made when it is asked for: most stand in one paper, and nobody asks more than their slug."""
    slugs: KnownSlugs
    """By the text in the paper; a text that says nothing has none."""
    mentions: Mentions
    """Of keywords, by slug."""

    @classmethod
    def of(cls, papers: Sequence[Paper], slugs: KnownSlugs | None = None) -> Keywords:
        """The keywords of `papers`, whose order (newest day first) theirs keep. `slugs` are those that
        somebody knows already."""
        slugs = KnownSlugs(fold_keyword) if slugs is None else slugs
        mentions = Mentions(papers, attrgetter("keywords"), slugs)
        return cls(Lazily(mentions, partial(_keyword, slugs, mentions)), slugs, mentions)

    def name_of(self, slug: str) -> str:
        """The name of the keyword with that slug."""
        only = self.slugs.only(slug)
        return clean(only) or only or self.by_slug[slug].name

    def of_text(self, text: str) -> Keyword | None:
        """The keyword that `text`, as it stands in a paper, is a spelling of."""
        slug = self.slugs.get(text)
        return self.by_slug[slug] if slug else None


def fold_keyword(text: str) -> str:
    """The slug that every spelling of a keyword has; empty where `text` says nothing.

    Case, accents and compatible forms (UAX #15), hyphens, plurals, a possessive, what is left of TeX, and an
    abbreviation in brackets behind what it abbreviates make no difference:
    `Large Language Models (LLMs)` is `large-language-model`.
    """
    if not _PLAIN.fullmatch(text):
        text = _plain(text)
    words = [folded for word in text.replace("-", " ").split() if (folded := _folded_word(word))]
    if not _PARTED.isdisjoint(words):
        words = _joined(words)
    slug = "-".join(words)
    return slug if slug.isascii() and len(slug) <= MOST and slug not in RESERVED else slugify(slug)


def clean(text: str) -> str:
    """`text` as people read it: white space and the punctuation around it put right."""
    text = " ".join(text.split()).strip(_EDGES)
    if text.startswith("(") and ")" not in text:
        text = text[1:]
    return text


def _keyword(slugs: KnownSlugs, mentions: Mentions, slug: str) -> Keyword:
    papers = mentions.of(slug)
    if only := slugs.only(slug):
        name = clean(only) or only
        return Keyword(slug, name, (name,), papers)
    uses = Counter(
        [clean(text) or text for paper in papers for text in paper.keywords if slugs.get(text) == slug]
    )
    spellings = tuple(sorted(uses, key=lambda text: (-uses[text], text)))
    return Keyword(slug, spellings[0], spellings, papers)


@lru_cache(maxsize=2**14)
def _folded_word(word: str) -> str:
    """One word in lower case and the singular, its number apart."""
    lower = word.lower() if word.isascii() else spell(word)
    return _NUMBERED.sub("-", singular(lower, word))


def _joined(words: list[str]) -> list[str]:
    """`words`, those that are one joined: `fine`, `tuning` as `finetuning`."""
    done: list[str] = []
    for word in reversed(words):
        if done and (word in _JOINED or (word, done[-1]) in _ALSO_JOINED):
            done[-1] = word + done[-1]
        else:
            done.append(word)
    return done[::-1]


def _plain(text: str) -> str:
    """`text` as words: TeX, signs, abbreviations in brackets and marks told or left out."""
    text = unicodedata.normalize("NFKC", text)
    if "\\" in text or "$" in text:
        text = _without_tex(text)
    text = _POSSESSIVE.sub("", _without_abbreviations(text.replace("^", ""))).translate(_SIGNS)
    return "".join(char if char.isalnum() or unicodedata.combining(char) else " " for char in text)


def _without_tex(text: str) -> str:
    text = _TEX_STYLE.sub("", _TEX_ACCENT.sub("", text))
    return _TEX_MARKS.sub("", _TEX_INDEX.sub("", _TEX_POWER.sub(" ", text)))


def _without_abbreviations(text: str) -> str:
    """`text` without brackets that hold an abbreviation of the words before them."""
    return _ABBREVIATION.sub(
        lambda found: "" if abbreviates(found[1], text[: found.start()]) else found.group(), text
    )


def abbreviates(short: str, words: str) -> bool:
    """Whether `short` abbreviates the end of `words`: its letters stand there in order, the first at the
    beginning of a word (Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions",
    PSB 2003). A 2 stands for "to", as in T2I."""
    letters = [char for char in short.rstrip("s").casefold().replace("2", "t") if char.isalnum()]
    text = words.casefold()
    place = len(text)
    for first, letter in reversed(list(enumerate(letters))):
        place = text.rfind(letter, 0, place)
        while not first and place > 0 and text[place - 1].isalnum():
            place = text.rfind(letter, 0, place)
        if place < 0:
            return False
    return bool(letters)
