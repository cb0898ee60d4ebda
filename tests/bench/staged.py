"""Runs `papers` and writes down how long each stage of it took, seen from outside: the program has no clock.

    python -m tests.bench.staged STAGES.json build --workers 2

Seconds of wall by stage, of the process that people start; what is in no stage (start, imports) is `rest`.
With STAGES named `….prof` the command runs under cProfile instead, which writes there.
"""

from __future__ import annotations

import cProfile
import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

_began = time.perf_counter()

STAGES = (
    ("read", "store.read_all"), ("read", "store.check_topics"), ("archive and topics", "archive.of"),
    ("wait for the other process", "aside.answer"), ("theme", "planning.load_theme"),
    ("register", "planning.register"), ("register", "planning.alike_in"), ("plan pages", "plan_pages"),
    ("plan artifacts", "plan_artifacts"), ("plan artifacts", "plan_last"),
    ("fingerprints", "part.fingerprints"), ("recall", "folder.recall"), ("present", "folder.present"),
    ("decide", "part.decide"), ("decide", "clash"), ("decide", "_in_the_way"),
    ("wait for plans", "crew.offers"), ("make", "part.make_files"), ("wait for the others", "crew.made"),
    ("remember", "folder.remember"), ("note inputs", "unchanged.look"),
)  # fmt: skip
"""Each stage with a function of the build that belongs to it, by the name that the pipeline knows it by."""


def watch(spent: dict[str, float]) -> None:
    """Put a clock around every function of STAGES; `spent` then grows. Raises AttributeError for one that is
    not there any more: name the one that took its place."""
    import scipy.sparse  # noqa: F401 - as the program does

    from generator import aside, pipeline, planning, reading
    from generator.builder import crew, part

    owners: dict[str, Any] = {
        "store": reading.ContentStore, "archive": reading.Archive, "folder": pipeline.SiteFolder,
        "unchanged": pipeline.unchanged, "aside": aside.Aside, "planning": planning, "part": part,
        "crew": crew.Crew,
    }  # fmt: skip
    within: list[str] = []
    for stage, path in STAGES:
        owner, _, name = path.rpartition(".")
        place = owners.get(owner, pipeline)
        setattr(place, name, _timed(getattr(place, name), stage, spent, within))


def _timed(
    function: Callable[..., Any], stage: str, spent: dict[str, float], within: list[str]
) -> Callable[..., Any]:
    """Of a stage inside another one, the time is that of the inner one alone."""

    def call(*given: Any, **named: Any) -> Any:
        start = time.perf_counter()
        within.append(stage)
        answer = function(*given, **named)
        answer = tuple(answer) if isinstance(answer, Iterator) else answer
        within.pop()
        took = time.perf_counter() - start
        spent[stage] += took
        if within:
            spent[within[-1]] -= took
        return answer

    return call


def main() -> None:
    target, *words = sys.argv[1:]
    from generator import quick
    from generator.cli import main as papers

    if target.endswith(".prof"):
        profile = cProfile.Profile()
        try:
            profile.runcall(papers, words)
        finally:
            profile.dump_stats(target)
        return
    spent: dict[str, float] = defaultdict(float)
    sees = quick.Sight.__init__

    def see(*given: Any, **named: Any) -> None:
        """Another process may look meanwhile, as it does in the program that people start."""
        sees(*given, **named)
        start = time.perf_counter()
        watch(spent)
        spent["load the program"] = time.perf_counter() - start

    quick.Sight.__init__ = see  # type: ignore[method-assign]
    try:
        papers(words)
    finally:
        spent["rest"] = time.perf_counter() - _began - sum(spent.values())
        Path(target).write_text(json.dumps(spent))


if __name__ == "__main__":
    main()
