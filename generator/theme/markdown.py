"""Abstracts: Markdown to HTML, by CommonMark's rules and with raw HTML switched off.

Most abstracts are paragraphs of plain text with some escapes, as `generator.model.markup.escape` writes them.
Those take a short path that gives the same bytes as the parser (the tests compare the two) in a twentieth of
its time.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape

from markdown_it import MarkdownIt

from generator.model.markup import unescape

_PLAIN_LINE = (
    r"(?!\s|[#>+\-=~]|\d{1,9}[.)])"  # nothing that opens a block: indent, heading, quote, list, fence
    r"(?:[^\\`*_\[<&!\n\r\x00]++|\\[!-/:-@\[-`{-~]|&(?!\#?[A-Za-z0-9]+;)|!(?!\[))++"  # nor anything inline
    r"(?<!\s)"  # nor a hard break at its end
)
_PLAIN = re.compile(rf"{_PLAIN_LINE}(?:\n{{1,2}}{_PLAIN_LINE})*")


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False})


def to_html(markdown: str) -> str:
    """The HTML of an abstract: paragraphs, and what a hand wrote. Raw HTML comes out as text; a link whose
    scheme could run code (`javascript:`, `data:`, `file:`) comes out as text too."""
    return _plain_html(markdown) if _PLAIN.fullmatch(markdown) else parsed_html(markdown)


def parsed_html(markdown: str) -> str:
    """What `to_html` gives, always by the parser."""
    return str(_parser().render(markdown)).rstrip("\n")


def _plain_html(markdown: str) -> str:
    paragraphs = escape(unescape(markdown), quote=False).replace('"', "&quot;").split("\n\n")
    return "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
