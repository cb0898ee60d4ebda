"""Memory that was let go of, given back to the system."""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress


def give_back() -> None:
    """Let the system have what the C library holds and nobody uses. It keeps it, since it may be asked for as
    much again; but several processes that each keep what was their most need half as much again together.

    Only GNU's library knows how (`malloc_trim(3)`); elsewhere nothing happens.
    """
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)
