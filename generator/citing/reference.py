"""A paper as something to cite: the frozen value that every format is written from."""

from __future__ import annotations

import msgspec

from generator.citing import names
from generator.model.paper import Paper


class Reference(msgspec.Struct, frozen=True, gc=False):
    """What a list of references needs to know of a paper. Empty text stands for what is not known."""

    key: str
    """Unique in the archive, ASCII, never empty, and the paper's own: no other paper changes it."""
    title: str
    authors: tuple[str, ...]
    """As given."""
    date: tuple[int, ...]
    """Year; year and month; or year, month and day."""
    arxiv: str
    category: str
    """The primary category on arXiv."""
    url: str

    @property
    def doi(self) -> str:
        """arXiv registers one for each of its papers (https://info.arxiv.org/help/doi.html)."""
        return f"10.48550/arXiv.{self.arxiv}" if self.arxiv else ""


def reference_of(paper: Paper, address: str) -> Reference:
    """`paper` as a reference; `address` is where its page stands, for a paper that stands nowhere else."""
    arxiv = paper.arxiv_id or ""
    return Reference(
        key=key_of(paper),
        title=" ".join(paper.title.split()),
        authors=tuple(name for name in paper.authors if name.strip()),
        date=_date(paper),
        arxiv=arxiv,
        category=paper.categories[0] if arxiv and paper.categories else "",
        url=f"https://arxiv.org/abs/{arxiv}" if arxiv else address,
    )


def key_of(paper: Paper) -> str:
    """`lovelace2501.00011`: a word of the first author's name and the id, which holds year and month.

    An id that is not arXiv's may begin with letters, so that a hyphen parts it (`lovelace-some.paper`); the
    word holds no hyphen and no figure, so that no two papers share a key.
    """
    word = names.short(paper.authors[0]) if paper.authors else ""
    if paper.arxiv_id:
        return f"{word or 'arxiv'}{paper.id}"
    return f"{word or 'paper'}-{paper.id}"


def _date(paper: Paper) -> tuple[int, ...]:
    if paper.published:
        return paper.published.year, paper.published.month, paper.published.day
    if paper.arxiv_id and 1 <= int(paper.id[2:4]) <= 12:
        return 2000 + int(paper.id[:2]), int(paper.id[2:4])
    return (paper.day.year,)
