"""arXiv over the network, as it asks to be asked (https://info.arxiv.org/help/api/tou.html): one request in
three seconds, over one connection, by a program that gives its name."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from http import HTTPStatus
from types import TracebackType
from typing import Self

import httpx

from generator.errors import NotAPage
from generator.feed.arxiv_atom import Listing, StumbledError, parse_listing
from generator.feed.attempts import AttemptError, no_answer, persist, refusal
from generator.feed.patience import WINDOW, Pacer, exhausted_for
from generator.feed.transfer import Transfer, feed_url

SECONDS_APART = 3.0
MOST_IN_WINDOW = int(WINDOW / SECONDS_APART)
MAX_BODY = 16 * 2**20
"""Bytes of an answer; two hundred papers have half a mebibyte."""
_HEADERS = {"Accept": "application/atom+xml"}


class ArxivApi:
    """Asks arXiv, one request at a time.

    `pace` is the most requests in five minutes, never more than arXiv allows. `sleep`, `clock` (seconds,
    monotonic), `now` (UTC) and `transfer` are given by tests.
    """

    def __init__(
        self,
        url: str,
        *,
        user_agent: str,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        transfer: Callable[..., Transfer] = Transfer,
        pace: int = MOST_IN_WINDOW,
    ) -> None:
        self._url = feed_url(url)
        self._sleep = sleep
        self._clock = clock
        self._now = now
        self._pacer = Pacer(sleep, clock, requests=1, window=WINDOW / min(pace, MOST_IN_WINDOW))
        self._transfer = transfer(
            user_agent=user_agent,
            transport=transport,
            before_request=self._wait,
            clock=clock,
            max_body=MAX_BODY,
        )
        self.requests = 0
        """How many were sent."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._transfer.close()

    def ask(self, query: Mapping[str, str | int], where: str) -> Listing:
        """The answer to `query`, after as many attempts as it takes; `where` begins what is said of it.

        One that lists nothing although it says that there is something is an attempt that failed, since arXiv
        gives such answers when it is busy. Where every attempt fails but some brought a part, the longest
        part is given. Raises FeedUnreachable, FeedRefused or NotAPage.
        """
        address = str(self._url.copy_merge_params(dict(query)))
        start = int(query.get("start", 0))

        def attempt(parts: list[Listing]) -> Listing:
            return self._attempt(address, start, parts)

        listing = persist(
            attempt,
            lambda part: len(part.entries),
            sleep=self._sleep,
            clock=self._clock,
            pacer=self._pacer,
        )
        said = (replace(each, where=where + each.where.removeprefix(address)) for each in listing.problems)
        return replace(listing, problems=tuple(said))

    def _attempt(self, address: str, start: int, parts: list[Listing]) -> Listing:
        try:
            reply = self._transfer.get(address, _HEADERS)
        except httpx.TransportError as error:
            raise no_answer(address, error) from error
        rest = exhausted_for(reply.headers, self._now())
        if rest is not None:
            self._pacer.rest(rest)
        if reply.status == HTTPStatus.BAD_REQUEST:
            self._raise_reason(reply.body, address)
        if reply.status != HTTPStatus.OK:
            raise refusal(reply, self._now())
        try:
            listing = parse_listing(reply.body, address)
        except StumbledError as error:
            raise AttemptError(NotAPage(f"{address}: {reply.broke or error}. Try again later.")) from error
        if not listing.whole:
            parts.append(listing)
            raise AttemptError(NotAPage(f"{address}: {listing.problems[-1].what}. Try again later."))
        if not listing.entries and (listing.total or 0) > start:
            what = f"it says that it has {listing.total:,} papers, and lists none of them"
            raise AttemptError(NotAPage(f"{address}: {what}. Try again later."))
        return listing

    def _raise_reason(self, body: bytes, address: str) -> None:
        """Raise FeedRefused with the reason that arXiv gives, as a feed of one entry, where it gives one."""
        with suppress(StumbledError, NotAPage):
            parse_listing(body, address)

    def _wait(self) -> None:
        self._pacer.wait()
        self.requests += 1
