"""What the files in the cache are called that belong to one folder, where several sites share a cache."""

from __future__ import annotations

import hashlib
from pathlib import Path


def name_of(folder: Path, kind: str = "site") -> str:
    """A name for the site, or what else of this `kind` is in `folder`, which no other folder has."""
    return f"{kind}-{hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:12]}"
