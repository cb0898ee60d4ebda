"""What was let go of goes back to the system."""

from __future__ import annotations

import platform
import subprocess
import sys
from pathlib import Path

import pytest

from generator.builder import make
from generator.builder.folder import Present, SiteFolder
from generator.builder.part import Found, Part
from generator.outputs.artifact import Artifact
from generator.theme.theme import Theme
from tests.builder.test_crew import Signed

_LET_GO = """
import os
from generator.builder.memory import give_back

def held():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")

values = [bytes([number % 251]) * 50_000 for number in range(4_000)]
del values[:-1]  # the last lies above all others, so that the library keeps what is below
before = held()
give_back()
print(before - held())
"""


_APART = """
import os
from generator.builder.memory import keep_large_apart

def held():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")

keep_large_apart()
for size in (8_000_000, 16_000_000, 30_000_000):  # the library learns that such come and go
    value = bytes([1]) * size
    del value
before = held()
values = [bytes([number % 251]) * 10_000_000 for number in range(20)]
del values[:-1]
print(held() - before)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only GNU's library is asked")
def test_large_values_go_back_when_they_are_let_go_of() -> None:
    said = subprocess.run((sys.executable, "-c", _APART), capture_output=True, text=True, check=True).stdout
    assert int(said) < 20_000_000


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only GNU's library is asked")
def test_what_lies_below_a_value_that_is_held_is_given_back() -> None:
    said = subprocess.run((sys.executable, "-c", _LET_GO), capture_output=True, text=True, check=True).stdout
    assert int(said) > 100_000_000


@pytest.mark.parametrize(("every", "long", "times"), [(3, 60.0, 3), (99, 0.0, 10), (99, 60.0, 0)])
def test_memory_is_given_back_now_and_then_and_after_what_took_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, every: int, long: float, times: int
) -> None:
    told: list[bool] = []
    monkeypatch.setattr(make, "give_back", lambda: told.append(True))
    monkeypatch.setattr(make, "_GIVEN_BACK", every)
    monkeypatch.setattr(make, "_LONG", long)
    monkeypatch.setattr(make, "_CHUNK", 2)
    folder = SiteFolder(tmp_path / "site", tmp_path / ".cache")
    folder.claim()
    files = {name: Artifact(name, "a test", Signed()) for name in map(str, range(20))}
    part = Part(files, Theme("none", (), (), "/", ""), Found(folder, {}, Present(), force=False, now="now"))
    assert len(part.make(lambda steps: None)) == 20
    assert len(told) == times
