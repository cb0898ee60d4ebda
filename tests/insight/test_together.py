"""Which names stand together in papers, held against counting them one by one."""

from __future__ import annotations

import random
from datetime import date

import numpy as np

from generator.files import digest
from generator.insight.together import Bearers
from generator.model.paper import Paper

DAY = date(2025, 1, 1)
SIZE = len(digest(b""))


def told(name: int) -> bytes:
    return digest(f"{name}".encode())


def test_what_stands_together_is_what_counting_finds() -> None:
    dice = random.Random(3)
    papers = [Paper(id=f"p{number}", title="", days=(DAY,)) for number in range(60)]
    numbers = {paper.id: number for number, paper in enumerate(papers)}
    groups = [dice.sample(papers, dice.randint(1, 30)) for _ in range(20)]
    bearers = Bearers.of([np.array([numbers[each.id] for each in group], np.int32) for group in groups])
    names, others = range(len(groups)), [0, 4, 5, 6, 18]
    found = bearers.together({other: told(other) for other in others}, least=2)
    counted = {
        (name, other): len({each.id for each in groups[name]} & {each.id for each in groups[other]})
        for name in names
        for other in others
    }
    assert min(counted.values()) < 2 < max(counted.values())
    for name, each in zip(names, found, strict=True):
        parts = [
            told(other) + counted[name, other].to_bytes(4, "little")
            for other in others
            if counted[name, other] >= 2
        ]
        assert each == b"".join(parts)
    joined = bearers.joined(b"".join([told(number) for number in range(60)]), 60)
    assert joined == [b"".join([told(numbers[each.id]) for each in group]) for group in groups]


def test_digests_of_zeros_are_digests() -> None:
    """Some of numpy's kinds of bytes leave zeros at the end behind."""
    both = np.array([0, 1], np.int32)
    bearers = Bearers.of([both, both])
    assert bearers.joined(bytes(2 * SIZE), 2) == [bytes(2 * SIZE)] * 2
    assert bearers.together({1: bytes(SIZE)}, least=2) == [bytes(SIZE) + b"\x02\0\0\0"] * 2


def test_where_there_is_nobody_nobody_stands_together() -> None:
    nobody = Bearers.of([])
    assert nobody.joined(b"", 0) == []
    assert nobody.together({}, least=2) == []
    assert Bearers.of([np.array([0], np.int32)]).together({}, least=2) == [b""]
