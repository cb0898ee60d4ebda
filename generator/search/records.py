"""What results show of papers, twenty to a file: two columns, bits and lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from generator.search.codec import bits
from generator.search.document import Record

CHUNK = 20
"""How many papers' records stand in one file."""
_CUT = " …"
_ARXIV = re.compile(r"([0-9]{4})\.([0-9]{5})")
_ID_BITS = 17
"""Room for five digits."""


def columns(records: Sequence[Record], topics: Mapping[str, int]) -> list[bytes]:
    """The figures of `records` in bits, and their texts: all titles, authors, teasers, then the ids that
    the figures do not tell. `topics` has the number of each slug."""
    width = topic_bits(len(topics))
    numbers = [_number(record) for record in records]
    figures = [
        _figures(record, [topics[slug] for slug in record.topics], width, number)
        for record, number in zip(records, numbers, strict=True)
    ]
    texts = [
        *(record.title for record in records),
        *(record.author for record in records),
        *(record.teaser.removesuffix(_CUT) for record in records),
        *(record.id for record, number in zip(records, numbers, strict=True) if number is None),
    ]
    return [bits("".join(figures)), _lines(texts)]


def topic_bits(topics: int) -> int:
    """How many bits the number of one of so many `topics` takes."""
    return max(topics - 1, 1).bit_length()


def _figures(record: Record, topics: Sequence[int], width: int, number: int | None) -> str:
    """In noughts and ones: the day of the month; whether there is code; whether the summary goes on; each
    topic after a one, then a nought; how many authors are not named, plus one, as Elias' gamma code; the
    number of the id after a one, or a nought."""
    others = f"{record.others + 1:b}"
    held = "".join([f"1{topic:0{width}b}" for topic in topics])
    known = "0" if number is None else f"1{number:0{_ID_BITS}b}"
    goes_on = record.teaser.endswith(_CUT)
    told = f"{record.day.day:05b}{record.has_code:b}{goes_on:b}{held}0"
    return f"{told}{'0' * (len(others) - 1)}{others}{known}"


def _number(record: Record) -> int | None:
    """What the id says beside its paper's month, as most of arXiv say it: 1234 of `2501.01234`."""
    found = _ARXIV.fullmatch(record.id)
    return int(found[2]) if found and found[1] == f"{record.day:%y%m}" else None


def _lines(texts: Iterable[str]) -> bytes:
    return "\n".join(" ".join(text.split()) for text in texts).encode("utf-8", "replace")
