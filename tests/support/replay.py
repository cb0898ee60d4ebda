"""The feed on loopback: serves days from memory as the real one does, with `date`, `limit` and `p`."""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

DATA = Path(os.environ.get("DAILY_PAPERS_DATA") or Path(__file__).parents[3] / "shared" / "data")
"""Real input beside the checkout; tests that read it are skipped where it is absent."""

MOST_PER_PAGE = 100


def real_days() -> list[str]:
    return sorted(path.stem for path in (DATA / "feed").glob("*.json"))


def real_page(day: str) -> list[dict[str, Any]]:
    page: list[dict[str, Any]] = json.loads((DATA / "feed" / f"{day}.json").read_text(encoding="utf-8"))
    return page


class Replay(ThreadingHTTPServer):
    """A feed whose `days` may be changed while it runs; without any it serves the real ones. `asked` lists
    every request's query."""

    daemon_threads = True

    def __init__(self, days: Mapping[str, list[Any]] | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.days: dict[str, Any] = dict(days or {})
        self.is_real = days is None
        self.asked: list[str] = []
        self.most_per_page = MOST_PER_PAGE
        self.has_etags = False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/api/daily_papers"


@contextmanager
def replay(days: Mapping[str, list[Any]] | None = None) -> Iterator[Replay]:
    """A running Replay of `days`, or of the real ones. A day that it does not hold is empty."""
    server = Replay(days)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    server: Replay

    def do_GET(self) -> None:
        query = parse_qs(urlsplit(self.path).query)
        self.server.asked.append(urlsplit(self.path).query)
        day = query["date"][0]
        limit = min(int(query.get("limit", ["50"])[0]), self.server.most_per_page)
        start = int(query.get("p", ["0"])[0]) * limit
        page = self.server.days.get(day)
        if page is None:
            path = DATA / "feed" / f"{day}.json"
            is_there = self.server.is_real and path.exists()
            page = json.loads(path.read_text(encoding="utf-8")) if is_there else []
        body = json.dumps(page[start : start + limit], ensure_ascii=False).encode()
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if self.server.has_etags and self.headers.get("If-None-Match") == etag:
            self.send_response(304)
            self.end_headers()
            return
        self.send_response(200)
        if self.server.has_etags:
            self.send_header("ETag", etag)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


if __name__ == "__main__":
    with replay() as running:
        print(running.url, flush=True)
        threading.Event().wait()
