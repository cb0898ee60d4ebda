"""Compression that says nothing of the moment: gzip (RFC 1952) and ZIP without times or names of machines.

A file of the whole archive is new on every day, though only its last month is. So it is joined from pieces:
a piece is compressed (DEFLATE, RFC 1951) up to a whole byte and without a last block, so that it may stand
before and behind others. The checksum of the whole follows from theirs, and nothing is unpacked.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import msgspec

try:
    import isal
    from isal.isal_zlib import compressobj

    PACKER = f"isal {isal.__version__}"
    _LEVEL = 3
except ImportError:  # it is not built for every kind of processor
    from zlib import compressobj  # type: ignore[assignment]

    PACKER = f"zlib {zlib.ZLIB_RUNTIME_VERSION}"
    _LEVEL = 4
"""ISA-L's best takes a quarter of the time of zlib's 4, for two parts in a hundred; zlib's 6 takes two and a
half times as long, for one part in twenty less."""
_PIECE = 1 << 22
"""As many bytes of one value are a piece, so that several are compressed at a time."""
_LAST_BLOCK = b"\x03\x00"
"""An empty block that ends a stream."""
_GZIP_HEAD = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"
_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_VERSION, _NO_FLAG, _DEFLATED = 20, 0, 8
_EARLIEST = (0, 0x21)
"""Time and day of 1 January 1980, the first that ZIP can tell."""


class Piece(msgspec.Struct, frozen=True, array_like=True):
    """A stretch of a text, compressed."""

    data: memoryview
    """Of what was kept: so it need not be copied before it is joined."""
    size: int
    """Of the text, in bytes."""
    checksum: int
    """CRC-32 of the text."""

    @classmethod
    def of(cls, text: bytes | memoryview) -> Piece:
        stream = compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
        data = stream.compress(text) + stream.flush(zlib.Z_FULL_FLUSH)
        return cls(memoryview(data), len(text), zlib.crc32(text))


def packed(data: bytes) -> bytes:
    """`data` as gzip; the same bytes on every day, as long as `PACKER` is the same."""
    pieces = [memoryview(data)[start : start + _PIECE] for start in range(0, len(data), _PIECE)]
    with ThreadPoolExecutor() as threads:  # it lets others go on while it works
        return gzip_of(threads.map(Piece.of, pieces))


def gzip_of(pieces: Iterable[Piece]) -> bytes:
    """The text of `pieces`, one after the other, as one member of gzip."""
    data, size, checksum = _joined(pieces)
    return b"".join((_GZIP_HEAD, *data, struct.pack("<LL", checksum, size & 0xFFFFFFFF)))


def zip_of(files: Mapping[str, Sequence[Piece]]) -> bytes:
    """A ZIP file (APPNOTE.TXT 6.3.10, sections 4.3 and 4.4) of `files`, each the text of its pieces.

    Names are ASCII. Raises struct.error from 4 GB on, which want another form.
    """
    parts: list[bytes | memoryview] = []
    directory: list[bytes] = []
    place = 0
    for name, pieces in files.items():
        (data, size, checksum), written = _joined(pieces), name.encode("ascii")
        length = sum(map(len, data))
        told = struct.pack(
            "<5H3L2H", _VERSION, _NO_FLAG, _DEFLATED, *_EARLIEST, checksum, length, size, len(written), 0
        )
        parts += (_LOCAL, told, written, *data)
        directory += (
            _CENTRAL, struct.pack("<H", _VERSION), told, struct.pack("<3H2L", 0, 0, 0, 0, place), written,
        )  # fmt: skip
        place += len(_LOCAL) + len(told) + len(written) + length
    listed = b"".join(directory)
    end = struct.pack("<4H2LH", 0, 0, len(files), len(files), len(listed), place, 0)
    return b"".join((*parts, listed, _END, end))


def _joined(pieces: Iterable[Piece]) -> tuple[list[bytes | memoryview], int, int]:
    """A stream of `pieces`, to be put together; the size and the checksum of their texts."""
    data: list[bytes | memoryview] = []
    size = checksum = 0
    for piece in pieces:
        data.append(piece.data)
        size += piece.size
        checksum = _checksum(checksum, piece)
    return [*data, _LAST_BLOCK], size, checksum


def _checksum(before: int, piece: Piece) -> int:
    """The CRC-32 of a text whose own is `before`, followed by the text of `piece`.

    CRC-32 is linear but for ones that it begins with and puts on at the end. Without them, as many zeros as
    the text is long do to `before` what its mere length does, and what it holds is added.
    """
    return zlib.crc32(_zeros(piece.size), before ^ _ONES) ^ _ONES ^ piece.checksum


_ONES = 0xFFFFFFFF
_MANY_ZEROS = memoryview(bytes(1 << 20))


def _zeros(size: int) -> bytes | memoryview:
    return _MANY_ZEROS[:size] if size <= len(_MANY_ZEROS) else bytes(size)
