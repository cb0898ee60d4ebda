"""The inverted index of a segment: for every term the papers that hold it, as columns of numbers."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import count

import numpy as np
from lunr.stemmer import PorterStemmer
from numpy.typing import NDArray

from generator.model.wordlist import WordList
from generator.search.analyzer import STOP_WORDS, pieces, term, terms_of, tokens
from generator.search.document import FIELDS, Document, Source
from generator.search.postings import ABSTRACT, FACET, SLOTS, Numbers, Postings, narrow

_BLOCK = 1 << 16
"""How many pieces are looked at at a time."""
_TEXTS = 1024
"""How many are read at a time."""
_SEVERAL = 200
_SHORT = 3
_STOP_WORDS = sorted(filter(str.isalpha, STOP_WORDS))
"""Those that are a piece each."""


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """The index of a segment. Papers are known by their place in `order`."""

    order: Numbers
    """Which paper of those given stands at each place. By month, and within it by the length of the abstract,
    so that lengths cost next to nothing to tell. Or, of a part that grows, as they were given."""
    terms: tuple[str, ...]
    """Sorted by `in_order`."""
    postings: Postings
    lengths: tuple[int, ...]
    """How many terms each abstract has."""
    totals: tuple[int, ...]
    """How many terms each field has in all papers together."""
    words: tuple[str, ...]
    """Words as they are written (folded), sorted by `in_order`."""
    often: tuple[int, ...]
    """How often each of them stands anywhere."""


def in_order(words: Collection[str]) -> list[str]:
    """`words` as a browser sorts strings: by UTF-16 code units. Those are code points, save beyond U+FFFF,
    where there is hardly ever a word."""
    text = "".join(words)
    if len(text.encode("utf-16-be")) == 2 * len(text):
        return sorted(words)
    return sorted(words, key=lambda word: word.encode("utf-16-be"))


def build(
    sources: Sequence[Source],
    *,
    as_given: bool = False,
    terms_of: Callable[[Sequence[str]], list[str]] = terms_of,
) -> Index:
    """The index of `sources`; where they stand `as_given`, one that is added at the end moves no other."""
    read = _Reader(source.document() for source in sources)
    words, parts = read.words()
    uses = read.uses(len(parts.sizes))
    written, often = _written(words, parts.count(uses, len(words)), 2 if len(sources) > _SEVERAL else 1)
    term_of = terms_of(words)
    terms = in_order({*term_of, *read.filters} - {""})
    ranks, filters = _ranks(terms, term_of, read.filters)
    del words, term_of
    parts = parts.replaced(ranks)
    lengths = read.lengths(parts.sizes).reshape(-1, len(FIELDS))
    placed = np.arange(len(sources), dtype=np.int32)
    if not as_given:
        long = lengths[:, ABSTRACT].tolist()
        key = [
            (each.day.year, each.day.month, size, each.id) for each, size in zip(sources, long, strict=True)
        ]
        placed = np.array(sorted(range(len(sources)), key=key.__getitem__), np.int32)
    place = np.empty(len(sources), np.int64)
    place[placed] = np.arange(len(sources))
    lengths = narrow(lengths[placed])
    held = parts.count(uses, len(terms)) + np.bincount(filters, minlength=len(terms))
    keys = partial(_keys, read, parts, uses, filters, place, len(terms))
    return Index(
        order=placed,
        terms=tuple(terms),
        postings=Postings.of(keys, held, lengths),
        lengths=tuple(lengths[:, ABSTRACT].tolist()),
        totals=tuple(lengths.sum(axis=0).tolist()),
        words=written,
        often=often,
    )


def _written(words: Iterable[str], often: Numbers, least: int) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Those `words` that stand at least so many times, in order, and how `often` each does."""
    common = {word: n for word, n in zip(words, often.tolist(), strict=True) if n >= least and _is_word(word)}
    ordered = tuple(in_order(common))
    return ordered, tuple([common[word] for word in ordered])


def _ranks(terms: Iterable[str], *named: Iterable[str]) -> list[Numbers]:
    """For each of `named` which of the `terms` it names; -1 for what is none."""
    rank = dict(zip(terms, count()))
    rank[""] = -1
    return [np.array(list(map(rank.__getitem__, names)), np.int64) for names in named]


def _keys(
    read: _Reader, parts: _Parts, uses: Numbers, filters: Numbers, place: Numbers, terms: int,
    first: int, last: int,
) -> Numbers:  # fmt: skip
    """The keys of the postings (see `Postings.of`) of terms from the rank `first` to before `last`: of those
    of texts, where `parts` gives the ranks in each piece and `uses` how often it stands, and of `filters`,
    ranks too. `place` is that of each paper. When those of the last of all `terms` are made, what was read
    is let go of."""
    parts = parts.within(first, last)
    filtering = np.flatnonzero((filters >= first) & (filters < last))
    held, papers = int(uses @ parts.sizes), len(place)
    keys = np.empty(held + len(filtering), np.int64)
    owners = place[np.frombuffer(read.filtered, np.uint32)[filtering]]
    keys[held:] = ((filters[filtering] - first) * papers + owners) * SLOTS + FACET
    slots = place.repeat(len(FIELDS)) * SLOTS + np.tile(np.arange(len(FIELDS)), papers)
    at = 0
    for block, texts in read.blocks():
        inside = np.flatnonzero(parts.sizes[block])
        ranks, sizes = parts.expand(block[inside])
        end = at + len(ranks)
        fields = slots[np.repeat(texts[inside], sizes)]
        keys[at:end] = (ranks.astype(np.int64) - first) * (papers * SLOTS) + fields
        at = end
    if last == terms:
        read.forget()
    return keys


@dataclass(frozen=True, eq=False)
class _Parts:
    """For each piece of text the numbers that stand for it, `sizes` of them."""

    sizes: Numbers
    numbers: Numbers

    @cached_property
    def _starts(self) -> Numbers:
        """Where those of each piece begin."""
        starts: Numbers = np.cumsum(self.sizes) - self.sizes
        return starts

    def replaced(self, by: Numbers) -> _Parts:
        """Each number `n` as `by[n]`; those that become negative are left out."""
        numbers = by[self.numbers]
        return self._only(numbers, numbers >= 0)

    def within(self, first: int, last: int) -> _Parts:
        """The numbers from `first` to before `last` alone."""
        return self._only(self.numbers, (self.numbers >= first) & (self.numbers < last))

    def _only(self, numbers: Numbers, wanted: NDArray[np.bool_]) -> _Parts:
        owner = np.repeat(np.arange(len(self.sizes)), self.sizes)[wanted]
        sizes = np.bincount(owner, minlength=len(self.sizes)).astype(np.int32)
        return _Parts(sizes, numbers[wanted])

    def expand(self, given: Numbers) -> tuple[Numbers, Numbers]:
        """The numbers of all pieces `given`, in order, and how many come from each."""
        sizes = self.sizes[given]
        ends = np.cumsum(sizes)
        start = self._starts[given] - (ends - sizes)
        return self.numbers[np.repeat(start, sizes) + np.arange(int(sizes.sum()))], sizes

    def count(self, often: Numbers, numbers: int) -> Numbers:
        """How often each number stands, where each piece stands so `often`."""
        return np.bincount(self.numbers, np.repeat(often, self.sizes), numbers).astype(np.int64)


class _Reader:
    """Reads documents one after another and keeps none: each piece of text as a number."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._known = WordList()
        self._known.numbers(pieces(_STOP_WORDS))
        self._stopped = np.zeros(len(self._known), np.int64)
        """How often each of the stop words stands: the first of all pieces. They are a quarter of a text, no
        posting holds them, and so they are not kept."""
        self._organizations: dict[str, tuple[str, ...]] = {"": ()}
        self._stemmer = PorterStemmer()
        self._read, self._sizes = array("I"), array("I")
        self.filters: list[str] = []
        """Terms that no text can hold and that only filter, as often as a paper has them."""
        self.filtered = array("I")
        """Which paper has each."""
        texts: list[str] = []
        for place, document in enumerate(documents):
            before = len(self.filters)
            self.filters += self._facets(document)
            self.filtered.extend([place] * (len(self.filters) - before))
            texts += document.texts
            if len(texts) >= _TEXTS:
                self._add(texts)
                texts = []
        self._add(texts)

    def _add(self, texts: Sequence[str]) -> None:
        if texts:
            numbers, counts = self._known.numbers(pieces(texts))
            stops = len(self._stopped)
            is_kept = numbers >= stops
            self._stopped += np.bincount(numbers[~is_kept], minlength=stops)
            kept = np.concatenate(([0], np.cumsum(is_kept)))[np.cumsum(counts)]
            self._read.frombytes(numbers[is_kept].astype(np.uint32).tobytes())
            self._sizes.frombytes(np.diff(kept, prepend=0).astype(np.uint32).tobytes())

    def blocks(self) -> Iterator[tuple[Numbers, Numbers]]:
        """All pieces but stop words, in the order of the texts, and the number of the text that each stands
        in; a paper has as many texts as there are FIELDS. All at once would take many times the memory."""
        pieces = np.frombuffer(self._read, np.uint32)
        ends = np.cumsum(np.frombuffer(self._sizes, np.uint32), dtype=np.int64)
        for start in range(0, len(pieces), _BLOCK):
            block = pieces[start : start + _BLOCK]
            end = start + len(block)
            first, last = np.searchsorted(ends, (start, end - 1), "right")
            begins = np.concatenate(((start,), ends[first:last], (end,)))
            yield block, np.arange(first, last + 1).repeat(np.diff(begins))

    def forget(self) -> None:
        """Let go of all that was read."""
        self._read, self._sizes = array("I"), array("I")

    def uses(self, pieces: int) -> Numbers:
        """How often each of all `pieces` stands."""
        read, found = np.frombuffer(self._read, np.uint32), np.zeros(pieces, np.int64)
        for start in range(0, len(read), _BLOCK):
            found += np.bincount(read[start : start + _BLOCK], minlength=pieces)
        found[: len(self._stopped)] += self._stopped
        return found

    def lengths(self, sizes: Numbers) -> Numbers:
        """The length of each text, where each piece has one of `sizes`."""
        found = np.zeros(len(self._sizes), np.int64)
        for block, texts in self.blocks():
            found += np.bincount(texts, sizes[block], len(found)).astype(np.int64)
        return found

    def words(self) -> tuple[list[str], _Parts]:
        """All words as they are written, and which of them each piece holds. To be asked once: what the
        pieces are is then let go."""
        known: defaultdict[str, int] = defaultdict(count().__next__)
        pieces, self._known = self._known.words(), WordList()
        numbers, sizes = array("i"), np.ones(len(pieces), np.int32)
        for place, piece in enumerate(pieces):
            if piece.isalnum():
                numbers.append(known[piece])
            else:
                before = len(numbers)
                numbers.extend([known[token] for token in tokens(piece)])
                sizes[place] = len(numbers) - before
        return list(known), _Parts(sizes, np.frombuffer(numbers, np.int32))

    def _facets(self, document: Document) -> Iterable[str]:
        if document.organization not in self._organizations:
            held = {term(word, self._stemmer) for word in tokens(document.organization)} - {""}
            self._organizations[document.organization] = tuple(f"@org:{word}" for word in sorted(held))
        if document.has_code:
            yield "@code"
        for slug in document.topics:
            yield f"@topic:{slug}"
        yield from self._organizations[document.organization]


def _is_word(token: str) -> bool:
    return len(token) >= _SHORT and token.isalpha()


def shared_out(sizes: Iterable[int], parts: int) -> list[int]:
    """Where each of `parts` begins so that all are about equally large; what is too large stands alone."""
    sizes = list(sizes)
    starts, left = [0], sum(sizes)
    held, target = 0, left / parts
    for at, size in enumerate(sizes):
        if held and held + size / 2 > target and len(starts) < parts:
            starts.append(at)
            left -= held
            held, target = 0, left / (parts - len(starts) + 1)
        held += size
    return starts + [len(sizes)] * (parts - len(starts))
