"""Abstracts: Markdown to HTML, by CommonMark's rules and with raw HTML switched off.

Most abstracts are paragraphs of plain text with some escapes, as `generator.model.markup.escape` writes them.
Those take a short path that gives the same bytes as the parser (the tests compare the two) in a twentieth of
its time. Formulas (`generator.theme.mathematics`) are looked for in the text that both ways lead to: what a
hand wrote is treated like what the feed sent. They are not looked for in code, nor across emphasis and links.
Headings stand below those of the page.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import escape
from itertools import groupby

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from generator.model.markup import unescape
from generator.theme import mathematics

_PLAIN_LINE = (
    r"(?!\s|[#>+\-=~]|\d{1,9}[.)])"  # nothing that opens a block: indent, heading, quote, list, fence
    r"(?:[^\\`*_\[<&!\n\r\x00]++|\\[!-/:-@\[-`{-~]|&(?!\#?[A-Za-z0-9]+;)|!(?!\[))++"  # nor anything inline
    r"(?<!\s)"  # nor a hard break at its end
)
_MEANS_NOTHING = (string.ascii_letters + string.digits + " %'(),-./:;=?@|\n").encode()
_HIGHEST, _LOWEST = 3, 6
"""Levels of headings."""
_PLAIN = re.compile(rf"{_PLAIN_LINE}(?:\n{{1,2}}{_PLAIN_LINE})*")


@lru_cache(maxsize=2)
def _parser(formulas: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False})
    parser.core.ruler.push("headings", _lower_headings)
    if formulas:
        parser.core.ruler.push("formulas", _find_formulas)
    return parser


def to_html(markdown: str, *, formulas: bool = True) -> str:
    """The HTML of an abstract: paragraphs, and what a hand wrote. Raw HTML comes out as text; a link whose
    scheme could run code (`javascript:`, `data:`, `file:`) comes out as text too. TeX becomes MathML where
    `formulas` are wanted."""
    if _is_bare(markdown):
        return f"<p>{markdown}</p>"
    if not _PLAIN.fullmatch(markdown):
        return parsed_html(markdown, formulas=formulas)
    return _plain_html(markdown, formulas and mathematics.may_hold(markdown))


def _is_bare(markdown: str) -> bool:
    """Whether it is one paragraph of ASCII, each line of which begins with a letter, and no character means
    anything. To see this takes a fifth of the time of `_PLAIN`, and then there is nothing left to do."""
    return (
        markdown[:1].isalpha()
        and markdown.isascii()
        and not markdown.encode().translate(None, _MEANS_NOTHING)
        and not markdown.endswith((" ", "\n"))
        and " \n" not in markdown
        and "\n\n" not in markdown
        and "".join([line[:1] for line in markdown.split("\n")]).isalpha()
    )


def parsed_html(markdown: str, *, formulas: bool = True) -> str:
    """What `to_html` gives, always by the parser."""
    return str(_parser(formulas).render(markdown)).rstrip("\n")


def _plain_html(markdown: str, formulas: bool) -> str:
    text = unescape(markdown) if "\\" in markdown else markdown
    if formulas:
        paragraphs = [mathematics.html(paragraph, _escaped) for paragraph in text.split("\n\n")]
    else:
        paragraphs = _escaped(text).split("\n\n")
    return "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def _escaped(text: str) -> str:
    """As the parser's renderer escapes it."""
    return escape(text, quote=False).replace('"', "&quot;")


def _lower_headings(state: StateCore) -> None:
    """A rule of the parser: the highest heading of an abstract is one level below *Abstract* on a page."""
    headings = [token for token in state.tokens if token.type in {"heading_open", "heading_close"}]
    highest = min((int(token.tag[1:]) for token in headings), default=_HIGHEST)
    for token in headings:
        token.tag = f"h{min(int(token.tag[1:]) - highest + _HIGHEST, _LOWEST)}"


def _find_formulas(state: StateCore) -> None:
    """A rule of the parser: text, with its line breaks, that may hold formulas becomes finished HTML."""
    for token in state.tokens:
        if token.children:
            token.children = list(_with_formulas(token.children))


def _with_formulas(tokens: Iterable[Token]) -> Iterator[Token]:
    for is_text, run in groupby(tokens, key=lambda token: token.type in {"text", "softbreak"}):
        parts = list(run)
        text = (
            "".join("\n" if part.type == "softbreak" else part.content for part in parts) if is_text else ""
        )
        if mathematics.may_hold(text):
            yield Token("html_inline", "", 0, content=mathematics.html(text, _escaped))
        else:
            yield from parts
