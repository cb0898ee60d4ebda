"""Bytes of files that hands may have edited, as text, and back."""

from __future__ import annotations

from codecs import BOM_UTF8


def as_text(raw: bytes) -> str:
    """The text of a file that hands may have edited: a byte order mark and CRLF line ends are no matter."""
    return raw.decode("utf-8-sig").replace("\r\n", "\n")


def in_the_style_of(raw: bytes, text: str) -> bytes:
    """`text` as bytes, with a byte order mark and CRLF line ends where `raw` has them."""
    if b"\r\n" in raw and raw.count(b"\r\n") == raw.count(b"\n"):
        text = text.replace("\n", "\r\n")
    mark = BOM_UTF8 if raw.startswith(BOM_UTF8) else b""
    return mark + text.encode("utf-8")
