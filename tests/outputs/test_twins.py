"""The Markdown twins, read by a parser of Markdown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from generator.exporting.twin import DayText, Item, PaperText, day_markdown, paper_markdown
from generator.model.contents import Changes
from generator.model.paper import Figures, Observation
from tests.support.built import NOW, Built
from tests.support.invented import archive_of, paper

HOSTILE = (
    "# Not a heading",
    "ends like one ##",
    "`code` and ``more`",
    "<script>alert(1)</script>",
    "[a](javascript:alert(1)) ![b](c)",
    "*bold* _and_ ~~gone~~ $x$ | y",
    "two\nlines\n\n# and a heading",
    "- item",
    "1. item",
    "> quote",
    "===",
    "---",
    "&lt; &#35; &amp;",
    "back\\slash \\# \\",
    "| a | b |",
    "]: [x]: y",
)


def text_of(tokens: list[Token] | None) -> str:
    """What a reader sees of inline tokens."""
    return "".join(
        " " if token.type in {"softbreak", "hardbreak"} else token.content or text_of(token.children)
        for token in tokens or []
    )


def parsed(markdown: str) -> list[Token]:
    return MarkdownIt("commonmark").parse(markdown)


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_is_one_heading_that_shows_it(title: str) -> None:
    tokens = parsed(paper_markdown(PaperText(title, (), 0, (), (), "", "")))
    assert [token.type for token in tokens] == ["heading_open", "inline", "heading_close"]
    assert tokens[0].tag == "h1"
    assert text_of(tokens[1].children) == " ".join(title.split())


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_facts_and_sentences_stay_in_their_places(text: str) -> None:
    markdown = paper_markdown(
        PaperText("Title", (text,), 3, (("Organization", text),), (), text, "The *abstract*.")
    )
    tokens = parsed(markdown)
    line = " ".join(text.split())
    assert [text_of(token.children) for token in tokens if token.type == "inline"] == [
        "Title", f"{line} and 2 more", f"Organization: {line}", line, "Abstract", "The abstract.",
    ]  # fmt: skip
    assert sum(token.type == "blockquote_open" for token in tokens) == 1
    assert sum(token.type == "list_item_open" for token in tokens) == 1


@pytest.mark.parametrize("text", HOSTILE)
def test_a_day_is_a_list_of_links_whatever_its_papers_are_called(text: str) -> None:
    address = "https://example.org/papers/1/index.html.md"
    day = DayText(
        "A day", "Two papers.", "https://example.org/", (Item(text, address, (text,), 1, text),) * 2
    )
    tokens = parsed(day_markdown(day))
    assert sum(token.type == "ordered_list_open" for token in tokens) == 1
    lines = [token for token in tokens if token.type == "inline"][-2:]
    line = " ".join(text.split())
    for each in lines:
        assert text_of(each.children) == f"{line}: {line} and 1 more. {line}"
        links = [child.attrs["href"] for child in each.children or [] if child.type == "link_open"]
        assert links == [address]


def test_an_address_cannot_end_its_link() -> None:
    markdown = paper_markdown(PaperText("T", (), 0, (), (("Code", "https://a.example/x> <b>(é"),), "", ""))
    assert "- Code: <https://a.example/x%3E%20%3Cb%3E%28%C3%A9>" in markdown


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    changes = archive_of(days=3, per_day=4)
    first, *others = changes.papers
    first = replace(
        first,
        github="https://github.com/somebody/watering",
        project="javascript:alert(1)",
        submitted_by="somebody",
        categories=("cs.LG", "cs.AI"),
        authors=("Ada Lovelace", "Grace Hopper"),
    )
    changes = replace(changes, papers=(first, *others))
    return Built(tmp_path_factory.mktemp("twins"), changes, settings=["feed_entries: 5"])


def test_a_paper_says_all_its_facts(built: Built) -> None:
    assert (built.folder / "site/papers/2501.00001/index.html.md").read_text() == (
        "# Mending a Sail, part 1\n"
        "\n"
        "Ada Lovelace, Grace Hopper\n"
        "\n"
        "- Listed: 2025-01-27\n"
        "- Published: 2025-01-02\n"
        "- Organization: Acme Gardens\n"
        "- Submitted by: somebody\n"
        "- Topics: Boats\n"
        "- Categories: cs.LG, cs.AI\n"
        "- Page: <https://example.org/base/papers/2501.00001/>\n"
        "- arXiv: <https://arxiv.org/abs/2501.00001>\n"
        "- PDF: <https://arxiv.org/pdf/2501.00001>\n"
        "- Discussion: <https://huggingface.co/papers/2501.00001>\n"
        "- Code: <https://github.com/somebody/watering>\n"
        "\n"
        "> Case 1 in one sentence.\n"
        "\n"
        "## Abstract\n"
        "\n"
        "We look at case 1. It costs \\$5 & takes \\<1 hour.\n"
        "\n"
        "Then we \\*stop\\*.\n"
    )


def test_a_day_lists_its_papers_with_their_twins(built: Built) -> None:
    twin = (built.folder / "site/papers/date/2025-01-27/index.html.md").read_text()
    assert twin.startswith(
        "# Papers of 27 January 2025\n\n"
        "4 papers listed so far; the list may still grow.\n\n"
        "Page: <https://example.org/base/papers/date/2025-01-27/>\n\n"
        "1. [Painting a Tomato and sail, part 4]"
        "(https://example.org/base/papers/2501.00004/index.html.md): "
        "Ada Lovelace, Person 4. Case 4 in one sentence.\n"
    )
    assert "We look at" not in twin


def test_every_page_of_a_paper_and_of_a_day_has_its_twin(built: Built) -> None:
    site = built.folder / "site/papers"
    pages = [*site.glob("2501.*/index.html"), *site.glob("date/*/index.html")]
    assert len(pages) == 15
    assert [page for page in pages if not Path(f"{page}.md").is_file()] == []


def test_a_vote_changes_no_twin_of_a_paper(tmp_path: Path) -> None:
    built = Built(tmp_path, archive_of(days=1, per_day=2))
    seen = Observation(NOW, "2501.00001", Figures(90, 8, 7))
    made = built.add(Changes(observations=(seen,))).made
    assert "papers/2501.00001/index.html" in made
    assert [path for path in made if path.endswith(".md") and "date" not in path] == []


def test_a_paper_of_no_list_and_of_no_names_says_what_is_known(tmp_path: Path) -> None:
    bare = replace(
        paper(7), id="a-report", authors=(), author_count=3, organization=None, summary=None, abstract="",
        published=date(2025, 1, 2), title="On nothing",
    )  # fmt: skip
    built = Built(tmp_path, Changes((bare,)))
    assert (built.folder / "site/papers/a-report/index.html.md").read_text() == (
        "# On nothing\n\n3 authors\n\n- Published: 2025-01-02\n"
        "- Page: <https://example.org/base/papers/a-report/>\n"
    )
