"""arXiv on this machine: Atom as it writes it, of papers that nobody wrote."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

from .loopback import Answer, Loopback, Request, say

HEAD = (
    "<?xml version='1.0' encoding='UTF-8'?>\n"
    '<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" '
    'xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">\n'
    "<id>https://arxiv.org/api/x</id><title>arXiv Query</title><updated>2025-11-11T18:34:08Z</updated>\n"
)
DAY = "2025-11-06"


def entry(number: int = 1, **fields: Any) -> str:
    """An entry as arXiv writes it; a field that is None is left out."""
    given: dict[str, Any] = {
        "id": f"2511.{number:05d}",
        "version": "v2",
        "title": f"Wheels in $\\mathcal{{O}}(n^{number})$,\n  turned",
        "summary": f"We turn wheel {number} in $O(n)$ steps\nfor \\$5, \\emph{{twice}}.\n  Then a < b & c.",
        "published": f"{DAY}T17:59:59Z",
        "authors": ["Ida Rode", "Ómar Quist"],
        "categories": ["cs.CL", "cs.LG", "I.2.7"],
        "primary": "cs.LG",
        "doi": None,
        "journal_ref": None,
        **fields,
    }
    parts = [f"<id>http://arxiv.org/abs/{given['id']}{given['version']}</id>"]
    parts += [
        f"<{name}>{escape(given[name])}</{name}>"
        for name in ("title", "summary", "published")
        if given[name] is not None
    ]
    parts += [f"<author><name>{escape(name)}</name></author>" for name in given["authors"]]
    parts += [
        f'<category term="{term}" scheme="http://arxiv.org/schemas/atom"/>' for term in given["categories"]
    ]
    if given["primary"]:
        parts.append(f'<arxiv:primary_category term="{given["primary"]}"/>')
    parts += [
        f"<arxiv:{name}>{escape(given[name])}</arxiv:{name}>"
        for name in ("doi", "journal_ref")
        if given[name]
    ]
    return "<entry>" + "\n".join(parts) + "</entry>"


def feed(entries: Iterable[str], total: object = None) -> bytes:
    entries = list(entries)
    told = len(entries) if total is None else total
    return (
        f"{HEAD}<opensearch:totalResults>{told}</opensearch:totalResults>{''.join(entries)}</feed>".encode()
    )


def listing(entries: Iterable[str], total: object = None, status: int = 200) -> Answer:
    return say(status, feed(entries, total), Content_Type="application/atom+xml; charset=utf-8")


def error(reason: str, status: int = 400) -> Answer:
    """How arXiv says that a query is wrong."""
    body = (
        "<entry><id>https://arxiv.org/api/errors#incorrect_id_format_for_x</id><title>Error</title>"
        f"<summary>{escape(reason)}</summary></entry>"
    )
    return listing([body], 1, status)


class Arxiv(Loopback):
    """Answers queries by day and by id from `days` (day -> entries) and `papers` (id -> entry)."""

    def __init__(
        self, days: dict[str, Sequence[str]] | None = None, papers: dict[str, str] | None = None
    ) -> None:
        self.days, self.papers = days or {}, papers or {}
        super().__init__(choose=self._choose_answer)

    @property
    def url(self) -> str:
        return f"{self.origin}/api/query"

    @property
    def asked_ids(self) -> list[list[str]]:
        """The ids of each request that names any."""
        queries = (parse_qs(urlsplit(each.path).query) for each in self.requests)
        return [query["id_list"][0].split(",") for query in queries if "id_list" in query]

    def _choose_answer(self, request: Request) -> Answer:
        query = request.query
        start, most = int(query.get("start", 0)), int(query.get("max_results", 10))
        if "id_list" in query:
            ids = query["id_list"].split(",")
            wrong = [each for each in ids if not 1 <= int(each[2:4]) <= 12]
            if wrong:
                return error(f"incorrect id format for {wrong[0]}")
            found = [self.papers[each] for each in ids if each in self.papers]
        else:
            day = re.search(r"submittedDate:\[(\d{4})(\d{2})(\d{2})0000", query["search_query"])
            assert day, query
            found = list(self.days.get("-".join(day.groups()), ()))
        return listing(found[start : start + most], len(found))
