"""Deciding is a pure function: five cases, five equations."""

from __future__ import annotations

from generator.builder.decide import ALTERED, FORCED, GONE, NEVER_MADE, NOT_WANTED, Decision, decide, unwanted
from generator.builder.fingerprint import Fingerprint, apart, joined


def of(**digests: bytes) -> Fingerprint:
    return joined(digests, [each * 16 for each in digests.values()])


ONE = of(page=b"1", template=b"1", program=b"1")
TWO = of(page=b"2", template=b"1", program=b"1")


def test_what_was_never_made_is_made() -> None:
    assert decide({"a": ONE}, {}, set(), set()) == Decision(make={"a": NEVER_MADE})


def test_what_changed_is_made_and_the_reason_names_what_changed() -> None:
    assert decide({"a": TWO}, {"a": ONE}, {"a"}, set()) == Decision(make={"a": "its view changed"})


def test_two_changes_are_two_reasons() -> None:
    wanted = of(page=b"2", template=b"1", program=b"2")
    expected = Decision(make={"a": "its view changed; the program changed"})
    assert decide({"a": wanted}, {"a": ONE}, {"a"}, set()) == expected


def test_another_kind_of_file_is_told_by_what_either_is_made_from() -> None:
    wanted = of(recipe=b"2", feed=b"1", program=b"1")
    before = of(recipe=b"1", papers=b"1", program=b"1")
    expected = "another kind of file took its place; its feed changed; its papers changed"
    assert decide({"a": wanted}, {"a": before}, {"a"}, set()) == Decision(make={"a": expected})


def test_a_fingerprint_comes_apart_whatever_its_bytes() -> None:
    digests = {"page": b" " * 16, "program": b"\n" * 16}
    assert apart(joined(digests, digests.values())) == digests
    assert decide({"a": ONE}, {"a": b"\xff damaged"}, {"a"}, set()).make


def test_what_is_gone_or_altered_is_made_again() -> None:
    decision = decide({"a": ONE, "b": ONE}, {"a": ONE, "b": ONE}, {"b"}, {"b"})
    assert decision == Decision(make={"a": GONE, "b": ALTERED})


def test_what_is_as_it_was_is_kept() -> None:
    assert decide({"a": ONE}, {"a": ONE}, {"a"}, set()) == Decision(keep=("a",))


def test_what_nothing_wants_is_removed() -> None:
    assert decide({}, {"a": ONE}, {"a", "stray"}, set()) == Decision()
    assert unwanted({"a", "b", "stray"}, {"b", "new"}) == {"a": NOT_WANTED, "stray": NOT_WANTED}


def test_force_makes_everything() -> None:
    assert decide({"a": ONE}, {"a": ONE}, {"a"}, set(), force=True) == Decision(make={"a": FORCED})
