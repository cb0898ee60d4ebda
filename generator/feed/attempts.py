"""Asking again: which failures may pass, how long to wait for that, and when to believe them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import TypeVar

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception_type, wait_random_exponential

from generator.errors import FeedError, FeedRefused, FeedUnreachable, NotAPage
from generator.feed.answer import reason_given
from generator.feed.patience import Pacer, asked_wait
from generator.feed.text import quoted
from generator.feed.transfer import Reply

Part = TypeVar("Part")
Result = TypeVar("Result")

MAX_ATTEMPTS = 6
MAX_TIME = 300.0
"""Seconds after which no further attempt at a page begins: the window in which the feed counts requests."""
MAX_ATTEMPTS_TO_CONNECT = 3
MAX_TIME_TO_CONNECT = 4.0
"""Seconds after which nobody listening, or no such host, is believed, so that a build offline is quick."""

_BACK_OFF = wait_random_exponential(multiplier=1, max=30)
_PHRASES = {status.value: status.phrase for status in HTTPStatus}
_SETTINGS = "Check the feed's address in the settings"


class AttemptError(Exception):
    """An attempt failed in a way that may pass. `conclusion` is what it comes to if it does not."""

    def __init__(
        self, conclusion: FeedError, *, asked: float | None = None, is_offline: bool = False
    ) -> None:
        super().__init__(str(conclusion))
        self.conclusion = conclusion
        self.asked = asked
        """Seconds that the answer asks to wait."""
        self.is_offline = is_offline


def attempts(sleep: Callable[[float], None], taken: Callable[[], float]) -> Retrying:
    """Calls what it is given until it raises no AttemptError or there is no hope; then that error is raised.

    `taken` gives the seconds since the first attempt began.
    """

    def is_over(state: RetryCallState) -> bool:
        failure = _failure(state)
        spent = max(taken(), state.idle_for) + state.upcoming_sleep
        if failure is not None and failure.is_offline:
            return spent > MAX_TIME_TO_CONNECT or state.attempt_number >= MAX_ATTEMPTS_TO_CONNECT
        return spent > MAX_TIME or state.attempt_number >= MAX_ATTEMPTS

    return Retrying(
        retry=retry_if_exception_type(AttemptError), wait=_wait, stop=is_over, sleep=sleep, reraise=True
    )


def persist(
    attempt: Callable[[list[Part]], Result],
    entries: Callable[[Part], int],
    *,
    sleep: Callable[[float], None],
    clock: Callable[[], float],
    pacer: Pacer,
) -> Result | Part:
    """What `attempt` gives, after as many attempts as it takes.

    It is called with a list, to which it adds what came in parts. Where every attempt fails but some brought
    a part, the one with most `entries` is given; else what the last one comes to is raised. The time that
    `pacer` makes it wait does not count.
    """
    parts: list[Part] = []
    started, waited = clock(), pacer.waited

    def taken() -> float:
        return clock() - started - (pacer.waited - waited)

    try:
        return attempts(sleep, taken)(attempt, parts)
    except AttemptError as last:
        if not parts:
            raise last.conclusion from last.__cause__
        return max(parts, key=entries)


def no_answer(address: str, error: httpx.TransportError) -> AttemptError:
    """What it comes to that no answer began."""
    detail = quoted(str(error) or type(error).__name__, 160)
    if isinstance(error, httpx.ConnectError):
        message = (
            f"{address}: no connection ({detail}). Check the network and the feed's address in the settings."
        )
        return AttemptError(FeedUnreachable(message), is_offline=True)
    if isinstance(error, httpx.TimeoutException):
        return AttemptError(FeedUnreachable(f"{address}: no answer in time ({detail}). Try again later."))
    if isinstance(error, httpx.RemoteProtocolError) and "without sending a response" not in str(error):
        return AttemptError(NotAPage(f"{address}: what answers does not speak HTTP ({detail}). {_SETTINGS}."))
    return AttemptError(FeedUnreachable(f"{address}: the connection broke ({detail}). Try again later."))


def refusal(reply: Reply, now: datetime) -> FeedRefused | AttemptError:
    """What an answer without a page comes to. 429 and 5xx may pass; any other status would come again."""
    reason = reason_given(reply.body)
    name = f"{reply.status} ({_PHRASES.get(reply.status, 'no known status')})"
    said = f"{reply.address}: the feed answers {name}" + (f" and says {reason}" if reason else "")
    if reply.status != HTTPStatus.TOO_MANY_REQUESTS and reply.status < HTTPStatus.INTERNAL_SERVER_ERROR:
        return FeedRefused(f"{said}. {_SETTINGS}.", reply.status)
    wait = asked_wait(reply.headers, now)
    when = "later" if wait is None else f"after {_moment(now, wait)}"
    return AttemptError(FeedRefused(f"{said}. Try again {when}.", reply.status), asked=wait)


def _wait(state: RetryCallState) -> float:
    """Seconds to the next attempt: exponential with full jitter, or longer where the answer asks for it."""
    failure = _failure(state)
    asked = failure.asked if failure is not None and failure.asked is not None else 0.0
    return max(asked, _BACK_OFF(state))


def _failure(state: RetryCallState) -> AttemptError | None:
    failure = state.outcome.exception() if state.outcome else None
    return failure if isinstance(failure, AttemptError) else None


def _moment(now: datetime, seconds: float) -> str:
    """`seconds` from `now`, to the minute after."""
    try:
        return f"{now + timedelta(seconds=seconds + 59):%Y-%m-%d %H:%M} UTC"
    except OverflowError:
        return "a very long time"
