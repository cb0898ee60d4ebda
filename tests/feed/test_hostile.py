"""What strangers may type. Each record stands between two good entries, which must not suffer from it.

A record ends as it should when it is kept harmless, kept with a note on what was left out, or refused with a
reason, as its table says; whatever is kept or said is then fit for a file, a page, a feed and a terminal.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.errors import NotAPage, Problem
from generator.feed.answer import Answer, Unreadable, parse_answer
from generator.feed.entry import DayPage, Entry
from generator.feed.normalise import KNOWN_FIELDS, KNOWN_PAPER_FIELDS
from generator.model.paper import PAPER_ID

from .invented import DAY, entry, full, page_of

KEPT, NOTED, REFUSED = "kept", "kept with a note", "refused"
MEGABYTE = "All of it stays. " * 61_681
FORBIDDEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
WINDOWS = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)

IDS_REFUSED: list[object] = [
    None, 5, 2511.00001, True, [], {}, ["2511.00001"], {"id": "2511.00001"}, "", " ", "\0",
    "../../etc/passwd", "/etc/passwd", "..\\..\\x", "a/b", "C:\\x", "C:x", "2511.00001/../../x", "..", ".",
    ".hidden", "a..b", "x." , "x" * 101, "x" * 10**6, "con", "NUL", "Com1", "aux.txt", "lpt9.x.y", "PRN",
    "2511.00001\0.md", "2511.\u202e00001", "２５１１.００００１", "2511.٠٠٠٠١",
    "~root", "$(id)", "`id`", "a b",
    "-rf", "--help", "{{ id }}", "%2e%2e%2f", "<script>", "https://evil.example/x", "hep-th/../x",
    "é", "a\nb",
    "hep-th/99010011/x", "\ud800", "arXiv:../x", "arXiv:", "file:x", "a:b", "a?b", "a*b", "a|b", "a\"b",
]  # fmt: skip
IDS_KEPT = {
    "arXiv:2511.00002v3": "2511.00002",
    "ARXIV: 2511.00002": "2511.00002",
    " 2511.00002\n": "2511.00002",
    "2511.0002v12": "2511.0002",
    "hep-th/9901001": "hep-th-9901001",
    "arXiv:math.GT/0309136v1": "math.gt-0309136",
    "cond-mat/9901001": "cond-mat-9901001",
    "console": "console",
    "v2": "v2",
    "a.b-c_d": "a.b-c_d",
    "x" * 100: "x" * 100,
}

TITLES_AS_GIVEN = [
    "title: [a, b]", "- a", "--- ", "...", "&anchor *alias !!python/object:os.system", "yes", "null", "0x10",
    "2025-11-07", "~", "'", '"', '"]\nid: x', "# comment", "key: |", "%YAML 1.2", "@at", "{a: b", "? x",
    "{{ 7 * 7 }}", "{% raw %}", "{# x #}", "{{ config.__class__ }}", "${jndi:ldap://x}", "<%= 1 %>",
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "&lt;b&gt; &amp;", "</title><h1>",
    "<!-- -->",
    "]]>", "<![CDATA[x]]>", "[a](javascript:alert(1))", "![a](data:text/html,x)", "<javascript:alert(1)>",
    "`code`", "**bold**", "# Heading", "> quote", "1. list", "a | b", "$x$ and $$y$$", "\\(x\\) \\[y\\]",
    "https://evil.example/", "'; DROP TABLE papers; --", "=HYPERLINK(\"x\")", "@import url(x)",
    "\\u202e", "\\x00",
    "مرحبا", "שלום", "日本語", "e\u0301", "👩\u200d🔬", "Z\u0351\u036b\u0343",
    "\U000e0041tag", "ﷺ", "..", "../x",
    "x" * 1_000,
]  # fmt: skip
TITLES_CLEANED = {
    "a\u202egnp.exe": "agnp.exe",
    "\u2066a\u2069\u202a\u202b\u202c\u202d": "a",
    "a\0b": "ab",
    "a\x1b[31mb\x07": "a[31mb",
    "a\x85b\u2028c\u2029d": "a b c d",
    "a\r\n\tb": "a b",
    "a\ud800b": "a\ufffdb",
    "\ud83d\ude00": "😀",
    "\udc00 \ud800": "\ufffd \ufffd",
    "\ufeffa\u200b": "a",
    "a\xa0\u3000b": "a b",
    "\x7f\x9ba": "a",
    "a\uffff\ufffe": "a\ufffd\ufffd",
}
TITLES_REFUSED: list[object] = [
    None, "", " \n\t", "\0", "\u202e\u202c", "\u200b\ufeff", "\u2028", "x" * 1_001, "x" * 10**6, 5, 1.5, True,
    [], {}, ["a"], {"a": "b"}, "\u200d", "\xad",
]  # fmt: skip

LINKS_REFUSED: list[object] = [
    "javascript:alert(1)", "JavaScript:alert(1)", "java\nscript:alert(1)", "\x01javascript:alert(1)",
    "javascript://github.com/a/b", "data:text/html,<script>", "vbscript:x", "file:///etc/passwd",
    "ftp://velo.example/", "blob:https://velo.example/x", "mailto:ida@velo.example", "//velo.example/x",
    "velo.example", "https://", "https:", "http:///x", "https:velo.example", "https://user@velo.example/",
    "https://user:secret@velo.example/", "https://velo.example\\@evil.example/", "https://velo.example\\x",
    "https://ve lo.example/", "https://velo.example/a b", "https://velo.example/\0",
    "https://velo.example/\tx",
    "https://velo.example/\x1b", "https://velo.example/\">", "https://velo.example/<script>",
    "https://localhost/", "https://velo/", "https://[::1", "https://[zz]/", "https://velo.example:99999/",
    "https://velo.example:x/", "https://.example/", "https://-velo.example/", "https://velo..example/",
    "https://velo_.-.example/", "https://velo.example/" + "x" * 3_000, "https://velo.example/\u202egpj",
    "\u202ehttps://velo.example/", "https://ve\u200blo.example/", "https://velo.example/\ud800",
    "https://%00/",
    "https://velo.example%2f@evil.example/", "{{ url }}", "<https://velo.example>",
    "[a](https://velo.example)",
    "ssh://github.com/velo/bike", "https://" + "a." * 200 + "example/", "https://velo。/", "#", "?",
    "https://?a",
    5, 1.5, True, [], {}, ["https://velo.example/"], {"url": "https://velo.example/"},
]  # fmt: skip
ONLY_PROJECT_REFUSED: list[object] = ["github.com/velo/bike", "git@github.com:velo/bike.git"]

FIGURES_REFUSED: list[object] = [
    -1, 10**9 + 1, 10**400, -(10**400), 1.0, 1.5, float("nan"), float("inf"), float("-inf"), True,
    False, "", " ",
    "-1", "+1", "1.0", "1e3", "0x10", "1_000", "1,000", "٣", "²", "12345678901", "NaN", "many", [], {}, [1],
    {"count": 1}, "1\0",
]  # fmt: skip

WRONG: list[object] = [
    None, 5, -1.5, True, False, "", "x", "\ud800", [], {}, [[]], [None], [{}], [5], ["x"],
    {"x": {}}, {"name": []},
    {"user": {}}, {"name": 5, "fullname": True, "user": None}, [[["x"] * 9] * 9] * 9,
]  # fmt: skip


def nested(depth: int) -> object:
    value: object = "x"
    for _ in range(depth):
        value = [value]
    return value


def records() -> Iterator[tuple[str, object, str]]:
    """Every hostile record: a name, what the feed sends, and how it should end."""
    for index, raw_id in enumerate(IDS_REFUSED):
        yield f"id {index}", entry(raw_id), REFUSED
    for index, raw_id in enumerate(IDS_KEPT):
        yield f"odd id {index}", entry(raw_id), KEPT
    for index, title in enumerate([*TITLES_AS_GIVEN, *TITLES_CLEANED]):
        yield f"title {index}", entry("2511.00002", title=title, top_title=title), KEPT
        yield f"name {index}", entry("2511.00002", authors=[{"name": title[:300]}]), KEPT
        yield f"abstract {index}", entry("2511.00002", summary=f"{title}\n{title}\n  {title}"), KEPT
        yield f"keyword {index}", entry("2511.00002", ai_keywords=[title[:300]], ai_summary=title), KEPT
        organization = {"name": title[:300], "fullname": title[:300]}
        yield f"organization {index}", entry("2511.00002", top_organization=organization), KEPT
    for index, bad_title in enumerate(TITLES_REFUSED):
        yield f"bad title {index}", entry("2511.00002", title=bad_title, top_title=bad_title), REFUSED
    for index, link in enumerate(LINKS_REFUSED):
        yield f"project {index}", entry("2511.00002", projectPage=link), NOTED
        yield f"github {index}", entry("2511.00002", githubRepo=link), NOTED
    for index, link in enumerate(ONLY_PROJECT_REFUSED):
        yield f"only project {index}", entry("2511.00002", projectPage=link), NOTED
    for index, count in enumerate(FIGURES_REFUSED):
        yield f"upvotes {index}", entry("2511.00002", upvotes=count), NOTED
        yield f"stars {index}", entry("2511.00002", githubStars=count), NOTED
        yield f"comments {index}", entry("2511.00002", top_numComments=count), NOTED
    for index, wrong in enumerate(WRONG):
        for name in sorted(KNOWN_PAPER_FIELDS - {"id", "title"}):
            yield f"paper.{name} {index}", entry("2511.00002", **{name: wrong}), "any but refused"
        for name in sorted(KNOWN_FIELDS - {"paper"}):
            yield f"top.{name} {index}", entry("2511.00002", **{f"top_{name}": wrong}), "any but refused"
        yield f"entry {index}", wrong, REFUSED
        yield f"paper {index}", {"paper": wrong, "title": "x"}, REFUSED
    nulls = dict.fromkeys(KNOWN_PAPER_FIELDS - {"id", "title"})
    yield (
        "nulls",
        entry("2511.00002", **nulls, **{f"top_{name}": None for name in KNOWN_FIELDS - {"paper"}}),
        KEPT,
    )
    yield "nothing but nulls", dict.fromkeys(KNOWN_FIELDS), REFUSED
    yield "a megabyte of abstract", entry("2511.00002", summary=MEGABYTE), KEPT
    yield "a megabyte of stars", entry("2511.00002", summary="*" * 2**20), KEPT
    yield "a megabyte of blanks", entry("2511.00002", summary="\n" + " " * 2**20 + "x"), KEPT
    yield "a megabyte of lines", entry("2511.00002", summary="-\n" * 2**19), KEPT
    yield "three megabytes of abstract", entry("2511.00002", summary=MEGABYTE * 3), NOTED
    yield "a long summary", entry("2511.00002", ai_summary="x" * 5_001), NOTED
    yield "100,000 authors", entry("2511.00002", authors=[{"name": "Ida Rode"}] * 100_000), REFUSED
    yield "a long name", entry("2511.00002", authors=[{"name": "x" * 301}, {"name": "Ida"}]), NOTED
    yield "a megabyte of name", entry("2511.00002", authors=[{"name": "x" * 2**20}]), NOTED
    yield "many keywords", entry("2511.00002", ai_keywords=["x"] * 1_001), NOTED
    yield "a long keyword", entry("2511.00002", ai_keywords=["x" * 301, "y"]), NOTED
    yield "a long organization", entry("2511.00002", organization={"name": "x" * 301}), NOTED
    yield "a long login", entry("2511.00002", submittedOnDailyBy={"user": "x" * 301}), NOTED
    yield "deep authors", entry("2511.00002", authors=nested(900)), NOTED
    yield "deep unknown", entry("2511.00002", strange=nested(900)), KEPT
    yield "strange keys", entry("2511.00002", **{"\0\u202e" + "k" * 500: 1, "__class__": 1, "": 1}), KEPT


RECORDS = list(records())


@pytest.mark.parametrize(("name", "raw", "expected"), RECORDS, ids=[record[0] for record in RECORDS])
def test_a_hostile_record_ends_as_it_should_and_its_neighbours_stand(
    name: str, raw: object, expected: str
) -> None:
    page = page_of(full(1), raw, full(3))
    before, *middle, after = page.entries
    assert (before, after) == (page_of(full(1)).entries[0], page_of(full(3)).entries[0])
    assert_harmless(page)
    outcome = REFUSED if not middle else NOTED if page.notes else KEPT
    assert (len(page.problems) == 1) == (outcome == REFUSED)
    if expected == "any but refused":
        assert outcome != REFUSED
    else:
        assert outcome == expected
    for said in (*page.problems, *page.notes):
        assert said.where.startswith("2025-11-07, entry 2")


def test_the_table_is_as_large_as_we_say() -> None:
    assert len(RECORDS) >= 1_250
    assert len({name for name, _, _ in RECORDS}) == len(RECORDS)


@pytest.mark.parametrize(("given", "expected"), IDS_KEPT.items())
def test_an_odd_id_becomes_a_plain_one(given: str, expected: str) -> None:
    assert page_of(entry(given)).entries[0].paper.id == expected


@pytest.mark.parametrize("title", TITLES_AS_GIVEN)
def test_a_title_that_looks_like_something_else_stays_as_given(title: str) -> None:
    assert page_of(entry(title=title)).entries[0].paper.title == " ".join(title.split())


@pytest.mark.parametrize(("given", "expected"), TITLES_CLEANED.items())
def test_a_title_loses_what_cannot_be_seen(given: str, expected: str) -> None:
    assert page_of(entry(title=given)).entries[0].paper.title == expected


def test_a_megabyte_is_kept_to_the_last_character() -> None:
    assert page_of(entry(summary=MEGABYTE)).entries[0].paper.abstract == MEGABYTE.strip()


@pytest.mark.parametrize("raw", WRONG)
def test_a_page_of_anything_is_refused_or_empty(raw: object) -> None:
    if isinstance(raw, list):
        assert len(page_of(*raw).problems) == len(raw)
    else:
        with pytest.raises(NotAPage):
            parse_answer(json.dumps(raw).encode(), "a file")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)
hostile_entries = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(KNOWN_FIELDS - {"paper"}, json_values),
        "paper": st.fixed_dictionaries({}, optional=dict.fromkeys(KNOWN_PAPER_FIELDS, json_values))
        | json_values,
    },
)


@settings(max_examples=300, deadline=None)
@given(hostile_entries)
def test_whatever_an_entry_holds_it_is_kept_harmless_or_refused(raw: object) -> None:
    page = page_of(full(1), raw, full(3))
    assert len(page.entries) + len(page.problems) == 3
    assert_harmless(page)


BODY = json.dumps([full(1), full(2), full(3)]).encode()
DEEP = b'{"paper":{"id":"2511.00002","title":"x","deep":' + b"[" * 100_000 + b"]" * 100_000 + b"}}"


def around(middle: bytes) -> bytes:
    one, three = (json.dumps(full(number)).encode() for number in (1, 3))
    return b"[" + one + b", " + middle + b", " + three + b"]"


GOOD = b'{"paper":{"id":"2511.00002","title":"x"%s}}'
ANSWERS: dict[str, tuple[bytes, str]] = {
    "a repeated key": (around(GOOD % b',"title":"y"'), "note"),
    "a repeated key deep inside": (around(GOOD % b',"x":[{"a":1,"a":2}]'), "note"),
    "NaN": (around(GOOD % b',"upvotes":NaN'), "note"),
    "Infinity": (around(GOOD % b',"upvotes":-Infinity'), "note"),
    "a number without end": (around(GOOD % (b',"upvotes":' + b"9" * 5_000)), "fine"),
    "a negative number without end": (around(GOOD % (b',"upvotes":-' + b"9" * 5_000)), "fine"),
    "a number out of range": (around(GOOD % b',"upvotes":1e999'), "fine"),
    "half a pair": (around(GOOD % b',"summary":"\\ud800"'), "fine"),
    "a control character": (around(GOOD % b',"summary":"\x01\n"'), "fine"),
    "deep nesting": (around(DEEP), "unreadable"),
    "deep nesting with brackets in strings": (around(DEEP.replace(b'"x"', b'"]}{[\\""')), "unreadable"),
    "bytes that are not UTF-8": (around(GOOD % b',"summary":"\xff\xfe"'), "unreadable"),
    "half a character": (around(GOOD % b',"summary":"\xc3"'), "unreadable"),
    "a surrogate in UTF-8": (around(GOOD % b',"summary":"\xed\xa0\x80"'), "unreadable"),
    "an overlong slash": (around(GOOD % b',"summary":"\xc0\xaf"'), "unreadable"),
    "no value": (around(GOOD % b',"summary":'), "unreadable"),
    "a bare word": (around(GOOD % b',"summary":undefined'), "unreadable"),
    "single quotes": (around(b"{'paper': {'id': 'x', 'title': 'y'}}"), "unreadable"),
    "a bad escape": (around(GOOD % b',"summary":"\\x41"'), "unreadable"),
    "a comment": (around(GOOD % b" /* no */"), "unreadable"),
    "a trailing comma": (around(GOOD % b","), "unreadable"),
    "a bare word for an entry": (around(b"undefined"), "unreadable"),
    "null for an entry": (around(b"null"), "fine"),
    "a byte order mark": (b"\xef\xbb\xbf" + around(GOOD % b""), "fine"),
    "white space all around": (b" \r\n\t" + around(GOOD % b"") + b"\n\n", "fine"),
    "a comma at the end": (around(GOOD % b"")[:-1] + b",]", "fine"),
    "no end": (around(GOOD % b"")[:-1], "cut"),
    "a second array": (around(GOOD % b"") + b"[]", "cut"),
    "a log line after the end": (around(GOOD % b"") + b"\nDONE\x1b[0m", "cut"),
    "no comma": (around(GOOD % b"")[:-1] + GOOD % b"" + b"]", "cut"),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_one_bad_entry_of_an_answer_costs_no_good_one(name: str) -> None:
    data, expected = ANSWERS[name]
    answer = parse_answer(data, "a file")
    assert [answer.entries[0], answer.entries[2]] == [full(1), full(3)]
    unreadable = [each for each in answer.entries if isinstance(each, Unreadable)]
    assert (len(unreadable), len(answer.problems), answer.whole, len(answer.notes)) == {
        "fine": (0, 0, True, 0),
        "note": (0, 0, True, 1),
        "unreadable": (1, 0, True, 0),
        "cut": (0, 1, False, 0),
    }[expected]
    page = page_of(*answer.entries)
    assert_harmless(page)
    assert page.entries[0].paper.id == "2511.00001"
    assert len(page.entries) + len(page.problems) == len(answer.entries)
    assert [problem.where for problem in page.problems] == ["2025-11-07, entry 2"] * len(page.problems)
    assert [note.where for note in answer.notes] == ["a file, entry 2"] * len(answer.notes)


def test_of_a_repeated_key_the_last_counts() -> None:
    answer = parse_answer(b'[{"paper": {"id": "a", "title": "x", "title": "y"}}]', "a file")
    assert answer.entries == ({"paper": {"id": "a", "title": "y"}},)
    assert str(answer.notes[0]) == 'a file, entry 1: "title" is given more than once; the last counts'


def test_wherever_an_answer_breaks_off_the_whole_entries_are_kept() -> None:
    whole = list(json.loads(BODY))
    kept = set()
    for length in range(len(BODY)):
        try:
            answer = parse_answer(BODY[:length], "a file")
        except NotAPage:
            continue
        assert not answer.whole
        assert list(answer.entries) == whole[: len(answer.entries)]
        assert BODY[:length].count(b'"isAuthorParticipating"') >= len(answer.entries)
        kept.add(len(answer.entries))
    assert kept == {1, 2, 3}
    assert parse_answer(BODY, "a file") == Answer(tuple(whole))


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(BODY) - 1), st.binary(max_size=3))
def test_whatever_stands_in_an_answer_it_is_read_or_named(position: int, change: bytes) -> None:
    try:
        answer = parse_answer(BODY[:position] + change + BODY[position + 1 :], "a file")
    except NotAPage as refusal:
        assert_fit_to_print(str(refusal))
        return
    page = page_of(*answer.entries)
    assert_harmless(page)
    assert len(page.entries) + len(page.problems) + len(page.notes) >= len(answer.entries)


@given(st.binary(max_size=200))
def test_whatever_bytes_come_they_are_read_or_named(data: bytes) -> None:
    try:
        parse_answer(data, "a file")
    except NotAPage as refusal:
        assert str(refusal).startswith("a file: ")
        assert_fit_to_print(str(refusal))


@pytest.mark.parametrize(
    "data",
    [b"[" * 10**6, b"[{" * 10**6, b'["' + b"\\" * 10**6, b'[{"a":"' + b"x" * 10**6, b"[" + b'{"a":[' * 10**5],
    ids=["arrays", "objects", "backslashes", "a string", "both"],
)
def test_an_answer_that_only_opens_is_named_soon(data: bytes) -> None:
    with pytest.raises(NotAPage):
        parse_answer(data, "a file")


def assert_harmless(page: DayPage) -> None:
    """That all of `page` is fit for a file's name, YAML, a page, XML and a terminal."""
    for said in (*page.problems, *page.notes):
        assert isinstance(said, Problem)
        assert_fit_to_print(str(said))
    for name in page.unknown_fields:
        assert_fit_to_print(name)
    for each in page.entries:
        assert_entry_harmless(each)


def assert_entry_harmless(each: Entry) -> None:
    paper = each.paper
    assert PAPER_ID.fullmatch(paper.id)
    assert not WINDOWS.fullmatch(paper.id)
    assert paper.days == (DAY,)
    assert 0 < len(paper.title) <= 1_000
    lines: list[Any] = [paper.title, *paper.authors, *paper.keywords, paper.summary, paper.submitted_by]
    if paper.organization:
        lines += [paper.organization.name, paper.organization.fullname]
    for line in lines:
        if line is not None:
            assert line and "\n" not in line and not FORBIDDEN.search(line) and line == line.strip()
    assert not FORBIDDEN.search(paper.abstract)
    paper.abstract.encode("utf-8")
    for link in (paper.github, paper.project):
        assert link is None or re.fullmatch(r"https?://[a-z0-9\[][!-~]*", link)
        assert link is None or not set('"<>\\`@') & set(link.split("/")[2])
    for figure in (each.figures.upvotes, each.figures.comments, each.figures.github_stars):
        assert figure is None or (type(figure) is int and 0 <= figure <= 10**9)


def assert_fit_to_print(text: str) -> None:
    assert text.strip() and "\n" not in text and not FORBIDDEN.search(text)
    assert len(text) < 600
