"""CSL-JSON, which pandoc, Zotero and citeproc read: `article` is the Citation Style Language's type of a
preprint (https://docs.citationstyles.org/en/stable/specification.html#appendix-iii-types)."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from generator.citing import names, ris
from generator.citing.reference import Reference


def item(reference: Reference) -> str:
    """One item as JSON on one line, without a line break at its end."""
    told: dict[str, object] = {"id": reference.key, "type": "article", "title": reference.title}
    if reference.authors:
        told["author"] = [_author(name) for name in reference.authors]
    told["issued"] = {"date-parts": [reference.date]}
    if reference.arxiv:
        told |= {"publisher": "arXiv", "number": f"arXiv:{reference.arxiv}", "DOI": reference.doi}
    told["URL"] = reference.url
    return _encoder.encode(told).decode()


@lru_cache(maxsize=names.KEPT)
def _author(name: str) -> msgspec.Raw:
    parts = names.parse(name)
    if not parts.given:
        told = {"literal": ris.author(name)}
    else:
        told = {"family": parts.family, "given": parts.given}
        if parts.suffix:
            told["suffix"] = parts.suffix
    return msgspec.Raw(_encoder.encode(told))


_encoder = msgspec.json.Encoder()
