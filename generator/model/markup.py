"""Plain text as Markdown that renders to exactly that text.

The rules are CommonMark 0.31's (https://spec.commonmark.org/0.31.2/): what could open a construct is
escaped with a backslash, and nothing else, so that the file stays readable. `$`, `|` and `~` are escaped
for the sake of readers that know mathematics, tables and strikethrough (GitHub's view of content/).
"""

from __future__ import annotations

import re

_INLINE = re.compile(r"[\\`*_\[\]<>~$|]|&(?=#?[A-Za-z0-9]+;)")
_LINE_START = re.compile(r"(?P<marker>[-+=#:])(?![A-Za-z0-9])|(?P<number>\d{1,9})(?P<point>[.)])(?=\s|$)")
_LINE_BREAK = re.compile(r"\r\n?|\n")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def escape(text: str) -> str:
    """Markdown for plain `text`. Blank lines part paragraphs; other line breaks stay as they are.

    White space around a line, and around the whole, is dropped: Markdown gives it a meaning of its own,
    and a page shows none of it.
    """
    lines = [line.strip() for line in _LINE_BREAK.split(text.strip())]
    return "\n".join(_escape_line(line) for line in lines)


def unescape(markdown: str) -> str:
    """The text that `escape` was given. Of hand-written Markdown, the source without its backslashes."""
    return _ESCAPED.sub(r"\1", markdown) if "\\" in markdown else markdown


def _escape_line(line: str) -> str:
    escaped = _INLINE.sub(lambda match: "\\" + match.group(), line)
    return _LINE_START.sub(_escape_start, escaped, count=1) if _LINE_START.match(escaped) else escaped


def _escape_start(match: re.Match[str]) -> str:
    if match["marker"]:
        return "\\" + match["marker"]
    return f"{match['number']}\\{match['point']}"
