"""What results show of papers, twenty to a file: two columns, numbers and lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from generator.search.codec import varints
from generator.search.document import Document

CHUNK = 20
"""How many papers' records stand in one file."""
_CUT = " …"


def columns(documents: Sequence[Document], topics: Mapping[str, int]) -> list[bytes]:
    """The numbers of `documents`, one paper after another, and their texts: all ids, titles, authors,
    teasers. `topics` has the number of each slug."""
    numbers: list[int] = []
    for document in documents:
        held = [topics[slug] for slug in document.topics]
        bits = document.has_code + 2 * document.teaser.endswith(_CUT) + 4 * len(held)
        numbers += (document.day.day, bits, document.others, *held)
    texts = [
        *(_short_id(document) for document in documents),
        *(document.title for document in documents),
        *(document.author for document in documents),
        *(document.teaser.removesuffix(_CUT) for document in documents),
    ]
    return [varints(numbers), _lines(texts)]


def _short_id(document: Document) -> str:
    """An id that begins with its paper's month, as most of arXiv do, without it: `.01234`."""
    return document.id.removeprefix(f"{document.day:%y%m}") if document.id[4:5] == "." else document.id


def _lines(texts: Iterable[str]) -> bytes:
    return "\n".join(" ".join(text.split()) for text in texts).encode("utf-8", "replace")
