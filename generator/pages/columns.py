"""What stands for what pages tell of each paper, in columns, so that those of many papers are had at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from generator.files import SIZE, digest
from generator.model.paper import Paper
from generator.model.sightings import Sightings, last_row

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_FIGURES = 24
"""Bytes that figures are told in."""


class Column:
    """Cells of one size, one for each paper."""

    def __init__(self, *columns: NDArray[np.void]) -> None:
        """Made of the cells of `columns` side by side."""
        import numpy as np

        wide = np.hstack([each.view(np.uint8).reshape(len(each), each.itemsize) for each in columns])
        self._size = wide.shape[1]
        self._bytes = wide.tobytes()
        self._cells = np.frombuffer(self._bytes, f"V{self._size}")

    def at(self, place: int) -> bytes:
        return self._bytes[place * self._size : (place + 1) * self._size]

    def of(self, places: Sequence[int]) -> bytes:
        """The cells at `places`, one after the other."""
        return self._cells[places].tobytes()


def of_digests(digests: Sequence[bytes]) -> NDArray[np.void]:
    import numpy as np

    return np.frombuffer(b"".join(digests), f"V{SIZE}")


def of_figures(seen: Sightings, row: Iterable[Paper]) -> NDArray[np.void]:
    """What stands for the latest figures of each paper: their text, or a digest of one that is too long."""
    import numpy as np

    texts = [last_row(seen.rows(paper.id)).partition(",")[2] for paper in row]
    told = [text if len(text) <= _FIGURES else digest(text.encode()).hex()[:_FIGURES] for text in texts]
    return np.array(told, f"S{_FIGURES}").view(f"V{_FIGURES}")
