"""Where everything stands. Addresses mirror the feed's own and are relative to the base path."""

from __future__ import annotations

from datetime import date

from generator.model.periods import Month, Week

HOME = ""
CALENDAR = "papers/"
TOPICS = "topics/"
FEEDS = "feeds/"
ABOUT = "about/"
ALL_PAPERS_FEED = "feeds/papers/"


def paper(paper_id: str) -> str:
    return f"papers/{paper_id}/"


def day(of: date) -> str:
    return f"papers/date/{of.isoformat()}/"


def week(of: Week) -> str:
    return f"papers/week/{of.slug}/"


def month(of: Month) -> str:
    return f"papers/month/{of.slug}/"


def topic(slug: str) -> str:
    return f"topics/{slug}/"


def topic_month(slug: str, of: Month) -> str:
    return f"topics/{slug}/{of.slug}/"


def topic_feed(slug: str) -> str:
    return f"feeds/topics/{slug}/"
