"""What earlier builds have worked out for the search index, kept in the cache folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from generator.files import digest
from generator.outputs.kept import ALL, Kept
from generator.search.analyzer import terms_of


@dataclass(frozen=True, slots=True)
class Recollection:
    """Recalls what is kept. Words are kept as they are asked for together: those of the recent part."""

    kept: Kept
    told: Callable[[Sequence[str]], bytes]
    """Gives for ids of papers what stands for all that the index is told of them."""

    def digest(self, key: bytes, ids: Sequence[str], make: Callable[[], str]) -> str:
        memo = self.kept.of("digest").memo(str)
        found = memo.drawer(ALL).get(digest(self.told(ids) + key), make)
        memo.save()
        return found

    def primer(self, segment: str, make: Callable[[], bytes]) -> bytes:
        memo = self.kept.of("primer").memo(bytes)
        found = memo.drawer(ALL).get(segment.encode(), make)
        memo.save()
        return found

    def terms(self, words: Sequence[str]) -> list[str]:
        memo = self.kept.of("terms").memo(dict[str, str])
        drawer = memo.drawer(ALL)
        known = next(iter(drawer.known.values()), {})
        new = [word for word in words if word not in known]
        known.update(zip(new, terms_of(new), strict=True))
        found = [known[word] for word in words]
        key = digest("\n".join(words).encode())
        drawer.get(key, lambda: dict(zip(words, found, strict=True)))
        memo.save()
        return found
