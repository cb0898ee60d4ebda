"""What `papers serve` does: build, serve, and build again."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from generator.config import Config, load_config
from generator.serving import watching
from generator.serving.answers import Host
from generator.serving.news import News
from generator.serving.server import open_server
from generator.serving.watching import Built


def run(
    config: Config,
    *,
    base_url: str | None,
    name: str,
    port: int,
    watches: bool,
    say: Callable[[str], None],
    complain: Callable[[str], None],
    stop: threading.Event | None = None,
) -> int:
    """Serve until Ctrl-C or `stop`, and return the exit code: 1 where the site cannot be built, else 0.

    `base_url` is what the command line says instead of the settings, which are read again after each build.
    Raises PapersError.
    """
    stop = stop or threading.Event()
    news = News() if watches else None
    host = Host(config.site, config.settings.base_path)
    with open_server(host, name, port, news) as server:
        changes = _changes(config, stop, complain) if news else None
        built = watching.build(config, base_url=base_url, shows_progress=True)
        for line in built.lines:
            say(line)
        if built.error:
            return 1
        threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()
        also = ", and building again when something changes" if changes else ""
        say(f"Serving {server.url}{also} (Ctrl-C to stop)")
        try:
            with suppress(KeyboardInterrupt):
                for changed in changes or ():
                    if changed and news:
                        watching.rebuild(changed, news, lambda: _again(config, base_url, host, say), say)
                stop.wait()
        finally:
            if news:
                news.close()
            server.shutdown()
    return 0


def _changes(
    config: Config, stop: threading.Event, complain: Callable[[str], None]
) -> Iterator[tuple[Path, ...]] | None:
    """What changes from now on; None where the system cannot tell."""
    changes = watching.watch(watching.sources(config), (config.site, config.cache), stop)
    try:
        next(changes)
    except (OSError, RuntimeError) as error:
        complain(f"papers: changes cannot be watched ({error}); after one, start papers serve again.")
        return None
    return changes


def _again(config: Config, base_url: str | None, host: Host, say: Callable[[str], None]) -> Built:
    built = watching.build(config, base_url=base_url)
    if not built.error and not base_url:
        path = load_config(config.content, config.site).settings.base_path
        if path != host.base_path:
            host.base_path = path
            say(f"The site now stands at {path}")
    return built
