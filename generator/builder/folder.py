"""The only writer of site/, and the memory of what was made there.

The memory says of each file which fingerprint it was made from, the digest of its bytes, and why. It lives
outside site/, may be deleted at any time, and is believed only as far as the files bear it out: a file whose
size or time is not the remembered one is read and compared, so that a clone or a restored cache is no matter.

What stands in the place of a file and is none (a link, a pipe, a folder of nothing) makes way for it: what a
link leads to is somebody else's, and is neither read nor written.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from generator.builder.fingerprint import Fingerprint
from generator.builder.naming import name_of
from generator.builder.unchanged import MARK, MARK_TEXT, Outputs, is_marked, look_at_outputs
from generator.errors import FolderError
from generator.files import TEMPORARY_SUFFIX, checksum, digest, folder_error, read_bytes, write_atomically

_FORMAT = 2


class Made(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What is remembered of one file."""

    fingerprint: Fingerprint
    digest: bytes
    size: int
    modified: int
    """When the file system says that it was written, in nanoseconds."""
    reason: str
    when: str
    """The UTC moment of the build that made it."""


class Written(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What to remember of a file, and whether its bytes are other ones than stood there."""

    made: Made
    is_new: bool


class Memory(msgspec.Struct, frozen=True):
    """What is remembered of all files, by path."""

    format: int
    files: dict[str, Made] = {}
    outputs: str = ""
    """Stands for how they look to the file system (see `Outputs`) where they are as they were made."""


@dataclass(frozen=True, slots=True)
class Present:
    """The files that stand in the folder, and those of them that are not as they were made."""

    paths: frozenset[str] = frozenset()
    altered: frozenset[str] = frozenset()
    refreshed: Mapping[str, Made] = field(default_factory=dict)
    """Files that are as they were made although their time is not: what to remember of them from now on."""


class SiteFolder:
    """site/, and its memory in the folder `cache`."""

    def __init__(self, folder: Path, cache: Path) -> None:
        self.folder = folder
        self.name = name_of(folder)
        self._cache = cache
        self._memory = cache / f"{self.name}.memory"

    def claim(self) -> None:
        """Make sure that the folder is ours to fill and to sweep: it bears our mark, or is empty, or all that
        stands there is remembered.

        Raises FolderError where it holds files that this program did not make.
        """
        if is_marked(self.folder):
            return
        try:
            is_empty = not self.folder.exists() or not any(self.folder.iterdir())
        except OSError as error:
            raise folder_error(self.folder, "read", error) from error
        if not is_empty and not self._is_remembered():
            raise FolderError(
                f"{self.folder}: holds files that this program did not make, and it would remove them. "
                "Choose an empty folder, or empty this one."
            )
        write_atomically(self.folder / MARK, MARK_TEXT)

    def recall(self) -> Memory:
        """What is remembered; nothing where the memory is missing, old or damaged."""
        with suppress(OSError, ValueError, msgspec.MsgspecError):
            data = memoryview(self._memory.read_bytes())
            begin = len(checksum(b""))
            if data[:begin] == checksum(data[begin:]):
                memory = msgspec.msgpack.decode(data[begin:], type=Memory)
                if memory.format == _FORMAT:
                    return memory
        return Memory(_FORMAT)

    def remember(self, files: Mapping[str, Made]) -> str:
        """Remember just these `files`. Returns what stands for how they look to the file system."""
        outputs = Outputs.of([(path, each.size, each.modified) for path, each in files.items()]).digest
        body = msgspec.msgpack.encode(Memory(_FORMAT, dict(files), outputs))
        write_atomically(self._memory, checksum(body) + body)
        return outputs

    def present(self, memory: Memory, outputs: Outputs | None = None) -> Present:
        """What stands in the folder, held against the `memory`; `outputs` is what somebody has just seen
        there."""
        outputs = outputs or look_at_outputs(self.folder, self._cache)
        made = memory.files
        if outputs.digest == memory.outputs:
            return Present(frozenset(made))
        paths: set[str] = set()
        altered: set[str] = set()
        refreshed: dict[str, Made] = {}
        for path, size, modified in outputs:
            paths.add(path)
            known = made.get(path)
            if known is None or (size == known.size and modified == known.modified):
                continue
            if size == known.size and _digest(f"{self.folder}/{path}") == known.digest:
                refreshed[path] = msgspec.structs.replace(known, modified=modified)
            else:
                altered.add(path)
        return Present(frozenset(paths), frozenset(altered), refreshed)

    def write(
        self,
        path: str,
        data: bytes,
        fingerprint: Fingerprint,
        reason: str,
        when: str,
        *,
        is_absent: bool = False,
    ) -> Written:
        """Put a file in its place; bytes that already stand there are left alone. `is_absent`: somebody has
        seen that none do.

        It is written where it stands, without a rename, which costs three times as much. A file that a crash
        left half-written is not as it is remembered, and so is made again by the next build.
        """
        target = f"{self.folder}/{path}"
        status = None if is_absent else _status(target)
        is_new = not (status and status.st_size == len(data) and _holds(target, data))
        if is_new or not status:
            status = _put(target, data, status)
        made = Made(fingerprint, digest(data), status.st_size, status.st_mtime_ns, reason, when)
        return Written(made, is_new)

    def remove(self, paths: Iterable[str]) -> None:
        """Remove files, and the folders that are empty without them. One that made way for others, so that a
        folder stands there now or its own folder is a file, is gone."""
        for path in paths:
            target = self.folder / path
            try:
                target.unlink(missing_ok=True)
            except NotADirectoryError:
                continue
            except OSError as error:
                if _is_folder(target):
                    continue
                raise folder_error(target, "removed", error) from error
            for parent in target.parents:
                if parent == self.folder:
                    break
                with suppress(OSError):
                    parent.rmdir()

    def _is_remembered(self) -> bool:
        """Whether files are remembered, and there are no others in the folder."""
        files = self.recall().files
        return bool(files) and all(
            path in files or path.endswith(TEMPORARY_SUFFIX)
            for path, _, _ in look_at_outputs(self.folder, self._cache)
        )


def _status(target: str) -> os.stat_result | None:
    try:
        return os.lstat(target)
    except OSError:
        return None


def _is_folder(target: str | Path) -> bool:
    status = _status(str(target))
    return status is not None and stat.S_ISDIR(status.st_mode)


def _holds(target: str, data: bytes) -> bool:
    try:
        return read_bytes(target, follows=False) == data
    except OSError:
        return False


def _digest(target: str) -> bytes:
    """What stands for the bytes of a file; nothing does where they cannot be read."""
    try:
        return digest(read_bytes(target, follows=False))
    except OSError:
        return b""


def _put(target: str, data: bytes, before: os.stat_result | None) -> os.stat_result:
    """Write `data` to the file `target`, where `before` was seen, with the folders on the way; what the
    system then says of it."""
    try:
        if before is None:
            _make_folder(target[: target.rindex("/")])
        elif before.st_nlink > 1 or not stat.S_ISREG(before.st_mode):
            _make_way(target)  # for what has another name may be somebody else's, too
        try:
            file = os.open(target, _TO_WRITE, 0o666)
        except OSError as error:
            if error.errno not in _IN_THE_WAY:
                raise
            _make_way(target)
            file = os.open(target, _TO_WRITE, 0o666)
        return _fill(file, target, data)
    except OSError as error:
        raise folder_error(Path(target), "written", error) from error


def _fill(file: int, target: str, data: bytes) -> os.stat_result:
    """Write `data` to the open `file`, which is at `target` no longer where that fails."""
    try:
        try:
            left = memoryview(data)
            while left:
                left = left[os.write(file, left) :]
            return os.fstat(file)
        finally:
            os.close(file)
    except OSError:
        with suppress(OSError):
            os.unlink(target)  # noqa: PTH108
        raise


def _make_way(target: str) -> None:
    """Remove what stands at `target`, where a file belongs. Raises OSError, and FolderError where that is a
    folder in which there are files."""
    if not _is_folder(target):
        os.unlink(target)  # noqa: PTH108
        return
    for folder, _, _ in os.walk(target, topdown=False):
        try:
            os.rmdir(folder)  # noqa: PTH106
        except OSError as error:
            if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                raise
            raise FolderError(
                f"{target}: is a folder with files in it, where a file of the site belongs. Move it away, "
                "and run the same command again."
            ) from error


def _make_folder(folder: str) -> None:
    """Most files are the first in a folder of their own."""
    try:
        os.mkdir(folder)  # noqa: PTH102
    except FileExistsError:
        return
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103


_TO_WRITE = (
    os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
)  # fmt: skip
_IN_THE_WAY = {errno.EISDIR, errno.ELOOP, errno.EMLINK, errno.ENXIO, errno.EACCES, errno.EPERM}
"""What systems say of a folder, of a link (the BSDs otherwise than Linux), of a pipe that nobody reads, and
of what may not be written, though it may be removed; Windows, of a folder too."""
