"""What is made when it is asked for is made once, and of what is there only."""

from __future__ import annotations

import pytest

from generator.model.lazily import Lazily


def test_a_value_is_made_once_and_only_when_it_is_asked_for() -> None:
    made: list[str] = []

    def make(key: str) -> list[str]:
        made.append(key)
        return [key]

    values = Lazily(["a", "b"], make)
    assert (list(values), len(values), "a" in values, "c" in values, made) == (["a", "b"], 2, True, False, [])
    assert values["b"] is values["b"]
    assert made == ["b"]
    assert dict(values) == {"a": ["a"], "b": ["b"]}


def test_what_is_not_there_is_not_made() -> None:
    values = Lazily(["a"], lambda key: key)
    with pytest.raises(KeyError):
        values["c"]
    assert values.get("c") is None
