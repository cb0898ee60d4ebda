"""Papers of the archive as references; one object for each, which its page and all lists share."""

from __future__ import annotations

from generator.citing.reference import Reference, reference_of
from generator.config import Settings
from generator.model.archive import Archive
from generator.model.paper import Paper
from generator.pages import addresses


def reference(archive: Archive, settings: Settings, paper: Paper) -> Reference:
    """What there is to cite of `paper`; made once."""
    key = ("reference", paper.id)
    made = archive.memo.get(key)
    if not isinstance(made, Reference):
        made = reference_of(paper, settings.base_url + addresses.paper(paper.id))
        archive.memo[key] = made
    return made
