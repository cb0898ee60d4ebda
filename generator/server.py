"""Serves site/ on this machine as its host would: under the base path, with 404.html."""

from __future__ import annotations

import functools
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from generator.errors import SettingsError


def serve_folder(folder: Path, base_path: str, port: int) -> ThreadingHTTPServer:
    """A server of `folder` under `base_path` on the loopback address; port 0 takes any that is free."""
    handler = functools.partial(_Handler, directory=str(folder), base_path=base_path)
    try:
        return ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError as error:
        raise SettingsError(
            f"port {port} cannot be used: {error.strerror}. Choose another with --port."
        ) from error


class _Handler(SimpleHTTPRequestHandler):
    """Files under the base path; the archive's own page for all that is not there; no listings."""

    def __init__(self, *args: object, base_path: str, **named: object) -> None:
        self._base_path = base_path
        super().__init__(*args, **named)  # type: ignore[arg-type]

    def translate_path(self, path: str) -> str:
        path = urlsplit(path).path
        if not path.startswith(self._base_path):
            return str(Path(self.directory) / "no such file")
        return super().translate_path("/" + path.removeprefix(self._base_path))

    def list_directory(self, path: object) -> None:
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Silent: the command line says where the site is, and that is enough."""
