"""Files that are joined from pieces, read by the standard library; and the pieces that are kept."""

from __future__ import annotations

import gzip
import importlib.util
import io
import random
import shutil
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest

from generator import pipeline
from generator.citing.reference import Reference, reference_of
from generator.config import load_config, override
from generator.exporting import packing
from generator.exporting.packing import Piece, gzip_of, packed, zip_of
from generator.model.paper import Paper
from generator.outputs import citations, database, exports
from generator.outputs import kept as kept_module
from generator.outputs.kept import ALL, NOWHERE, Kept
from tests.support.built import NOW, Built
from tests.support.invented import archive_of, paper

_CHANCE = random.Random(7)
TEXTS = [
    (b"", b"one", b""),
    (b"the same again, ", b"the same again, ", b"the same again."),
    tuple(_CHANCE.randbytes(size) for size in (0, 1, 7, 255, 70_000)),
    tuple(bytes([letter]) * 9_000 for letter in b"abcdefgh"),
    (b"begin", b"long" * 400_000, b"end"),
    (),
]


@pytest.mark.parametrize("texts", TEXTS)
def test_pieces_in_a_row_are_one_member_of_gzip(texts: tuple[bytes, ...]) -> None:
    joined = gzip_of(map(Piece.of, texts))
    assert gzip.decompress(joined) == b"".join(texts)  # which checks checksum and size
    assert gzip.decompress(joined + gzip.compress(b"!")) == b"".join(texts) + b"!"


def test_where_there_is_no_isal_zlib_packs_and_its_pieces_are_not_taken_for_those(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "isal", None)  # as if it were not installed
    found = importlib.util.find_spec("generator.exporting.packing")
    assert found is not None and found.loader is not None
    other = importlib.util.module_from_spec(found)
    found.loader.exec_module(other)
    assert other.PACKER.startswith("zlib 1.")
    assert other.PACKER != packing.PACKER
    for texts in TEXTS:
        assert gzip.decompress(other.gzip_of(map(other.Piece.of, texts))) == b"".join(texts)
    assert other.Piece.of(TEXTS[1][0] * 9).data != Piece.of(TEXTS[1][0] * 9).data


@pytest.mark.parametrize("size", [0, 999, 1_000, 1_001, 12_345])
def test_a_long_value_is_one_member_of_gzip_the_same_each_time(
    size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packing, "_PIECE", 1_000)
    data = _CHANCE.randbytes(size)
    found = packed(data)
    assert gzip.decompress(found) == data
    assert gzip.decompress(found + gzip.compress(b"!")) == data + b"!"
    assert [packed(data) for _ in range(5)] == [found] * 5


def test_a_piece_says_the_same_at_every_place() -> None:
    one, two = Piece.of(b"a row of type\n" * 40), Piece.of(b"another\n" * 40)
    for pieces in ([one, two], [two, one], [one, one, two]):
        found = ZipFile(io.BytesIO(zip_of({"papers.bib": pieces, "papers.ris": [two]})))
        assert found.testzip() is None
        assert found.read("papers.bib").count(b"type") == 40 * pieces.count(one)
        assert found.read("papers.ris") == b"another\n" * 40


def test_what_was_kept_is_not_made_again_and_gives_the_same(tmp_path: Path) -> None:
    place = tmp_path / "pieces"
    for _ in range(2):
        kept = Kept(place, "1").of("some").open()
        assert kept.drawer(ALL).get(b"key", lambda: (Piece.of(b"text"),)) == (Piece.of(b"text"),)
        kept.save()
    assert Kept(place, "1").of("some").open().drawer(ALL).get(b"key", _never) == (Piece.of(b"text"),)
    for other in (Kept(place, "2").of("some"), Kept(place, "1").of("other"), NOWHERE):
        with pytest.raises(AssertionError, match="asked for"):
            other.open().drawer(ALL).get(b"key", _never)


def _never() -> tuple[Piece, ...]:
    raise AssertionError("asked for")


def test_a_new_day_packs_its_month_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built = Built(tmp_path, archive_of(days=12, per_day=3))  # of two months
    written: list[bytes] = []
    of = Piece.of

    def watched(text: bytes) -> Piece:
        written.append(text)
        return of(text)

    monkeypatch.setattr(packing.Piece, "of", watched)
    monkeypatch.setattr(exports, "packed", gzip.compress)  # of what is made whole
    monkeypatch.setattr(database, "packed", gzip.compress)
    new = [paper(number, date(2025, 2, 17), days=(date(2025, 2, 17),)) for number in (700, 701)]
    built.add(replace(archive_of(0, 0), papers=tuple(new)))
    told = b"".join(written)
    assert b"2501.00700" in told
    assert b"2501.00036" in told  # of February, as the new ones
    assert b"2501.00001" not in told


def test_a_new_day_writes_the_last_pieces_that_are_kept_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_module, "_TOGETHER", 1)
    built = Built(tmp_path, archive_of(days=12, per_day=3))  # of two months
    before = _pieces(built)
    new = [paper(number, date(2025, 2, 17), days=(date(2025, 2, 17),)) for number in (700, 701)]
    built.add(replace(archive_of(0, 0), papers=tuple(new)))
    changed = {name for name, data in _pieces(built).items() if before[name] != data}
    assert {"pieces-table.1.memo", "pieces-citations--1.1.memo", "pieces-references.all.memo"} <= changed
    assert {"pieces-table.0.memo", "pieces-citations--1.0.memo"} <= before.keys() - changed


def _pieces(built: Built) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (built.folder / ".cache").glob("pieces-*")}


def test_a_new_day_writes_the_references_of_new_papers_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built = Built(tmp_path, archive_of(days=12, per_day=3))
    written: list[str] = []

    def watched(paper: Paper, place: str) -> Reference:
        written.append(paper.id)
        return reference_of(paper, place)

    monkeypatch.setattr(citations, "reference_of", watched)
    new = [paper(number, date(2025, 2, 17), days=(date(2025, 2, 17),)) for number in (700, 701)]
    built.add(replace(archive_of(0, 0), papers=tuple(new)))
    assert sorted(written) == ["2501.00700", "2501.00701"]
    built.add(replace(archive_of(0, 0), papers=(replace(new[0], title="Another"),)))
    assert sorted(written) == ["2501.00700", "2501.00700", "2501.00701"]


def test_the_same_bytes_come_of_pieces_that_are_kept_damaged_or_gone(tmp_path: Path) -> None:
    built = Built(tmp_path / "grown", archive_of(days=3, per_day=3))
    built.add(archive_of(days=12, per_day=3))
    grown = _packed(built)
    assert _packed(Built(tmp_path / "whole", archive_of(days=12, per_day=3))) == grown
    pieces = list((built.folder / ".cache").glob("pieces-*"))
    assert pieces
    for path in pieces:
        path.write_bytes(path.read_bytes()[:-9])
    shutil.rmtree(built.folder / "site")
    built.make()
    assert _packed(built) == grown
    shutil.rmtree(built.folder / ".cache")
    built.make()
    assert _packed(built) == grown


def test_pieces_that_are_kept_do_not_outlive_a_change_of_address(tmp_path: Path) -> None:
    report = replace(paper(7, date(2025, 1, 27)), id="a-report", days=(), published=date(2025, 1, 27))
    built = Built(tmp_path, replace(archive_of(days=1, per_day=1), papers=(report,)))
    assert b"https://example.org/base/papers/a-report/" in _archive_of(built)
    config = load_config(built.folder / "content", built.folder / "site")
    pipeline.make_site(override(config, base_url="https://example.org/moved/"), now=NOW)
    assert b"https://example.org/moved/papers/a-report/" in _archive_of(built)


def _archive_of(built: Built) -> bytes:
    return ZipFile(built.folder / "site/citations/papers.zip").read("papers.bib")


def _packed(built: Built) -> dict[str, bytes]:
    site = built.folder / "site"
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in site.rglob("*")
        if path.suffix in (".zip", ".gz")
    }
