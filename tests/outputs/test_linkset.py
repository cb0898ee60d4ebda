"""Link sets, held against RFC 9264 and against the pages whose signposts they repeat."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.support.built import Built
from tests.support.invented import archive_of, paper

BASE = "https://example.org/base/"
REGISTERED = {
    "cite-as",
    "type",
    "item",
    "describedby",
    "alternate",
    "author",
    "license",
    "collection",
    "describes",
}
"""Those of the IANA registry of link relations that signposting uses."""
TEXTS = {"href", "type", "title", "media"}
MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9][a-z0-9.+-]*")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    changes = archive_of(days=2, per_day=3)
    twice = paper(900, days=(date(2025, 1, 27), date(2025, 1, 28)))
    other = paper(901, date(2025, 1, 28), id="some-report")
    return Built(tmp_path_factory.mktemp("links"), replace(changes, papers=(*changes.papers, twice, other)))


def contexts(site: Built, day: str) -> dict[str, dict[str, list[dict[str, str]]]]:
    """The contexts of a day's link set by their anchors; what RFC 9264 forbids fails."""
    told: dict[str, Any] = json.loads((site.folder / f"site/papers/date/{day}/linkset.json").read_bytes())
    assert list(told) == ["linkset"] and isinstance(told["linkset"], list)
    found = {}
    for context in told["linkset"]:
        anchor = context.pop("anchor")
        assert anchor.startswith(BASE) and anchor not in found and context
        for relation, targets in context.items():
            assert relation in REGISTERED
            assert isinstance(targets, list) and targets
            for target in targets:
                assert {"href"} <= set(target) <= TEXTS
                assert all(isinstance(value, str) and value for value in target.values())
                assert re.match(r"https?://", target["href"])
                assert MEDIA_TYPE.fullmatch(target.get("type", "text/plain"))
        found[anchor] = context
    return found


def test_a_day_names_its_papers_and_where_they_stand_as_data(site: Built) -> None:
    day = contexts(site, "2025-01-28")[f"{BASE}papers/date/2025-01-28/"]
    ids = ("2501.00004", "2501.00005", "2501.00006", "2501.00900", "some-report")
    assert [target["href"] for target in day["item"]] == [f"{BASE}papers/{each}/" for each in ids]
    kinds = {target["type"]: target["href"] for target in day["describedby"] + day["alternate"]}
    assert kinds["application/x-bibtex"] == f"{BASE}papers/date/2025-01-28/papers.bib"
    assert kinds["text/markdown"] == f"{BASE}papers/date/2025-01-28/index.html.md"


def test_every_file_of_ours_that_a_link_set_names_is_there(site: Built) -> None:
    root = site.folder / "site"
    for day in ("2025-01-27", "2025-01-28"):
        for anchor, context in contexts(site, day).items():
            targets = [target["href"] for group in context.values() for target in group]
            for address in (anchor, *targets):
                path = root / address.removeprefix(BASE)
                assert (
                    not address.startswith(BASE) or (path / "index.html" if path.is_dir() else path).is_file()
                )


def test_each_paper_stands_in_one_link_set_the_one_its_page_names(site: Built) -> None:
    first, second = contexts(site, "2025-01-27"), contexts(site, "2025-01-28")
    assert f"{BASE}papers/2501.00900/" in first
    assert f"{BASE}papers/2501.00900/" not in second
    assert 'href="/base/papers/date/2025-01-27/linkset.json"' in site.read("papers/2501.00900/")


def test_a_link_set_says_what_the_page_says(site: Built) -> None:
    for anchor, context in contexts(site, "2025-01-28").items():
        if "date" in anchor:
            continue
        html = site.read(anchor.removeprefix(BASE))
        for relation, targets in context.items():
            links = re.findall(rf'<link rel=(?:{relation}|"alternate {relation}")[^>]* href="([^"]*)">', html)
            assert [link.replace("/base/", BASE) for link in links] == [target["href"] for target in targets]


def test_a_paper_that_is_not_of_arxiv_has_no_doi_and_no_text(site: Built) -> None:
    context = contexts(site, "2025-01-28")[f"{BASE}papers/some-report/"]
    assert set(context) == {"type", "describedby"}


def test_votes_change_no_link_set(tmp_path: Path) -> None:
    changes = archive_of(days=1, per_day=3)
    site = Built(tmp_path, changes, settings=["exports: false"])
    votes = tuple(
        replace(seen, observed="2025-01-29T08:00:00Z", figures=replace(seen.figures, upvotes=99 - place))
        for place, seen in enumerate(changes.observations)
    )
    report = site.add(replace(changes, papers=(), observations=votes, records=()))
    assert "papers/date/2025-01-27/index.html" in report.made
    assert "papers/date/2025-01-27/linkset.json" not in report.made
