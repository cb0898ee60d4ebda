"""A digest of the program itself: a file made by other code is made again."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

_RENDERERS = (
    "anyascii", "feedgen", "jinja2", "latex2mathml", "lunr", "lxml", "markdown-it-py", "markupsafe",
    "msgspec", "numpy", "pillow", "pylatexenc", "scipy", "sqlite-utils",
)  # fmt: skip
"""Libraries whose version may change a byte of the site."""


@lru_cache(maxsize=1)
def code_digest() -> str:
    """A digest of every module of this package and of the versions of the libraries that render."""
    from importlib import metadata  # which takes a while, and of which the short way needs nothing

    package = Path(__file__).resolve().parents[1]
    told = hashlib.blake2b(digest_size=16)
    for path in sorted(package.rglob("*.py")):
        told.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    for name in _RENDERERS:
        told.update(f"{name} {metadata.version(name)}\0".encode())
    return told.hexdigest()
