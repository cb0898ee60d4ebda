"""When to ask next: the pace that a feed allows, and the wait that an answer asks for."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

MAX_REQUESTS = 450
"""The feed allows 500 anonymous requests in `WINDOW`; the rest is for the reader's other programs."""
WINDOW = 300.0
"""Seconds."""

_SECONDS = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,9})?")
_DRAFT = re.compile(r"(?:^|[;,\s])(?P<key>r|t|remaining|reset)\s*=\s*(?P<value>[0-9]{1,12})", re.IGNORECASE)
_EPOCH = 1e9
"""A reset time above this counts from 1970, one below from now: nobody asks for a wait of thirty years."""


class Pacer:
    """Keeps any `WINDOW` to `MAX_REQUESTS` requests, and quiet where an answer said that none are left."""

    def __init__(
        self,
        sleep: Callable[[float], None],
        clock: Callable[[], float],
        *,
        requests: int = MAX_REQUESTS,
        window: float = WINDOW,
    ) -> None:
        self._sleep = sleep
        self._clock = clock
        self._requests = requests
        self._window = window
        self._asked: deque[float] = deque()
        self._not_before = float("-inf")
        self.waited = 0.0
        """Seconds spent on keeping the pace so far."""

    def wait(self) -> None:
        """Return when the next request may be sent; it counts as sent."""
        now = self._clock()
        start = max(now, self._not_before)
        if len(self._asked) == self._requests:
            start = max(start, self._asked[0] + self._window)
        if start > now:
            self._sleep(start - now)
            self.waited += start - now
        self._asked.append(start)
        while len(self._asked) > self._requests:
            self._asked.popleft()

    def rest(self, seconds: float) -> None:
        """Send nothing for `seconds` (a window at most)."""
        self._not_before = max(self._not_before, self._clock() + min(seconds, self._window))


def asked_wait(headers: Mapping[str, str], now: datetime) -> float | None:
    """How many seconds an answer that refused asks to wait; None where it does not say so that we know.

    `Retry-After` counts first, as seconds or as a date (RFC 9110, section 10.2.3), then the headers that say
    when the next requests are allowed.
    """
    given = headers.get("retry-after", "").strip()
    if given:
        if _SECONDS.fullmatch(given):
            return float(given)
        wait = _until_date(given, now)
        if wait is not None:
            return wait
    return _reset(headers, now)


def exhausted_for(headers: Mapping[str, str], now: datetime) -> float | None:
    """How long an answer, of any status, says that no request is left; None where there are some."""
    remaining = _draft(headers).get("remaining")
    if remaining is None:
        remaining = _number(headers, "ratelimit-remaining", "x-ratelimit-remaining")
    return _reset(headers, now) if remaining == 0 else None


def _reset(headers: Mapping[str, str], now: datetime) -> float | None:
    """`RateLimit: "api";r=0;t=55` (draft-ietf-httpapi-ratelimit-headers, 8 and later), `RateLimit: limit=10,
    remaining=0, reset=55` and `RateLimit-Reset: 55` (earlier drafts), and `X-RateLimit-Reset`, which some
    servers give in seconds and some as a Unix time."""
    reset = _draft(headers).get("reset")
    if reset is None:
        reset = _number(headers, "ratelimit-reset", "x-ratelimit-reset")
    if reset is None:
        return None
    return max(0.0, reset - now.timestamp()) if reset > _EPOCH else reset


def _draft(headers: Mapping[str, str]) -> dict[str, float]:
    """The policy that leaves the fewest requests, of all that `RateLimit` lists."""
    found: list[dict[str, float]] = []
    given = headers.get("ratelimit", "")
    # In the later drafts a comma parts policies; in the earlier ones, the parts of the only policy.
    for policy in [given] if re.search(r"\bremaining\s*=", given, re.IGNORECASE) else given.split(","):
        parts = {match["key"].lower(): float(match["value"]) for match in _DRAFT.finditer(policy)}
        names = {"r": "remaining", "t": "reset"}
        found.append({names.get(key, key): value for key, value in parts.items()})
    return min(found, key=lambda policy: policy.get("remaining", float("inf")), default={})


def _number(headers: Mapping[str, str], *names: str) -> float | None:
    for name in names:
        given = headers.get(name, "").strip()
        if _SECONDS.fullmatch(given):
            return float(given)
    return None


def _until_date(given: str, now: datetime) -> float | None:
    try:
        moment = parsedate_to_datetime(given)
        moment = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
        return max(0.0, (moment - now).total_seconds())
    except (ValueError, OverflowError):
        return None
