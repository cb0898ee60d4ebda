"""What a file depends on, as digests: one for each field of its recipe, and one for the program."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from generator.files import digest
from generator.outputs.artifact import Artifact, fields_of

Fingerprint = dict[str, bytes]
"""Digests by the name of what they stand for: a recipe's fields, `recipe` (its kind) and `program`."""

_encoder = msgspec.msgpack.Encoder(order="deterministic")


def fingerprints(artifacts: Mapping[str, Artifact], code: str) -> dict[str, Fingerprint]:
    """The fingerprint of every artifact by path; `code` is the digest of the program."""
    program = _digest(code)
    seen: dict[int, bytes] = {}
    """Digests of values that many recipes share (the chrome), by identity."""
    return {path: _fingerprint(artifact, program, seen) for path, artifact in artifacts.items()}


def _fingerprint(artifact: Artifact, program: bytes, shared: dict[int, bytes]) -> Fingerprint:
    recipe = artifact.recipe
    made: Fingerprint = {"program": program, "recipe": _digest(type(recipe).__qualname__)}
    for name in fields_of(type(recipe)):
        value = getattr(recipe, name)
        if name in _SHARED:
            if id(value) not in shared:
                shared[id(value)] = _digest(value)
            made[name] = shared[id(value)]
        else:
            made[name] = _digest(value)
    return made


_SHARED = frozenset({"chrome", "template"})
"""Fields whose values live as long as the plan and stand in many recipes."""


def _digest(value: object) -> bytes:
    return digest(_encoder.encode(value))
