"""`papers serve` on loopback: real requests, real changes."""

from __future__ import annotations

import http.client
import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from generator.config import load_config, override
from generator.errors import SettingsError
from generator.serving import command
from generator.serving.answers import Host
from generator.serving.news import News
from generator.serving.server import RESERVED, Server, open_server
from generator.serving.watching import Built, build, rebuild, sources
from tests.support.invented import archive_of, write_content

PATIENCE = 60
"""Seconds after which something that should have happened is held not to."""


@contextmanager
def running(server: Server) -> Iterator[Server]:
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        if server.news:
            server.news.close()
        server.shutdown()
        server.server_close()


def ask(port: int, path: str, method: str = "GET", **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request(method, path, headers={name.replace("_", "-"): text for name, text in headers.items()})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


class Events:
    """A page's channel."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self.connection.request("GET", f"{RESERVED}events")
        self.response = self.connection.getresponse()
        assert self.response.headers["Content-Type"] == "text/event-stream"

    def next(self) -> dict[str, Any]:
        while not (line := self.response.readline()).startswith(b"data: "):
            assert line, "the channel was closed"
        told: dict[str, Any] = json.loads(line.removeprefix(b"data: "))
        return told


@pytest.fixture
def site(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("<html><head></head><body>Hello</body></html>")
    (site / "404.html").write_text("<html><head></head><body>Lost</body></html>")
    return site


def test_pages_are_served_under_the_base_path_over_http(site: Path) -> None:
    with running(open_server(Host(site, "/base/"), "127.0.0.1", 0)) as server:
        response, body = ask(server.server_port, "/base/")
        assert (response.status, body) == (200, (site / "index.html").read_bytes()), (
            "and nothing is put into them"
        )
        assert ask(server.server_port, "/base/", If_None_Match=response.headers["ETag"])[0].status == 304
        response, body = ask(server.server_port, "/base/", "HEAD")
        assert (response.status, response.headers["Content-Length"], body) == (200, "44", b"")
        assert ask(server.server_port, "/")[0].status == 404
        assert ask(server.server_port, f"{RESERVED}events")[0].status == 404
        assert ask(server.server_port, "/base/", "POST")[0].status == 501


def test_a_connection_serves_more_than_one_request(site: Path) -> None:
    with running(open_server(Host(site, "/"), "127.0.0.1", 0)) as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=PATIENCE)
        for path, status in (("/", 200), ("/none", 404), ("/", 200)):
            connection.request("GET", path)
            response = connection.getresponse()
            response.read()
            assert response.status == status
        connection.close()


def test_a_port_that_is_taken_is_an_error_with_a_way_out(site: Path) -> None:
    with (
        running(open_server(Host(site, "/"), "127.0.0.1", 0)) as server,
        pytest.raises(SettingsError, match="--port"),
    ):
        open_server(Host(site, "/"), "127.0.0.1", server.server_port)


def test_open_pages_are_told_of_a_new_site_and_of_a_failure(site: Path) -> None:
    news = News()
    with running(open_server(Host(site, "/"), "127.0.0.1", 0, news)) as server:
        page = ask(server.server_port, "/")[1].decode()
        script = re.search(rf'src="({RESERVED}reload\.js)\?v=([^"]*)"></script>\s*</head>', page)
        assert script, page
        assert b"EventSource" in ask(server.server_port, script[1])[1]
        events = Events(server.server_port)
        assert events.next() == {"version": script[2], "error": ""}
        news.failed("line 4:\nno")
        assert events.next() == {"version": script[2], "error": "line 4:\nno"}
        news.built()
        told = events.next()
        assert (told["version"] != script[2], told["error"]) == (True, "")
        assert f"?v={told['version']}" in ask(server.server_port, "/")[1].decode()


def test_a_page_of_another_run_of_the_server_is_old() -> None:
    assert News().state.version != News().state.version


@pytest.mark.parametrize(
    ("built", "event", "said"),
    [
        (Built(("12 files made, 3 kept, 0 removed in 0.1 s.",), ""), "built", "a.md changed. 12 files made"),
        (Built(("0 files made, 15 kept, 2 removed in 0.1 s.",), ""), "built", "a.md changed. 0 files made"),
        (Built(("0 files made, 1,500 kept, 0 removed in 0.1 s.",), ""), "", "a.md changed, and no file"),
        (Built((), "papers: no"), "failed", "a.md changed, but the site was not built"),
    ],
)
def test_what_a_build_came_to_is_said_here_and_there(built: Built, event: str, said: str) -> None:
    news, lines = News(), list[str]()
    before = news.state
    rebuild([Path("/content/a.md")], news, lambda: built, lines.append)
    assert lines[0].startswith(said)
    assert (news.state.version != before.version, news.state.error) == (event == "built", built.error)


def test_a_failed_build_says_why_and_the_next_one_takes_it_back() -> None:
    news = News()
    rebuild([Path("a")], news, lambda: Built((), "papers: no"), lambda line: None)
    assert news.state.error == "papers: no"
    rebuild([Path("a")], news, lambda: Built(("0 files made, 1 kept, 0 removed",), ""), lambda line: None)
    assert news.state.error == ""


@dataclass
class Heard:
    """What `papers serve` said, to be waited for."""

    lines: list[str] = field(default_factory=list)
    more: threading.Condition = field(default_factory=threading.Condition)

    def __call__(self, line: str) -> None:
        with self.more:
            self.lines.append(line)
            self.more.notify_all()

    def wait_for(self, holds: Callable[[str], bool]) -> str:
        with self.more:
            assert self.more.wait_for(lambda: any(map(holds, self.lines)), PATIENCE), self.lines
            return next(line for line in self.lines if holds(line))


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    write_content(
        tmp_path / "content", archive_of(days=1, per_day=2), settings=["base_url: https://a.example/b/"]
    )
    return tmp_path


@contextmanager
def serving(archive: Path, *, watches: bool) -> Iterator[tuple[Heard, int]]:
    heard, stop = Heard(), threading.Event()
    config = load_config(archive / "content", archive / "site")

    def serve() -> None:
        command.run(
            config,
            base_url=None,
            name="127.0.0.1",
            port=0,
            watches=watches,
            say=heard,
            complain=heard,
            stop=stop,
        )

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        line = heard.wait_for(lambda line: line.startswith("Serving "))
        found = re.search(r"http://localhost:(\d+)/b/", line)
        assert found, line
        yield heard, int(found[1])
    finally:
        stop.set()
        thread.join(PATIENCE)
        assert not thread.is_alive(), "it ends when it is told to"


def test_a_change_is_built_and_told_and_a_mistake_keeps_the_old_site(archive: Path) -> None:
    paper = next((archive / "content/papers").rglob("2501.00001.md"))
    text = paper.read_text(encoding="utf-8")
    with serving(archive, watches=True) as (heard, port):
        events = Events(port)
        first = events.next()
        paper.write_text(text.replace("Sail, part 1", "Boat, part 1"), encoding="utf-8")
        second = events.next()
        assert (second["version"] != first["version"], second["error"]) == (True, "")
        page = ask(port, "/b/papers/2501.00001/")[1].decode()
        assert "Boat, part 1" in page
        paper.write_text("---\ntitle: [\n", encoding="utf-8")
        third = events.next()
        assert (third["version"], "2501.00001.md" in third["error"]) == (second["version"], True)
        assert ask(port, "/b/papers/2501.00001/")[1].decode() == page
        assert heard.wait_for(lambda line: "not built" in line)


def test_without_watching_pages_are_sent_as_they_are_built(archive: Path) -> None:
    with serving(archive, watches=False) as (_, port):
        assert ask(port, "/b/")[1] == (archive / "site/index.html").read_bytes()


def test_content_that_cannot_be_built_is_not_served(archive: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (archive / "content/topics.yml").write_text("- slug: [", encoding="utf-8")
    config = load_config(archive / "content", archive / "site")
    code = command.run(
        config, base_url=None, name="127.0.0.1", port=0, watches=False, say=print, complain=print
    )
    assert (code, "topics.yml" in capfd.readouterr().err) == (1, True)


def test_the_base_path_of_the_command_line_is_built_with(archive: Path) -> None:
    config = override(load_config(archive / "content", archive / "site"), base_url="https://a.example/c/")
    assert build(config, base_url="https://a.example/c/").error == ""
    assert "/c/assets/" in (archive / "site/index.html").read_text(encoding="utf-8")


def test_content_themes_and_program_are_watched(archive: Path) -> None:
    watched = sources(load_config(archive / "content", archive / "site"))
    assert {path.name for path in watched} == {"content", "themes", "generator"}
