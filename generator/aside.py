"""Work that is done beside other work: by a child process, where the system can fork one.

The child inherits all that the parent holds, so that nothing has to be sent to it; only its answer is sent
back. Where it cannot be forked, or ends before it has answered, the parent does the work itself when it needs
the answer. So work that is done aside says what it would say anyway, and where it fails, fails where it is
needed.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Generic, TypeVar

from generator.forked import end_with

Answer = TypeVar("Answer")


class Aside(Generic[Answer]):
    """The answer of `work`, a function whose only effect beside its answer may be done twice."""

    def __init__(self, work: Callable[[], Answer], *, forks: bool, patience: int = 0) -> None:
        """`patience`: how far the child lets other processes go first (nice(1))."""
        self._work = work
        self._answers = _forked(work, patience) if forks and sys.platform.startswith("linux") else None

    def answer(self) -> Answer:
        """What the child found, or else what `work` gives. To be asked once."""
        if self._answers:
            with self._answers, suppress(EOFError, OSError):
                answer: Answer = self._answers.recv()
                return answer
        return self._work()


def _forked(work: Callable[[], object], patience: int) -> Connection | None:
    """Where the answer of a child that does `work` comes in."""
    context = multiprocessing.get_context("fork")
    try:
        answers, end = context.Pipe(duplex=False)
    except OSError:
        return None
    child = context.Process(target=_work, args=(work, end, answers, patience, os.getpid()), daemon=True)
    try:
        child.start()
    except OSError:
        answers.close()
        return None
    finally:
        end.close()
    return answers


def _work(
    work: Callable[[], object], end: Connection, answers: Connection, patience: int, parent: int
) -> None:
    """Answers, or ends without a word: the parent will come to the same pass, and say it. Were its end of the
    line, `answers`, open here, too, nobody would notice that the parent is gone."""
    end_with(parent)
    answers.close()
    gc.disable()  # to look for garbage is to copy what the parent holds
    try:
        os.nice(patience)
        end.send(work())
    except BaseException:
        os._exit(1)
