"""The colours of a preview picture, as the theme names them."""

from __future__ import annotations

import re
from dataclasses import dataclass

Colour = tuple[int, int, int]
"""Red, green, blue; 0 to 255."""

_TOKEN = re.compile(r"--(paper|ink|ink-soft|rule|accent)\s*:\s*#([0-9a-fA-F]{6})\s*[;}]")


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by their role, as in a theme's `tokens.css`."""

    paper: Colour = (253, 251, 247)
    ink: Colour = (28, 26, 23)
    ink_soft: Colour = (92, 86, 77)
    rule: Colour = (216, 210, 198)
    accent: Colour = (163, 32, 28)

    @classmethod
    def of(cls, style_sheet: str) -> Palette:
        """What a style sheet says first of each role, which is its light list; the default where it says
        nothing, or not as `#rrggbb`."""
        found: dict[str, Colour] = {}
        for role, digits in _TOKEN.findall(style_sheet):
            red, green, blue = bytes.fromhex(digits)
            found.setdefault(role.replace("-", "_"), (red, green, blue))
        return cls(**found)

    def between(self, colour: Colour, share: float) -> Colour:
        """`colour` on paper, covering `share` of it (0 to 1)."""
        red, green, blue = (
            round(ground + (over - ground) * share) for ground, over in zip(self.paper, colour, strict=True)
        )
        return red, green, blue

    def shades(self) -> tuple[Colour, ...]:
        """The 16 colours of a picture (four bits a pixel): each role, and steps from paper to ink and accent
        for the edges of letters."""
        inks = (self.between(self.ink, share) for share in (0.12, 0.24, 0.38, 0.52, 0.68, 0.84))
        accents = (self.between(self.accent, share) for share in (0.1, 0.25, 0.45, 0.65, 0.86))
        return (self.paper, self.ink, self.ink_soft, self.rule, self.accent, *inks, *accents)
