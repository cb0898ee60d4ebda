"""Who has a digest already: one line for each, on the disk before the next one is sent.

The file stands beside that of the recipients and holds no address, only what stands for it
(`Mailbox.digest`): `sent day/2025-11-07 0123…` and `refused day/2025-11-07 0123… 550`. A last line without
its end was cut off by a crash, and does not count. Between the server's answer and the line there is a moment
in which a crash leaves a message that was sent and not noted: the next run sends it once more, with the same
Message-ID and the same bytes.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Literal

from generator.files import exclusive, folder_error

SUFFIX = ".ledger"
Outcome = Literal["sent", "refused"]
"""refused: for good, so that this digest is not sent there again."""


class Ledger:
    """What has become of one digest; open for more."""

    def __init__(self, file: BinaryIO, path: Path, digest_id: str, known: dict[str, str]) -> None:
        self._file = file
        self._path = path
        self._digest_id = digest_id
        self._known = known

    def outcome(self, recipient: str) -> str:
        """`sent` or `refused`; empty where the recipient has yet to get it."""
        return self._known.get(recipient, "")

    def note(self, recipient: str, outcome: Outcome, code: int) -> None:
        """Write a line, and return when it is on the disk. Raises FolderError."""
        self._append(f"{outcome} {self._digest_id} {recipient} {code}\n".encode())
        self._known[recipient] = outcome

    def _append(self, data: bytes) -> None:
        try:
            self._file.write(data)
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as error:
            raise folder_error(self._path, "written", error) from error


@contextmanager
def opened(recipients: Path, digest_id: str) -> Iterator[Ledger]:
    """The ledger beside the file `recipients`, for this run alone.

    Raises Locked where another run holds it, and FolderError where it could not be written: before anything
    is sent.
    """
    recipients = recipients.resolve()
    path = path_of(recipients)
    with exclusive(recipients.parent, path.name, what=str(path)):
        try:
            is_new = not path.exists()
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
            file = os.fdopen(descriptor, "r+b", buffering=0)
        except OSError as error:
            raise folder_error(path, "opened", error) from error
        with file:
            text = file.read()
            ledger = Ledger(file, path, digest_id, _known(text, digest_id))
            ledger._append(b"\n" if text and not text.endswith(b"\n") else b"")
            if is_new:
                _keep_name(path.parent)
            yield ledger


def known(recipients: Path, digest_id: str) -> dict[str, str]:
    """What has become of a digest so far, by recipient; without a lock, for a look."""
    try:
        return _known(path_of(recipients.resolve()).read_bytes(), digest_id)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise folder_error(path_of(recipients), "read", error) from error


def path_of(recipients: Path) -> Path:
    return recipients.with_name(recipients.name + SUFFIX)


def _known(text: bytes, digest_id: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in text.split(b"\n")[:-1]:
        words = line.decode("ascii", "replace").split()
        if len(words) == 4 and words[0] in ("sent", "refused") and words[1] == digest_id:
            found[words[2]] = words[0]
    return found


def _keep_name(folder: Path) -> None:
    """Have the disk know that there is a new file."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
