"""Where everything stands. Addresses mirror the feed's own and are relative to the base path."""

from __future__ import annotations

from datetime import date

from generator.model.periods import Month, Week

HOME = ""
CALENDAR = "papers/"
TRENDING = "papers/trending/"
TOP = "papers/top/"
TRENDS = "trends/"
TOPICS = "topics/"
AUTHORS = "authors/"
ORGANIZATIONS = "organizations/"
KEYWORDS = "keywords/"
SEARCH = "search/"
FEEDS = "feeds/"
ABOUT = "about/"
READING = "reading/"
OFFLINE = "offline.html"
ALL_PAPERS_FEED = "feeds/papers/"


def paper(paper_id: str) -> str:
    return f"papers/{paper_id}/"


def day(of: date) -> str:
    return f"papers/date/{of.isoformat()}/"


def week(of: Week) -> str:
    return f"papers/week/{of.slug}/"


def month(of: Month) -> str:
    return f"papers/month/{of.slug}/"


def year(number: int) -> str:
    return f"papers/year/{number:04d}/"


def author(slug: str) -> str:
    return f"{AUTHORS}{slug}/"


def organization(slug: str) -> str:
    return f"{ORGANIZATIONS}{slug}/"


def keyword(slug: str) -> str:
    return f"{KEYWORDS}{slug}/"


def letter(index: str, of: str) -> str:
    """The page of one letter below an index (`authors/`). No slug of a name is `a-z`."""
    return f"{index}a-z/{of}/"


def topic(slug: str) -> str:
    return f"topics/{slug}/"


def topic_month(slug: str, of: Month) -> str:
    return f"topics/{slug}/{of.slug}/"


def topic_feed(slug: str) -> str:
    return f"feeds/topics/{slug}/"
