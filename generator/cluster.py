"""Machines that make files: a cluster of Dask (https://distributed.dask.org), which is an optional extra."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from generator.errors import ClusterError

_PATIENCE = 10
"""Seconds to wait for the scheduler."""


@contextmanager
def cluster_at(address: str | None) -> Iterator[Executor | None]:
    """An executor of the cluster whose scheduler listens at `address` (`tcp://10.0.0.1:8786`); without one,
    None.

    Raises ClusterError where Dask is not installed, nobody answers, or no worker is there.
    """
    if address is None:
        yield None
        return
    try:
        from distributed import Client
    except ImportError:
        raise ClusterError(
            "--cluster needs Dask, which is not installed: pip install 'daily-papers-archive[cluster]'."
        ) from None
    try:
        client = Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise ClusterError(
            f"{address}: no scheduler of Dask answers there ({error or type(error).__name__}). Start one: "
            "dask scheduler"
        ) from error
    with client:
        if not client.scheduler_info()["workers"]:
            raise ClusterError(f"{address}: this cluster has no workers. Start some: dask worker {address}")
        yield client.get_executor(retries=2)
