"""Text in pictures, set in the one face that Pillow brings along, so that no machine's fonts matter.

That face has ASCII and few marks more. A letter that it lacks is written without its accent, a dash as a
hyphen; a text with a letter for which nothing stands is not written, and the caller's other text is.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from PIL import ImageFont

_NOWHERE = "\U0010fffe"
"""A noncharacter, which every face shows as what it shows for any letter that it lacks."""
_STANDS_FOR = {
    **dict.fromkeys("‐‑‒–—−", "-"), "×": "x", "→": "->", "•": "·", "€": "EUR ",
    "ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i",
    "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe",
}  # fmt: skip
"""What is written for letters and marks that are no accented form of another."""
_PROBE = 40
_DISPLAY = 40
"""From this size on, in pixels, text is a headline, and its lines stand closer."""


@lru_cache(maxsize=64)
def face(size: int) -> ImageFont.FreeTypeFont:
    """The face at `size` pixels, laid out by Pillow itself rather than by what a machine has beside it."""
    found = ImageFont.load_default(size)
    assert isinstance(found, ImageFont.FreeTypeFont)
    return found.font_variant(layout_engine=ImageFont.Layout.BASIC)


def writable(text: str, instead: str) -> str:
    """`text` on one line as the face can write it, else `instead`, which is ASCII."""
    line = " ".join(text.split())
    written = "".join(each if _has(each) else _plain(each) for each in line)
    return written if written and all(map(_has, written)) else instead


@dataclass(frozen=True, slots=True)
class Setting:
    """Lines of text, and the size at which they fit."""

    lines: tuple[str, ...]
    size: int

    @property
    def leading(self) -> int:
        return round(self.size * (1.14 if self.size > _DISPLAY else 1.34))


@lru_cache(maxsize=256)
def fitted(text: str, width: int, height: int, sizes: tuple[int, ...]) -> Setting:
    """`text` at the largest of `sizes` (descending) at which it fits into `width` and `height` pixels; cut,
    with an ellipsis, where it fits at none."""
    for size in sizes:
        setting = Setting(_wrapped(text, width, size), size)
        if _height(setting) <= height and all(face(size).getlength(line) <= width for line in setting.lines):
            return setting
    size = sizes[-1]
    lines = [_cut(line, width, size) for line in _wrapped(text, width, size)]
    most = height // Setting((), size).leading
    if len(lines) > most:
        lines = [*lines[: most - 1], _cut(f"{lines[most - 1]} …", width, size)] if most > 0 else []
    return Setting(tuple(lines), size)


def _height(setting: Setting) -> int:
    return setting.leading * len(setting.lines)


def _wrapped(text: str, width: int, size: int) -> tuple[str, ...]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and face(size).getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def _cut(line: str, width: int, size: int) -> str:
    """`line`, with an ellipsis for what goes beyond `width`."""
    length = face(size).getlength
    if length(line) <= width:
        return line
    line = line.removesuffix(" …")
    fits = bisect_left(range(len(line)), True, key=lambda end: length(f"{line[: end + 1]} …") > width)
    return f"{line[:fits].rstrip(' ,;:.')} …"


def _plain(letter: str) -> str:
    """`letter` without accents, or what stands for it."""
    if letter in _STANDS_FOR:
        return _STANDS_FOR[letter]
    return "".join(
        each for each in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(each)
    )  # fmt: skip


@lru_cache(maxsize=4096)
def _has(letter: str) -> bool:
    if letter == " ":
        return True
    return letter.isprintable() and _drawn(letter) != _drawn(_NOWHERE)


def _drawn(letter: str) -> bytes:
    mask = face(_PROBE).getmask(letter)
    return repr(mask.size).encode() + bytes(mask)
