"""What every output may know: the settings, the archive, its pages and the theme."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property

from generator.config import Settings
from generator.model.archive import Archive
from generator.outputs.kept import NOWHERE, Kept
from generator.pages.formats import is_lean
from generator.pages.page import Listed, Planned
from generator.portion import WHOLE, Portion
from generator.store.moved import Moved
from generator.theme.theme import Theme


@dataclass(frozen=True)
class Site:
    """Everything that is published, before it is files."""

    settings: Settings
    archive: Archive
    pages: tuple[Planned, ...]
    """Those of `portion`."""
    theme: Theme
    moved: tuple[Moved, ...] = ()
    """Addresses that were published once and now stand elsewhere."""
    kept: Kept = NOWHERE
    """Where pieces of long files are kept for the next build."""
    portion: Portion = WHOLE
    """What of all this is to be planned here."""
    others: tuple[Listed, ...] = ()
    """The pages of other portions, where all pages are needed."""

    @property
    def listed(self) -> tuple[Planned | Listed, ...]:
        """All its pages."""
        return (*self.pages, *self.others)

    @cached_property
    def is_lean(self) -> bool:
        """Whether it leaves out the formats that repeat a page."""
        return is_lean(self.archive, self.settings)

    @cached_property
    def style_address(self) -> str:
        """Where the one style sheet stands; its name changes with its content, so that caches may keep it."""
        digest = hashlib.sha256(self.theme.style_sheet.encode()).hexdigest()[:10]
        return f"assets/site.{digest}.css"
