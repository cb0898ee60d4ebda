"""Mathematics is told from money, and what becomes MathML is harmless."""

from __future__ import annotations

import csv
import io
import re
import time
import xml.etree.ElementTree as ElementTree
from html import unescape
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markupsafe import escape

from generator.model import markup
from generator.theme import mathematics
from generator.theme.filters import with_formulas
from generator.theme.markdown import parsed_html, to_html
from generator.theme.mathematics import MAX_SIGNS, MAX_SOURCE, Tex, mathml, split
from tests.theme import list_dollars

DECIDED = Path(__file__).parent / "decided.csv"
X = '<math display="inline"><mrow><mi>x</mi></mrow></math>'


def formulas(text: str) -> list[str]:
    return [part.source for part in split(text) if isinstance(part, Tex)]


@pytest.mark.parametrize(
    "text",
    [
        "It raised $5 million and $7 later", "for $0.02/1M tokens", "US$3", "from US$3 to US$4",
        "$100K-$200K", "$5–$10", "$5/$10", "$5-10$ each", "A$5 and C$7", "R$5 and R$6", "in US$, A$ and C$",
        "at 4$ per hour, or 5$", "costs 4$, not 5$", "4$/hour, 3$/day", "$10$", "$1,000$", "$10k$",
        "$5M and more $", "we pay $X and $Y", "$X-$Y", "about \\$148K or \\$2", "\\$x$", "$x\\$",
        "costs $5 or \\$7 and 8$", "a lone $", "$", "$$", "$$x$$", "$$$", "$ x $", "$x $", "$ x$",
        "$\\alpha", "$HOME/bin:$PATH", "$foo$", "$my_var$", "$foo_bar-$baz",
        "$P(final output is incorrect) le 2^N$", "$x is in A$", "${x$", "$x}$", "$}x{$", "$95%$", "$R&D$",
        "$#1$", "$a\n\nb$", "\\(", "\\)x\\(", "\\(see the text\\)", "\\()", "$x\x00$", "$\\unicode{x41}$",
        "$\\def\\a{\\a\\a}\\a$", "$\\newcommand{\\a}{x}\\a$", "$\\begin{matrix}a\\end{matrix}$", "x$y",
        "$" + "{" * 10_000 + "x" + "}" * 10_000 + "$", "$" + "\\alpha" * 200 + "$",
    ],
)  # fmt: skip
def test_this_is_text(text: str) -> None:
    assert formulas(text) == []
    assert mathematics.html(text, escape) == escape(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("costs $5, saves $x$ days", ["x"]), ("$5 for $k$-NN, $7 for L$^2$M", ["k", "^2"]),
        ("$\\alpha$", ["\\alpha"]), ("$\\textit{Trans-LoRA}$: towards", ["\\textit{Trans-LoRA}"]),
        ("8$\\times$A800", ["\\times"]), ("$\\sim$5 days", ["\\sim"]),
        ("by $83.3\\%$ and $5\\%$.", ["83.3\\%", "5\\%"]), ("$10^5$ and $10$", ["10^5"]),
        ("$x$, $y$ and $z$", ["x", "y", "z"]), ("$E = mc^2$", ["E = mc^2"]),
        ("$O(n \\log n)$", ["O(n \\log n)"]), ("$p<0.05$", ["p<0.05"]), ("$n+1$", ["n+1"]),
        ("$f(x)$", ["f(x)"]), ("$f$Divergence", ["f"]), ("$γ-$MoD", ["γ-"]),
        ("SelfCap$_{\\text{LR}}$", ["_{\\text{LR}}"]),
        ("$\\text{if the } x > 0$", ["\\text{if the } x > 0"]), ("a line $x +\ny$ long", ["x +\ny"]),
        ("\\\\$x$", ["x"]), ("about \\(TPP\\) and \\( O(n^2) \\)", ["TPP", "O(n^2)"]),
        ("$10$ and $k$", ["k"]), ("$\\mathbb{R}^{d\\times d}$", ["\\mathbb{R}^{d\\times d}"]),
    ],
)  # fmt: skip
def test_this_is_mathematics(text: str, expected: list[str]) -> None:
    assert formulas(text) == expected
    assert mathematics.html(text, escape).count("<math ") == len(expected)


@pytest.mark.parametrize(
    "tex",
    [
        "\\href{javascript:alert(1)}{x}", "\\style{color:red}{x}", "\\class{a}{x}", "\\color{red}{x}",
        "\\textcolor{red}{x}", "\\foo", "\\foo{x}", "\\hspace{99em}x", "\\rule{9em}{9em}", "\\cssId{a}{x}",
        "\\left( x", "a^b^c", "^", "\\frac{1}", "\\text{\\href{a}{b}}", "\\mathbf", "x" * (MAX_SIGNS + 1),
        "\\alpha " * MAX_SOURCE, "\\cancel{x}", "\\phantom{x}", "",
    ],
)  # fmt: skip
def test_what_cannot_be_shown_soundly_stays_text(tex: str) -> None:
    assert mathml(tex) is None
    assert mathematics.html(f"a ${tex}$ b", escape) == escape(f"a ${tex}$ b")


def test_text_in_a_formula_is_escaped() -> None:
    shown = mathml("\\text{<script>alert(1)</script>}")
    assert shown is not None
    assert "<script" not in shown
    assert "&lt;script&gt;" in shown


def test_a_formula_keeps_its_tex_where_that_says_more_than_its_signs() -> None:
    note = '<annotation encoding="application/x-tex">^2</annotation>'
    inside = f"<semantics><mrow><msup><mi></mi><mn>2</mn></msup></mrow>{note}</semantics>"
    assert (
        with_formulas("L$^2$M & $x$")
        == f'<span class="formula">L<math display="inline">{inside}</math>M</span> &amp; {X}'
    )


def test_around_log_stands_a_thin_space() -> None:
    assert re.findall(r"</mi><mspace", mathml("n\\log n") or "") == ["</mi><mspace"] * 2
    assert "mspace" not in (mathml("\\log(n)") or "mspace")


def test_an_abstract_shows_formulas_whether_the_feed_or_a_hand_wrote_them() -> None:
    expected = f"<p>It costs $5 and {X} &amp;\nmore.</p>\n<p>{X}</p>"
    text = "It costs $5 and $x$ &\nmore.\n\n\\(x\\)"
    assert to_html(markup.escape(text)) == parsed_html(markup.escape(text)) == expected
    assert to_html("It costs $5 and $x$ &\nmore.\n\n\\\\(x\\\\)") == expected
    assert to_html(markup.escape("$x$"), formulas=False) == parsed_html("$x$", formulas=False) == "<p>$x$</p>"


def test_in_code_and_in_a_description_of_a_picture_nothing_is_mathematics() -> None:
    assert to_html("`$x$` and *$x$*") == f"<p><code>$x$</code> and <em>{X}</em></p>"
    assert to_html("    $x$") == "<pre><code>$x$\n</code></pre>"
    assert to_html("![$x$](/a.png)") == '<p><img src="/a.png" alt="$x$" /></p>'


PIECES = st.sampled_from([
    *"$$$$\\{}^_&<>\"'#%()[]+-=,.|/ \n\x00", "5", "10", "x", "k", "USD", " and ", "α", "∞", "智", "\\(",
    "\\)", "\\frac", "\\sqrt", "\\text{", "\\left", "\\right", "\\times ", "\\log ", "\\href{javascript:x}",
    "\\mathbf", "\\begin{matrix}", "\\color{red}", "\\over ", "\\limits", "\\big", "\\hat", "\\\\", "&amp;",
    "&#36;", "</math>", "<script>", "]]>", "\ud800", "\uffff", "million",
])  # fmt: skip
TEXT = st.lists(PIECES, max_size=16).map("".join)


@given(TEXT)
@settings(max_examples=500, deadline=None)
def test_splitting_loses_nothing(text: str) -> None:
    assert "".join(part.raw if isinstance(part, Tex) else part for part in split(text)) == text


@given(TEXT)
@settings(max_examples=500, deadline=None)
@example("$\\text{&lt;script>}$")
def test_the_html_is_well_formed_and_its_text_whole(text: str) -> None:
    html = mathematics.html(text, lambda plain: str(escape(plain)))
    shown = [part for part in split(text) if isinstance(part, Tex) and mathml(part.source)]
    outside = re.sub(r"<math .*?</math>|</?span[^>]*>", "", html, flags=re.DOTALL)
    kept = text
    for part in shown:
        kept = kept.replace(part.raw, "", 1)
    assert html.count("<math ") == len(shown)
    assert len(unescape(outside)) == len(kept)
    for formula in re.findall(r"<math .*?</math>", html, re.DOTALL):
        named = {name for element in ElementTree.fromstring(formula).iter() for name in element.attrib}
        assert named <= {*mathematics._ATTRIBUTES, "display", "encoding"}
    if not shown:
        assert html == escape(text)


@given(TEXT.map(markup.escape) | TEXT)
@settings(max_examples=500, deadline=None)
def test_the_short_path_gives_the_parsers_bytes(markdown: str) -> None:
    assert to_html(markdown) == parsed_html(markdown)
    assert to_html(markdown, formulas=False) == parsed_html(markdown, formulas=False)


@pytest.mark.parametrize(
    "tex", ["a" * MAX_SOURCE, "'" * MAX_SOURCE, "\\frac{1}{" * 20 + "}" * 20, "x_{" * 20 + "1" + "}" * 20]
)
def test_no_formula_takes_long(tex: str) -> None:
    mathml("x")
    start = time.perf_counter()
    mathml.__wrapped__(tex)
    assert time.perf_counter() - start < 1


@pytest.mark.real
def test_the_real_days_are_decided_as_was_read_and_found_right() -> None:
    told = io.StringIO()
    list_dollars.write(list_dollars.facts(), told)
    assert told.getvalue() == DECIDED.read_text(encoding="utf-8")


def test_no_price_is_among_the_formulas_of_the_real_days() -> None:
    with DECIDED.open(encoding="utf-8", newline="") as lines:
        found = [row["tex"] for row in csv.DictReader(lines) if row["decision"] != "text"]
    assert found
    assert [tex for tex in found if re.match(r"[0-9]", tex) and "\\" not in tex] == []
