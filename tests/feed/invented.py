"""Entries as the feed writes them, of papers that nobody wrote; and where the real ones are."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.feed.entry import DayPage, Entry
from generator.feed.normalise import normalise_page

DAY = date(2025, 11, 7)
DATA = Path(os.environ.get("DAILY_PAPERS_DATA") or Path(__file__).parents[3] / "shared" / "data")


def entry(paper_id: object = "2511.00001", **of_paper: Any) -> dict[str, Any]:
    """One entry. Keywords go to `paper`, those that begin with `top_` to the top level."""
    top = {
        name.removeprefix("top_"): of_paper.pop(name) for name in list(of_paper) if name.startswith("top_")
    }
    return {"paper": {"id": paper_id, "title": "On the Colour of Bicycles", **of_paper}, **top}


def full(number: int) -> dict[str, Any]:
    """An ordinary entry with everything that the feed of late 2025 sends."""
    person = {"_id": "f" * 24, "avatarUrl": "/avatars/0.svg", "fullname": "Ida Rode", "isPro": False}
    abstract = "We ride bicycles\nof many colours.\n  The red one is the fastest."
    organization = {
        "_id": "a" * 24,
        "name": "velo",
        "fullname": "Velo Institute",
        "avatar": "https://a.example/v.png",
    }
    return {
        "paper": {
            "id": f"2511.{number:05d}",
            "authors": [
                {"_id": "b" * 24, "name": "Ida Rode", "hidden": False},
                {"_id": "c" * 24, "name": "Omar Quist", "hidden": False},
            ],
            "publishedAt": "2025-11-06T18:59:59.000Z",
            "submittedOnDailyAt": "2025-11-07T02:10:00.000Z",
            "title": f"On the Colour of Bicycles, Part {number}",
            "submittedOnDailyBy": {**person, "user": "irode"},
            "summary": abstract,
            "upvotes": 12,
            "discussionId": "d" * 24,
            "projectPage": "https://velo.example/colours",
            "githubRepo": f"https://github.com/velo/colours-{number}",
            "githubRepoAddedBy": "user",
            "githubStars": 34,
            "ai_summary": "Red bicycles are the fastest.",
            "ai_summary_model": "some-model",
            "ai_keywords": ["bicycles", "colour vision"],
            "mediaUrls": [],
            "organization": organization,
        },
        "publishedAt": "2025-11-06T13:59:59.000Z",
        "title": f"On the Colour of Bicycles, Part {number}",
        "summary": abstract,
        "thumbnail": "https://thumbs.example/1.png",
        "numComments": 2,
        "submittedBy": {**person, "name": "irode", "isHf": False, "isMod": False, "type": "user"},
        "organization": organization,
        "isAuthorParticipating": False,
        "mediaUrls": [],
    }


def page_of(*raw: object) -> DayPage:
    return normalise_page(list(raw), DAY)


def only(raw: object) -> Entry:
    """The one entry that `raw` comes to, with nothing to say about it."""
    page = page_of(raw)
    assert (page.problems, page.notes, len(page.entries)) == ((), (), 1)
    return page.entries[0]


def noted(raw: object) -> tuple[Entry, str]:
    """The one entry that `raw` comes to, and the one thing said about it."""
    page = page_of(raw)
    assert (page.problems, len(page.notes), len(page.entries)) == ((), 1, 1)
    return page.entries[0], page.notes[0].what


def refused(raw: object) -> str:
    """Why `raw` does not come to an entry."""
    page = page_of(raw)
    assert (page.entries, len(page.problems)) == ((), 1)
    return page.problems[0].what


def real_file(*names: str) -> Path:
    """A file of the real data; the test is skipped, and says so, where there is none."""
    path = DATA.joinpath(*names)
    if not path.exists():
        pytest.skip(f"no real data at {path}; DAILY_PAPERS_DATA names another folder")
    return path


def real_raw(day: str, paper_id: str) -> dict[str, Any]:
    """The real entry as the feed gave it."""
    raw = json.loads(real_file("feed", f"{day}.json").read_bytes())
    found: dict[str, Any] = next(each for each in raw if each["paper"]["id"] == paper_id)
    return found


def real(day: str, paper_id: str) -> Entry:
    """The real entry as we read it, from its own day's page."""
    raw = json.loads(real_file("feed", f"{day}.json").read_bytes())
    page = normalise_page(raw, date.fromisoformat(day))
    assert page.problems == ()
    return next(each for each in page.entries if each.paper.id == paper_id)
