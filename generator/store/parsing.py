"""What the bytes of a file of content/ hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import TypeVar

from generator.files import digest
from generator.model.paper import Observation, Paper
from generator.store import codec, logs
from generator.store.texts import as_text

Value = TypeVar("Value")
Seen = dict[str, tuple[Observation, ...]]
"""Observations by paper, oldest first."""


def paper_in(raw: bytes, place: str) -> Paper:
    return codec.decode(as_text(raw), place)


def keyed_paper_in(raw: bytes, place: str) -> tuple[bytes, Paper]:
    """The paper in the bytes of a file, behind what stands for them."""
    return digest(raw), paper_in(raw, place)


def seen_in(raw: bytes, place: str) -> Seen:
    """The observations in a month's log."""
    seen: dict[str, list[Observation]] = defaultdict(list)
    for observation in logs.read_metrics(as_text(raw), place):
        seen[observation.paper_id].append(observation)
    return {paper_id: in_order(each) for paper_id, each in seen.items()}


def in_order(observations: Iterable[Observation]) -> tuple[Observation, ...]:
    return tuple(sorted(observations, key=attrgetter("observed")))


def of_text(parse: Callable[[str, str], Value]) -> Callable[[bytes, str], Value]:
    """`parse`, for the bytes of a text."""
    return lambda raw, place: parse(as_text(raw), place)
