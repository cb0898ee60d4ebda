"""How numbers and texts become the bytes of a search file.

A file is one raw deflate stream (RFC 1951) of a box: the number of its columns, the length of each, then the
columns themselves. Lengths and other numbers are varints: seven bits a byte, the low ones first, the high bit
set on all but the last. Each column is a deflate block of its own, so that numbers and words do not share one
Huffman table.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

_RAW = -15
"""The window of a deflate stream without header and check sum: what browsers call `deflate-raw`."""
_BYTE = 0x80
_SHARED = 70


def varints(numbers: Sequence[int] | NDArray[np.integer]) -> bytes:
    """`numbers`, none of them negative and all below 2 ** 28, one after another."""
    values = np.asarray(numbers, np.int64)
    sizes = varint_sizes(values)
    if not len(values) or sizes.max() == 1:
        return values.astype(np.uint8).tobytes()
    out = np.zeros(int(sizes.sum()), np.uint8)
    starts = np.cumsum(sizes) - sizes
    for place in range(int(sizes.max())):
        there = sizes > place
        more = sizes[there] > place + 1
        out[starts[there] + place] = (values[there] >> 7 * place & 0x7F) | np.where(more, _BYTE, 0)
    return out.tobytes()


def varint_sizes(numbers: NDArray[np.integer]) -> NDArray[np.integer]:
    """How many bytes each of `numbers` takes; they are below 2 ** 28."""
    sizes = np.ones(len(numbers), np.int64)
    for shift in (7, 14, 21):
        sizes += numbers >= 1 << shift
    return sizes


def rice(numbers: NDArray[np.integer], widths: NDArray[np.integer]) -> bytes:
    """`numbers`, none of them negative, in bits from the highest down: of each as many noughts as it has
    whole 2 ** width, a one, then its `widths` low bits. For gaps between things that are strewn there is
    hardly a shorter code (Rice and Plaunt, 1971)."""
    whole = numbers >> widths
    sizes = whole + 1 + widths
    end = np.cumsum(sizes)
    bits = np.zeros(int(end[-1]) if len(end) else 0, np.uint8)
    bits[end - widths - 1] = 1
    last = np.cumsum(widths)
    place = np.repeat(last, widths) - np.arange(1, int(last[-1] if len(last) else 0) + 1)
    bits[np.repeat(end, widths) - 1 - place] = np.repeat(numbers, widths) >> place & 1
    return np.packbits(bits).tobytes()


def bits(digits: str) -> bytes:
    """Noughts and ones as bits, from the highest down; the last byte is filled with noughts."""
    size = -(-len(digits) // 8)
    return int(digits.ljust(size * 8, "0") or "0", 2).to_bytes(size, "big")


def zigzag(number: int) -> int:
    """A number that may be negative as one that is not: 0, -1, 1, -2 become 0, 1, 2, 3."""
    return number * 2 if number >= 0 else -number * 2 - 1


def deltas(numbers: Iterable[int]) -> list[int]:
    """Each number as its zigzag difference from the one before it."""
    out, last = [], 0
    for number in numbers:
        out.append(zigzag(number - last))
        last = number
    return out


def front_coded(words: Sequence[str]) -> bytes:
    """Sorted `words`, a line each: a character that says how many letters it shares with the line before
    (`0` for none), then the rest. Only ASCII is shared: both sides must count alike. 70 letters at most."""
    if not words:
        return b""
    beginnings = np.array([word[:_SHARED] for word in words])
    letters = beginnings.view(np.uint32).reshape(len(words), -1)
    same = (letters[1:] == letters[:-1]) & (letters[1:] > 0) & (letters[1:] < _BYTE - 1)
    shared = [0, *np.logical_and.accumulate(same, axis=1).sum(axis=1).tolist()]
    return "\n".join([chr(48 + n) + word[n:] for n, word in zip(shared, words, strict=True)]).encode()


def pack(columns: Sequence[bytes], primer: bytes = b"", *, is_numbers: bool = False) -> bytes:
    """A box of `columns`, compressed. It may refer to `primer`, which whoever unpacks it holds already, as if
    that stood before it: at most 32 KB. Numbers hold few repetitions that are worth referring to."""
    strategy = zlib.Z_FILTERED if is_numbers else zlib.Z_DEFAULT_STRATEGY
    deflate = zlib.compressobj(6, zlib.DEFLATED, _RAW, 9, strategy, primer)
    out = [deflate.compress(varints([len(columns), *map(len, columns)]))]
    for column in columns:
        out += (deflate.compress(column), deflate.flush(zlib.Z_BLOCK))
    out.append(deflate.flush())
    return b"".join(out)


def unpack(data: bytes, primer: bytes = b"") -> list[bytes]:
    """The columns of a box; what `pack` was given."""
    inflate = zlib.decompressobj(_RAW, primer)
    raw = inflate.decompress(data) + inflate.flush()
    numbers: list[int] = []
    at = 0
    while not numbers or len(numbers) <= numbers[0]:
        number = shift = 0
        while True:
            byte = raw[at]
            at += 1
            number |= (byte & 0x7F) << shift
            shift += 7
            if byte < _BYTE:
                break
        numbers.append(number)
    columns = []
    for length in numbers[1:]:
        columns.append(raw[at : at + length])
        at += length
    return columns
