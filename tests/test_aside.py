"""Work is done aside where a child can do it, and its answer is the same where none can."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from generator.aside import Aside

forks = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux forks")


@forks
def test_a_child_answers() -> None:
    held = {"what": "the parent holds"}
    found = Aside(lambda: (os.getpid(), held), forks=True)
    process, answer = found.answer()
    assert process != os.getpid() and answer == held


def test_where_nothing_may_be_forked_the_work_is_done_when_it_is_asked_for(tmp_path: Path) -> None:
    found = Aside(lambda: (os.getpid(), (tmp_path / "late").read_text()), forks=False)
    (tmp_path / "late").write_text("written meanwhile")
    assert found.answer() == (os.getpid(), "written meanwhile")


@forks
@pytest.mark.parametrize("how", ["dies", "says what cannot be sent"])
def test_the_work_of_a_child_that_does_not_answer_is_done_here(how: str) -> None:
    parent = os.getpid()

    def work() -> object:
        if os.getpid() == parent:
            return "done here"
        if how == "dies":
            os._exit(9)
        return lambda: None

    assert Aside(work, forks=True).answer() == "done here"


@forks
def test_what_fails_in_a_child_fails_where_it_is_needed(capfd: pytest.CaptureFixture[str]) -> None:
    def work() -> None:
        raise ValueError(f"in {os.getpid()}")

    found = Aside(work, forks=True)
    with pytest.raises(ValueError, match=f"in {os.getpid()}"):
        found.answer()
    assert capfd.readouterr() == ("", "")
