"""A site that is whole passes, and every kind of damage to it is found."""

from __future__ import annotations

import random
import re
import shutil
from pathlib import Path

import pytest

from generator.checking import check as checking
from generator.checking.check import check_site
from generator.checking.findings import Finding, Report, lines
from generator.checking.weights import Limits
from generator.errors import SettingsError
from tests.support.built import Built
from tests.support.invented import archive_of

BASE_URL = "https://example.org/base/"
PAPER = "papers/2501.00001/index.html"
DAY = "papers/date/2025-01-27/index.html"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Built(tmp_path_factory.mktemp("whole"), archive_of(days=6, per_day=3)).folder / "site"


@pytest.fixture
def site(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "site"))


def found(site: Path, **options: Limits) -> list[str]:
    """Every finding as one line."""
    return [f"{each.where}: {each.what}" for each in sorted(check_site(site, BASE_URL, **options).errors)]


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{file} does not hold {old}"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def the_one(findings: list[str], *words: str) -> None:
    """That there is one finding, which holds all the `words`."""
    assert len(findings) == 1, findings
    assert [word for word in words if word not in findings[0]] == [], findings[0]


def test_a_built_site_holds_together(whole: Path) -> None:
    report = check_site(whole, BASE_URL)
    assert (report.errors, report.notes) == ([], [])
    pages = len(list(whole.rglob("*.html")))
    assert (report.counts.pages, report.counts.listed) == (pages, pages - 2), "404 and offline are not listed"
    assert min(report.counts.links, report.counts.anchors, report.counts.feeds) > 0
    assert list(lines(report))[-1] == "The site holds together."


def test_several_processes_find_the_same(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (site / "about/index.html").unlink()
    alone = check_site(site, BASE_URL)
    monkeypatch.setattr(checking, "_WORTH_FORKING", 1)
    monkeypatch.setattr(checking, "_CHUNK", 7)
    together = check_site(site, BASE_URL, workers=2)
    assert (together.counts, together.errors, together.notes) == (alone.counts, alone.errors, alone.notes)


def test_a_file_that_is_gone_is_missed_wherever_it_is_named(site: Path) -> None:
    (site / "papers/2501.00002/index.html").unlink()
    findings = found(site)
    places = {each.partition(":")[0] for each in findings}
    assert {DAY, "feeds/papers/atom.xml", "feeds/papers/rss.xml", "feeds/papers/feed.json"} <= places
    assert any(place.startswith("sitemaps/") for place in places)
    assert all("there is no papers/2501.00002/index.html" in each for each in findings)


def test_an_id_that_is_gone_is_missed(site: Path) -> None:
    change(site / PAPER, "id=main", "id=other")
    the_one(found(site), f"{PAPER}:", "#main", "where nothing has that id")


def test_an_id_that_another_page_names_is_missed(site: Path) -> None:
    change(
        site / PAPER,
        "</main>",
        '<a href="/base/about/#n%C3%B6">x</a><a href="/base/about/#main">y</a></main>',
    )
    the_one(found(site), f"{PAPER}:", "leads to #nö on about/index.html")


def test_a_page_needs_title_canonical_and_one_h1(site: Path) -> None:
    change(site / PAPER, "<title>", "<titel>")
    text = (site / DAY).read_text(encoding="utf-8")
    (site / DAY).write_text(re.sub(r'<link rel="?canonical[^>]*>', "", text), encoding="utf-8")
    change(site / "about/index.html", "</main>", "<h1>Again</h1></main>")
    change(site / "topics/index.html", "<h1", "<h2")
    assert [each.partition(";")[0] for each in found(site)] == [
        "topics/index.html: has 0 <h1>",
        "about/index.html: has 2 <h1>",
        f"{DAY}: has no canonical address",
        f"{PAPER}: has no title",
    ]


def test_a_canonical_address_is_the_page_s_own(site: Path) -> None:
    change(
        site / PAPER,
        f'rel="canonical" href="{BASE_URL}papers/2501.00001/',
        f'rel="canonical" href="{BASE_URL}',
    )
    the_one(
        found(site), PAPER, f"calls {BASE_URL} its canonical address instead of {BASE_URL}papers/2501.00001/"
    )


def test_an_asset_that_is_gone_is_missed(site: Path) -> None:
    (site / "assets/img/icon.svg").unlink()
    findings = found(site)
    assert "manifest.webmanifest: " in "\n".join(findings)
    assert len([each for each in findings if ".html" in each]) == len(list(site.rglob("*.html")))


def test_addresses_in_style_sheets_and_scripts_lead_somewhere(site: Path) -> None:
    style = next((site / "assets").glob("site.*.css"))
    with style.open("a", encoding="utf-8") as file:
        file.write("\n/* url(gone.png) */ a{background:url('img/no.png')} @import \"no.css\";")
    with (site / "assets/js/reading.js").open("a", encoding="utf-8") as file:
        file.write('\n// import("./gone.js")\nconst more = import("./no.js");')
    assert [re.sub(r":.*there is no ", " ", each.partition(";")[0]) for each in found(site)] == [
        "assets/js/reading.js assets/js/no.js",
        f"assets/{style.name} assets/img/no.png",
        f"assets/{style.name} assets/no.css",
    ]


def test_nothing_is_loaded_from_another_host(site: Path) -> None:
    more = '<img src="https://pictures.example/a.png"><a href="https://example.com/">elsewhere</a></main>'
    change(site / PAPER, "</main>", more)
    the_one(found(site), PAPER, "loads https://pictures.example/a.png from another host")


def test_a_link_that_runs_a_script_is_found(site: Path) -> None:
    change(site / PAPER, "</main>", '<a href="java&Tab;script:alert(1)">x</a></main>')
    the_one(found(site), PAPER, "runs a script")


def test_a_feed_entry_that_leads_nowhere_is_found(site: Path) -> None:
    feeds = site / "feeds/papers"
    change(feeds / "atom.xml", f'{BASE_URL}papers/2501.00001/"', f'{BASE_URL}papers/none/"')
    change(feeds / "rss.xml", f"<link>{BASE_URL}papers/2501.00001/", f"<link>{BASE_URL}papers/none/")
    change(feeds / "feed.json", f'"url":"{BASE_URL}papers/2501.00001/', f'"url":"{BASE_URL}papers/none/')
    change(
        site / "feeds/feeds.opml",
        f'xmlUrl="{BASE_URL}feeds/papers/atom.xml',
        f'xmlUrl="{BASE_URL}papers/none/',
    )
    findings = found(site)
    assert all("there is no papers/none/index.html" in each for each in findings)
    assert sorted(re.split(r":", each)[0] for each in findings) == [
        "feeds/feeds.opml", "feeds/papers/atom.xml", "feeds/papers/feed.json", "feeds/papers/rss.xml",
    ]  # fmt: skip


def test_a_feed_says_where_it_stands(site: Path) -> None:
    change(
        site / "feeds/papers/atom.xml",
        f'{BASE_URL}feeds/papers/atom.xml" rel="self"',
        f'{BASE_URL}" rel="self"',
    )
    the_one(found(site), "feeds/papers/atom.xml:2", "says that it stands at")


def test_a_feed_that_is_cut_off_is_found(site: Path) -> None:
    feed = site / "feeds/papers/atom.xml"
    feed.write_bytes(feed.read_bytes()[:-20])
    (site / "feeds/papers/feed.json").write_text("{")
    assert [each.partition(":")[0] for each in found(site)] == [
        "feeds/papers/feed.json",
        "feeds/papers/atom.xml",
    ]


def a_map(site: Path) -> Path:
    return next(path for path in (site / "sitemaps").iterdir() if "papers/2501.00001/" in path.read_text())


def test_the_sitemap_lists_every_page(site: Path) -> None:
    change(a_map(site), f"{BASE_URL}papers/2501.00001/", f"{BASE_URL}papers/2501.00002/")
    assert [each.partition(",")[0].partition(";")[0] for each in found(site)] == [
        f"{PAPER}: is not in the sitemap",
        f"{a_map_name(site)}:2: lists papers/2501.00002/index.html a second time",
    ]


def a_map_name(site: Path) -> str:
    path = next(path for path in (site / "sitemaps").iterdir() if "papers/2501.00002/" in path.read_text())
    return path.relative_to(site).as_posix()


def test_the_sitemap_lists_nothing_else(site: Path) -> None:
    change(a_map(site), "</urlset>", f"<url><loc>{BASE_URL}404.html</loc></url></urlset>")
    the_one(found(site), "sitemaps/", "lists 404.html, which is no page for search engines")


def test_without_a_sitemap_a_note_says_so(site: Path) -> None:
    (site / "sitemap.xml").unlink()
    shutil.rmtree(site / "sitemaps")
    (site / "robots.txt").unlink()
    (site / "llms.txt").unlink()
    report = check_site(site, BASE_URL)
    assert (report.errors, [note.what.partition(",")[0] for note in report.notes]) == (
        [],
        ["there is no sitemap.xml"],
    )


def test_a_page_that_is_too_heavy_is_found(site: Path) -> None:
    noise = random.Random(1).randbytes(20_000).hex()
    change(site / PAPER, "</main>", f"<p>{noise}</p></main>")
    change(site / DAY, "</main>", f"<p>{noise}{noise}</p></main>")
    findings = found(site)
    assert [each.partition(":")[0] for each in findings] == [DAY, PAPER]
    authors = "".join(f"<meta name=citation_author content=A{number}>" for number in range(251))
    change(site / PAPER, "<title>", f"{authors}<title>")
    report = check_site(site, BASE_URL)
    assert [each.path for each in report.errors] == [DAY]
    assert [each.path for each in report.notes] == [PAPER], "a crowd weighs what it weighs"


def test_a_day_of_more_papers_may_be_heavier(site: Path) -> None:
    limits = Limits(day=10)
    assert len(found(site, limits=limits)) == 6
    assert found(site, limits=Limits(day=10, day_papers=2)) == []


def test_a_site_that_its_host_would_refuse_is_found(site: Path) -> None:
    the_one(found(site, limits=Limits(site=1024)), "the site: is larger than")
    largest = max(path.stat().st_size for path in site.rglob("*") if path.is_file())
    the_one(found(site, limits=Limits(file=largest - 1)), "of one file")


def test_a_site_for_another_address_is_found_at_once(site: Path) -> None:
    report = check_site(site, "https://example.org/other/")
    assert [each.what.partition(";")[0] for each in report.errors] == [
        "was built for https://example.org/base/, not for https://example.org/other/"
    ]


def test_a_link_that_forgets_the_base_path_is_found(site: Path) -> None:
    change(site / PAPER, 'href="/base/about/"', 'href="/about/"')
    the_one(found(site), f"{PAPER}:", "/about/ leaves the base path")


def test_a_page_that_leads_on_needs_no_heading_but_a_place_to_lead_to(site: Path) -> None:
    moved = site / "old/index.html"
    moved.parent.mkdir()
    head = "<title>Moved</title><meta name=robots content=noindex>"
    head += '<meta http-equiv="refresh" content="0; url='
    moved.write_text(f'{head}/base/about/"><link rel="canonical" href="{BASE_URL}about/">')
    assert found(site) == []
    moved.write_text(f'{head}/base/none/">')
    the_one(found(site), "old/index.html:1", "there is no none/index.html")


def test_what_a_paper_says_of_this_host_is_no_error(site: Path) -> None:
    change(site / PAPER, "</main>", f'<a href="{BASE_URL}no/such/page">Project</a></main>')
    report = check_site(site, BASE_URL)
    assert report.errors == []
    assert [note.path for note in report.notes] == [PAPER]


def test_where_there_is_no_site_an_error_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="papers build"):
        check_site(tmp_path / "none", BASE_URL)
    with pytest.raises(SettingsError, match="papers build"):
        check_site(tmp_path, BASE_URL)


def test_what_is_wrong_everywhere_is_said_once() -> None:
    report = Report(errors=[Finding("is blue", f"{number}.html", 4) for number in range(9)])
    assert list(lines(report))[:4] == [
        "0.html:4: is blue",
        "1.html:4: is blue",
        "2.html:4: is blue",
        "  … and the same in 6 more places; --all names them",
    ]
    assert len([line for line in lines(report, whole=True) if "is blue" in line]) == 9
