"""The inverted index of a segment: for every term the papers that hold it, as columns of numbers."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
from lunr.stemmer import PorterStemmer
from numpy.typing import NDArray

from generator.search.analyzer import term, tokens
from generator.search.document import FIELDS, Document

Numbers = NDArray[np.integer]

_SEVERAL = 200
_SHORT = 3
_FACET = len(FIELDS)
"""Stands for a field where a term only filters."""
_SLOTS = 8
"""Room for every field, and for facets, in a sort key."""
_ABSTRACT = FIELDS.index("abstract")
_ONCE = np.array([1, 2, 4, 8, 0], np.uint8)
_MORE = np.array([16, 32, 64, 128, 0], np.uint8)


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """Columns over all terms, in their order. Shapes: `papers` one number a term; `gaps` and `masks` one a
    paper of a term; `counts` and `lengths` as many as the masks say."""

    papers: Numbers
    """How many hold the term."""
    gaps: Numbers
    """How many papers lie between one that holds the term and the next."""
    masks: Numbers
    """Which fields hold it (bits 1, 2, 4, 8 in the order of FIELDS), and which more than once (16 to 128)."""
    counts: Numbers
    """For each field that holds it more than once: how often, less two."""
    lengths: Numbers
    """For each field that holds it but the abstract: how many terms that field has."""
    starts: Numbers
    """Three rows, a column a term and one more: where the term begins in gaps and masks, counts, lengths."""


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """The index of a segment. Papers are known by their place in `documents`."""

    documents: tuple[Document, ...]
    """By month, and within one by the length of the abstract: lengths then cost next to nothing to tell.
    Or, of a part that grows, as they were given."""
    terms: tuple[str, ...]
    """Sorted by `order`."""
    postings: Postings
    lengths: tuple[int, ...]
    """How many terms each abstract has."""
    totals: tuple[int, ...]
    """How many terms each field has in all papers together."""
    words: tuple[tuple[str, int], ...]
    """Words as they are written (folded), each with how often it stands anywhere; sorted by `order`."""


def order(word: str) -> bytes:
    """The key by which a browser sorts strings: UTF-16 code units."""
    return word.encode("utf-16-be")


def build(documents: Sequence[Document], *, as_given: bool = False) -> Index:
    """The index of `documents`; where they stand `as_given`, one that is added at the end moves no other."""
    vocabulary: defaultdict[str, int] = defaultdict(count().__next__)
    number: Callable[[str], int] = vocabulary.__getitem__
    read, sizes = array("I"), array("I")
    for document in documents:
        for text in document.texts:
            before = len(read)
            read.extend(map(number, tokens(text)))
            sizes.append(len(read) - before)
    words = list(vocabulary)
    often = np.bincount(np.frombuffer(read, np.uint32), minlength=len(words)).tolist()
    stemmer = PorterStemmer()
    term_of = [term(word, stemmer) for word in words]
    facets = [_facets(document, stemmer) for document in documents]
    terms = sorted({*term_of, *(name for names in facets for name in names)} - {""}, key=order)
    rank = {name: place for place, name in enumerate(terms)} | {"": -1}

    ranks = np.array([rank[name] for name in term_of], np.int32)[np.frombuffer(read, np.uint32)]
    where = np.repeat(np.arange(len(sizes), dtype=np.int32), np.frombuffer(sizes, np.uint32))[ranks >= 0]
    del read
    lengths = np.bincount(where, minlength=len(sizes)).reshape(-1, len(FIELDS))
    placed = list(range(len(documents)))
    if not as_given:
        placed.sort(
            key=lambda at: (
                documents[at].day.strftime("%Y-%m"),
                int(lengths[at, _ABSTRACT]),
                documents[at].id,
            )
        )
    place = np.empty(len(documents), np.int32)
    place[placed] = np.arange(len(documents))
    keys = ranks[ranks >= 0].astype(np.int64)
    keys *= len(documents)
    keys += place[where // len(FIELDS)]
    keys *= _SLOTS
    keys += where % len(FIELDS)
    del ranks, where
    filters = [
        (rank[name] * len(documents) + int(place[at])) * _SLOTS + _FACET
        for at, names in enumerate(facets)
        for name in names
    ]
    lengths = lengths[placed]
    least = 2 if len(documents) > _SEVERAL else 1
    common = [(word, n) for word, n in zip(words, often, strict=True) if n >= least and _is_word(word)]
    return Index(
        documents=tuple(documents[at] for at in placed),
        terms=tuple(terms),
        postings=_postings(np.concatenate([keys, np.array(filters, np.int64)]), lengths, len(terms)),
        lengths=tuple(lengths[:, _ABSTRACT].tolist()),
        totals=tuple(lengths.sum(axis=0).tolist()),
        words=tuple(sorted(common, key=lambda pair: order(pair[0]))),
    )


def _facets(document: Document, stemmer: PorterStemmer) -> tuple[str, ...]:
    """Terms that no text can hold and that only filter."""
    organization = {term(word, stemmer) for word in tokens(document.organization)} - {""}
    code = ("@code",) if document.has_code else ()
    topics = (f"@topic:{slug}" for slug in document.topics)
    return (*code, *topics, *(f"@org:{word}" for word in organization))


def _is_word(token: str) -> bool:
    return len(token) >= _SHORT and token.isalpha()


def _postings(keys: Numbers, lengths: Numbers, terms: int) -> Postings:
    """The columns of all terms. A key is (rank of the term, place of the paper, field) as one number, and
    stands as often as the field holds the term; `lengths` has a row of fields for each place."""
    keys.sort()
    first = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1]))) if len(keys) else keys
    often = np.diff(first, append=len(keys)).astype(np.int32)
    keys = keys[first]
    field = (keys % _SLOTS).astype(np.uint8)
    keys //= _SLOTS
    begin = np.flatnonzero(np.diff(keys, prepend=-1))
    papers = max(len(lengths), 1)
    place = (keys % papers).astype(np.int32)
    keys //= papers
    owner = keys.astype(np.int32)
    del keys, first
    bits = _ONCE[field] + np.where(often > 1, _MORE[field], np.uint8(0))
    masks = np.add.reduceat(bits, begin) if len(bits) else bits
    held, at = owner[begin], place[begin]
    opens = np.diff(held, prepend=-1) != 0
    gaps = np.where(opens, at, np.diff(at, prepend=0) - 1)
    is_many, is_short = (often > 1) & (field != _FACET), field < _ABSTRACT
    ends = [np.bincount(each, minlength=terms) for each in (held, owner[is_many], owner[is_short])]
    return Postings(
        papers=ends[0],
        gaps=gaps,
        masks=masks.astype(np.uint8),
        counts=often[is_many] - 2,
        lengths=lengths[place[is_short], field[is_short]],
        starts=np.stack([np.concatenate(([0], np.cumsum(each))) for each in ends]),
    )


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
