"""A paper in a list as a ContextObject in a span (COinS), so that Zotero saves a whole list at once.

The text of the span's title is an OpenURL in key-value form (ANSI/NISO Z39.88-2004), of the Dublin Core
format: the only one in which the type of a thing is told in words, so that Zotero makes it a preprint.

A reference manager believes the authors it is told, and a card names three of ten. So a paper that has a DOI
names none here: Zotero then looks it up, and finds every one, the date and the abstract.

Forty of these must fit into what a day's page may weigh, compressed. So spaces, colons and commas stand as
they are: a title that is spelled as in the headline before it costs next to nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from urllib.parse import quote

from generator.pages.cards import Card
from generator.pages.machine.signposts import doi

_NOT_PLAIN = re.compile("[^A-Za-z0-9 :,/()!?._~-]+")
"""What is percent-encoded: all that could mean something in a ContextObject or in an attribute."""


@lru_cache(maxsize=1)
def coins_of(base_url: str) -> Callable[[Card], str]:
    """What makes the ContextObject of a card of the site at `base_url`. The same function each time, so that
    what was made with it can be kept."""

    def coin(card: Card) -> str:
        return context_object(card, base_url + card.paper.address)

    return coin


def context_object(card: Card, url: str) -> str:
    """The ContextObject of the paper on `card`, whose own page stands at `url` (absolute).

    Percent-encoded, so that no title can end a value or the attribute it stands in. The `&` between values
    needs no escape there: no character's name begins with `rft` (https://html.spec.whatwg.org/#named-character-references).
    """
    return "&".join(f"{key}={_NOT_PLAIN.sub(_percent, value)}" for key, value in _fields(card, url))


def _percent(found: re.Match[str]) -> str:
    return quote(found[0], safe="")


def _fields(card: Card, url: str) -> Iterator[tuple[str, str]]:
    paper_id = card.paper.address.rstrip("/").rpartition("/")[2]
    arxiv = doi(paper_id)
    yield "ctx_ver", "Z39.88-2004"
    yield "rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"
    yield "rft.type", "preprint"
    yield "rft_id", f"info:doi/{arxiv}" if arxiv else url
    yield "rft.title", card.paper.text
    if not arxiv:
        yield "rft.date", card.day.iso
        for author in card.authors:
            yield "rft.au", author
