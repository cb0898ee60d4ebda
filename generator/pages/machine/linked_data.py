"""A paper as JSON-LD of schema.org (https://schema.org/ScholarlyArticle), for search engines."""

from __future__ import annotations

import msgspec

from generator.pages.machine.signposts import doi_address
from generator.pages.paper import PaperView

_AUTHORS = 3
"""How many are told here at most: all of them stand in the Highwire tags, and so do the keywords."""


def linked_data(view: PaperView) -> str:
    """The paper as the text of a `<script type="application/ld+json">` on its own page.

    No abstract and no publisher: the one stands on the page, the other is not known. Nothing in it can end
    the element, since every `<` is written as an escape. No address of the site is in it, so that the text,
    and with it the digest that the policy names, is the same wherever the site stands.
    """
    told: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "headline": view.title,
        "author": [{"@type": "Person", "name": author.text} for author in view.authors[:_AUTHORS]],
        "datePublished": view.published.iso if view.published else "",
        "identifier": "" if view.arxiv else view.id,
        "sameAs": doi_address(view.id),
    }
    known = {name: value for name, value in told.items() if value}
    return msgspec.json.encode(known).decode().replace("<", "\\u003c")
