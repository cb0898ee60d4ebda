"""The characters of a text that strangers typed: what cannot be seen is cleaned, what can be seen stays.

Line breaks of every kind become `\\n`. Control characters, marks that turn the direction of writing
(UAX #9, the embeddings, overrides and isolates) and zero-width spaces are dropped. Half of a surrogate
pair and the two noncharacters that XML 1.0 refuses become U+FFFD, so that something still stands there.
"""

from __future__ import annotations

import re

from generator.model import markup

_LINE_BREAK = re.compile("\r\n|[\r\v\f\x85\u2028]")
_CONTROLS = [*range(0x09), *range(0x0E, 0x20), *range(0x7F, 0xA0)]
_BIDI = [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]
_ZERO_WIDTH = [0x200B, 0x2060, 0xFEFF]
_TABLE: dict[int, str | None] = {
    **dict.fromkeys([*_CONTROLS, *_BIDI, *_ZERO_WIDTH]),
    0x09: " ",
    0x2029: "\n\n",
    0xFFFE: "\ufffd",
    0xFFFF: "\ufffd",
}
_SURROGATE = re.compile("[\ud800-\udfff]")
_PARAGRAPH = re.compile(r"\n(?:[ \t]*\n|[ \t])\s*")


def clean(text: str) -> str:
    """`text` with every line break as `\\n` and nothing in it that cannot be seen or written as UTF-8."""
    if text.replace("\n", " ").isprintable():
        return text
    text = _LINE_BREAK.sub("\n", text).translate(_TABLE)
    if _SURROGATE.search(text):
        # Two halves that belong together are one character; a half alone is none.
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def one_line(text: str) -> str:
    """`text` on one line: line breaks, indentation and runs of white space fold to one space."""
    if not text.isprintable():
        text = clean(text)
    return " ".join(text.split())


def has_visible(text: str) -> bool:
    """Whether there is anything in `text` that a reader could see."""
    return any(character.isprintable() and not character.isspace() for character in text)


def abstract(text: str) -> str:
    """Markdown that shows exactly `text`.

    A hard wrap (`\\n`, arXiv's until October 2025) stays a line break; `\\n` and an indentation is how arXiv
    parts paragraphs, so it becomes a blank line, as does a line with nothing in it.
    """
    return markup.escape(_PARAGRAPH.sub("\n\n", clean(text).strip()))


def quoted(text: str, limit: int = 60) -> str:
    """`text` as a message may quote it: cleaned, on one line, shortened, between quotation marks."""
    line = one_line(text[: limit * 4])
    return f'"{line}"' if len(line) <= limit else f'"{line[:limit].rstrip()}…"'


def kind(value: object) -> str:
    """What a JSON value is, in the words of a message."""
    match value:
        case None:
            return "null"
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return "text"
        case list() | tuple():
            return "an array"
        case dict():
            return "an object"
        case _:
            return f"a {type(value).__name__}"
