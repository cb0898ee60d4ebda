"""A cluster makes the files that one machine would, with the same bytes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import pytest

from generator import pipeline
from generator.builder.make import render
from generator.cluster import cluster_at
from generator.config import load_config
from generator.errors import ClusterError
from tests.support.invented import archive_of, write_content

distributed = pytest.importorskip("distributed", reason="Dask is not installed: pip install distributed")
NOW = "2025-03-01T12:00:00Z"


class Counting(Executor):
    """Hands on to another executor, and keeps what came back."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor
        self.futures: list[Future[Any]] = []

    def submit(self, function: Callable[..., Any], /, *given: Any, **named: Any) -> Future[Any]:
        self.futures.append(self._executor.submit(function, *given, **named))
        return self.futures[-1]

    @property
    def made(self) -> int:
        return sum(len(future.result()) for future in self.futures)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The scheduler of two workers, each a process of its own, on loopback."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None, silence_logs=50
    ) as cluster:
        yield cluster.scheduler_address


def themes_loaded() -> int:
    """How many themes the worker that is asked has rendered with."""
    from generator.builder import make

    return make._theme.cache_info().currsize


def tree(folder: Path) -> Mapping[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_two_workers_of_a_cluster_make_the_same_bytes(tmp_path: Path, address: str) -> None:
    write_content(tmp_path / "content", archive_of(days=12, per_day=25))
    here, far = (load_config(tmp_path / "content", tmp_path / name) for name in ("here", "far"))
    pipeline.make_site(here, now=NOW)
    with cluster_at(address) as machines:
        assert machines
        counting = Counting(machines)
        report = pipeline.make_site(far, now=NOW, cluster=counting)
    with distributed.Client(address, set_as_default=False) as client:
        loaded = client.run(themes_loaded)
    assert list(loaded.values()) == [1, 1], "both workers made files"
    assert counting.made > 300
    assert len(counting.futures) > 3
    assert len(report.made) > counting.made
    assert tree(tmp_path / "far") == tree(tmp_path / "here")


def test_the_command_line_takes_a_cluster(tmp_path: Path, address: str) -> None:
    write_content(tmp_path / "content", archive_of(days=3, per_day=4))
    command = [sys.executable, "-m", "generator", "build", "--cluster", address]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "12 papers on 3 days" in done.stdout
    assert (tmp_path / "site/papers/2501.00001/index.html").exists()


def test_a_cluster_with_another_program_is_an_error_that_says_so() -> None:
    with pytest.raises(ClusterError, match="another version"):
        render("0" * 32, ("broadsheet", (), (), "/", ""), [])


def test_nobody_at_the_address_is_a_sentence() -> None:
    with (
        pytest.raises(ClusterError, match=r"tcp://127\.0\.0\.1:9: no scheduler"),
        cluster_at("tcp://127.0.0.1:9"),
    ):
        pass
