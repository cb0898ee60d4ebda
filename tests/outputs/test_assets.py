"""Assets: what a theme brings along, as the site serves it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from generator.config import load_config
from generator.outputs.assets import Script
from generator.theme.theme import load_theme

THEMES = Path(__file__).resolve().parents[2] / "themes"
SCRIPTS = sorted(THEMES.rglob("*.js"))


def test_a_script_is_served_without_indentation_and_lines_of_comment() -> None:
    text = b'// What it does.\nexport function a() {\n\n  // why\n  return "// no comment";\n}\n'
    theme = load_theme("plain", [THEMES], base_path="/", origin="https://example.org")
    assert Script("js/a.js", "", text).make(theme) == b'export function a() {\nreturn "// no comment";\n}\n'


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_script_has_a_text_or_comment_that_spans_lines(path: Path) -> None:
    """Else what `Script` takes away would be part of it."""
    for line in path.read_text().split("\n"):
        assert line.replace("\\`", "").count("`") % 2 == 0, line
        assert "/*" not in line or "*/" in line, line
        assert not line.endswith("\\"), line


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_every_script_as_served_is_still_a_script(path: Path, tmp_path: Path) -> None:
    node = shutil.which("node")
    if not node:
        pytest.skip("needs Node.js to parse scripts; the browser's tests run them")
    theme = load_theme(
        "broadsheet", load_config(tmp_path, tmp_path).themes, base_path="/", origin="https://example.org"
    )
    served = tmp_path / "served.mjs"
    name = f"js/{path.name}"
    if name not in theme.assets():
        pytest.skip(f"{path.name} belongs to another theme")
    served.write_bytes(Script(name, "", theme.assets()[name].read_bytes()).make(theme))
    subprocess.run([node, "--check", served], check=True)
