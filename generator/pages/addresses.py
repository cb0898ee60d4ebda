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
"""The folder of the whole archive's citations; those of a list stand in its page's folder."""
CITATION_FILES = ("papers.bib", "papers.ris", "papers.csl.json")
CITATION_PARCEL = "papers.zip"
ALL_PAPERS_FEED = "feeds/papers/"
DAILY_FEED = "feeds/daily/"
TRENDING_FEED = "feeds/trending/"
WEEK_FEED = "feeds/top-of-the-week/"
OPML = "feeds/feeds.opml"
PEOPLE_OPML = "feeds/people.opml"

API = "api/index.json"
API_LATEST = "api/daily_papers.json"
CSV_EXPORT = "exports/papers.csv.gz"
SQLITE_EXPORT = "exports/archive.sqlite.gz"
ARCHIVE_PICTURE = "assets/social/archive.png"


def citations(number: int = 1) -> str:
    """The parcel of citations of the whole archive; where one is full, the next has a higher number."""
    return f"citations/papers{f'-{number}' if number > 1 else ''}.zip"


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


def author_feed(slug: str) -> str:
    return f"feeds/authors/{slug}/"


def organization_feed(slug: str) -> str:
    return f"feeds/organizations/{slug}/"


def twin(page: str) -> str:
    """The page at `page` as Markdown, where it has such a twin: papers and days do."""
    return f"{page}index.html.md"


def api_day(of: date) -> str:
    return f"api/daily_papers/{of.isoformat()}.json"


def api_year(number: int) -> str:
    """The days of a year and how many papers each lists."""
    return f"api/days/{number:04d}.json"


def lines_export(of: Month) -> str:
    """The papers that stand in a month, as JSON Lines."""
    return f"exports/papers-{of.slug}.jsonl.gz"


def topic_picture(slug: str) -> str:
    return f"assets/social/topic-{slug}.png"


def month_picture(of: Month) -> str:
    return f"assets/social/month-{of.slug}.png"
