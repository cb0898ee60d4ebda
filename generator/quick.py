"""The short way through a build before which nothing changed, which needs hardly any of the program."""

from __future__ import annotations

from generator.builder import unchanged
from generator.builder.unchanged import Inputs
from generator.config import Config
from generator.report import BuildReport


def look(config: Config) -> Inputs:
    """What there is to read for a build."""
    return unchanged.look(config)


def standing(config: Config, inputs: Inputs) -> BuildReport | None:
    """What there is to say of the site where it is as the last build left it, which read the same `inputs`;
    None where something changed.

    Needs no lock: a build that has begun to change the site has no note.
    """
    note = unchanged.recall(unchanged.note_of(config))
    if (
        note
        and inputs.digest
        and note.inputs == inputs.digest
        and note.outputs == unchanged.look_at_outputs(config.site)
    ):
        return BuildReport(note.papers, note.days, note.topics, note.pages, {}, note.files, ())
    return None
