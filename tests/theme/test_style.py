"""A style sheet loses what nobody reads, and nothing else."""

from __future__ import annotations

import pytest

from generator.theme.style import compact


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        (
            "a { color: red; }\n\n/* Why's; that? */\nb,\n  i { margin: 0 1px; }",
            "a{color:red}b,i{margin:0 1px}\n",
        ),
        ("nav a :hover { top: calc(1px + 2px) }", "nav a :hover{top:calc(1px + 2px)}\n"),
        ("""q { content: "; } a: /* b */ , '"; }""", """q{content:"; } a: /* b */ , '"}\n"""),
        (r'a { content: "\"; }"; color: red; }', r'a{content:"\"; }";color:red}' + "\n"),
        ('a { content: "← "; content: "← " / ""; }', 'a{content:"← ";content:"← " / ""}\n'),
        ("@media screen and (width: 9px) {\n a { b: c; }\n}", "@media screen and (width:9px){a{b:c}}\n"),
    ],
)
def test_comments_and_idle_space_go_and_strings_stay(written: str, sent: str) -> None:
    assert compact(written) == sent


def test_a_compact_sheet_stays_as_it_is() -> None:
    once = compact("a { b: c, d; } /* e */ f > g { h: 'i  j' }")
    assert compact(once) == once
