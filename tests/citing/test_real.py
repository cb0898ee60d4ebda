"""Every real paper can be cited."""

from __future__ import annotations

import json
from datetime import date

import bibtexparser
import pytest
import rispy
from pybtex.database import parse_string

from generator.citing import bibtex, csl, ris
from generator.citing.reference import Reference, reference_of
from generator.feed.normalise import normalise_page
from generator.model.paper import Paper
from generator.theme import mathematics
from tests.support.replay import real_days, real_page


@pytest.fixture(scope="module")
def found() -> list[Reference]:
    papers: dict[str, Paper] = {}
    for day in real_days():
        for entry in normalise_page(real_page(day), date.fromisoformat(day)).entries:
            papers.setdefault(entry.paper.id, entry.paper)
    return [reference_of(paper, f"https://example.org/papers/{paper.id}/") for paper in papers.values()]


@pytest.mark.real
def test_keys_are_unique_and_readable(found: list[Reference]) -> None:
    keys = [each.key for each in found]
    assert len({key.lower() for key in keys}) == len(keys) > 7000
    assert [key for key in keys if not key.isascii() or key.startswith("arxiv")] == []


@pytest.mark.real
def test_pybtex_and_bibtexparser_read_every_paper(found: list[Reference]) -> None:
    text = "\n".join(bibtex.entry(each, mathematics.split) for each in found)
    assert text.isascii()
    library = bibtexparser.parse_string(text)
    assert library.failed_blocks == []
    assert [each.key for each in library.entries] == [each.key for each in found]
    read = parse_string(text, "bibtex").entries
    wrong = [each.key for each in found if len(read[each.key].persons.get("author", ())) != len(each.authors)]
    assert wrong == []


@pytest.mark.real
def test_rispy_and_json_read_every_paper(found: list[Reference]) -> None:
    read = rispy.loads("\n".join(map(ris.record, found)))
    assert [each["title"] for each in read] == [each.title for each in found]
    items = json.loads(f"[{','.join(map(csl.item, found))}]")
    assert [item["title"] for item in items] == [each.title for each in found]
    authors = [[", ".join(author.values()) for author in item.get("author", ())] for item in items]
    assert authors == [each.get("authors", []) for each in read]


@pytest.mark.real
def test_a_paper_in_all_three_formats_weighs_less_than_1700_bytes_on_average(found: list[Reference]) -> None:
    weight = sum(
        len((bibtex.entry(each, mathematics.split) + ris.record(each) + csl.item(each)).encode())
        for each in found
    )
    assert weight / len(found) < 1700
