"""Where the papers come from, as settings: the lists that can be read, and what each must be told."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from generator.errors import SettingsError

KINDS = ("huggingface", "arxiv")
HUGGINGFACE_URL = "https://huggingface.co/api/daily_papers"
HUGGINGFACE_PAGE = "https://huggingface.co/papers/"
ARXIV_URL = "https://export.arxiv.org/api/query"

ARXIV_CATEGORY = re.compile(r"[a-z]+(?:-[a-z]+)*(?:\.(?:[A-Z]{2}|[a-z]+(?:-[a-z]+)*))?")
"""`cs.CL`, `hep-th`, `cond-mat.mtrl-sci` (https://arxiv.org/category_taxonomy)."""
_MOST_CATEGORIES = 20


@dataclass(frozen=True, slots=True)
class FeedSettings:
    """Where the papers come from."""

    url: str = HUGGINGFACE_URL
    """The address that is asked; for `huggingface` with `?date=…&limit=…&p=…`."""
    page: str = HUGGINGFACE_PAGE
    """The feed's page about a paper, to which the paper's id is added; empty where it has none."""
    days: int = 7
    """How many of the latest days a snapshot asks for when it is told no others."""
    pace: int = 450
    """The most requests in any five minutes; the public feed allows 500 to somebody who does not log in.
    arXiv is never asked more often than once in three seconds."""
    kind: str = "huggingface"
    """One of `KINDS`: whose list it is, and so how it is asked and read."""
    category: str = ""
    """For `arxiv`: its category, or several with commas between; a paper of any of them counts."""

    @property
    def categories(self) -> tuple[str, ...]:
        """Each of `category`, once."""
        return tuple(dict.fromkeys(self.category.replace(",", " ").split()))

    @property
    def has_votes(self) -> bool:
        """Whether readers vote on its papers, so that lists can be ordered by that."""
        return self.kind != "arxiv"

    def discussion(self, arxiv_id: str | None) -> str:
        """The feed's page about a paper; empty where it has none."""
        return f"{self.page}{arxiv_id}" if self.page and arxiv_id else ""


def checked(feed: FeedSettings, at: Callable[[str], str]) -> FeedSettings:
    """`feed`, with arXiv's own addresses where it is arXiv's list and none but the default are given.

    `at` begins a message about a setting. Raises SettingsError where kind and category mean nothing.
    """
    if feed.kind not in KINDS:
        raise SettingsError(f"{at('feed.kind')} must be {' or '.join(KINDS)}, not {feed.kind!r}.")
    if feed.kind != "arxiv":
        if feed.category:
            raise SettingsError(
                f"{at('feed.category')} means something with `kind: arxiv` only; leave it empty."
            )
        return feed
    if not feed.categories:
        what = "must name a category of arXiv, such as cs.CL, or several with commas between."
        raise SettingsError(f"{at('feed.category')} {what}")
    for name in feed.categories:
        if not ARXIV_CATEGORY.fullmatch(name):
            raise SettingsError(f"{at('feed.category')} must be such as cs.CL or hep-th, not {name!r}.")
    if len(feed.categories) > _MOST_CATEGORIES:
        raise SettingsError(f"{at('feed.category')} names more than {_MOST_CATEGORIES} categories.")
    return replace(
        feed,
        url=ARXIV_URL if feed.url == HUGGINGFACE_URL else feed.url,
        page="" if feed.page == HUGGINGFACE_PAGE else feed.page,
    )
