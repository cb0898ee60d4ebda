"""An abstract as Markdown shows the feed's text to the letter, nothing lost, doubled or made markup."""

from __future__ import annotations

import itertools
import json
import re
from html import unescape as unescape_html

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from generator.model import markup
from generator.theme.markdown import to_html
from tests.support.replay import DATA, real_days

PIECES = (
    *"*_$<>[]()`~#+-=|&;!:\"'\\/^{}.,?@%0123456789\n\n\t  ",
    *("**", "***", "__", "``", "```", "~~", "~~~", "---", "===", "- - -", "* * *", "$$", "\\\\", "||"),
    *("\n- ", "\n+ ", "\n* ", "\n1. ", "\n2) ", "\n123456789. ", "\n1234567890. ", "\n# ", "\n### ", "\n>"),
    *("\n    ", "\n\t", "  \n", "\\\n", "\r\n", "\r", "\r- ", "\n:-", "\n:-:", "\n-|-"),
    *("\n| a | b |\n|---|---|\n",),
    *("&amp;", "&lt;", "&#42;", "&#x2A;", "&nbsp;", "&copy;", "&", "&;", "&#", "&lt", "AT&T;"),
    *("<think>", "</think>", "<|im_start|>", "<!-- x -->", "<b>", "<br/>", "<?php", "<![CDATA[", "a<b>c"),
    *("https://velo.example/a_b*c*", "<https://velo.example>", "www.velo.example", "ida@velo.example"),
    *("[a](b)", "![a](b)", "[a]: http://velo.example\n", "[^1]", "[^1]: note\n", "[ ] done", "- [x] done"),
    *("word", "Über", "智谱", "π₀", "🚲", "\xa0", "\u3000", "\u2028", "\x85"),
    *("\x0b", "\u200b", "\ufeff", "e\u0301", "שלום"),
)  # fmt: skip
HOSTILE = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=24).map("".join)
HOSTILE = HOSTILE.map(lambda text: "".join(c for c in text if c != "\0" and not "\ud800" <= c <= "\udfff"))
"""Without NUL and half surrogates, which no Markdown and no file can hold: the feed's reader drops them."""

GITHUB = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


def paragraphs(text: str) -> list[str]:
    """What a reader sees of plain `text`: its paragraphs, in each a run of white space as one space."""
    parts, lines = [], text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for blank, group in itertools.groupby(lines, key=lambda line: not line.strip()):
        if not blank:
            parts.append(" ".join(" ".join(group).split()))
    return parts


def shown(html: str) -> list[str]:
    """What a reader sees of `html`, which holds nothing but paragraphs."""
    assert set(re.findall(r"<[^>]*>", html)) <= {"<p>", "</p>"}, html
    return [" ".join(unescape_html(part).split()) for part in re.findall(r"<p>(.*?)</p>", html, re.DOTALL)]


@settings(max_examples=1000, deadline=None)
@given(HOSTILE)
@example("a | b\n:-:")
@example("a\r- b\r# c")
@example("a\n===\n\n    code\n\n1) one\n10. ten")
def test_any_text_is_shown_to_the_letter_and_makes_no_markup(text: str) -> None:
    assert shown(to_html(markup.escape(text), formulas=False)) == paragraphs(text)


@settings(max_examples=400, deadline=None)
@given(HOSTILE)
@example("a | b\n:-:")
@example("a\n:-")
@example("a ~~b~~ c\n\n| a |\n|---|\n| b |")
def test_readers_that_know_tables_and_strikethrough_show_the_same(text: str) -> None:
    assert shown(GITHUB.render(markup.escape(text))) == paragraphs(text)


@settings(max_examples=400, deadline=None)
@given(HOSTILE)
def test_unescape_gives_the_text_back(text: str) -> None:
    assert markup.unescape(markup.escape(text)).split() == text.split()


@settings(max_examples=150, deadline=None)
@given(HOSTILE)
def test_escaped_text_has_no_white_space_around_its_lines_and_no_carriage_return(text: str) -> None:
    escaped = markup.escape(text)
    assert [line.strip() for line in escaped.split("\n")] == escaped.split("\n")
    assert "\r" not in escaped


@settings(max_examples=150, deadline=None)
@given(st.text("abcxyz ÄÖπ智,.;?!()'\"/%@^{}0123456789", max_size=80))
def test_ordinary_prose_is_not_touched(text: str) -> None:
    line = "Wheels " + " ".join(text.split())
    assert markup.escape(line).strip() == line.strip()


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("a snake_case name", r"a snake\_case name"),
        ("it costs $5", r"it costs \$5"),
        ("<think> of wheels", r"\<think\> of wheels"),
        ("- not a list", r"\- not a list"),
        ("-5 degrees", "-5 degrees"),
        ("1. not a list", r"1\. not a list"),
        ("1.5 wheels", "1.5 wheels"),
        ("#1 bicycle", "#1 bicycle"),
        ("R&D; AT&T", r"R\&D; AT&T"),
        ("a\\b", r"a\\b"),
        (":-) wheels", r"\:-) wheels"),
    ],
)
def test_only_what_could_mean_something_gets_a_backslash(text: str, escaped: str) -> None:
    assert markup.escape(text) == escaped


def test_markdown_that_a_hand_wrote_keeps_its_links_and_loses_its_backslashes() -> None:
    assert markup.unescape(r"see [the code](https://velo.example) of a\_b") == (
        "see [the code](https://velo.example) of a_b"
    )


@pytest.mark.real
def test_every_real_abstract_is_shown_to_the_letter() -> None:
    wrong = []
    for day in real_days():
        for entry in json.loads((DATA / "feed" / f"{day}.json").read_text(encoding="utf-8")):
            text = entry["paper"].get("summary") or ""
            escaped = markup.escape(text)
            html = to_html(escaped, formulas=False)
            if shown(html) != paragraphs(text) or markup.unescape(escaped).split() != text.split():
                wrong.append(entry["paper"]["id"])
    assert wrong == []
