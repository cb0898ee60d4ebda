"""What an earlier build may have worked out already: the same as would be worked out anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from generator.search.analyzer import terms_of


class Recall(Protocol):
    def digest(self, key: bytes, ids: Sequence[str], make: Callable[[], str]) -> str:
        """What stands for the segment of the papers `ids` and for whatever `key` does."""
        ...

    def primer(self, segment: str, make: Callable[[], bytes]) -> bytes:
        """The primer of the segment with that digest."""
        ...

    def terms(self, words: Sequence[str]) -> list[str]:
        """What each of `words`, no two of them the same, is indexed as."""
        ...


class _Afresh:
    """Recalls nothing."""

    def digest(self, key: bytes, ids: Sequence[str], make: Callable[[], str]) -> str:
        return make()

    def primer(self, segment: str, make: Callable[[], bytes]) -> bytes:
        return make()

    def terms(self, words: Sequence[str]) -> list[str]:
        return terms_of(words)


AFRESH: Recall = _Afresh()
