"""Every error a person can meet, in one tree.

A message is a sentence that says where, what, and what to do. Of what else may be raised, `sentence` has one
for a system that says no, and for a lack of memory; the rest is a bug.

    PapersError
    ├── SettingsError        a setting or a flag that means nothing to us
    ├── ContentError         files under content/ that cannot be read; carries every one of them
    ├── FeedError
    │   ├── FeedUnreachable  no answer at all: no network, no such host, nobody listening
    │   ├── FeedRefused      an answer that says no (4xx, or still 429 or 5xx after every retry)
    │   └── NotAPage         an answer that is no page of the feed
    ├── MailError
    │   ├── RecipientsError  a file of recipients that cannot be used; carries every bad line
    │   └── MailServerError  the mail server cannot be used: no answer, no encryption, it says no to us
    ├── ThemeError           a template or asset of the theme is missing or broken
    ├── PathClaimedTwice     two artifacts want the same file of site/
    ├── BuildError           the build could not go on
    │   └── ClusterError     the cluster that should help cannot: not installed, no answer, no workers
    ├── FolderError          the disk said no: full, read-only, not a folder
    └── Locked               another run is writing the same folder
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass


class PapersError(Exception):
    """The root: `str(error)` is what the person reads."""


class SettingsError(PapersError):
    """A setting or a flag that means nothing to us."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one place: a file and line, a day and position, or an address."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


class ContentError(PapersError):
    """Files under content/ that cannot be read. `problems` names every one of them, in path order."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        count = "1 problem" if len(self.problems) == 1 else f"{len(self.problems)} problems"
        lines = "\n".join(f"  {problem}" for problem in self.problems)
        super().__init__(f"{count} in the content files; nothing was built or written:\n{lines}")

    def __reduce__(self) -> tuple[type[ContentError], tuple[Sequence[Problem]]]:
        return ContentError, (self.problems,)


class FeedError(PapersError):
    """The feed did not give what was asked."""


class FeedUnreachable(FeedError):
    """No answer at all: no network, no such host, nobody listening."""


class FeedRefused(FeedError):
    """An answer that says no. `status` is its HTTP status."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status

    def __reduce__(self) -> tuple[type[FeedRefused], tuple[str, int]]:
        return FeedRefused, (str(self), self.status)


class NotAPage(FeedError):
    """An answer that is no page of the feed: not JSON, not an array, cut short, too large."""


class MailError(PapersError):
    """Mail cannot be made or sent."""


class RecipientsError(MailError):
    """A file of recipients that cannot be used. `problems` names every bad line of it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        lines = "\n".join(f"  {problem}" for problem in self.problems)
        super().__init__(f"the recipients cannot be read; nothing was sent:\n{lines}")

    def __reduce__(self) -> tuple[type[RecipientsError], tuple[Sequence[Problem]]]:
        return RecipientsError, (self.problems,)


class MailServerError(MailError):
    """The mail server cannot be used: nobody answers, it offers no encryption, or it says no to us."""


class ThemeError(PapersError):
    """A template or an asset of the theme is missing or broken."""


class PathClaimedTwice(PapersError):
    """Two artifacts want the same file of site/."""


class BuildError(PapersError):
    """The build could not go on."""


class ClusterError(BuildError):
    """The cluster that should help with a build cannot: Dask is not installed, nobody answers, no workers."""


class FolderError(PapersError):
    """The disk said no: full, read-only, not a folder."""


class Locked(PapersError):
    """Another run is writing the same folder."""


def sentence(error: PapersError | OSError | MemoryError) -> str:
    """What a person reads of `error`."""
    if isinstance(error, MemoryError):
        return (
            "there is not enough memory. Nothing that is stored is lost: run the same command again, a build "
            "perhaps with --workers 1."
        )
    if not isinstance(error, OSError):
        return str(error)
    named = [os.fsdecode(each) for each in (error.filename, error.filename2) if isinstance(each, str | bytes)]
    said = (error.strerror or str(error) or type(error).__name__).rstrip(".")
    where = " -> ".join(named) + ": " if named else ""
    return f"{where}{said}. Mend it, and run the same command again."
