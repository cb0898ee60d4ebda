"""The short way through a build before which nothing changed, which needs hardly any of the program."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial

from generator.aside import Aside
from generator.builder import unchanged
from generator.builder.unchanged import Inputs, Outputs
from generator.config import Config
from generator.report import BuildReport

_MANY = 6000
"""From how many files of a site on another process pays for its start."""


class Sight:
    """What there is to read for a build, and what the last one left: where there may be several `workers`,
    another process looks meanwhile, unless it is known that there is little to see."""

    def __init__(self, config: Config, *, workers: int = 1) -> None:
        self.note = unchanged.recall(unchanged.note_of(config))
        """What the last build noted."""
        self.is_marked = unchanged.is_marked(config.site)
        self.is_aside = workers > 1 and (self.note is None or self.note.files > _MANY)
        self._looks_on = False
        self._inputs = Aside(lambda: unchanged.look(config), forks=self.is_aside)
        self._outputs: Callable[[], Outputs] = partial(unchanged.look_at_outputs, config.site, config.cache)
        if not unchanged.folders_of(config.site, config.cache).exists():
            self.look_on(patience=0)  # it takes long

    @property
    def is_busy(self) -> bool:
        """Whether two processes look at once, which leaves no core to others."""
        return self.is_aside and self._looks_on and self.note is not None

    @cached_property
    def inputs(self) -> Inputs:
        return self._inputs.answer()

    def look_on(self, patience: int = 10) -> None:
        """Let another process look at site/ meanwhile, if none does yet; for `patience` see `Aside`."""
        if not self._looks_on and "outputs" not in vars(self):
            self._outputs = Aside(self._outputs, forks=self.is_aside, patience=patience).answer
            self._looks_on = True

    @cached_property
    def outputs(self) -> Outputs:
        """The files of site/."""
        return self._outputs()


def standing(seen: Sight) -> BuildReport | None:
    """What there is to say of the site where it is as the last build left it, which read the same inputs;
    None where something changed.

    Needs no lock: a build that has begun to change the site has no note.
    """
    note = seen.note if seen.is_marked else None
    if note and note.inputs == seen.inputs.digest != "" and note.outputs == seen.outputs.digest:
        return BuildReport(note.papers, note.days, note.topics, note.pages, {}, note.files, ())
    return None
