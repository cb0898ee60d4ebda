"""What slugs are known already, each by its text alone."""

from __future__ import annotations

from collections.abc import Callable


class KnownSlugs(dict[str, str]):
    """By a text as it stands in a paper, the slug that `slug_of` gives it, a pure function; found out when it
    is asked for. A text that has none is left out, and its slug is empty."""

    def __init__(self, slug_of: Callable[[str], str], known: dict[str, str] | None = None) -> None:
        super().__init__(known or {})
        self._slug_of = slug_of

    def __missing__(self, text: str) -> str:
        slug = self._slug_of(text)
        if slug:
            self[text] = slug
        return slug

    def only(self) -> dict[str, str]:
        """The text of each slug that no other text is known to have; empty where there are several."""
        found: dict[str, str] = {}
        for text, slug in self.items():
            found[slug] = "" if slug in found else text
        return found
