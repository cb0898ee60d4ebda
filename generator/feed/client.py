"""The feed over the network: asked politely, and patiently where it stumbles."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from http import HTTPStatus
from types import TracebackType
from typing import Self

import httpx

from generator.errors import FeedError, NotAPage, Problem
from generator.feed.answer import Answer, parse_answer
from generator.feed.attempts import AttemptError, no_answer, persist, refusal
from generator.feed.entry import DayPage
from generator.feed.normalise import normalise_page
from generator.feed.patience import MAX_REQUESTS, Pacer, exhausted_for
from generator.feed.transfer import Transfer, feed_url

PAGE_SIZE = 100
"""The feed's own maximum."""
UNASKED_SIZE = 50
"""Where the feed cuts a day when it is given no `limit`, or does not heed it. It does not say so."""
MAX_PAGES = 20

_CHARSET = re.compile(r"""charset\s*=\s*["']?([^\s;"']+)""", re.IGNORECASE)


_Page = tuple[Answer, httpx.Headers]
"""A page of the feed, and what its server said of it."""


class FeedClient:
    """Asks the feed for days, one request at a time, over one connection pool.

    `validators` keeps what the server said of a day's page (address -> JSON with `etag` and `last_modified`),
    so that an unchanged day is not sent again. `fetch_day` writes to it; save it only after the days are
    saved, since it says that they need not be asked for.

    `sleep`, `clock` (seconds, monotonic), `now` (UTC) and `transfer` are given by tests.
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
        validators: MutableMapping[str, str] | None = None,
        transfer: Callable[..., Transfer] = Transfer,
        pace: int = MAX_REQUESTS,
    ) -> None:
        self._url = feed_url(url)
        self._sleep = sleep
        self._clock = clock
        self._now = now
        self._validators: MutableMapping[str, str] = {} if validators is None else validators
        self._pacer = Pacer(sleep, clock, requests=pace)
        self._transfer = transfer(
            user_agent=user_agent, transport=transport, before_request=self._pacer.wait, clock=clock
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._transfer.close()

    def fetch_day(self, day: date, *, known: bool = True) -> DayPage | None:
        """All that the feed lists for `day`; None where it says that nothing changed since (304), which is
        only asked where what it listed is `known` already.

        Raises FeedUnreachable, FeedRefused or NotAPage where the day's first page does not come. Where a
        later one does not, what came is given, with a problem and not `whole`.
        """
        address = self._address(day, 0)
        first = self._fetch(address, self._condition(address) if known else {})
        if first is None:
            return None
        answers = [_named(first[0], address, f"{day}")]
        problem: Problem | None = None
        while problem is None and answers[-1].whole and _may_go_on(answers):
            following = self._following(day, answers)
            if isinstance(following, Problem):
                problem = following
            else:
                answers.append(following)
        page = normalise_page([entry for answer in answers for entry in answer.entries], day)
        problems = [trouble for answer in answers for trouble in answer.problems]
        page = replace(
            page,
            problems=(*page.problems, *problems, *([problem] if problem else [])),
            notes=(*page.notes, *(note for answer in answers for note in answer.notes)),
            whole=problem is None and all(answer.whole for answer in answers),
        )
        self._remember(address, first[1], page, is_single=len(answers) == 1)
        return page

    def _following(self, day: date, answers: list[Answer]) -> Answer | Problem:
        """The page after `answers`, or why there is none."""
        number = len(answers)
        where = f"{day}, page {number + 1}"
        if number == MAX_PAGES:
            return Problem(
                where, f"more than {MAX_PAGES} pages for a day are not believed, so it was not read"
            )
        address = self._address(day, number)
        try:
            fetched = self._fetch(address, {})
        except FeedError as error:
            return Problem(where, f"it did not come, so the day is not whole. {error}")
        assert fetched is not None, "304 is the answer to a condition, and there was none"
        answer = _named(fetched[0], address, where)
        if _ids(answer) == _ids(answers[-1]):
            return Problem(where, "it repeats the page before, so whether more is listed is not known")
        return answer

    def _fetch(self, address: str, condition: Mapping[str, str]) -> _Page | None:
        """One page of the feed, after as many attempts as it takes; None for 304.

        Where every attempt fails but some brought a part of the page, the longest part is given.
        """

        def attempt(parts: list[_Page]) -> _Page | None:
            return self._attempt(address, condition, parts)

        return persist(
            attempt,
            lambda part: len(part[0].entries),
            sleep=self._sleep,
            clock=self._clock,
            pacer=self._pacer,
        )

    def _attempt(self, address: str, condition: Mapping[str, str], parts: list[_Page]) -> _Page | None:
        try:
            reply = self._transfer.get(address, condition)
        except httpx.TransportError as error:
            raise no_answer(address, error) from error
        rest = exhausted_for(reply.headers, self._now())
        if rest is not None:
            self._pacer.rest(rest)
        if reply.status == HTTPStatus.NOT_MODIFIED and condition:
            return None
        if reply.status != HTTPStatus.OK:
            raise refusal(reply, self._now())
        charset = _CHARSET.search(reply.headers.get("content-type", ""))
        try:
            answer = parse_answer(reply.body, address, charset=charset[1] if charset else None)
        except NotAPage as error:
            if reply.broke is None:
                raise
            broken = f"{address}: {reply.broke}, before an entry was whole. Try again later."
            raise AttemptError(NotAPage(broken)) from error
        if not answer.whole:
            parts.append((answer, reply.headers))
            raise AttemptError(NotAPage(f"{address}: {answer.problems[-1].what}. Try again later."))
        return answer, reply.headers

    def _address(self, day: date, number: int) -> str:
        return str(self._url.copy_merge_params({"date": f"{day}", "limit": PAGE_SIZE, "p": number}))

    def _condition(self, address: str) -> dict[str, str]:
        """The headers that make a request conditional (RFC 9110, section 13.1), as far as any are known."""
        try:
            known = json.loads(self._validators.get(address, "{}"))
        except ValueError:
            return {}
        if not isinstance(known, dict):
            return {}
        headers = {"If-None-Match": known.get("etag"), "If-Modified-Since": known.get("last_modified")}
        return _sound(headers)

    def _remember(self, address: str, headers: httpx.Headers, page: DayPage, *, is_single: bool) -> None:
        """Keep the validators of a day that stands on one page and was read in full; forget any other's."""
        known = _sound({"etag": headers.get("etag"), "last_modified": headers.get("last-modified")})
        if known and is_single and page.whole and not page.problems:
            self._validators[address] = json.dumps(known)
        else:
            self._validators.pop(address, None)


def _may_go_on(answers: Sequence[Answer]) -> bool:
    """Whether the last page is full, so that another may follow. One of exactly `UNASKED_SIZE` entries is
    taken for full too: that is where the feed cuts, without a word, when it does not heed `limit`."""
    full = PAGE_SIZE if len(answers[0].entries) != UNASKED_SIZE else UNASKED_SIZE
    return len(answers[-1].entries) >= full


def _named(answer: Answer, address: str, where: str) -> Answer:
    """`answer` with `where` in place of `address` in what is said of it."""

    def rename(problem: Problem) -> Problem:
        return replace(problem, where=where + problem.where.removeprefix(address))

    return replace(
        answer, problems=tuple(map(rename, answer.problems)), notes=tuple(map(rename, answer.notes))
    )


def _ids(answer: Answer) -> list[object]:
    """What tells one page from another: figures may change between two requests, ids do not."""
    papers = [entry.get("paper") if isinstance(entry, dict) else entry for entry in answer.entries]
    return [paper.get("id") if isinstance(paper, dict) else paper for paper in papers]


def _sound(headers: Mapping[str, object]) -> dict[str, str]:
    """Those of `headers` whose value can be sent back."""
    return {
        name: value
        for name, value in headers.items()
        if isinstance(value, str) and value.isascii() and value.isprintable() and 0 < len(value) <= 1_000
    }
