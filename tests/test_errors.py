"""Errors of ours can be sent from one process to another, and say the same there."""

from __future__ import annotations

import copyreg
import pickle

import pytest

from generator import errors

PROBLEMS = [errors.Problem("a.md:3", "is wrong."), errors.Problem("b.md:4", "is wrong, too.")]
KINDS = [
    kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.PapersError)
]
GIVEN = {
    errors.ContentError: (PROBLEMS,),
    errors.RecipientsError: (PROBLEMS,),
    errors.FeedRefused: ("no", 403),
}
"""What is more than a sentence."""


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_an_error_says_the_same_where_it_arrives(
    kind: type[errors.PapersError], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(copyreg.dispatch_table, kind, raising=False)  # libraries help errors along, some days
    error = kind(*GIVEN.get(kind, ("A sentence.",)))
    arrived = pickle.loads(pickle.dumps(error))
    assert type(arrived) is kind
    assert str(arrived) == str(error)
    assert {name: value for name, value in vars(arrived).items() if value} == vars(error)
