"""Abstracts: Markdown to HTML, by CommonMark's rules and with raw HTML switched off."""

from __future__ import annotations

from functools import lru_cache

from markdown_it import MarkdownIt


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False})


def to_html(markdown: str) -> str:
    """The HTML of an abstract: paragraphs, and what a hand wrote. Raw HTML comes out as text; a link whose
    scheme could run code (`javascript:`, `data:`, `file:`) comes out as text too."""
    return str(_parser().render(markdown)).rstrip("\n")
