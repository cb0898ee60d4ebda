"""The short path for plain paragraphs gives what the parser gives."""

from __future__ import annotations

import re
import string

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.model.markup import escape
from generator.theme.markdown import parsed_html, to_html
from tests.support.replay import real_days, real_page

PIECES = st.sampled_from([
    *"\\`*_[]<>&!#+-=~|$(){}:;.,'\"0123456789",
    " ", "  ", "\n", "\n\n", "\n\n\n", "\t", "\r", "\x00", "\u00a0", "a", "Zé智",
    "&amp;", "&copy", "&#35;", "![", "](", "<think>", "http://x.y", "- x", "1. x", "2) x", "    code",
    "---", "===", "\\\n", "\\*", "\\a", "> q", "~~~", "```", "***", "<!--", "-->", "[a]: /b",
    "\u2028", "\u3000",
])  # fmt: skip
MARKDOWN = st.lists(PIECES, max_size=14).map("".join)


@given(MARKDOWN)
@settings(max_examples=3000, deadline=None)
@example("a\n\n\nb")
@example("a \nb")
@example("a\\\nb")
@example("\u00a0a\u00a0")
@example("a\n    b")
@example("a\n\n    b")
@example("a\n===")
def test_the_short_path_gives_the_parsers_bytes(markdown: str) -> None:
    assert to_html(markdown) == parsed_html(markdown)


@given(st.text(string.ascii_letters + string.digits + " %'(),-./:;=?@|\n", min_size=1, max_size=40))
@settings(max_examples=2000, deadline=None)
@example("a  b")
@example("a \nb")
@example("a\nb ")
@example("a\nb\n")
@example("a\n b")
@example("a\n\nb")
@example("a\n1. b")
@example("a\n- b")
@example("a\n---")
@example("a |b| c")
@example("b | c | --- | ---")
@example("www.example.org, mailto:ada@example.org, https://example.org/?a=1")
def test_the_shortest_path_gives_the_parsers_bytes(markdown: str) -> None:
    assert to_html(f"a{markdown}") == parsed_html(f"a{markdown}")
    assert to_html(markdown) == parsed_html(markdown)


@given(MARKDOWN.map(escape))
@settings(max_examples=1000, deadline=None)
def test_the_short_path_gives_the_parsers_bytes_for_escaped_text(markdown: str) -> None:
    assert to_html(markdown) == parsed_html(markdown)


@pytest.mark.real
def test_the_short_path_gives_the_parsers_bytes_for_real_abstracts() -> None:
    for day in real_days()[::20]:
        for entry in real_page(day):
            markdown = escape(entry["paper"]["summary"])
            assert to_html(markdown) == parsed_html(markdown), entry["paper"]["id"]


def test_raw_html_and_dangerous_links_come_out_as_text() -> None:
    assert to_html("<script>alert(1)</script>") == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"
    assert to_html("[x](javascript:alert(1))") == "<p>[x](javascript:alert(1))</p>"


@pytest.mark.parametrize(
    ("markdown", "levels"),
    [
        ("# Aim\n\nWhy.\n\n## Means\n\nHow.", "34"),
        ("Why.\n\n### Means\n\nHow.\n\n##### More", "35"),
        ("Aim\n===\n\nMeans\n---", "34"),
        ("# 1\n\n## 2\n\n### 3\n\n#### 4\n\n##### 5", "34566"),
    ],
)
def test_headings_stand_below_those_of_the_page(markdown: str, levels: str) -> None:
    html = to_html(markdown)
    assert "".join(re.findall(r"<h(\d)>", html)) == "".join(re.findall(r"</h(\d)>", html)) == levels
