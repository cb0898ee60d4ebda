"""Runs `papers` without what the site of `tests.bench.hugo` does not make, so that both do the same work.

    python -m tests.bench.alike build

What is left out, from outside: search, offline reading, exports, twins, citations, previews, feeds but those
of topics, related papers, curves and how to cite a paper. What is left still makes more of a page than Hugo's
templates: figures of each list, names in the order of their papers, formulas, tags for reference managers.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

from generator.outputs.artifact import Artifact


def leave_out() -> None:
    """Take it out of the program. Raises AttributeError for what is not there any more: name what took its
    place."""
    from generator import outputs, reading
    from generator.citing import bibtex
    from generator.insight import lasting
    from generator.insight.related import Near
    from generator.outputs import assets, feeds, html
    from generator.pages import paper

    def know_none(archive: Any, row: Any, near: Any) -> None:
        archive.memo[lasting._MEMO] = dict.fromkeys((each.id for each in row), ())

    plan_feeds = feeds.plan

    def topics_alone(site: Any) -> Iterator[Artifact]:
        return (each for each in plan_feeds(site) if each.path.startswith("feeds/topics/"))

    _put(outputs, "DEALT", (html,))
    _put(outputs, "SINGLE", (feeds, assets))
    _put(feeds, "plan", topics_alone)
    _put(reading, "_near", lambda config, known: Near((), ()))
    _put(lasting.Begun, "settled", lambda begun: Near((), ()))
    _put(reading, "know_alike", know_none)
    _put(paper, "upvote_curve", lambda points: None)
    _put(bibtex, "brief_entry", lambda reference, split: "")


def _put(place: ModuleType | type, name: str, value: object) -> None:
    getattr(place, name)
    setattr(place, name, value)


def main() -> None:
    from generator import quick
    from generator.cli import main as papers

    sees = quick.Sight.__init__

    def see(*given: Any, **named: Any) -> None:
        """Another process may look meanwhile, as it does in the program that people start."""
        sees(*given, **named)
        leave_out()

    quick.Sight.__init__ = see  # type: ignore[method-assign]
    papers(sys.argv[1:])


if __name__ == "__main__":
    main()
