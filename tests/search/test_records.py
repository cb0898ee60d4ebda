"""What results show comes out of the files as it went in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.search import segments as module
from generator.search.codec import pack, unpack
from generator.search.document import Record
from generator.search.primer import primer
from generator.search.segments import segments
from tests.search.support import TOPICS, Found, document, documents, node, order_of, write_index

_READ = """
import { openIndex } from "./search-index.js";
const index = await openIndex(input), out = [];
for (const segment of index.segments) {
  const all = [];
  for (let doc = 0; doc < segment.papers; doc++) all.push(await segment.record(doc));
  out.push(all);
}
console.log(JSON.stringify(out));
"""


def read(folder: Path, papers: Sequence[Found]) -> list[list[dict[str, Any]]]:
    """The records of each segment, as the page's scripts read them; they are compared with `papers`."""
    ordered = order_of(write_index(folder, papers))
    found: list[list[dict[str, Any]]] = node(folder, _READ, f"{folder}/")
    assert [[each["id"] for each in segment] for segment in found] == ordered
    known = {paper.id: paper for paper in papers}
    slugs = [slug for slug, _ in TOPICS]
    for record in (each for segment in found for each in segment):
        paper = known[record["id"]]
        others = f" and {paper.others} more" if paper.author and paper.others else ""
        assert record == {
            "id": paper.id,
            "day": str(paper.day),
            "title": " ".join(paper.title.split()),
            "authors": paper.author + others,
            "teaser": " ".join(paper.teaser.split()),
            "topics": [slugs.index(slug) for slug in paper.topics],
            "code": int(paper.has_code),
        }
    return found


def test_records_of_both_parts_are_read_as_they_were_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BLOCK", 60)
    found = read(tmp_path, documents(330))
    assert [len(segment) > 40 for segment in found] == [True, True]


def test_odd_records_are_read_as_they_were_written(tmp_path: Path) -> None:
    day = date(2025, 1, 2)
    read(
        tmp_path,
        [
            document(1, id="2501.00001", day=day, title="Of  two\n lines", author="Ada Lovelace", others=1),
            document(
                2, id="2412.00002", day=day, teaser="It begins with …", has_code=True, topics=("boats",)
            ),
            document(3, id="my.note", day=day, title="Ærø – 日本語 🎉", author="Émile Zola"),
            document(4, id="01234", day=day, teaser="No authors are known.", others=7),
            document(5, id="1412.1234", day=day, topics=("gardens", "boats")),
        ],
    )


def test_records_refer_to_words_that_the_reader_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BLOCK", 60)
    base, recent = segments(documents(330), [slug for slug, _ in TOPICS])
    for segment in (base, recent):
        data = segment.files.file("r0.bin")
        columns = unpack(data, base.files.primer)
        assert len(data) < len(pack(columns)) * 0.9
    assert unpack(base.files.file("about.bin"))[-1] == base.files.primer
    assert recent.files.about[-1] == b""


def test_a_small_archive_has_no_primer_since_every_new_paper_would_change_it() -> None:
    (recent,) = segments(documents(40), [slug for slug, _ in TOPICS])
    assert recent.files.primer == b""


def records_of(papers: Iterable[Found]) -> list[Record]:
    return [paper.record() for paper in papers]


def test_the_primer_holds_what_is_worth_most_once() -> None:
    some = [document(number, title="common words of titles", teaser="common words") for number in range(9)]
    assert primer(records_of(some)) == b" common of titles words"
    inside = [replace(each, title="common", teaser="commonest") for each in some]
    assert primer(records_of(inside)) == b" commonest"
    assert (
        len(primer(records_of(replace(each, title=f"word{n} " * 4) for n, each in enumerate(some * 900))))
        < 13_000
    )
