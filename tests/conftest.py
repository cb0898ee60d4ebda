"""Tests that read the real days are skipped, and say so, where those are absent."""

from __future__ import annotations

import pytest

from tests.support.replay import DATA


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if DATA.joinpath("feed").is_dir():
        return
    absent = pytest.mark.skip(
        reason=f"the real days are not at {DATA}; set DAILY_PAPERS_DATA to where they are"
    )
    for item in items:
        if item.get_closest_marker("real"):
            item.add_marker(absent)
