"""What a forked process owes to the one that forked it."""

from __future__ import annotations

import ctypes
import os
import signal
from contextlib import suppress

_PR_SET_PDEATHSIG = 1
"""How prctl(2) calls the signal that comes when a parent ends."""


def end_with(parent: int) -> None:
    """Let this process end at once when `parent`, which forked it, does, however that comes about: whoever
    holds the folder's lock next must be alone with it. To be called first of all. Linux only."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before
        os._exit(1)
