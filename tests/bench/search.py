"""Measures search: what it moves over the network, what it costs to build, how well it ranks.

    python -m tests.bench.search CONTENT [--synthetic 30000]

CONTENT is a content folder with the real days. A server on loopback sends what the host would (text compressed,
`.bin` as it is) and counts; Chromium asks. Needs the browser packages, a Chromium and node.
"""  # noqa: E501

from __future__ import annotations

import argparse
import gzip
import json
import pickle
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import mean
from typing import Any
from urllib.parse import quote, urlsplit

from generator import pipeline
from generator.config import load_config
from generator.model.topics import TopicMatcher
from generator.store.content import ContentStore
from generator.store.taxonomy import read_topics
from tests.bench.corpora import known_items, queries, synthetic
from tests.screenshots import browser
from tests.search.support import Found, Searcher
from tests.support.invented import archive_of, write_content

_TYPES = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".bin": "application/octet-stream",
}
_KB = 1024
_SCRIPTS = "/assets/js/search"
_BUILD = """
import pickle, resource, sys, time
from pathlib import Path
from generator.outputs.search import plan_index
from generator.theme.theme import load_theme
papers, topics = pickle.loads(Path(sys.argv[1]).read_bytes())
theme = load_theme("broadsheet", [Path(sys.argv[2])])
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
start = time.process_time()
planned = list(plan_index(papers, {paper.id: 1 for paper in papers}, topics))
between = time.process_time()
for artifact in planned:
    path = Path(sys.argv[3], artifact.path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(artifact.recipe.make(theme))
print(between - start, time.process_time() - between, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, before / 1024, len(planned))
"""  # noqa: E501


_ASK = """(text) => {
    const form = document.querySelector(".search-form");
    form.elements.q.value = text;
    form.requestSubmit();
}"""
"""Asks at once: on a busy machine a key that comes late would be counted as a search of its own."""


class Host(ThreadingHTTPServer):
    """A host of static files that counts: `sent` lists path and bytes of every answer."""

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.folder = folder
        self.sent: list[tuple[str, int]] = []


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Host

    def do_GET(self) -> None:
        name = urlsplit(self.path).path
        path = self.server.folder / (name.lstrip("/") + ("index.html" if name.endswith("/") else ""))
        found = path.is_file()
        data = path.read_bytes() if found else b""
        kind = _TYPES.get(path.suffix, "application/octet-stream")
        is_text = found and kind.startswith(("text/", "image/svg"))
        data = gzip.compress(data, 6) if is_text else data
        self.server.sent.append((name, len(data)))
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", kind)
        self.send_header("Cache-Control", "max-age=600")
        if is_text:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def hosting(folder: Path) -> Iterator[Host]:
    host = Host(folder)
    threading.Thread(target=host.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield host
    finally:
        host.shutdown()
        host.server_close()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("content", type=Path)
    parser.add_argument("--synthetic", type=int, default=30_000)
    parser.add_argument("--only", choices=("real", "synthetic"))
    wanted = parser.parse_args()
    real, topics = read(wanted.content)
    if wanted.only != "synthetic":
        measure(f"{len(real):,} real papers", real, topics)
    if wanted.only != "real":
        measure(f"{wanted.synthetic:,} synthetic papers", synthetic(real, wanted.synthetic), topics)


def read(content: Path) -> tuple[list[Found], tuple[tuple[str, str], ...]]:
    topics = read_topics(content / "topics.yml")
    matcher = TopicMatcher.of(topics)
    papers = ContentStore(content).read_all().papers.values()
    found = [Found.of(paper, [match.slug for match in matcher.match(paper)]) for paper in papers]
    return sorted(found, key=lambda each: each.day), tuple((topic.slug, topic.name) for topic in topics)


def measure(label: str, papers: Sequence[Found], topics: tuple[tuple[str, str], ...]) -> None:
    thousands = len(papers) / 1000
    with tempfile.TemporaryDirectory(prefix="papers-search-") as name:
        folder = Path(name)
        write_content(folder / "content", archive_of(days=2, per_day=2))
        pipeline.make_site(load_config(folder / "content", folder / "site"), now="2025-01-01T00:00:00Z")
        for old in (folder / "site/search").rglob("*.bin"):
            old.unlink()
        (folder / "papers").write_bytes(pickle.dumps((papers, topics)))
        themes = str(Path(__file__).parents[2] / "themes")
        command = [sys.executable, "-c", _BUILD, str(folder / "papers"), themes, str(folder / "site")]
        built = subprocess.run(
            command, capture_output=True, text=True, check=True, cwd=Path(themes).parent
        ).stdout
        planning, making, peak, before, files = map(float, built.split())
        print(f"\n{label}")
        print(
            f"  build      {making / thousands:.3f} s CPU per 1,000 ({making:.1f} s); planning {planning / thousands:.3f}"  # noqa: E501
        )
        print(f"  memory     {peak:.0f} MB peak, of which {before:.0f} MB hold the papers")
        size = sum(path.stat().st_size for path in (folder / "site/search").rglob("*.bin"))
        print(f"  files      {files / thousands:.1f} per 1,000 ({files:.0f}), {size / _KB / _KB:.2f} MB")
        ask_all(folder / "site", queries(papers, [slug for slug, _ in topics]))
        rank(folder / "ranked", papers)


def ask_all(site: Path, asked: Sequence[tuple[str, str]]) -> None:
    """Each query in a browser that knows nothing, and the next one after it."""
    rows: dict[str, list[tuple[int, int, int, int, int]]] = {}
    script = sum(len(gzip.compress(path.read_bytes(), 6)) for path in site.glob("assets/js/search*.js"))
    with hosting(site) as host, browser() as chromium:
        base = f"http://127.0.0.1:{host.server_port}/"
        for (kind, text), (_, following) in zip(asked, [*asked[1:], asked[0]], strict=True):
            context = chromium.new_context()
            page = context.new_page()
            host.sent.clear()
            if kind == "prefix":
                page.goto(f"{base}search/")
                page.locator(".search-form [name=q]").press_sequentially(text, delay=10)
            else:
                page.goto(f"{base}search/?q={quote(text)}")
            settle(page)
            if kind == "misspelt" and page.locator(".search-words-offered button").count():
                page.locator(".search-words-offered button").first.click()
                settle(page)
            first = list(host.sent)
            host.sent.clear()
            page.evaluate(_ASK, following)
            settle(page)
            index = [size for path, size in first if is_index(path)]
            scripts = [size for path, size in first if path.startswith(_SCRIPTS)]
            again = [size for path, size in host.sent if is_index(path) or path.startswith(_SCRIPTS)]
            rows.setdefault(kind, []).append((sum(index), len(index), sum(scripts), len(scripts), sum(again)))
            context.close()
    print(f"  scripts    {script / _KB:.1f} KB gzip")
    print(f"  {'queries':<12}{'':>3}  first: index KB (requests)  with scripts        further KB")
    every = [row for kind in rows.values() for row in kind]
    for kind, held in (*rows.items(), ("all", every)):
        data, count, extra, files, again = (mean(column) for column in zip(*held, strict=True))
        print(
            f"  {kind:<12}{len(held):>3}  {data / _KB:10.1f} ({count:4.1f})   {(data + extra) / _KB:14.1f} ({count + files:4.1f})"  # noqa: E501
            f"  {again / _KB:12.1f}"
        )
    for label, values in (
        ("first, index", [row[0] for row in every]), ("first, with scripts", [row[0] + row[2] for row in every]),  # noqa: E501
        ("further", [row[4] for row in every]),
    ):  # fmt: skip
        print(f"  p95 {label:<20} {sorted(values)[int(len(values) * 0.95)] / _KB:.1f} KB")


def is_index(path: str) -> bool:
    """Whether it is a file of the index: what the offline worker fetches meanwhile for itself is none."""
    return path.startswith("/search/") and path.endswith(".bin")


def settle(page: Any) -> None:
    page.wait_for_timeout(200)
    page.wait_for_selector(".search-results[aria-busy=false]", state="attached")


def rank(folder: Path, papers: Sequence[Found]) -> None:
    searcher = Searcher(folder, papers)
    for field, words in (("title", 3), ("title", 4), ("title", 5), ("abstract", 5), ("abstract", 8)):
        items = known_items(papers, field, words, 250)
        ranks = []
        for (wanted, _), found in zip(items, searcher.ask([text for _, text in items], most=10), strict=True):
            place = next((place for place, (paper, _) in enumerate(found, 1) if paper == wanted), 0)
            ranks.append(1 / place if place else 0)
        print(f"  MRR@10     {mean(ranks):.3f} for {words} words of the {field}")


if __name__ == "__main__":
    print(json.dumps({"python": sys.version.split()[0]}))
    main()
