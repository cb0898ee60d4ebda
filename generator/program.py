"""What people start: the command line, and how it ends."""

from __future__ import annotations

import atexit
import os
import sys
from contextlib import suppress

from generator.cli import main


def run() -> None:
    """Do what the command line says, and end without giving back what is held piece by piece."""
    status: list[int] = []
    atexit.register(_leave, status)  # the first to be registered is the last to be called
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # which wait busily, and do nothing here
    try:
        main(prog_name="papers")
    except SystemExit as end:
        if isinstance(end.code, int) or end.code is None:
            status.append(end.code or 0)
        raise


def _leave(status: list[int]) -> None:
    if status:
        with suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(status[0])
