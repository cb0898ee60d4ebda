"""The slugs of authors and keywords, kept between runs: there are more of them than papers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from generator.errors import FolderError
from generator.files import SIZE, checksum, write_atomically
from generator.model.keywords import fold_keyword
from generator.model.paper import Paper
from generator.model.people import author_slug
from generator.model.slugs import KnownSlugs
from generator.model.texts import Packed

if TYPE_CHECKING:
    from generator.model.slugs import Names, Numbers

_SHARE = 64
"""One part in how many of what is known has to be new before all is written down."""


class _Row(msgspec.Struct, frozen=True, array_like=True):
    """The numbers of slugs that a row of papers gives. Numbers are bytes, in the order of the machine."""

    papers: bytes = b""
    """What stands for the files of the papers, one after the other."""
    counts: bytes = b""
    numbers: bytes = b""


class _Slugs(msgspec.Struct, frozen=True, array_like=True):
    slugs: Packed = Packed()
    firsts: Packed = Packed()
    others: Mapping[str, int] = {}
    row: _Row = _Row()


class KeptSlugs(KnownSlugs):
    """Slugs, and those of the papers that an earlier run met: old ones stand at the end of a row, and are not
    looked through again."""

    def __init__(self, slug_of: Callable[[str], str], kept: _Slugs, digests: Mapping[str, bytes]) -> None:
        """`digests`: by id, what stands for all that a paper's file holds."""
        super().__init__(slug_of, kept.slugs, kept.firsts, kept.others)
        self._row = kept.row
        self._digests = digests

    def numbered(self, papers: Sequence[Paper], names: Names) -> tuple[Numbers, Numbers]:
        import numpy as np

        told = b"".join([self._digests.get(paper.id, b"") for paper in papers])
        if len(told) != SIZE * len(papers):
            return super().numbered(papers, names)
        same = _alike_at_the_end(told, self._row.papers)
        new = len(papers) - same
        counts, numbers = super().numbered(papers[:new], names)
        if same:
            kept_counts = np.frombuffer(self._row.counts, np.int32)[-same:]
            kept = np.frombuffer(self._row.numbers, np.int32)
            counts = np.concatenate([counts, kept_counts])
            numbers = np.concatenate([numbers, kept[len(kept) - int(kept_counts.sum()) :]])
        self._row = _Row(told, counts.tobytes(), numbers.tobytes())
        return counts, numbers

    def told(self) -> _Slugs:
        """All that is known."""
        return _Slugs(self.slugs.packed(), self.firsts.packed(), self.others, self._row)


class SlugMemo:
    """What is known of slugs in the file at `path`, which may be deleted, missing, damaged or of another
    `version` of the program. `digests`: by id, what stands for all that a paper's file holds."""

    def __init__(self, path: Path, version: str, digests: Mapping[str, bytes]) -> None:
        self._path = path
        self._head = version.encode() + b"\n"
        authors, keywords = self._read()
        self.authors = KeptSlugs(author_slug, authors, digests)
        self.keywords = KeptSlugs(fold_keyword, keywords, digests)

    def save(self) -> None:
        """Keep what was found, where it is not next to nothing. A disk that says no is no matter: it is
        worked out again."""
        both = self.authors, self.keywords
        if sum(each.learned for each in both) * _SHARE > sum(len(each.slugs) for each in both):
            for each in both:
                each.pack()
            body = msgspec.msgpack.encode([each.told() for each in both])
            with suppress(FolderError):
                write_atomically(self._path, b"".join((self._head, checksum(body), body)))

    def _read(self) -> tuple[_Slugs, _Slugs]:
        with suppress(OSError, msgspec.MsgspecError):
            data = memoryview(self._path.read_bytes())
            begin = len(self._head) + len(checksum(b""))
            body = data[begin:]
            if data[:begin] == self._head + checksum(body):
                return msgspec.msgpack.decode(body, type=tuple[_Slugs, _Slugs])
        return _Slugs(), _Slugs()


def _alike_at_the_end(one: bytes, other: bytes) -> int:
    """With how many papers two rows end alike."""
    import numpy as np

    least = min(len(one), len(other)) // SIZE
    if not least:
        return 0
    first, second = (np.frombuffer(each, np.uint64).reshape(-1, SIZE // 8)[-least:] for each in (one, other))
    different = np.flatnonzero((first != second).any(axis=1))
    return least - 1 - int(different[-1]) if len(different) else least
