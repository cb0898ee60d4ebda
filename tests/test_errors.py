"""Errors of ours can be sent from one process to another, and say the same there."""

from __future__ import annotations

import copyreg
import errno
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


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (errors.FolderError("a/b: could not be written."), "a/b: could not be written."),
        (PermissionError(errno.EACCES, "Permission denied", "a/b"), "a/b: Permission denied. Mend it"),
        (PermissionError(errno.EACCES, "Permission denied", b"a/\xff"), "a/\udcff: Permission denied. Mend"),
        (OSError(errno.EXDEV, "Invalid cross-device link", "a", None, "b"), "a -> b: Invalid cross-device"),
        (OSError(errno.ENOSPC, "No space left on device"), "No space left on device. Mend it"),
        (OSError("of a library."), "of a library. Mend it"),
        (ConnectionResetError(), "ConnectionResetError. Mend it"),
        (MemoryError(), "there is not enough memory. Nothing that is stored is lost: run"),
    ],
)
def test_what_the_system_says_is_a_sentence_too(
    error: errors.PapersError | OSError | MemoryError, said: str
) -> None:
    assert errors.sentence(error).startswith(said)
