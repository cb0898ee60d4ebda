"""What a site's files in the cache are called, where several sites share one."""

from __future__ import annotations

import hashlib
from pathlib import Path


def name_of(folder: Path) -> str:
    """A name for the site in `folder`, which no other folder has."""
    return f"site-{hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:12]}"
