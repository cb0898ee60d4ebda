"""For tests of what may not be read or written."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest


def _may_do_everything() -> bool:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "closed"
        folder.mkdir(mode=0o000)
        try:
            return not list(folder.iterdir())
        except PermissionError:
            return False


needed = pytest.mark.skipif(
    _may_do_everything(), reason="root may read and write everything, and Windows knows no modes"
)
