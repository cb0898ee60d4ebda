"""The pictures that stand beside a link in previews (Open Graph): 1,200 by 630 pixels, PNG.

Set like the front page they lead to: nameplate, a thick and a thin rule, the name of what is linked, a
sentence, and at the foot a drawing of its own. A month has its calendar, a topic has bars whose heights
are its name's digest, the archive has columns of type. Nothing in a picture changes from day to day.
"""

from __future__ import annotations

import calendar
import hashlib
import io
from dataclasses import dataclass
from typing import Literal

from PIL import Image, ImageDraw

from generator.exporting.lettering import face, fitted
from generator.exporting.palette import Colour, Palette

WIDTH, HEIGHT = 1200, 630
_LEFT, _RIGHT = 72, WIDTH - 72
_SENTENCE_END = 452
"""How far down the sentence may reach: below it stands the drawing."""

Drawing = Literal["columns", "bars", "calendar"]


@dataclass(frozen=True, slots=True)
class Picture:
    """What a picture says; every text is one that `lettering.writable` gave."""

    nameplate: str
    """The archive's title, at the head; empty where the archive is itself what is named."""
    kind: str
    """What is linked, in a word: `Topic`."""
    name: str
    sentence: str
    drawing: Drawing
    seed: str
    """What the drawing is made from: a slug, or a month as `2025-11`."""


def png(picture: Picture, palette: Palette) -> bytes:
    """The bytes of `picture`, at most 25 KB; the same for one version of Pillow."""
    image = Image.new("RGB", (WIDTH, HEIGHT), palette.paper)
    draw = ImageDraw.Draw(image)
    draw.fontmode = "L"
    _head(draw, picture, palette)
    room = 560 if picture.drawing == "calendar" else _RIGHT - _LEFT
    name = fitted(picture.name, room, 232, (112, 100, 88, 78, 68, 60, 52, 44))
    top = 168
    for line in name.lines:
        draw.text((_LEFT - name.size // 18, top), line, palette.ink, face(name.size))
        top += name.leading
    top += 22
    sentence = fitted(picture.sentence, room, _SENTENCE_END - top, (30, 27, 24))
    for line in sentence.lines:
        draw.text((_LEFT, top), line, palette.ink_soft, face(sentence.size))
        top += sentence.leading
    _DRAWINGS[picture.drawing](draw, picture.seed, palette)
    draw.rectangle((0, HEIGHT - 14, WIDTH, HEIGHT), palette.accent)
    inks = Image.new("P", (1, 1))
    inks.putpalette([part for colour in palette.shades() for part in colour])
    packed = image.quantize(palette=inks, dither=Image.Dither.NONE)
    out = io.BytesIO()
    packed.save(out, "PNG", bits=4, compress_level=5)
    return out.getvalue()


def _head(draw: ImageDraw.ImageDraw, picture: Picture, palette: Palette) -> None:
    """Nameplate and kind on one line, above a thick and a thin rule."""
    kind = face(26)
    width = kind.getlength(picture.kind)
    plate = fitted(picture.nameplate, round(_RIGHT - _LEFT - width - 48), 54, (38, 34, 30, 26))
    if plate.lines:
        draw.text((_LEFT, 84), plate.lines[0], palette.ink, face(plate.size), anchor="ls")
    draw.text((_RIGHT, 84), picture.kind, palette.accent, kind, anchor="rs")
    draw.rectangle((_LEFT, 108, _RIGHT, 113), palette.ink)
    draw.rectangle((_LEFT, 119, _RIGHT, 119), palette.ink)


def _bars(draw: ImageDraw.ImageDraw, seed: str, palette: Palette) -> None:
    """A row of bars on a rule, as high as the bytes of the digest, the highest in the accent colour."""
    heights = hashlib.blake2b(seed.encode(), digest_size=48).digest()
    foot, step = HEIGHT - 62, (_RIGHT - _LEFT + 8) / len(heights)
    for place, byte in enumerate(heights):
        left = round(_LEFT + place * step)
        colour = palette.accent if byte == max(heights) else palette.between(palette.ink, 0.12 + byte / 640)
        draw.rectangle((left, foot - 14 - byte * 76 // 255, left + round(step) - 9, foot), colour)
    draw.rectangle((_LEFT, foot + 5, _RIGHT, foot + 6), palette.ink)


def _columns(draw: ImageDraw.ImageDraw, seed: str, palette: Palette) -> None:
    """Four columns of type, each with a headline in ink or accent above lines of text."""
    shape = hashlib.blake2b(seed.encode(), digest_size=64).digest()
    gap, count = 36, 4
    width = (_RIGHT - _LEFT - gap * (count - 1)) / count
    for column in range(count):
        left = round(_LEFT + column * (width + gap))
        bytes_of = shape[column * 16 : column * 16 + 16]
        head = palette.accent if column == 0 else palette.ink
        draw.rectangle((left, 452, left + round(width * (0.72 + bytes_of[0] / 1100)), 463), head)
        draw.rectangle((left, 470, left + round(width * (0.38 + bytes_of[1] / 800)), 481), head)
        for line in range(6):
            share = 1.0 if line % 3 != 2 else 0.4 + bytes_of[line + 2] / 600
            top = 498 + line * 13
            draw.rectangle((left, top, left + round(width * share), top + 3), palette.rule)
        if column:
            middle = round(left - gap / 2)
            draw.line((middle, 452, middle, 566), palette.rule, 1)


def _calendar(draw: ImageDraw.ImageDraw, seed: str, palette: Palette) -> None:
    """The month's weeks, Monday first: weekdays strong, weekends faint, and each day's number."""
    year, month = (int(part) for part in seed.split("-"))
    size, gap = 54, 10
    left = _RIGHT - 7 * size - 6 * gap
    for place, letter in enumerate("MTWTFSS"):
        middle = left + place * (size + gap) + size // 2
        draw.text((middle, 178), letter, palette.ink_soft, face(20), anchor="ms")
    for row, week in enumerate(calendar.Calendar().monthdayscalendar(year, month)):
        for place, day in enumerate(week):
            if day:
                corner = (left + place * (size + gap), 194 + row * (size + gap))
                _day(draw, corner, size, day, _WEEKDAY if place < 5 else _WEEKEND, palette)


_WEEKDAY, _WEEKEND = 0.86, 0.10
"""How much of the accent colour a day has."""


def _day(
    draw: ImageDraw.ImageDraw,
    corner: tuple[int, int],
    size: int,
    day: int,
    share: float,
    palette: Palette,
) -> None:
    left, top = corner
    draw.rectangle((left, top, left + size, top + size), palette.between(palette.accent, share))
    colour: Colour = palette.paper if share > 0.5 else palette.ink_soft
    draw.text((left + size / 2, top + size / 2), str(day), colour, face(20), anchor="mm")


_DRAWINGS = {"bars": _bars, "columns": _columns, "calendar": _calendar}
