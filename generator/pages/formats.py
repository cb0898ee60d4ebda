"""Whether a site has every format that machines read, or those alone without which something would be lost.

Beside its pages each paper costs about 14 KB in other formats, and some hosts take no site of more than 1 GB
(GitHub Pages). A lean site leaves out what repeats a page: Markdown twins, the JSON API, link sets, citations
of days and months, SQLite, feeds of people and the months of topics' feeds. Its JSON Lines still hold all
that is known, and its parcels of citations every reference.
"""

from __future__ import annotations

from generator.config import Settings
from generator.model.archive import Archive

FULL_UP_TO = 25_000
"""Papers of which a site with every format takes about 0.8 GB."""


def is_lean(archive: Archive, settings: Settings) -> bool:
    """What the setting `formats` says or, where that is `auto`, what the number of papers does."""
    if settings.formats == "auto":
        return len(archive.papers) > FULL_UP_TO
    return settings.formats == "lean"
