"""What a file depends on, as digests: one for each field of its recipe, and one for the program."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter

import msgspec

from generator.files import digest
from generator.outputs.artifact import Artifact, Recipe, fields_of

Fingerprint = bytes
"""The names of what it stands for: `program`, `recipe` (its kind), a recipe's fields; then a digest for each.
Of tens of thousands hardly any is another than last time, so that it is one value to keep and to compare."""

_SIZE = len(digest(b""))
_encoder = msgspec.msgpack.Encoder(order="deterministic")


def joined(names: Iterable[str], digests: Iterable[bytes]) -> Fingerprint:
    """A fingerprint of `digests`, each of which stands for what is named."""
    return b"".join((" ".join(names).encode(), b"\n", *digests))


def apart(fingerprint: Fingerprint) -> Mapping[str, bytes]:
    """The digests by the name of what they stand for."""
    names, _, digests = fingerprint.partition(b"\n")
    return {
        name: digests[place * _SIZE : (place + 1) * _SIZE]
        for place, name in enumerate(names.decode("utf-8", "replace").split(" "))
    }


def fingerprints(artifacts: Mapping[str, Artifact], code: str) -> dict[str, Fingerprint]:
    """The fingerprint of every artifact by path; `code` is the digest of the program."""
    program = _digest(code)
    kinds: dict[type[Recipe], _Kind] = {}
    made: dict[str, Fingerprint] = {}
    for path, artifact in artifacts.items():
        recipe = artifact.recipe
        kind = kinds.get(type(recipe))
        if kind is None:
            kind = kinds[type(recipe)] = _Kind(type(recipe), program)
        made[path] = kind.fingerprint(recipe)
    return made


class _Kind:
    """What the fingerprints of recipes of one kind have in common."""

    def __init__(self, kind: type[Recipe], program: bytes) -> None:
        fields = fields_of(kind)
        shared, own = ([name for name in fields if (name in _SHARED) is many] for many in (True, False))
        self._head = joined(("program", "recipe", *shared, *own), (program, _digest(kind.__qualname__)))
        self._shared, self._own = _values(shared), _values(own)
        self._begun: dict[tuple[int, ...], bytes] = {}
        """How they begin where they share the values with these identities."""

    def fingerprint(self, recipe: Recipe) -> Fingerprint:
        shared = self._shared(recipe)
        key = tuple([id(value) for value in shared])
        begun = self._begun.get(key)
        if begun is None:
            begun = self._begun[key] = b"".join((self._head, *map(_digest, shared)))
        return begun + b"".join([_digest(value) for value in self._own(recipe)])


_SHARED = frozenset({"chrome", "template", "segment"})
"""Fields whose values live as long as the plan and stand in many recipes."""


def _values(names: Sequence[str]) -> Callable[[Recipe], tuple[object, ...]]:
    """Gives the values of the fields `names`."""
    if len(names) > 1:
        return attrgetter(*names)
    if not names:
        return lambda recipe: ()
    of = attrgetter(*names)
    return lambda recipe: (of(recipe),)


def _digest(value: object) -> bytes:
    if type(value) is bytes and len(value) == _SIZE:
        return value  # one itself
    return digest(_encoder.encode(value))
