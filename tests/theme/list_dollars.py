"""Every dollar of the real days, and every `\\(`, with what was decided:
`python -m tests.theme.list_dollars`.

With `--facts` it prints `tests/theme/decided.csv` anew, for a hand to read before it is committed.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TextIO

from generator.feed.text import clean, one_line
from generator.theme.mathematics import Tex, mathml, may_hold, split
from tests.support.replay import real_days, real_page


@dataclass(frozen=True, order=True)
class Fact:
    """What was decided, a number of times, in one place of one paper."""

    id: str
    place: str
    """`title` (either of the feed's two), `abstract` or `summary`."""
    decision: str
    """`mathematics`; `unrendered`, where it is that but the library cannot show it; `text` for all else."""
    count: int
    """Formulas; of text, its dollars."""
    tex: str


def texts() -> Iterator[tuple[str, str, str]]:
    """Id, place and text of all that may hold a formula in the real days, each once."""
    seen = set()
    for day in real_days():
        for entry in real_page(day):
            paper = entry["paper"]
            for place, text in (
                ("title", one_line(entry["title"])),
                ("title", one_line(paper["title"])),
                ("abstract", clean(paper["summary"])),
                ("summary", one_line(paper.get("ai_summary", ""))),
            ):
                if may_hold(text) and (found := (paper["id"], place, text)) not in seen:
                    seen.add(found)
                    yield found


def facts() -> list[Fact]:
    counted: Counter[tuple[str, str, str, str]] = Counter()
    for paper, place, text in texts():
        for part in split(text):
            if isinstance(part, Tex):
                decision = "mathematics" if mathml(part.source) else "unrendered"
                counted[paper, place, decision, part.source] += 1
            elif "$" in part:
                counted[paper, place, "text", ""] += part.count("$")
    return sorted(
        Fact(paper, place, decision, count, tex) for (paper, place, decision, tex), count in counted.items()
    )


def write(told: list[Fact], out: TextIO) -> None:
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(["id", "place", "decision", "count", "tex"])
    rows.writerows((fact.id, fact.place, fact.decision, fact.count, fact.tex) for fact in told)


def main() -> None:
    if "--facts" in sys.argv:
        write(facts(), sys.stdout)
        return
    for paper, place, text in texts():
        for part in split(text):
            if isinstance(part, Tex):
                decision = "mathematics" if mathml(part.source) else "unrendered"
                print(f"{paper} {place:8} {decision:11} {part.raw}")
            else:
                for piece in part.replace("\n", " ").split("$")[1:]:
                    print(f"{paper} {place:8} {'text':11} …${piece[:30]}")
    told = facts()
    seen = sum(text.count("$") for _, _, text in texts())
    totals = Counter[str]()
    for fact in told:
        totals[fact.decision] += fact.count
    print(f"{seen} dollars; {', '.join(f'{name}: {number}' for name, number in sorted(totals.items()))}")


if __name__ == "__main__":
    main()
