"""A paper as RIS and as CSL-JSON, read by others' readers."""

from __future__ import annotations

import json

import pytest
import rispy
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON

from generator.citing import csl, names, ris
from generator.citing.reference import reference_of
from tests.citing.nasty import DAY, references
from tests.support.invented import paper

PLAIN = reference_of(paper(1, DAY, authors=("Aaron van den Oord", "Hal Daumé III", "Kimi, Inc")), "")


def test_ris_says_what_is_known() -> None:
    assert ris.record(PLAIN) == (
        "TY  - UNPB\n"
        "ID  - oord2501.00001\n"
        "TI  - Mending a Sail, part 1\n"
        "AU  - van den Oord, Aaron\n"
        "AU  - Daumé, Hal, III\n"
        "AU  - Kimi Inc\n"
        "PY  - 2025\n"
        "DA  - 2025/01/02\n"
        "PB  - arXiv\n"
        "AN  - arXiv:2501.00001\n"
        "DO  - 10.48550/arXiv.2501.00001\n"
        "UR  - https://arxiv.org/abs/2501.00001\n"
        "ER  - \n"
    )


def test_csl_says_what_is_known() -> None:
    assert json.loads(csl.item(PLAIN)) == {
        "id": "oord2501.00001",
        "type": "article",
        "title": "Mending a Sail, part 1",
        "author": [
            {"family": "van den Oord", "given": "Aaron"},
            {"family": "Daumé", "given": "Hal", "suffix": "III"},
            {"literal": "Kimi Inc"},
        ],
        "issued": {"date-parts": [[2025, 1, 2]]},
        "publisher": "arXiv",
        "number": "arXiv:2501.00001",
        "DOI": "10.48550/arXiv.2501.00001",
        "URL": "https://arxiv.org/abs/2501.00001",
    }


def test_rispy_reads_every_nasty_paper() -> None:
    found = references()
    read = rispy.loads("\n".join(map(ris.record, found)))
    assert [each["id"] for each in read] == [each.key for each in found]
    assert [" ".join(each["title"].split()) for each in read] == [
        " ".join(each.title.split()) for each in found
    ]
    assert [len(each.get("authors", ())) for each in read] == [len(each.authors) for each in found]


def test_citeproc_reads_every_nasty_paper() -> None:
    found = references()
    items = [json.loads(csl.item(each)) for each in found]
    source = CiteProcJSON(items)
    assert set(source) == {each.key.lower() for each in found}
    for item, each in zip(items, found, strict=True):
        assert item["title"] == each.title
        assert len(item.get("author", ())) == len(each.authors)


def test_citeproc_sets_a_reference() -> None:
    source = CiteProcJSON([json.loads(csl.item(PLAIN))])
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, source, formatter.plain)
    bibliography.register(Citation([CitationItem(PLAIN.key)]))
    (line,) = bibliography.bibliography()
    assert "van den Oord" in str(line) and "Mending a Sail" in str(line) and "2025" in str(line)


@pytest.mark.parametrize("name", ["Ada Lovelace", "Kimi, Inc", "Hal Daumé III", "王小明"])
def test_ris_holds_all_that_csl_needs(name: str) -> None:
    """The theme's script makes one of the other."""
    parts = names.parse(name)
    wanted = [part for part in (parts.family, parts.given, parts.suffix) if part]
    assert ris.author(name).split(", ") == (wanted if parts.given else [ris.author(name)])
