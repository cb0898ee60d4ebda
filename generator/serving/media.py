"""What the host says of a file: its media type, and whether it sends it with gzip."""

from __future__ import annotations

from pathlib import PurePosixPath

_TYPES = {
    ".atom": "application/atom+xml",
    ".bib": "application/x-bibtex",
    ".css": "text/css",
    ".csv": "text/csv",
    ".gif": "image/gif",
    ".gz": "application/gzip",
    ".html": "text/html",
    ".ico": "image/vnd.microsoft.icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript",
    ".json": "application/json",
    ".jsonl": "application/x-ndjson",
    ".md": "text/markdown",
    ".mjs": "text/javascript",
    ".opml": "text/x-opml",
    ".png": "image/png",
    ".ris": "application/x-research-info-systems",
    ".rss": "application/rss+xml",
    ".sqlite": "application/vnd.sqlite3",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".zip": "application/zip",
}
"""By the last suffix, so that `papers.jsonl.gz` is a gzip file and never unpacked on the way."""


def media_type(path: str) -> str:
    """The media type, with its charset where it is text; `application/octet-stream` where it is not known."""
    kind = _TYPES.get(PurePosixPath(path).suffix.lower(), "application/octet-stream")
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


def is_text(kind: str) -> bool:
    """Whether a host sends files of this media type with gzip."""
    kind = kind.partition(";")[0]
    words = ("json", "xml", "javascript", "opml", "ndjson", "x-bibtex", "x-research-info-systems")
    return kind.startswith("text/") or kind.endswith(words)
