"""Colours: only in tokens.css, the same names light and dark, and never too faint to read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

THEMES = Path(__file__).parents[2] / "themes"
_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|rgba|hsl|hsla|oklch|oklab|lab|lch|color|color-mix)\(")
_NAMED = re.compile(r":[^;{}]*\b(?:white|black|red|green|blue|gray|grey|silver|maroon|navy|orange|yellow)\b")

# Text on a ground (WCAG 2.2, 1.4.3), then lines that carry meaning on a ground (1.4.11).
TEXT = [
    ("ink", "paper"), ("ink-soft", "paper"), ("accent", "paper"), ("accent-ink", "accent"),
    ("ink", "tint"), ("ink-soft", "tint"), ("accent", "tint"),
    ("ink", "shade-1"), ("ink", "shade-2"), ("ink", "shade-3"), ("ink", "shade-4"),
    ("shade-5-ink", "shade-5"),
]  # fmt: skip
LINES = [("rule-strong", "paper"), ("accent", "paper"), ("accent", "tint")]


def rules(css: str) -> list[tuple[str, dict[str, str]]]:
    """The selectors of a token file, each with its colours."""
    bare = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    found = re.findall(r"([^{}]+)\{([^{}]*)\}", bare)
    return [
        (selector.strip(), dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-f]{6})\s*;", body)))
        for selector, body in found
    ]


def schemes(theme: str) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """The light list, the dark list that the system asks for, and the one that the reader asks for."""
    told = [
        colours for _, colours in rules((THEMES / theme / "assets/css/tokens.css").read_text()) if colours
    ]
    light, dark, chosen = told
    return light, dark, chosen


def luminance(colour: str) -> float:
    """Relative luminance of sRGB (WCAG 2.2)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", ["broadsheet", "plain"])
def test_text_stands_out_from_its_ground_light_and_dark(theme: str) -> None:
    faint = {
        (scheme, *pair): round(contrast(colours[pair[0]], colours[pair[1]]), 2)
        for scheme, colours in zip(("light", "dark"), schemes(theme)[:2], strict=True)
        for least, pairs in ((4.5, TEXT), (3.0, LINES))
        for pair in pairs
        if contrast(colours[pair[0]], colours[pair[1]]) < least
    }
    assert faint == {}


@pytest.mark.parametrize("theme", ["broadsheet", "plain"])
def test_light_and_dark_are_the_same_list(theme: str) -> None:
    light, dark, chosen = schemes(theme)
    assert list(light) == list(dark)
    assert dark == chosen


@pytest.mark.parametrize("theme", ["broadsheet", "plain"])
def test_no_colour_stands_outside_the_tokens(theme: str) -> None:
    for path in sorted((THEMES / theme / "assets/css").glob("*.css")):
        if path.name != "tokens.css":
            css = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
            assert _COLOUR.findall(css) + _NAMED.findall(css) == [], path.name
    for path in (THEMES / theme / "templates").rglob("*.html"):
        assert _COLOUR.findall(re.sub(r"\{[{%#].*?[%}#]\}|href=\"#[a-z]+\"", "", path.read_text())) == [], (
            path.name
        )


def test_every_token_is_used_and_every_used_one_is_a_token() -> None:
    folder = THEMES / "broadsheet/assets/css"
    sheets = "\n".join(path.read_text() for path in sorted(folder.glob("*.css")))
    tokens = set(re.findall(r"^\s*--([a-z0-9-]+):", (folder / "tokens.css").read_text(), re.MULTILINE))
    assert set(re.findall(r"var\(--([a-z0-9-]+)\)", sheets)) == tokens


def test_contrast_is_computed_as_the_standard_says() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54
