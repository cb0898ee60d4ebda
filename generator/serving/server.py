"""The server: HTTP around the host's answers, and the channel by which pages hear that they are old."""

from __future__ import annotations

import socket
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from generator.errors import SettingsError
from generator.serving.answers import Answer, Host
from generator.serving.news import News

RESERVED = "/__papers__/"
"""Addresses of the server's own, beside those of the site."""
_HEARTBEAT = 15.0
"""Seconds after which a silent channel says something, so that a page that is gone is noticed."""


class Server(ThreadingHTTPServer):
    """Serves `host` on the interface `name`; port 0 takes any that is free. With `news`, pages reload."""

    daemon_threads = True

    def __init__(self, host: Host, name: str, port: int, news: News | None) -> None:
        self.host = host
        self.news = news
        self._open: set[socket.socket] = set()
        self.address_family = socket.AF_INET6 if ":" in name else socket.AF_INET
        super().__init__((name, port), _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def server_close(self) -> None:
        """Let go of the port, and of connections that browsers keep for later."""
        super().server_close()
        for request in tuple(self._open):
            with suppress(OSError):
                request.shutdown(socket.SHUT_RDWR)

    @property
    def url(self) -> str:
        name = str(self.server_address[0])
        if name in ("127.0.0.1", "::1", "0.0.0.0", "::"):  # noqa: S104
            name = "localhost"
        return f"http://{f'[{name}]' if ':' in name else name}:{self.server_port}{self.host.base_path}"


def open_server(host: Host, name: str, port: int, news: News | None = None) -> Server:
    """A server that has its port and does not yet answer. Raises SettingsError."""
    try:
        return Server(host, name, port, news)
    except OSError as error:
        why = error.strerror or error
        raise SettingsError(
            f"{name} port {port} cannot be used: {why}. Choose another with --host and --port."
        ) from error


def serve_folder(folder: Path, base_path: str, port: int) -> Server:
    """A server of `folder` under `base_path` on the loopback address, which puts nothing into pages."""
    return open_server(Host(folder, base_path), "127.0.0.1", port)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "papers"
    sys_version = ""
    timeout = 60
    wbufsize = -1
    disable_nagle_algorithm = True
    server: Server

    def do_GET(self) -> None:
        news = self.server.news
        path = self.path.partition("?")[0]
        if news and path == f"{RESERVED}events":
            self._tell(news)
        elif news and path == f"{RESERVED}reload.js":
            script = Path(__file__).with_name("reload.js").read_bytes()
            told = {"Content-Type": "text/javascript; charset=utf-8", "Content-Length": str(len(script))}
            self._send(Answer(HTTPStatus.OK, told | {"Cache-Control": "no-cache"}, script))
        else:
            given = {name.lower(): value for name, value in self.headers.items()}
            insert = _script(news.state.version) if news else b""
            try:
                answer = self.server.host.answer(self.path, given, insert=insert)
            except OSError as error:  # a build has just taken the file away
                text = f"{error.strerror or error}\n".encode()
                length = {"Content-Type": "text/plain; charset=utf-8", "Content-Length": str(len(text))}
                answer = Answer(HTTPStatus.SERVICE_UNAVAILABLE, length | {"Retry-After": "1"}, text)
            self._send(answer)

    do_HEAD = do_GET  # noqa: N815

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    def _tell(self, news: News) -> None:
        """Send events until the page is gone or the server ends."""
        self.close_connection = True
        self._send(Answer(HTTPStatus.OK, {"Content-Type": "text/event-stream", "Cache-Control": "no-store"}))
        if self.command == "HEAD":
            return
        try:
            state = news.state
            self.wfile.write(state.event)
            self.wfile.flush()
            while not news.is_over:
                known, state = state, news.wait(state, _HEARTBEAT)
                self.wfile.write(state.event if state != known else b":\n\n")
                self.wfile.flush()
        except OSError:
            return

    def log_message(self, format: str, *args: object) -> None:
        """Silent: the command line says where the site is, and that is enough."""


def _script(version: str) -> bytes:
    return f'<script type="module" src="{RESERVED}reload.js?v={version}"></script>\n'.encode()
