"""Addresses that moved: pages that lead on, or files that tell the host."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from generator.checking.check import check_site
from generator.errors import ContentError, PathClaimedTwice
from generator.outputs.redirects import POLICY
from tests.support.built import Built
from tests.support.invented import archive_of, write_content

ARCHIVE = archive_of(days=1, per_day=2, first=date(2025, 1, 27))


def built(folder: Path, table: str, *settings: str) -> Built:
    write_content(folder / "content", ARCHIVE, settings=settings)
    (folder / "content/redirects.yml").write_text(table, encoding="utf-8")
    return Built(folder, ARCHIVE, settings=settings)


def refused(folder: Path, table: str) -> str:
    with pytest.raises(ContentError) as caught:
        built(folder, table)
    return "\n".join(str(problem).replace(f"{folder}/", "") for problem in caught.value.problems)


def test_a_page_that_moved_leads_on_and_is_not_indexed(tmp_path: Path) -> None:
    site = built(tmp_path, "/topics/ships: /topics/boats/\n")
    page = site.read("topics/ships/")
    assert '<meta http-equiv="refresh" content="0; url=/base/topics/boats/">' in page
    assert '<link rel="canonical" href="https://example.org/base/topics/boats/">' in page
    assert '<meta name="robots" content="noindex">' in page
    assert "topics/ships" not in (tmp_path / "site/sitemaps/pages.xml").read_text(encoding="utf-8")
    assert check_site(tmp_path / "site", "https://example.org/base/").errors == []


def test_a_page_may_have_moved_to_another_site(tmp_path: Path) -> None:
    page = built(tmp_path, "old.html: https://example.com/?a=1&b=2#c\n").folder / "site/old.html"
    assert "url=https://example.com/?a=1&amp;b=2#c" in page.read_text(encoding="utf-8")


def test_without_a_table_nothing_is_published(tmp_path: Path) -> None:
    site = Built(tmp_path, ARCHIVE)
    assert [name for name in ("_redirects", "_headers") if (site.folder / "site" / name).exists()] == []


def test_a_host_that_reads_files_is_told_by_one(tmp_path: Path) -> None:
    site = built(
        tmp_path, "topics/ships/: topics/boats/\nold.xml: feeds/papers/atom.xml\n", "redirects: netlify"
    )
    assert (site.folder / "site/_redirects").read_text(encoding="utf-8").splitlines() == [
        "/base/topics/ships/ /base/topics/boats/ 301",
        "/base/topics/ships /base/topics/boats/ 301",
        "/base/old.xml /base/feeds/papers/atom.xml 301",
    ]
    assert not site.has("topics/ships")


def test_headers_say_what_pages_say_and_that_nobody_frames_them(tmp_path: Path) -> None:
    site = built(tmp_path, "", "redirects: netlify")
    found = re.search(r'Content-Security-Policy content="([^"]*)"', site.read(""))
    assert found
    of_page = set(unescape(found[1]).split("; "))
    assert set(POLICY.split("; ")) - of_page == {"frame-ancestors 'none'"}
    assert of_page - set(POLICY.split("; ")) == set()


def test_headers_keep_for_good_only_what_never_changes_under_its_name(tmp_path: Path) -> None:
    site = built(tmp_path, "", "redirects: netlify")
    rules = rules_of(site)
    kept = [address for address, headers in rules.items() if any("immutable" in each for each in headers)]
    (style,) = (site.folder / "site/assets").glob("site.*.css")
    assert kept == [f"/base/assets/{style.name}", "/base/search/:segment/*"]


def test_what_is_kept_for_good_has_a_digest_in_its_address(tmp_path: Path) -> None:
    site = built(tmp_path, "", "redirects: netlify")
    below_search = [path for path in (site.folder / "site/search").rglob("*/*") if path.is_file()]
    assert below_search
    digest = re.compile(r"/[0-9a-f]{10,}[/.]")
    assert [path for path in below_search if not digest.search(path.as_posix())] == []


def test_no_header_is_set_by_two_rules_that_match_one_address(tmp_path: Path) -> None:
    site = built(tmp_path, "", "redirects: netlify")
    patterns = {
        address: re.compile(re.escape(address).replace(r"\*", ".*").replace(":segment", "[^/]+"))
        for address in rules_of(site)
    }
    for path in (site.folder / "site").rglob("*"):
        address = f"/base/{path.relative_to(site.folder / 'site').as_posix()}"
        names = [
            header.partition(":")[0]
            for rule, headers in rules_of(site).items()
            if patterns[rule].fullmatch(address)
            for header in headers
        ]
        assert sorted(set(names)) == sorted(names), address


_NO_TARGET = (
    "a must lead to an address of this site, or to one with http:// or https://, without spaces and quotes."
)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("topics/ships: topics/none/\n",
         "topics/ships/ leads to topics/none/, and there is no such page; write its address."),
        ("topics/boats/: topics/gardens/\n",
         "topics/boats/ is a page of the site and did not move; remove the line."),
        ("topics/a: topics/b/\ntopics/b: topics/boats/\n",
         "topics/a/ leads to topics/b/, which moved too; write topics/boats/."),
        ("../a: topics/boats/\n", "must begin with an address of this site, such as topics/boats/."),
        ("a/../../b: topics/boats/\n", "must begin with an address of this site, such as topics/boats/."),
        ("a: javascript:alert(1)\n", _NO_TARGET),
        ("a: //example.com/\n", _NO_TARGET),
        ('a: "topics/ b"\n', _NO_TARGET),
        ("a: 'https://example.com/\"b'\n", _NO_TARGET),
        ("- a\n", "must be a list of `old: new` lines, such as `topics/boats/: topics/ships/`."),
        ("a: [\n", "is not YAML: did not find expected node content."),
    ],
)  # fmt: skip
def test_a_line_that_means_nothing_is_named_with_its_place(tmp_path: Path, table: str, said: str) -> None:
    assert refused(tmp_path, table).partition(": ")[2] == said


def test_an_address_may_hold_an_apostrophe(tmp_path: Path) -> None:
    site = built(tmp_path, "old/: https://example.com/l'été\n")
    assert '<a href="https://example.com/l&#x27;été">' in site.read("old/")


def test_an_address_stands_in_the_table_once(tmp_path: Path) -> None:
    said = refused(tmp_path, "old/: topics/boats/\n/old: topics/gardens/\n")
    assert said == "content/redirects.yml:2: /old stands here a second time; keep one."


def test_a_moved_address_never_takes_the_place_of_a_file(tmp_path: Path) -> None:
    with pytest.raises(PathClaimedTwice):
        built(tmp_path, "index.html: topics/boats/\n")


def rules_of(site: Built) -> dict[str, list[str]]:
    rules: dict[str, list[str]] = {}
    for line in (site.folder / "site/_headers").read_text(encoding="utf-8").splitlines():
        if line.startswith("  "):
            rules[list(rules)[-1]].append(line.strip())
        else:
            rules[line] = []
    return rules
