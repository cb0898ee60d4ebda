"""Which files to make, to keep and to remove, and why. Pure functions.

wanted, not remembered                      -> make: it was never made
wanted, remembered with another fingerprint -> make: what changed, by name
wanted, remembered, but gone or altered     -> make: somebody removed or changed it
wanted, remembered, and there               -> keep
there, not wanted                           -> remove
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field

from generator.builder.fingerprint import Fingerprint, apart

NEVER_MADE = "it was never made"
GONE = "it was no longer there"
ALTERED = "somebody had changed it"
FORCED = "everything was asked to be made again"
NOT_WANTED = "nothing wants it any more"

_CHANGED = {
    "page": "its view changed",
    "template": "its template changed",
    "chrome": "what stands around every page changed (title, address, navigation, style sheet)",
    "program": "the program changed",
    "recipe": "another kind of file took its place",
}


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be done: paths, in the order of the plan; those to make with reasons."""

    make: Mapping[str, str] = field(default_factory=dict)
    keep: tuple[str, ...] = ()


def decide(
    wanted: Mapping[str, Fingerprint],
    made: Mapping[str, Fingerprint],
    present: Set[str],
    altered: Set[str],
    *,
    force: bool = False,
) -> Decision:
    """Compare what is `wanted` with what was `made` and with the files that are `present`.

    `altered` are present files whose bytes are not those that were made.
    """
    make: dict[str, str] = {}
    keep: list[str] = []
    for path, fingerprint in wanted.items():
        reason = _reason(path, fingerprint, made.get(path), present, altered, force)
        if reason:
            make[path] = reason
        else:
            keep.append(path)
    return Decision(make, tuple(keep))


def unwanted(present: Set[str], wanted: Set[str]) -> Mapping[str, str]:
    """The files to remove, and why."""
    return dict.fromkeys(sorted(present - wanted), NOT_WANTED)


def _reason(
    path: str,
    wanted: Fingerprint,
    made: Fingerprint | None,
    present: Set[str],
    altered: Set[str],
    force: bool,
) -> str:
    if force:
        return FORCED
    if made is None:
        return NEVER_MADE
    if wanted != made:
        new, old = apart(wanted), apart(made)
        changed = [name for name in {**new, **old} if new.get(name) != old.get(name)]
        return "; ".join(_CHANGED.get(name, f"its {name} changed") for name in changed)
    if path not in present:
        return GONE
    return ALTERED if path in altered else ""
