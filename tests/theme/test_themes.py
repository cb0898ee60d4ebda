"""Themes are swappable: the second one builds every page, and so does the one that the docs make."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator import pipeline
from generator.config import load_config
from generator.errors import ThemeError
from generator.theme.theme import load_theme
from tests.browser.awkward import write_archive
from tests.screenshots import page_of_each_kind
from tests.support import permissions

ROOT = Path(__file__).parents[2]
NOW = "2025-03-21T12:00:00Z"


def build(folder: Path, theme: str) -> Path:
    write_archive(folder / "content", f"theme: {theme}")
    pipeline.make_site(load_config(folder / "content", folder / "site"), now=NOW)
    return folder / "site"


def files(site: Path) -> set[str]:
    return {re.sub(r"\.[0-9a-f]{10}\.", ".", path.relative_to(site).as_posix()) for path in site.rglob("*")}


@pytest.fixture(scope="module")
def broadsheet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("broadsheet"), "broadsheet")


def test_the_plain_theme_makes_the_same_pages_in_another_shape(tmp_path: Path, broadsheet: Path) -> None:
    plain = build(tmp_path, "plain")
    assert files(plain) == files(broadsheet)
    for kind, address in page_of_each_kind(broadsheet).items():
        path = Path(address) if address.endswith(".html") else Path(address) / "index.html"
        ours, theirs = (site.joinpath(path).read_text(encoding="utf-8") for site in (plain, broadsheet))
        assert ours != theirs, kind
        assert ours.count("<h1") == 1, kind


def test_the_plain_theme_is_few_files() -> None:
    assert len([path for path in (ROOT / "themes/plain").rglob("*") if path.is_file()]) <= 6


def test_the_theme_that_the_docs_tell_how_to_make_can_be_made(tmp_path: Path) -> None:
    docs = (ROOT / "docs/themes.md").read_text(encoding="utf-8")
    names = re.findall(r"`(themes/evening/[^`]+\.\w+)`", docs)
    blocks = re.findall(r"```(?:toml|css|html)\n(.*?)```", docs, re.DOTALL)
    assert len(names) == len(blocks) == 3
    for name, block in zip(names, blocks, strict=True):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block, encoding="utf-8")
    site = build(tmp_path, "evening")
    (style,) = (site / "assets").glob("site.*.css")
    assert style.read_text().index("#a3201c") < style.read_text().index("#1f4fa3")
    assert "read in the evening" in (site / "about/index.html").read_text(encoding="utf-8")


def test_the_docs_name_every_filter() -> None:
    from generator.theme.filters import filters

    docs = (ROOT / "docs/themes.md").read_text(encoding="utf-8")
    assert [name for name in filters("/", "") if f"| `{name}` |" not in docs] == []


def test_the_docs_list_the_style_sheets_of_the_parent() -> None:
    listed = re.findall(r'"(css/[a-z]+\.css)"', (ROOT / "themes/broadsheet/theme.toml").read_text())
    docs = re.findall(r'"(css/[a-z]+\.css)"', (ROOT / "docs/themes.md").read_text(encoding="utf-8"))
    assert [name for name in docs if name != "css/evening.css"] == listed


@permissions.needed
@pytest.mark.parametrize("mode", [0o000, 0o444])
@pytest.mark.parametrize("closed", ["templates", "templates/pages", "assets", "assets/css"])
def test_a_folder_of_a_theme_that_may_not_be_looked_into_is_an_error_that_names_it(
    tmp_path: Path, closed: str, mode: int
) -> None:
    own = tmp_path / "own"
    for name in ("templates/pages", "assets/css"):
        (own / name).mkdir(parents=True)
        (own / name / "file").touch()
    (own / "theme.toml").write_text('parent = "broadsheet"\n')
    places = (tmp_path, ROOT / "themes")
    load_theme("own", places)
    (own / closed).chmod(mode)
    try:
        with pytest.raises(ThemeError, match=f"own/{closed}.*: cannot be looked into: Permission denied"):
            load_theme("own", places)
    finally:
        (own / closed).chmod(0o755)


def test_an_unknown_name_in_a_template_is_an_error_that_says_where(tmp_path: Path) -> None:
    page = tmp_path / "themes/odd/templates/pages/about.html"
    page.parent.mkdir(parents=True)
    page.write_text("{{ view.papers }}\n{{ view.nothing }}", encoding="utf-8")
    (tmp_path / "themes/odd/theme.toml").write_text('parent = "broadsheet"', encoding="utf-8")
    with pytest.raises(ThemeError, match=r"about\.html:2: .*nothing"):
        build(tmp_path, "odd")


@pytest.mark.parametrize("theme", ["broadsheet", "plain"])
def test_partials_stay_small(theme: str) -> None:
    for path in (ROOT / "themes" / theme / "templates/partials").glob("*.html"):
        assert len(path.read_text(encoding="utf-8").splitlines()) < 40, path.name
