"""What results show of papers, twenty to a file: two columns, numbers and lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from generator.search.codec import varints, zigzag
from generator.search.document import Document

CHUNK = 20
"""How many papers' records stand in one file."""
_PLAIN_ID = re.compile(r"([0-9]{4})\.([0-9]{5})")
_CUT = " …"


def columns(documents: Sequence[Document], topics: Mapping[str, int]) -> list[bytes]:
    """The numbers of `documents`, one paper after another, and their texts: all titles, authors, teasers, and
    the ids that numbers do not tell. `topics` has the number of each slug."""
    numbers: list[int] = []
    ids, month = [], 0
    for document in documents:
        held = [topics[slug] for slug in document.topics]
        is_cut = document.teaser.endswith(_CUT)
        numbers += (document.day.day, len(held) * 4 + is_cut * 2 + document.has_code, *held, document.others)
        plain = _PLAIN_ID.fullmatch(document.id)
        if plain:
            numbers += (zigzag(int(plain[1]) - month) + 1, int(plain[2]))
            month = int(plain[1])
        else:
            numbers.append(0)
            ids.append(document.id)
    texts = [
        *(document.title for document in documents),
        *(document.author for document in documents),
        *(document.teaser.removesuffix(_CUT) for document in documents),
        *ids,
    ]
    return [varints(numbers), _lines(texts)]


def _lines(texts: Iterable[str]) -> bytes:
    return "\n".join(" ".join(text.split()) for text in texts).encode("utf-8", "replace")
