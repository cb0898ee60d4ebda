"""Several processes that build one site: each plans a part of it and makes that part.

All but one are forked when everything is read and nothing is planned, so that they inherit what was read and
nothing has to be sent to them. They tell what they want, make its first bytes while they wait for a word,
write it, and tell what is to be remembered. What they have in common is made by turns: whoever is done with
its own takes the next few files. What went wrong there is raised here.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from multiprocessing.connection import Connection, wait
from typing import Any

from generator.builder.folder import Written
from generator.builder.memory import give_back
from generator.builder.part import Fresh, Offer, Part, Step
from generator.errors import BuildError
from generator.forked import end_with
from generator.portion import NOTHING, Portion

if sys.platform == "linux":
    import fcntl

_PATIENCE = 0.1
"""Seconds between two looks at how far others got."""
_GO = "go"
_BYTES = 8
"""Of a count."""

Plan = Callable[[Portion], Part]


class Crew:
    """The processes beside this one, each with its portion."""

    def __init__(self, members: Sequence[Connection], counts: _Counts | None) -> None:
        self._members = members
        self._counts = counts
        self._told = 0
        self._made: dict[Connection, Fresh] = {}
        """What they have told of what they made."""

    def offers(self) -> list[Offer]:
        """What each of them wants. To be asked once."""
        return [_heard(member) for member in self._members]

    def begin(self) -> None:
        """Let them make it. One that is gone has said why, or `made` will say that it has not."""
        for member in self._members:
            with suppress(OSError):
                member.send(_GO)

    def turns(self) -> Iterator[int]:
        """Whose turn it is, in what all have in common: the numbers that fall to who asks, without an end."""
        return self._counts.turns.each() if self._counts else count()

    def made(self, step: Step) -> dict[str, Written]:
        """What to remember of the files that they made; `step` is told how many, as they go on."""
        while left := [member for member in self._members if member not in self._made]:
            wait(left, _PATIENCE)
            self.tell(step)
        made: dict[str, Written] = {}
        for fresh in self._made.values():
            made |= fresh.files
        return made

    def tell(self, step: Step) -> None:
        """Tell `step` how many files they have made since it was last told. Raises what was raised there
        meanwhile."""
        for member in self._members:
            if member not in self._made and member.poll():
                self._made[member] = _heard(member)
        done = self._counts.done.up(0) if self._counts else 0
        step(done - self._told)
        self._told = done


class _Count:
    """A whole number that processes count up together, in a file that only memory holds. Its lock is one that
    the system takes back from a process that is killed."""

    def __init__(self) -> None:
        self._file = os.memfd_create("count")

    def up(self, by: int) -> int:
        """What it was before."""
        fcntl.lockf(self._file, fcntl.LOCK_EX)
        before = int.from_bytes(os.pread(self._file, _BYTES, 0), "little")
        os.pwrite(self._file, (before + by).to_bytes(_BYTES, "little"), 0)
        fcntl.lockf(self._file, fcntl.LOCK_UN)
        return before

    def each(self) -> Iterator[int]:
        """The numbers that fall to who asks, without an end."""
        while True:
            yield self.up(1)

    def close(self) -> None:
        os.close(self._file)


class _Counts:
    """What all processes count together."""

    def __init__(self) -> None:
        self.done = _Count()
        """How many files the others made."""
        self.turns = _Count()
        """How many chunks of what is common were begun."""

    def close(self) -> None:
        self.done.close()
        self.turns.close()


@contextmanager
def crew(plan: Plan, portions: Sequence[Portion], common: Portion = NOTHING) -> Iterator[Crew]:
    """A process for each of `portions`, where it does what `plan` gives, and then takes turns at what is
    `common`. They end with the block."""
    if not portions:
        yield Crew((), None)
        return
    give_back()
    context = multiprocessing.get_context("fork")
    counts = _Counts()
    members: list[Connection] = []
    children = []
    try:
        for portion in portions:
            here, there = context.Pipe()
            members.append(here)
            inherited = (os.getpid(), there, tuple(members))
            child = context.Process(
                target=_work, args=(plan, (portion, common), counts, *inherited), daemon=True
            )
            child.start()
            there.close()
            children.append(child)
        yield Crew(members, counts)
    finally:
        for child in children:
            child.kill()
        for each in members:
            each.close()
        for child in children:
            child.join()
        counts.close()


def _work(
    plan: Plan,
    portions: tuple[Portion, Portion],
    counts: _Counts,
    parent: int,
    boss: Connection,
    inherited: Sequence[Connection],
) -> None:
    """What a process of a crew does: `portions` are its own and the common one. `inherited` are the ends of
    the other side: were they open here, nobody would hear that the other side is gone."""
    end_with(parent)
    for each in inherited:
        each.close()

    def step(files: int) -> None:
        if os.getppid() != parent:  # where the system could not be asked to see to it
            os._exit(1)
        counts.done.up(files)

    try:
        part, common = map(plan, portions)
        boss.send(part.offer)
        part.prepare(lambda: not boss.poll())
        boss.recv()
        made = part.make(step)
        boss.send(Fresh(made | common.make(step, turns=counts.turns.each())))
    except (EOFError, BrokenPipeError):
        pass  # nobody wants it any more
    except BaseException as error:
        with suppress(BrokenPipeError):
            boss.send(_sendable(error))
    os._exit(0)  # to give back piece by piece what a process holds takes longer than to end it


def _heard(member: Connection) -> Any:
    """The next word of `member`. Raises what was raised there."""
    try:
        word = member.recv()
    except (EOFError, OSError):
        raise _ended() from None
    if isinstance(word, BaseException):
        raise word
    return word


def _sendable(error: BaseException) -> BaseException:
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - its own
    except Exception:
        return BuildError(f"a worker process failed: {type(error).__name__}: {error}")
    return error


def _ended() -> BuildError:
    return BuildError(
        "a worker process ended before its work was done (out of memory?); nothing is lost: run it again, "
        "perhaps with --workers 1."
    )
