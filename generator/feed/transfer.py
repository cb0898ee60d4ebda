"""One request, bounded in every direction: time, size, redirects. A body is never trusted to end."""

from __future__ import annotations

import socket
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from weakref import WeakSet

import httpx

from generator.errors import FeedRefused, NotAPage, SettingsError
from generator.feed.text import quoted

MAX_BODY = 32 * 2**20
"""Bytes, before and after decompression. The largest page seen has 0.3 MiB."""
MAX_ERROR_BODY = 64 * 2**10
"""Bytes that are read of an answer that says no: enough for its reason."""
REDIRECTS = (301, 302, 303, 307, 308)
MAX_REDIRECTS = 5
TIMEOUTS = httpx.Timeout(20.0, connect=5.0)
WHOLE_REQUEST = 60.0
"""Seconds for one request with its redirects and its body."""

_LOCATION = "daily_papers_location"


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back; `broke` says how the body broke off, None where it is whole."""

    address: str
    status: int
    headers: httpx.Headers
    body: bytes
    broke: str | None = None


class Transfer:
    """Requests over one connection pool, one at a time."""

    def __init__(
        self,
        *,
        user_agent: str,
        transport: httpx.BaseTransport | None,
        before_request: Callable[[], None],
        clock: Callable[[], float],
        timeouts: httpx.Timeout = TIMEOUTS,
        whole_request: float = WHOLE_REQUEST,
        max_body: int = MAX_BODY,
    ) -> None:
        self._http = httpx.Client(
            transport=transport,
            timeout=timeouts,
            limits=httpx.Limits(max_connections=2, max_keepalive_connections=1),
            headers={"User-Agent": user_agent, "Accept": "application/json", "Accept-Encoding": "gzip"},
            event_hooks={"response": [_take_location]},
        )
        self._before_request = before_request
        self._clock = clock
        self._whole_request = whole_request
        self._max_body = max_body
        self._sockets: WeakSet[socket.socket] = WeakSet()

    def close(self) -> None:
        self._http.close()

    def get(self, address: str, headers: Mapping[str, str]) -> Reply:
        """The answer to GET `address`, after at most `MAX_REDIRECTS` redirects.

        Raises httpx.TransportError where no answer begins, FeedRefused for a redirect that must not be
        followed, NotAPage for a body that is too large or packed in a way we did not offer.
        """
        url = httpx.URL(address)
        left = self._whole_request
        for _ in range(MAX_REDIRECTS + 1):
            self._before_request()
            request = self._http.build_request(
                "GET", url, headers=headers, extensions={"trace": self._remember_socket}
            )
            started = self._clock()
            with self._deadline(left) as deadline, self._send(request, deadline) as response:
                location = response.extensions.get(_LOCATION)
                if response.status_code not in REDIRECTS or location is None:
                    return self._read(response, address, deadline)
                url = _next_hop(url, location, address, response.status_code)
            left -= self._clock() - started
        raise FeedRefused(
            f"{address}: more than {MAX_REDIRECTS} redirects. Check the feed's address in the settings.",
            response.status_code,
        )

    @contextmanager
    def _send(self, request: httpx.Request, deadline: _Deadline) -> Iterator[httpx.Response]:
        try:
            response = self._http.send(request, stream=True)
        except httpx.TransportError as error:
            if deadline.passed() and not isinstance(error, httpx.ConnectError):
                raise httpx.ReadTimeout(f"no answer within {self._whole_request:g} s") from error
            raise
        try:
            yield response
        finally:
            response.close()

    def _read(self, response: httpx.Response, address: str, deadline: _Deadline) -> Reply:
        """The body, unpacked, as far as it came."""
        is_page = response.status_code == 200
        limit = self._max_body if is_page else MAX_ERROR_BODY
        # A transport that is no network (httpx.MockTransport) has the body already, and unpacked.
        is_read = response.is_stream_consumed
        unpack = _Plain() if is_read else _unpacker(response, address, is_page=is_page)
        body = bytearray()
        received = 0
        broke = None
        try:
            for chunk in (response.content,) if is_read else response.iter_raw():
                received += len(chunk)
                body += unpack.some(chunk, limit + 1 - len(body))
                if max(received, len(body)) > limit:
                    if is_page:
                        raise NotAPage(
                            f"{address}: the answer has more than {limit / 2**20:g} MiB, so it was not read. "
                            "Check the feed's address in the settings."
                        )
                    break
                if deadline.passed():
                    raise httpx.ReadTimeout("the request took too long")
            if not unpack.ended:
                broke = "its compressed body breaks off"
        except httpx.TransportError as error:
            late = deadline.passed() or isinstance(error, httpx.TimeoutException)
            broke = "it did not end in time" if late else "the connection broke"
        except zlib.error:
            broke = "its compressed body is damaged"
        return Reply(address, response.status_code, response.headers, bytes(body), broke)

    @contextmanager
    def _deadline(self, seconds: float) -> Iterator[_Deadline]:
        deadline = _Deadline(max(seconds, 0.001), self._clock, self._sockets)
        try:
            yield deadline
        finally:
            deadline.lift()

    def _remember_socket(self, event: str, info: Mapping[str, object]) -> None:
        """Called by httpx for each step of a request (its `trace` extension)."""
        if event.endswith(("connect_tcp.complete", "start_tls.complete")):
            ask = getattr(info.get("return_value"), "get_extra_info", None)
            connection = ask("socket") if ask else None
            if isinstance(connection, socket.socket):
                self._sockets.add(connection)


def feed_url(url: str) -> httpx.URL:
    """The address of a feed, as the settings give it. Raises SettingsError where it cannot be asked."""
    try:
        parsed = httpx.URL(url.strip())
    except httpx.InvalidURL as error:
        raise SettingsError(f"The feed's address {quoted(url)} is no web address: {error}.") from error
    if parsed.scheme not in ("http", "https") or not parsed.host or parsed.userinfo:
        raise SettingsError(
            f"The feed's address {quoted(url)} must begin with https:// or http://, name a host, "
            "and hold no name or password."
        )
    return parsed.copy_with(fragment=None)


class _Deadline:
    """The end of a request's time. httpx bounds each single wait; a server that sends a byte now and then, in
    its headers too, would keep us for ever, so when time is up every connection is shut down."""

    def __init__(self, seconds: float, clock: Callable[[], float], sockets: WeakSet[socket.socket]) -> None:
        self._clock = clock
        self._end = clock() + seconds
        self._sockets = sockets
        self._rang = False
        self._timer = threading.Timer(seconds, self._ring)
        self._timer.daemon = True
        self._timer.start()

    def passed(self) -> bool:
        return self._rang or self._clock() >= self._end

    def lift(self) -> None:
        self._timer.cancel()

    def _ring(self) -> None:
        self._rang = True
        for connection in list(self._sockets):
            with suppress(OSError):
                # Not the socket's own method: that of a TLS socket pulls the session from under the reader.
                socket.socket.shutdown(connection, socket.SHUT_RDWR)


class _Plain:
    ended = True

    def some(self, data: bytes, limit: int) -> bytes:
        return data[:limit]


class _Gzip:
    """Unpacks RFC 1952, of which a kilobyte can hold a megabyte, a bounded piece at a time."""

    def __init__(self) -> None:
        self._member = zlib.decompressobj(wbits=31)

    @property
    def ended(self) -> bool:
        return self._member.eof

    def some(self, data: bytes, limit: int) -> bytes:
        """What `data` unpacks to, or its first `limit` bytes (then no more must be asked)."""
        out = bytearray()
        while data and len(out) < limit:
            if self._member.eof:
                self._member = zlib.decompressobj(wbits=31)
            out += self._member.decompress(data, limit - len(out))
            data = self._member.unused_data if self._member.eof else self._member.unconsumed_tail
        return bytes(out)


def _unpacker(response: httpx.Response, address: str, *, is_page: bool) -> _Plain | _Gzip:
    packing = response.headers.get("content-encoding", "").strip().lower()
    if packing in ("gzip", "x-gzip"):
        return _Gzip()
    if packing not in ("", "identity") and is_page:
        raise NotAPage(
            f'{address}: the answer is packed as "{packing[:40]}", which was not asked for. Try again later.'
        )
    return _Plain()


def _take_location(response: httpx.Response) -> None:
    """Take a redirect away from httpx, which makes a request of any `Location` and fails in many ways."""
    response.extensions[_LOCATION] = response.headers.pop("location", None)


def _next_hop(url: httpx.URL, location: str, address: str, status: int) -> httpx.URL:
    """Where a redirect leads; never out of http(s), and never from https to http."""
    try:
        following = url.join(location)
    except (httpx.InvalidURL, ValueError):
        following = httpx.URL("")
    if following.scheme not in ("http", "https") or not following.host or following.userinfo:
        what = "a redirect to what is no web address"
    elif url.scheme == "https" and following.scheme == "http":
        what = "a redirect from https to http, which is not safe"
    else:
        return following
    raise FeedRefused(f"{address}: {what}. Check the feed's address in the settings.", status)
