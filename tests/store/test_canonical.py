"""The short way through front matter says what the YAML library says, or nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.errors import ContentError
from generator.model.paper import Organization, Paper
from generator.store import canonical, codec, front_matter
from tests.store.hostile import TRAPS, papers
from tests.support.real import real_papers

PLAIN = Paper(
    id="2511.00001",
    title="On the Colour of Bicycles: a Study",
    authors=("Ida Rode", "Omar O'Quist", "No"),
    published=date(2025, 11, 6),
    days=(date(2025, 11, 7), date(2025, 11, 8)),
    submitted_by="irode",
    organization=Organization("velo", "Velo, Inc."),
    keywords=("3D bicycles", "colour vision", "1984"),
    categories=("cs.CV",),
    doi="10.1000/bicycles.1",
    journal_ref="J. Bicycles 3 (2025) 5",
    summary="Red bicycles aren't the fastest #1.",
    github="https://github.com/velo/colours",
    abstract="We ride bicycles.",
    withheld=frozenset({"project", "topics"}),
)
MARKS = (
    "'",
    '"',
    ",",
    ", ",
    ":",
    ": ",
    " #",
    "#",
    "[",
    "]",
    "{",
    "}",
    " ",
    "\n",
    "\n ",
    "- ",
    "null",
    "\\",
    "&a",
    "\t",
)


def by_library(text: str) -> Paper:
    front, body = front_matter.split(text, "")
    return codec._paper(front_matter.load(front, ""), body.strip("\n"), "")


def shortly(text: str) -> Paper | None:
    front, body = front_matter.split(text, "")
    return canonical.read(front, body.strip("\n"))


def assert_true(text: str) -> None:
    """Nothing is said of `text`, or what the library says."""
    try:
        said = shortly(text)
    except ContentError:
        return
    if said is not None:
        assert said == by_library(text)


def test_a_file_as_this_program_writes_it_is_read_the_short_way() -> None:
    assert shortly(codec.encode(PLAIN)) == PLAIN == by_library(codec.encode(PLAIN))


@given(papers())
@settings(deadline=None)
def test_any_paper_is_read_as_the_library_reads_it(paper: Paper) -> None:
    assert_true(codec.encode(paper))


@given(st.sampled_from(TRAPS), st.sampled_from(TRAPS))
@settings(deadline=None)
def test_traps_in_every_field_are_read_as_the_library_reads_them(one: str, other: str) -> None:
    """Written as they are, without the quotes that the writer would put around them."""
    for key in ("title", "summary", "submitted_by", "published", "author_count", "id", "keywords"):
        assert_true(f'---\nid: "2511.1"\ntitle: T\ndays: [2025-11-07]\n{key}: {one}\n---\n')
        assert_true(f'---\nid: "2511.1"\n{key}: {one}\ndays: [2025-11-07]\n---\n')
    assert_true(f'---\nid: "2511.1"\ntitle: T\ndays: [2025-11-07]\nkeywords: [{one}, {other}]\n---\n')
    assert_true(f'---\nid: "2511.1"\ntitle: T\ndays: [{one}, {other}]\n---\n')
    backed = f"organization: {{name: {one}, fullname: {other}}}"
    assert_true(f'---\nid: "2511.1"\ntitle: T\ndays: [2025-11-07]\n{backed}\n---\n')


@given(
    papers() | st.just(PLAIN),
    st.lists(
        st.tuples(st.integers(0, 10**6), st.integers(0, 3), st.sampled_from(MARKS) | st.sampled_from(TRAPS)),
        max_size=3,
    ),
)
@settings(deadline=None)
def test_a_file_that_hands_have_been_at_is_read_as_the_library_reads_it(
    paper: Paper, edits: list[tuple[int, int, str]]
) -> None:
    text = codec.encode(replace(paper, abstract=""))
    for place, gone, new in edits:
        place %= len(text)
        text = text[:place] + new + text[place + gone :]
    assert_true(text)


@pytest.mark.parametrize(
    "lines",
    [
        "title: Wheels # a remark",
        "title: Wheels\n  and more",
        "title: Wheels:",
        "title: Wheels ",
        "title: no",
        "title: 1984",
        "title: 'it''s' # so",
        "title: 'it's'",
        'title: "a\\tb"',
        "title: ' '",
        "title: null",
        "title: A\nsummary: ''",
        "title:",
        "title: A\ntitle: B",
        "title: A\nnote: mine",
        "title: A\nauthors: [Ida,Omar]",
        "title: A\nauthors: [Ida, ]",
        "title: A\nauthors: []",
        "title: A\nauthors: [Ida, 12]",
        "title: A\nauthors: [a: b]",
        "title: A\nauthors: ['a'b]",
        "title: A\nauthors: [a] b]",
        "title: A\nauthors:\n- Ida",
        "title: A\nauthor_count: 007",
        "title: A\nauthor_count: 0",
        "title: A\npublished: 2025-13-45",
        "title: A\npublished: 1066-10-14",
        "title: A\npublished: 2025-1-2",
        "title: A\norganization: velo",
        "title: A\norganization: {name: no, fullname: b}",
        "# hello\ntitle: A",
        "{title: A}",
        "title: a\u2028b",
        "title: a\x85b",
    ],
)
def test_what_is_not_written_so_is_left_to_the_library(lines: str) -> None:
    assert shortly(f'---\nid: "2511.1"\ndays: [2025-11-07]\n{lines}\n---\n') is None


def test_what_has_no_day_is_left_to_the_library() -> None:
    assert shortly('---\nid: "2511.1"\ntitle: A\n---\n') is None
    assert shortly('---\nid: "2511.1"\ntitle: A\npublished: null\n---\n') is None


@pytest.mark.real
def test_real_papers_are_read_alike_and_nearly_all_the_short_way() -> None:
    texts = [codec.encode(paper) for paper in real_papers()]
    said = [shortly(text) for text in texts]
    assert all(short is None or short == by_library(text) for short, text in zip(said, texts, strict=True))
    assert sum(short is None for short in said) < 0.01 * len(said)
