"""One process's part of a build: what it plans, what of that it has to make, and the making."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass

import msgspec

from generator.builder.code import code_digest
from generator.builder.decide import decide
from generator.builder.fingerprint import Fingerprint, fingerprints
from generator.builder.folder import Present, SiteFolder, Written
from generator.builder.make import Job, make_files, prepare
from generator.outputs.artifact import Artifact
from generator.pages.page import Listed
from generator.theme.theme import Theme

Step = Callable[[int], None]
"""Is told how many files were just made."""


@dataclass(frozen=True, slots=True)
class Found:
    """What earlier builds left, and how this one goes about it."""

    folder: SiteFolder
    known: Mapping[str, Fingerprint]
    """What each file was made from."""
    present: Present
    force: bool
    now: str


@dataclass(frozen=True, slots=True)
class Offer:
    """What a part wants, told to the process that decides."""

    make: Mapping[str, str]
    """The files to make, and why."""
    keep: tuple[str, ...]
    pages: tuple[Listed, ...]

    def __reduce__(self) -> tuple[object, ...]:
        """Pages are sent as one value: ten thousand of a class of their own take long."""
        return _offer, (self.make, self.keep, _encoder.encode(self.pages))


def _offer(make: Mapping[str, str], keep: tuple[str, ...], pages: bytes) -> Offer:
    return Offer(make, keep, _decoder.decode(pages))


@dataclass(frozen=True, slots=True)
class Fresh:
    """What is to be remembered of the files that a part made."""

    files: dict[str, Written]

    def __reduce__(self) -> tuple[object, ...]:
        """Sent as one value, too."""
        return _fresh, (_encoder.encode(self.files),)


def _fresh(files: bytes) -> Fresh:
    return Fresh(_fresh_decoder.decode(files))


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(tuple[Listed, ...])
_fresh_decoder = msgspec.msgpack.Decoder(dict[str, Written])


class Part:
    """The files that `artifacts` describe, of which `pages` are pages, held against what was `found`."""

    def __init__(
        self, artifacts: dict[str, Artifact], theme: Theme, found: Found, pages: tuple[Listed, ...] = ()
    ) -> None:
        wanted = fingerprints(artifacts, code_digest())
        decision = decide(wanted, found.known, found.present.paths, found.present.altered, force=found.force)
        self.offer = Offer(decision.make, decision.keep, pages)
        self._job = Job(decision.make, found.present.paths, artifacts, wanted, theme, found.folder, found.now)

    def prepare(self, goes_on: Callable[[], bool]) -> None:
        """Begin to make what was offered, and write nothing yet, as long as it `goes_on`."""
        prepare(self._job, goes_on=goes_on)

    def make(
        self, step: Step, cluster: Executor | None = None, *, turns: Iterable[int] | None = None
    ) -> dict[str, Written]:
        """Make what was offered; of a part that several processes have, what falls to this one by `turns`.
        Returns what to remember of each file."""
        made = make_files(self._job, step=step, cluster=cluster, turns=turns)
        self._job.theme.templates.save()
        return made
