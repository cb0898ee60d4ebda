"""Papers that nobody wrote, with everything in them that a file format could trip over."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from generator.model import markup
from generator.model.paper import Organization, Paper

TRAPS = (
    "no", "null", "~", "true", "1984", "1e3", "0x1F", "0o7", "1_000", "190:20:30", ".inf", "2024-01-01",
    "2025-13-45", "=", "<<", "- x", "-", "--- x", "---", "...", "{a: b}", "{", "[a, b]", "]", "a: b",
    ": ", "b:", "# c", "a # b", "#", "'", '"', "''", "it's", '"quoted"', "`code`", "@user", "%YAML",
    "!tag", "&anchor", "*alias", "| x", "> x", "? x", ", x", "a, b", "\\", "\\n", "tail ", " head",
    "\ttab\t", "🚲", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "智谱", "π₀", "שלום", "\u202eabc", "a\x85b", "a\u2028b", "a\u2029b",
    "\ufeffa", "a\ufeff", "a\xa0b", "e\u0301", "\u200b", "<think>", "{{ x }}", "{% raw %}",
    "<<<<<<< HEAD", "=======", ">>>>>>> x", "||||||| y", "id: 1", "note: x", "x" * 5000, "wheel " * 400,
)  # fmt: skip
_NO_TEXT = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")

TEXT = st.lists(st.sampled_from(TRAPS) | st.text(max_size=5), min_size=1, max_size=4).map("".join)
LINES = TEXT.map(lambda text: _NO_TEXT.sub("", text)).filter(lambda text: bool(text.strip()))
DATES = st.dates(date(1900, 1, 1), date(2100, 12, 31))
IDS = st.from_regex(r"[0-9]{4}\.[0-9]{5}|[A-Za-z0-9][A-Za-z0-9._-]{0,8}[A-Za-z0-9]", fullmatch=True).filter(
    lambda text: ".." not in text
)
ABSTRACTS = st.lists(LINES, max_size=4).map(lambda lines: markup.escape("\n".join(lines)))

_ATTRIBUTES = {"topics": "pinned_topics", "not_topics": "forbidden_topics"}
_WITHHOLDABLE = (
    "authors", "author_count", "submitted_by", "organization", "keywords", "categories", "doi", "journal_ref",
    "summary", "github", "project", "topics", "not_topics",
)  # fmt: skip


def _tuples(values: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(values, max_size=3).map(tuple)


@st.composite
def papers(draw: st.DrawFn, paper_id: str | None = None) -> Paper:
    """Any paper that a file can hold."""
    days = draw(st.sets(DATES, max_size=3))
    paper = Paper(
        id=paper_id or draw(IDS),
        title=draw(LINES),
        authors=draw(_tuples(LINES)),
        author_count=draw(st.none() | st.integers(1, 5000)),
        published=draw(DATES if not days else st.none() | DATES),
        days=tuple(sorted(days)),
        submitted_by=draw(st.none() | LINES),
        organization=draw(st.none() | st.builds(Organization, LINES, LINES)),
        keywords=draw(_tuples(LINES)),
        categories=draw(_tuples(LINES)),
        doi=draw(st.none() | LINES),
        journal_ref=draw(st.none() | LINES),
        summary=draw(st.none() | LINES),
        github=draw(st.none() | LINES),
        project=draw(st.none() | LINES),
        abstract=draw(ABSTRACTS),
        pinned_topics=draw(_tuples(LINES)),
        forbidden_topics=draw(_tuples(LINES)),
    )
    withheld = draw(st.sets(st.sampled_from(_WITHHOLDABLE), max_size=2))
    empty: dict[str, Any] = {
        _ATTRIBUTES.get(name, name): Paper.__dataclass_fields__[_ATTRIBUTES.get(name, name)].default
        for name in withheld
    }
    return replace(paper, **empty, withheld=frozenset(withheld))
