"""A feed on this machine that answers what a test tells it to, well or badly."""

from __future__ import annotations

import gzip
import json
import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Request:
    """One request as the server saw it."""

    path: str
    headers: Message

    @property
    def query(self) -> dict[str, str]:
        return {name: values[-1] for name, values in parse_qs(urlsplit(self.path).query).items()}


class Loopback:
    """Serves on a free port of 127.0.0.1. Each request takes the next of `answers`; the last one stays.

    `answers` may also be one function from the request to the answer.
    """

    def __init__(self, *answers: Answer, choose: Callable[[Request], Answer] | None = None) -> None:
        self.requests: list[Request] = []
        self.over = threading.Event()
        """Set when the server is to stop, so that slow answers end."""
        self._answers: Sequence[Answer] = answers
        self._choose = choose
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_GET(self) -> None:
                request = Request(self.path, self.headers)
                outer.requests.append(request)
                answer = outer._next(request)
                try:
                    answer(self, outer.over)
                except OSError:
                    self.close_connection = True

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.block_on_close = False
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def url(self) -> str:
        return f"{self.origin}/api/daily_papers"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.over.set()
        self._server.shutdown()
        self._server.server_close()

    def _next(self, request: Request) -> Answer:
        if self._choose is not None:
            return self._choose(request)
        return self._answers[min(len(self.requests), len(self._answers)) - 1]


Answer = Callable[[BaseHTTPRequestHandler, threading.Event], None]


def say(status: int = 200, body: bytes = b"[]", *, length: int | None = None, **headers: Any) -> Answer:
    """An answer with `body`. `length` is what it claims to be long; header names have `_` for `-`."""

    def answer(handler: BaseHTTPRequestHandler, over: threading.Event) -> None:
        handler.send_response(status)
        if status != 304:
            handler.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in {"Content_Type": "application/json", **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)
        if length is not None and length > len(body):
            handler.close_connection = True

    return answer


def page(entries: Sequence[object], **headers: Any) -> Answer:
    """A page of the feed, as it should be."""
    return say(body=json.dumps(entries).encode(), **headers)


def packed(body: bytes, keep: int | None = None) -> Answer:
    """`body` in gzip, of which only the first `keep` bytes are sent, as if they were all."""
    return say(body=gzip.compress(body)[:keep], Content_Encoding="gzip")


def redirect(to: str, status: int = 302) -> Answer:
    return say(status, b"", Location=to)


def hang_up() -> Answer:
    """Closes the connection without a word."""

    def answer(handler: BaseHTTPRequestHandler, over: threading.Event) -> None:
        handler.close_connection = True
        handler.connection.shutdown(socket.SHUT_RDWR)

    return answer


def raw(data: bytes) -> Answer:
    """`data` in place of an HTTP answer."""

    def answer(handler: BaseHTTPRequestHandler, over: threading.Event) -> None:
        handler.close_connection = True
        handler.wfile.write(data)

    return answer


def silence() -> Answer:
    """Says nothing until the server stops."""

    def answer(handler: BaseHTTPRequestHandler, over: threading.Event) -> None:
        handler.close_connection = True
        over.wait(10)

    return answer


def drip(body: bytes, pause: float = 0.02, *, in_headers: bool = False, at_once: int = 0) -> Answer:
    """`body` (or a header line as long) a byte at a time, after `at_once` of its bytes, for as long as
    somebody listens."""

    def answer(handler: BaseHTTPRequestHandler, over: threading.Event) -> None:
        handler.close_connection = True
        start = b"HTTP/1.1 200 OK\r\n"
        handler.wfile.write(start + (b"X-Slow: " if in_headers else b"\r\n"))
        handler.wfile.write(body[:at_once])
        for byte in body[at_once:]:
            handler.wfile.write(bytes([byte]))
            if over.wait(pause):
                return

    return answer


def endless(piece: bytes, start: bytes = b"[", **headers: str) -> Answer:
    """`start`, and then `piece` again and again, in chunks, until nobody listens."""

    def answer(handler: BaseHTTPRequestHandler, over: threading.Event) -> None:
        handler.close_connection = True
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        data = start
        while not over.is_set():
            handler.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
            data = piece

    return answer


def bomb(mebibytes: int, members: int = 1) -> Answer:
    """A gzip body of a few kilobytes that unpacks to `mebibytes`, and that `members` times."""

    def answer(handler: BaseHTTPRequestHandler, over: threading.Event) -> None:
        body = gzip.compress(b"[" + b" " * (mebibytes * 2**20)) * members
        say(body=body, Content_Encoding="gzip")(handler, over)

    return answer


def nobody() -> str:
    """An address on this machine where nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: Any = taken.getsockname()[1]
    return f"http://127.0.0.1:{port}/api/daily_papers"
