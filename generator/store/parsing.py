"""What the bytes of a file of content/ hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from generator.files import digest
from generator.model.paper import Paper
from generator.model.sightings import joined
from generator.store import codec, logs
from generator.store.texts import as_text

Value = TypeVar("Value")
Seen = dict[str, str]
"""Observations by paper, as rows of `Sightings`."""


def paper_in(raw: bytes, place: str) -> Paper:
    return codec.decode(as_text(raw), place)


def keyed_paper_in(raw: bytes, place: str) -> tuple[bytes, Paper]:
    """The paper in the bytes of a file, behind what stands for them."""
    return digest(raw), paper_in(raw, place)


def seen_in(raw: bytes, place: str) -> Seen:
    """The observations in a month's log."""
    seen: Seen = {}
    for paper_id, row in logs.read_metrics(as_text(raw), place):
        before = seen.get(paper_id)
        seen[paper_id] = joined(before, row) if before else row
    return seen


def of_text(parse: Callable[[str, str], Value]) -> Callable[[bytes, str], Value]:
    """`parse`, for the bytes of a text."""
    return lambda raw, place: parse(as_text(raw), place)
