"""Papers that nobody wrote: as the feed would list them, and as the archive keeps them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from generator.model.contents import Changes, Contents
from generator.model.markup import escape
from generator.model.paper import DayRecord, Figures, Observation, Organization, Paper
from generator.store.content import ContentStore

TOPICS = """\
- slug: gardens
  name: Gardens
  description: How plants are grown.
  phrases: [tomato, garden: 2]
- slug: boats
  name: Boats
  description: How to stay afloat.
  phrases: [sail, rowing boat]
"""

_SUBJECTS = ("Tomato", "Sail", "Rowing boat", "Garden", "Tomato and sail")
_VERBS = ("Watering", "Mending", "Counting", "Naming", "Painting", "Folding", "Weighing")


def title(number: int) -> str:
    return f"{_VERBS[number % len(_VERBS)]} a {_SUBJECTS[number % len(_SUBJECTS)]}, part {number}"


def entry(number: int, **changes: Any) -> dict[str, Any]:
    """A raw entry of the feed; `changes` are fields of its `paper`."""
    paper = {
        "id": f"2501.{number:05d}",
        "title": title(number),
        "summary": f"We look at case {number}. It costs $5 & takes <1 hour.\n  Then we *stop*.",
        "authors": [{"_id": "a", "name": "Ada Lovelace", "hidden": False}, {"name": f"Person {number}"}],
        "publishedAt": "2025-01-02T17:59:07.000Z",
        "upvotes": number % 50,
        "submittedOnDailyBy": {"user": "somebody", "fullname": "Some Body"},
        "ai_keywords": ["watering cans", "sails"],
        "ai_summary": f"Case {number} in one sentence.",
        "githubRepo": f"https://github.com/somebody/case-{number}",
        "organization": {"name": "acme", "fullname": "Acme Gardens"},
        **changes,
    }
    return {"paper": paper, "title": paper["title"], "numComments": number % 4}


def paper(number: int, day: date | None = None, **changes: Any) -> Paper:
    """An invented paper, listed on `day`."""
    fields: dict[str, Any] = {
        "id": f"2501.{number:05d}",
        "title": title(number),
        "authors": ("Ada Lovelace", f"Person {number}"),
        "published": date(2025, 1, 2),
        "days": (day,) if day else (),
        "keywords": ("watering cans",),
        "organization": Organization("acme", "Acme Gardens"),
        "summary": f"Case {number} in one sentence.",
        "abstract": escape(f"We look at case {number}. It costs $5 & takes <1 hour.\n\nThen we *stop*."),
        **changes,
    }
    return Paper(**fields)


def archive_of(days: int, per_day: int, first: date = date(2025, 1, 27)) -> Changes:
    """Papers, observations and day log of some days in a row."""
    papers, seen, records = [], [], []
    for step in range(days):
        day = first + timedelta(days=step)
        for place in range(per_day):
            number = step * per_day + place + 1
            papers.append(paper(number, day))
            seen.append(
                Observation(f"{day}T08:00:00Z", f"2501.{number:05d}", Figures(number % 50, place, None))
            )
        records.append(DayRecord(day, per_day, "open", f"{day}T08:00:00Z"))
    return Changes(tuple(papers), tuple(seen), tuple(records))


def write_content(folder: Path, changes: Changes, *, settings: Iterable[str] = ()) -> Contents:
    """A content folder that holds `changes`; `settings` are lines of archive.yml."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "topics.yml").write_text(TOPICS, encoding="utf-8")
    (folder / "archive.yml").write_text(
        "\n".join(("title: Test Archive", *settings)) + "\n", encoding="utf-8"
    )
    store = ContentStore(folder)
    return store.write(store.read_all(), changes)
