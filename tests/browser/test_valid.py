"""The HTML is what the standard says: the Nu Html Checker has nothing to say about any page."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest

from tests.browser.conftest import BuiltSite
from tests.browser.helpers import Checkers

_OPTIONS = ["-XX:+UseSerialGC", "-Dnu.validator.servlet.allow-forbidden-hosts=true"]


def test_the_nu_html_checker_finds_no_error_and_no_warning(site: BuiltSite, tools: Checkers) -> None:
    """Read over HTTP, as readers do: of a file, the checker warns that the policy's 'self' means nothing."""
    if not shutil.which("java"):
        pytest.skip("java is not on this machine")
    paths = sorted(path.relative_to(site.folder) for path in site.folder.rglob("*.html"))
    assert len(paths) > 60
    pages = [site.base + path.as_posix() for path in paths]
    command = ["java", *_OPTIONS, "-jar", str(tools.vnu), "--format", "json", "--stdout", *pages]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    told = json.loads(done.stdout)["messages"]
    assert [f"{each.get('url')}:{each.get('lastLine')}: {each['message']}" for each in told] == []
