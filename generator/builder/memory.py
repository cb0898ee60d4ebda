"""Memory that was let go of, given back to the system."""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress

_LARGE, _SPARE = 1 << 23, 1 << 25
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3
"""How mallopt(3) calls what is set."""


def keep_large_apart() -> None:
    """Let each value of 8 MB or more stand alone, so that it goes back when it is let go of. By itself
    the C library puts them among all others after a while, where whatever lies above holds them back.

    Only GNU's library knows how (`mallopt(3)`); elsewhere nothing happens.
    """
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            library = ctypes.CDLL(None)
            library.mallopt(_M_MMAP_THRESHOLD, _LARGE)
            library.mallopt(_M_TRIM_THRESHOLD, _SPARE)  # else what is free at the end goes back at once


def give_back() -> None:
    """Let the system have what the C library holds and nobody uses. It keeps it, since it may be asked for as
    much again; but several processes that each keep what was their most need half as much again together.

    Only GNU's library knows how (`malloc_trim(3)`); elsewhere nothing happens.
    """
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)
