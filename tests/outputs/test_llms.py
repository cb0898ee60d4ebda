"""llms.txt, read by the shape that https://llmstxt.org asks for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from tests.support.built import Built
from tests.support.invented import archive_of

BASE = "https://example.org/base/"
TITLE = "The *Garden* [Archive] & <Boats>"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("llms")
    return Built(folder, archive_of(days=3, per_day=2), settings=["description: 'All of it, # kept.'"])


def text(site: Built) -> str:
    return (site.folder / "site/llms.txt").read_text(encoding="utf-8")


def test_it_begins_with_a_title_and_a_summary_and_goes_on_in_lists_of_links(site: Built) -> None:
    tokens = MarkdownIt().parse(text(site))
    outline = [token.tag for token in tokens if token.type.endswith("_open") and token.level == 0]
    assert outline[:3] == ["h1", "blockquote", "p"]
    assert set(zip(outline[3::2], outline[4::2], strict=True)) == {("h2", "ul")}
    titles = [
        tokens[place + 1].content
        for place, token in enumerate(tokens)
        if token.tag == "h2" and token.nesting == 1
    ]
    assert titles == ["Lists", "Topics", "Data", "Optional"]
    for line in re.findall(r"^- .*", text(site), re.MULTILINE):
        assert re.fullmatch(r"- \[[^\]]+\]\(https://\S+\)(: .+)?", line)


def test_every_address_in_it_leads_somewhere(site: Built) -> None:
    root = site.folder / "site"
    links = re.findall(r"\]\((https://[^)]*)\)", text(site))
    assert len(links) > 10
    for link in links:
        path = root / link.removeprefix(BASE)
        assert (path / "index.html" if path.is_dir() else path).is_file(), link


def test_the_twins_it_speaks_of_are_there(site: Built) -> None:
    assert f"`{BASE}papers/ID/index.html.md`" in text(site)
    assert (site.folder / "site/papers/2501.00001/index.html.md").is_file()
    assert (site.folder / "site/papers/date/2025-01-27/index.html.md").is_file()


def test_exports_that_are_switched_off_are_not_named(tmp_path: Path) -> None:
    site = Built(tmp_path, archive_of(days=1, per_day=1), settings=["exports: false"])
    assert "exports/" not in text(site) and "api/" not in text(site)


def test_a_title_that_looks_like_markdown_stays_a_title(tmp_path: Path) -> None:
    archive = archive_of(days=1, per_day=1)
    site = Built(tmp_path, archive, settings=["exports: false"])
    (site.folder / "content/archive.yml").write_text(f"title: {TITLE!r}\nexports: false\n", encoding="utf-8")
    site.make()
    inline = MarkdownIt().parse(text(site))[1]
    assert "".join(child.content for child in inline.children or []) == TITLE


def test_a_new_day_leaves_it_alone(tmp_path: Path) -> None:
    site = Built(tmp_path, archive_of(days=1, per_day=2))
    report = site.add(archive_of(days=2, per_day=2))
    assert "papers/date/2025-01-28/index.html" in report.made
    assert "llms.txt" not in report.made
