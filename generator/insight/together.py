"""Which names stand together in papers, counted for all of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

from generator.files import digest

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


_DIGEST = f"V{len(digest(b''))}"


@dataclass(frozen=True, slots=True)
class Bearers:
    """The papers that bear each of some names. Papers and names are numbers."""

    papers: NDArray[np.int32]
    """Of the first name, then of the second, and so on."""
    starts: Sequence[int]
    """Where in `papers` those of each name begin, and where the last ones end."""

    @classmethod
    def of(cls, groups: Iterable[NDArray[np.int32]]) -> Bearers:
        """`groups` are the papers of each name."""
        import numpy as np

        groups = tuple(groups)
        papers = np.concatenate(groups) if groups else np.zeros(0, np.int32)
        return cls(papers, (0, *accumulate(map(len, groups))))

    def joined(self, cells: bytes, count: int) -> list[bytes]:
        """For each name the cells of its papers, one after the other. `cells` are of one size, and stand one
        after the other for all `count` papers."""
        import numpy as np

        if not count:
            return [b"" for _ in self.starts[1:]]
        rows = np.frombuffer(cells, f"V{len(cells) // count}")[self.papers]
        return _parts(rows, self.starts)

    def together(self, others: Mapping[int, bytes], *, least: int) -> list[bytes]:
        """For each name, what stands for those `others` that `least` of its papers bear, too, and for how
        many do. Others are told by their digests, in their order; the name itself may be among them."""
        count = len(self.starts) - 1
        if not count or not others:
            return [b"" for _ in range(count)]
        import numpy as np
        from scipy.sparse import csr_array

        shape = (count, int(self.papers.max(initial=0)) + 1)
        matrix = csr_array((np.ones_like(self.papers), self.papers, self.starts), shape=shape)
        product = matrix @ matrix[list(others)].T
        enough = np.flatnonzero(product.data >= least)
        rows = np.searchsorted(product.indptr, enough, side="right") - 1
        order = np.lexsort((product.indices[enough], rows))
        found = np.empty(len(enough), [("other", _DIGEST), ("papers", "<i4")])
        found["other"] = np.array([*others.values()], _DIGEST)[product.indices[enough][order]]
        found["papers"] = product.data[enough][order]
        return _parts(found, np.searchsorted(rows[order], np.arange(count + 1)).tolist())


def _parts(rows: NDArray[Any], starts: Iterable[int]) -> list[bytes]:
    data, size = rows.tobytes(), rows.itemsize
    return [data[start * size : end * size] for start, end in pairwise(starts)]
