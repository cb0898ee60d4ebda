"""CSL-JSON, which pandoc, Zotero and citeproc read: `article` is the Citation Style Language's type of a
preprint (https://docs.citationstyles.org/en/stable/specification.html#appendix-iii-types)."""

from __future__ import annotations

import json
from functools import lru_cache

from generator.citing import names, ris
from generator.citing.reference import Reference


@lru_cache(maxsize=50_000)
def item(reference: Reference) -> str:
    """One item as JSON on one line, without a line break at its end."""
    told: dict[str, object] = {"id": reference.key, "type": "article", "title": reference.title}
    if reference.authors:
        told["author"] = [_author(name) for name in reference.authors]
    told["issued"] = {"date-parts": [reference.date]}
    if reference.arxiv:
        told |= {"publisher": "arXiv", "number": f"arXiv:{reference.arxiv}", "DOI": reference.doi}
    told["URL"] = reference.url
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _author(name: str) -> dict[str, str]:
    parts = names.parse(name)
    if not parts.given:
        return {"literal": ris.author(name)}
    told = {"family": parts.family, "given": parts.given}
    return {**told, "suffix": parts.suffix} if parts.suffix else told
