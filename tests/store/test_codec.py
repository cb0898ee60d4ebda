"""A paper as the text of its file: nothing is lost on the way there and back, and what a hand wrote stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.errors import ContentError
from generator.model.paper import Organization, Paper
from generator.store.codec import amend, decode, encode
from tests.store.hostile import papers

DAY, NEXT_DAY = date(2025, 11, 7), date(2025, 11, 8)
WHOLE = Paper(
    id="2511.00001",
    title="On the Colour of Bicycles",
    authors=("Ida Rode", "Omar Quist"),
    published=date(2025, 11, 6),
    days=(DAY,),
    submitted_by="irode",
    organization=Organization("velo", "Velo Institute"),
    keywords=("bicycles", "colour vision"),
    categories=("cs.CV",),
    doi="10.1000/bicycles.1",
    journal_ref="J. Bicycles 3 (2025) 5",
    summary="Red bicycles are the fastest.",
    github="https://github.com/velo/colours",
    project="https://velo.example/colours",
    abstract="We ride bicycles.",
    pinned_topics=("vision",),
    forbidden_topics=("audio",),
)
BY_HAND = """\
---
# The one that began it all.
title: >
  On the Colour
  of Bicycles
id: '2511.00001'     # single quotes are fine
note: |
  Ask Ida about the blue one.

  # This is no comment.
authors:
- Ida Rode
# the second author came later
- "Omar Quist"       # his own spelling

# dates
days: [2025-11-07]   # the day of the race
published: 2025-11-06
keywords:
  - bicycles

  - colour
    vision
github:
# nothing follows
---

We *ride* bicycles.

"""
HELD_BY_HAND = Paper(
    id="2511.00001",
    title="On the Colour of Bicycles\n",
    authors=("Ida Rode", "Omar Quist"),
    published=date(2025, 11, 6),
    days=(DAY,),
    keywords=("bicycles", "colour vision"),
    abstract="We *ride* bicycles.",
    withheld=frozenset({"github"}),
)


def problems(text: str) -> list[str]:
    with pytest.raises(ContentError) as caught:
        decode(text, "p.md")
    return [str(problem) for problem in caught.value.problems]


def with_front(*lines: str) -> str:
    return "\n".join(("---", 'id: "2511.00001"', "title: Wheels", "days: [2025-11-07]", *lines, "---", ""))


# There and back


@settings(max_examples=200, deadline=None)
@given(papers())
def test_what_is_written_is_read_back_whole(paper: Paper) -> None:
    assert decode(encode(paper), "p.md") == paper


@settings(max_examples=40, deadline=None)
@given(papers())
def test_every_field_stands_on_one_line(paper: Paper) -> None:
    front = encode(paper).split("\n---\n")[0].split("\n")[1:]
    keys = [line.partition(":")[0] for line in front]
    assert keys == sorted(set(keys), key=ORDER.index)
    assert front[0] == f'id: "{paper.id}"'


ORDER = [
    "id", "title", "authors", "author_count", "published", "days", "submitted_by", "organization", "keywords",
    "categories", "doi", "journal_ref", "summary", "github", "project", "topics", "not_topics",
]  # fmt: skip


def test_a_file_looks_as_a_person_would_write_it() -> None:
    assert encode(WHOLE) == (
        "---\n"
        'id: "2511.00001"\n'
        "title: On the Colour of Bicycles\n"
        "authors: [Ida Rode, Omar Quist]\n"
        "published: 2025-11-06\n"
        "days: [2025-11-07]\n"
        "submitted_by: irode\n"
        "organization: {name: velo, fullname: Velo Institute}\n"
        "keywords: [bicycles, colour vision]\n"
        "categories: [cs.CV]\n"
        "doi: 10.1000/bicycles.1\n"
        "journal_ref: J. Bicycles 3 (2025) 5\n"
        "summary: Red bicycles are the fastest.\n"
        "github: https://github.com/velo/colours\n"
        "project: https://velo.example/colours\n"
        "topics: [vision]\n"
        "not_topics: [audio]\n"
        "---\n"
        "We ride bicycles.\n"
    )


def test_what_is_empty_is_not_written() -> None:
    bare = Paper(id="2511.00001", title="Wheels", published=date(2025, 11, 6))
    assert encode(bare) == '---\nid: "2511.00001"\ntitle: Wheels\npublished: 2025-11-06\ndays: []\n---\n'


def test_letters_of_every_script_and_pictures_stand_in_the_file_as_they_are() -> None:
    paper = replace(WHOLE, title="智谱 ride 🚲 in Ærø", authors=("Ærøskøbing 李", "🚲"))
    assert "title: 智谱 ride 🚲 in Ærø\nauthors: [Ærøskøbing 李, 🚲]\n" in encode(paper)


def test_a_line_of_hyphens_in_the_abstract_is_no_fence() -> None:
    paper = replace(WHOLE, abstract="One\n\n---\n\ntwo")
    assert decode(encode(paper), "p.md") == paper


# What a hand wrote


def test_a_hand_may_write_blocks_folded_text_comments_and_its_own_order() -> None:
    text = BY_HAND.replace("title: >\n", "title: >-\n")
    assert decode(text, "p.md") == replace(HELD_BY_HAND, title="On the Colour of Bicycles")


@pytest.mark.parametrize("empty", ["", "null", "~", '""', "[]", "{}"])
def test_a_field_that_a_hand_emptied_is_withheld(empty: str) -> None:
    assert decode(with_front(f"github: {empty}"), "p.md").withheld == {"github"}


def test_an_organization_may_be_its_name_alone() -> None:
    assert decode(with_front("organization: velo"), "p.md").organization == Organization("velo", "velo")
    assert decode(with_front("organization: {name: velo}"), "p.md").organization == (
        Organization("velo", "velo")
    )


def test_days_are_sorted_and_each_stands_once_and_a_moment_is_its_day() -> None:
    text = with_front().replace("[2025-11-07]", "[2025-11-08, 2025-11-07T23:00:00Z, 2025-11-08]")
    assert decode(text, "p.md").days == (DAY, NEXT_DAY)


def test_the_last_line_need_not_end() -> None:
    assert decode(with_front().rstrip("\n"), "p.md").title == "Wheels"


# Amending


BY_HAND = BY_HAND.replace("title: >\n", "title: >-\n")
HELD_BY_HAND = replace(HELD_BY_HAND, title="On the Colour of Bicycles")


def changed_lines(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines that went and the lines that came."""
    old, new = before.split("\n"), after.split("\n")
    return [line for line in old if line not in new], [line for line in new if line not in old]


@pytest.mark.parametrize("text", [BY_HAND, with_front(), with_front().rstrip("\n"), encode(WHOLE)])
def test_amending_nothing_gives_the_text_to_the_letter(text: str) -> None:
    paper = decode(text, "p.md")
    assert amend(text, paper, paper) == text


def test_amending_adds_a_line_and_leaves_all_others() -> None:
    merged = replace(HELD_BY_HAND, summary="Red is fast.")
    amended = amend(BY_HAND, HELD_BY_HAND, merged)
    assert changed_lines(BY_HAND, amended) == ([], ["summary: Red is fast."])
    assert decode(amended, "p.md") == merged


def test_a_new_line_does_not_part_a_comment_from_the_field_below_it() -> None:
    text = with_front("# where the code is", "github: https://github.com/velo/a")
    stored = decode(text, "p.md")
    amended = amend(text, stored, replace(stored, summary="Red is fast."))
    assert "summary: Red is fast.\n# where the code is\ngithub: https" in amended


def test_amending_a_field_changes_its_line_and_keeps_the_remark_behind_it() -> None:
    merged = replace(HELD_BY_HAND, days=(DAY, NEXT_DAY))
    assert changed_lines(BY_HAND, amend(BY_HAND, HELD_BY_HAND, merged)) == (
        ["days: [2025-11-07]   # the day of the race"],
        ["days: [2025-11-07, 2025-11-08]   # the day of the race"],
    )


def test_amending_a_block_list_takes_all_its_lines_and_no_comment_after_it() -> None:
    merged = replace(HELD_BY_HAND, authors=("Ida Rode", "Omar Quist", "Zoë"))
    gone, came = changed_lines(BY_HAND, amend(BY_HAND, HELD_BY_HAND, merged))
    assert gone == [
        "authors:",
        "- Ida Rode",
        "# the second author came later",
        '- "Omar Quist"       # his own spelling',
    ]
    assert came == ["authors: [Ida Rode, Omar Quist, Zoë]       # his own spelling"]


def test_amending_the_abstract_leaves_the_front_matter_to_the_letter() -> None:
    merged = replace(HELD_BY_HAND, abstract="We walk.")
    amended = amend(BY_HAND, HELD_BY_HAND, merged)
    assert amended == BY_HAND.replace("\nWe *ride* bicycles.\n\n", "We walk.\n")


def test_a_field_that_does_not_apply_any_more_loses_its_line() -> None:
    text = with_front("author_count: 12")
    stored = decode(text, "p.md")
    amended = amend(text, stored, replace(stored, author_count=None, authors=("Ida Rode",)))
    assert changed_lines(text, amended) == (["author_count: 12"], ["authors: [Ida Rode]"])


@pytest.mark.parametrize(
    "front",
    [
        '{id: "2511.00001", title: Wheels, days: [2025-11-07], keywords: [a], note: mine}',
        '  id: "2511.00001"\n  title: Wheels\n  days: [2025-11-07]\n  keywords: [a]\n  note: mine',
        'id: "2511.00001"\ntitle: Wheels\ndays: [2025-11-07]\nkeywords: &x [a]\ncategories: *x\nnote: mine',
        'id: "2511.00001"\ntitle: Wheels\ndays: [2025-11-07]\nkeywords: [a]\nnote: mine\n...',
        '? id\n: "2511.00001"\n? title\n: Wheels\n? days\n: [2025-11-07]\n? keywords\n: [a]\n? note\n: mine',
        '"id": "2511.00001"\n"title": Wheels\n"days": [2025-11-07]\n"keywords": [a]\n"note": mine',
        'id: "2511.00001"\ntitle: "Whe\\\n  els"\ndays: [2025-11-07,\n]\nkeywords: [\na\n]\nnote: mine',
    ],
)
def test_front_matter_of_any_shape_is_amended_rightly_and_keeps_the_owners_note(front: str) -> None:
    text = f"---\n{front}\n---\nWe ride.\n"
    stored = decode(text, "p.md")
    merged = replace(stored, keywords=("b", "c"), github="https://github.com/velo/a", days=(DAY, NEXT_DAY))
    amended = amend(text, stored, merged)
    assert decode(amended, "p.md") == merged
    assert "mine" in amended


@settings(max_examples=100, deadline=None)
@given(papers("2511.00001"), papers("2511.00001"))
def test_amending_one_paper_into_any_other_gives_the_other(stored: Paper, merged: Paper) -> None:
    assert decode(amend(encode(stored), stored, merged), "p.md") == merged


HAND_FIELDS = st.fixed_dictionaries({}, optional={
    "authors": st.sampled_from(["authors: [A,\n  B]", "authors:\n- A\n# c\n- B",
                                "authors:\n  - A # t\n\n  - B"]),
    "published": st.sampled_from(["published: 2025-11-06 # why", "published:\n  2025-11-06",
                                  "published: # later"]),
    "organization": st.sampled_from(["organization:\n  name: velo\n  # c\n  fullname: Velo",
                                     "organization: velo"]),
    "summary": st.sampled_from(["summary: >-\n  Red is\n  fast.\n", "summary: |-\n    Red.",
                                'summary: "Red\n  is"']),
    "github": st.sampled_from(["github:", "github: null # none", "github: 'https://github.com/v/a'"]),
    "note": st.sampled_from(["note: |\n  id: no\n\n  # no comment", "note: [1, 2]",
                             "note:\n  deep:\n  - er"]),
})  # fmt: skip


@st.composite
def hand_written(draw: st.DrawFn) -> str:
    """A file as an owner may leave it: fields in any order, comments and blank lines anywhere between."""
    fields = ["id: '2511.00001'", "title: Wheels # round", "days:\n- 2025-11-07", *draw(HAND_FIELDS).values()]
    between = st.sampled_from(["", "\n", "# remark\n", "\n# remark\n\n"])
    front = "".join(draw(between) + field + "\n" for field in draw(st.permutations(fields)))
    return f"---\n{front}{draw(between)}---\n" + draw(st.sampled_from(["", "\nWe *ride*.\n\n", "We ride."]))


@settings(max_examples=150, deadline=None)
@given(hand_written(), papers("2511.00001"), st.sets(st.sampled_from([*ORDER[1:], "abstract"])))
def test_hand_written_files_are_amended_field_by_field_and_keep_every_other_line(
    text: str, other: Paper, names: set[str]
) -> None:
    stored = decode(text, "p.md")
    attributes = {"topics": "pinned_topics", "not_topics": "forbidden_topics"}
    filled = {
        attributes.get(name, name): getattr(other, attributes.get(name, name))
        for name in names
        if name not in stored.withheld and getattr(other, attributes.get(name, name))
    }
    merged = replace(stored, **filled)
    amended = amend(text, stored, merged)
    assert decode(amended, "p.md") == merged
    assert amended.count("# remark") == text.count("# remark")
    front = text.split("\n---\n")[0]
    kept = [key for key in ("note", "github", "organization", "summary") if key not in filled]
    for key in kept:
        lines = [field for field in front.split("\n") if field.startswith(f"{key}:")]
        assert all(line in amended.split("\n") for line in lines)


# Files that a person broke


def test_a_name_of_white_space_alone_is_none() -> None:
    paper = decode(with_front("authors: [Ida, \"\u3000\", '', Bo]"), "p.md")
    assert paper.authors == ("Ida", "Bo")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ["p.md:1: must begin with a line of ---."]),
        ("title: Wheels\n", ["p.md:1: must begin with a line of ---."]),
        (
            "---\ntitle: Wheels\n",
            ["p.md:1: the front matter is not closed by a second line of ---."],
        ),
        ("---\n- a\n---\n", ["p.md:2: the front matter must be lines of `key: value`."]),
        ("---\n# nothing\n---\n", ["p.md:2: the front matter must be lines of `key: value`."]),
        (
            with_front("summary: a: b"),
            ["p.md:5: is not YAML: mapping values are not allowed in this context."],
        ),
        (with_front("github: [a"), ["p.md:6: is not YAML: did not find expected ',' or ']'."]),
        (with_front("summary: x", "title: Bells"), ["p.md:6: 'title' stands here a second time."]),
        (with_front("summary: x", '"title": Bells'), ["p.md:6: 'title' stands here a second time."]),
        (
            with_front("summary: x", "titel: Bells"),
            ["p.md:6: titel is no field of a paper; did you mean title?"],
        ),
        (
            with_front("colour: red"),
            ["p.md:5: colour is no field of a paper; a remark of your own belongs under `note:`."],
        ),
        (with_front("author_count: 0"), ["p.md:5: author_count must be a whole number from 1 up, not 0."]),
        (
            with_front("author_count: yes"),
            ["p.md:5: author_count must be a whole number from 1 up, not True."],
        ),
        (with_front("authors: Ida"), ["p.md:5: authors must be a list, such as [One, Two]."]),
        (
            with_front("authors: [Ida, no]"),
            ["p.md:5: authors must hold text only; put this in quotes: False."],
        ),
        (with_front("keywords: [1984]"), ["p.md:5: keywords must hold text only; put this in quotes: 1984."]),
        (with_front("summary: 1984"), ["p.md:5: summary must be text; put it in quotes: 1984."]),
        (with_front('summary: "a\\nb"'), ["p.md:5: summary must be one line."]),
        (with_front('authors: ["a\\nb"]'), ["p.md:5: authors must be one line."]),
        (
            with_front('summary: "a\\0b"'),
            ["p.md:5: summary holds a control character, which no page can show; remove it."],
        ),
        *(
            (with_front(f"{key}: {value}"), [f"p.md:5: {key} holds nothing but white space; leave it out."])
            for key, value in (
                ("summary", "' '"), ("github", '"\u3000"'), ("organization", "{name: n, fullname: ' '}"),
            )
        ),
        (
            with_front("summary: a\x01b"),
            ["p.md:5: holds a control character, which no page can show; remove it."],
        ),
        (
            with_front() + "\nWe\x0cride.\n",
            ["p.md:7: holds a control character, which no page can show; remove it."],
        ),
        (
            with_front("organization: [velo]"),
            ["p.md:5: organization must look like {name: nvidia, fullname: NVIDIA}."],
        ),
        (
            with_front("organization: {name: velo, colour: red}"),
            ["p.md:5: organization must look like {name: nvidia, fullname: NVIDIA}."],
        ),
        (
            with_front("published: 2025-13-45"),
            ["p.md:5: published has '2025-13-45', which is no date; mend it, or put quotes around it."],
        ),
        (
            with_front("published: soon"),
            ["p.md:5: published must be a date such as 2025-11-07, without quotes, not 'soon'."],
        ),
        (
            with_front("published: 0225-11-07"),
            ["p.md:5: published must be a date from 1900 to 2100, not 0225-11-07."],
        ),
        (
            with_front("published: 2025-11-07T25:00:00"),
            ["p.md:5: published has '2025-11-07T25:00:00', which is no date; mend it, or put quotes "
             "around it."],
        ),
        (
            with_front("summary: 0x_"),
            ["p.md:5: summary has '0x_', which is no value; mend it, or put quotes around it."],
        ),
        (
            with_front("summary: !!timestamp x"),
            ["p.md:5: summary has 'x', which is no date; mend it, or put quotes around it."],
        ),
        (with_front("? [a, b]", ": c"), ["p.md:5: a key must be a plain word."]),
        (
            with_front("summary: !made-up x"),
            ["p.md:5: is not YAML: could not determine a constructor for the tag '!made-up'."],
        ),
        (
            with_front("<<<<<<< HEAD", "summary: a", "=======", "summary: b", ">>>>>>> theirs"),
            ["p.md:5: has the marks of a merge that was never finished; choose a side."],
        ),
        (
            with_front() + "We\n>>>>>>> theirs\n",
            ["p.md:7: has the marks of a merge that was never finished; choose a side."],
        ),
        (
            "---\nid: 2511.00001\ntitle: Wheels\ndays: [2025-11-07]\n---\n",
            ['p.md:2: id must be an id such as "2511.04670", in quotes.'],
        ),
        (
            '---\nid: "../../etc/passwd"\ntitle: Wheels\ndays: [2025-11-07]\n---\n',
            ['p.md:2: id must be an id such as "2511.04670", in quotes.'],
        ),
        (
            '---\nid: "2511.00001"\ntitle: Wheels\n---\n',
            ["p.md:1: published is missing, and so is days: without either the paper stands on no day."],
        ),
        ("---\nsummary: x\n---\n", ["p.md:1: id is missing.", "p.md:1: title is missing."]),
        ('---\nid: "a1"\ntitle: " "\ndays: [2025-11-07]\n---\n', ["p.md:3: title is missing."]),
        ('---\nid: "a1"\ntitle: Wheels\ndays: 2025-11-07\n---\n', [
            "p.md:4: days must be a list of dates, such as [2025-11-07]."
        ]),
    ],
)  # fmt: skip
def test_a_broken_file_is_named_with_its_line_and_what_to_do(text: str, said: list[str]) -> None:
    assert problems(text) == said


def test_everything_that_is_wrong_with_a_file_is_said_at_once() -> None:
    text = (
        "---\nid: 17\ntitle: 1984\n"
        "days:\n- 2025-11-07\n- 2025-13-45\npublished: 2025-02-30\nauthors: [no]\n---\n"
    )
    assert problems(text) == [
        "p.md:6: days has '2025-13-45', which is no date; mend it, or put quotes around it.",
        "p.md:7: published has '2025-02-30', which is no date; mend it, or put quotes around it.",
    ]
    assert problems(text.replace("13-45", "11-08").replace("02-30", "02-28")) == [
        'p.md:2: id must be an id such as "2511.04670", in quotes.',
        "p.md:3: title must be text; put it in quotes: 1984.",
        "p.md:8: authors must hold text only; put this in quotes: False.",
    ]


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="-:[]{}!&*#?|>'\"%@`,\\ \n\tabid0129.T", max_size=60))
def test_no_front_matter_at_all_gives_anything_but_a_paper_or_a_content_error(front: str) -> None:
    for text in (f"---\n{front}\n---\nx\n", with_front(front)):
        try:
            paper = decode(text, "p.md")
        except ContentError as error:
            assert all(problem.where.startswith("p.md:") for problem in error.problems)
        else:
            assert paper.title
