"""`papers enrich` against an arXiv on loopback, through the command line as a person would."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.feed import patience
from generator.model.contents import Changes, Contents
from generator.model.markup import escape
from generator.model.paper import Paper
from generator.store.content import ContentStore
from tests.feed.arxiv_answers import Arxiv, entry, listing
from tests.feed.loopback import Loopback, nobody, say
from tests.support.built import broken_links
from tests.support.invented import write_content
from tests.support.replay import replay

NOW = "2025-11-20T08:00:00Z"
DAY = date(2025, 11, 7)
LAST = 120


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for three seconds here; that they are kept is shown elsewhere."""
    monkeypatch.setattr(patience.Pacer, "wait", lambda self: None)


def stored(number: int, **changes: object) -> Paper:
    fields: dict[str, object] = {
        "id": f"2511.{number:05d}",
        "title": f"Wheels in mathcal{{O}}(n^{number}), turned",
        "authors": ("Ida Rode",),
        "published": date(2025, 11, 6),
        "days": (DAY,),
        "abstract": escape(
            f"We turn wheel {number} in O(n) steps\nfor \\$5, \\emph{{twice}}.\n\nThen a < b & c."
        ),
        **changes,
    }
    return Paper(**fields)  # type: ignore[arg-type]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_content(tmp_path / "content", Changes(tuple(stored(number) for number in range(1, LAST + 1))))
    return tmp_path


@pytest.fixture
def arxiv() -> Iterator[Arxiv]:
    with Arxiv(papers={f"2511.{number:05d}": entry(number) for number in range(1, LAST + 1)}) as server:
        yield server


def papers(folder: Path, *words: str) -> Result:
    where = ["--content", str(folder / "content"), "--site", str(folder / "site")]
    return CliRunner().invoke(main, [words[0], *where, *words[1:]], catch_exceptions=False)


def enrich(folder: Path, url: str, *words: str) -> Result:
    return papers(folder, "enrich", "--arxiv-url", url, "--now", NOW, *words)


def held(folder: Path) -> Contents:
    return ContentStore(folder / "content").read_all()


def files(folder: Path) -> Mapping[str, bytes]:
    content = folder / "content"
    return {
        str(path.relative_to(content)): path.read_bytes() for path in content.rglob("*") if path.is_file()
    }


def test_stored_papers_get_categories_and_their_tex(folder: Path, arxiv: Arxiv) -> None:
    result = enrich(folder, arxiv.url)
    assert result.exit_code == 0
    assert [len(ids) for ids in arxiv.asked_ids] == [100, 20]
    paper = held(folder).papers["2511.00007"]
    assert (paper.categories, paper.title) == (("cs.LG", "cs.CL"), "Wheels in $\\mathcal{O}(n^7)$, turned")
    assert paper.abstract.startswith("We turn wheel 7 in \\$O(n)\\$ steps\nfor ")
    assert result.output.splitlines()[-1] == (
        "arXiv was asked for 120 papers and answered for 120; 120 know more now: "
        "abstract of 120, categories of 120, title of 120."
    )


def test_the_page_shows_its_formulas(folder: Path, arxiv: Arxiv) -> None:
    enrich(folder, arxiv.url)
    assert papers(folder, "build").exit_code == 0
    page = (folder / "site/papers/2511.00007/index.html").read_text(encoding="utf-8")
    abstract = page.partition("<h2 class=section>Abstract</h2>")[2].partition("</p>")[0]
    assert "<h1" in page and "<math" in page.partition("<h1")[2].partition("</h1>")[0]
    assert "<math" in abstract
    assert "$O(n)$" not in re.sub(r"<annotation.*?</annotation>", "", abstract)


def test_a_second_run_asks_for_nothing_and_writes_nothing(folder: Path, arxiv: Arxiv) -> None:
    enrich(folder, arxiv.url)
    before, asked = files(folder), len(arxiv.requests)
    result = enrich(folder, arxiv.url)
    assert (files(folder), len(arxiv.requests)) == (before, asked)
    assert result.output == "No paper lacks what arXiv could add.\n"


def test_a_snapshot_after_it_undoes_nothing(folder: Path, arxiv: Arxiv) -> None:
    enrich(folder, arxiv.url)
    before = {name: data for name, data in files(folder).items() if name.startswith("papers")}
    paper = {
        "id": "2511.00007",
        "title": "Wheels in mathcal{O}(n^7),\n  turned",
        "summary": "We turn wheel 7 in O(n) steps\nfor \\$5, \\emph{twice}.\n  Then a < b & c.",
        "publishedAt": "2025-11-06T17:59:07.000Z",
    }
    with replay({"2025-11-07": [{"paper": paper}]}) as feed:
        result = papers(folder, "snapshot", "--feed-url", feed.url, "--day", "2025-11-07", "--now", NOW)
    assert result.exit_code == 0
    assert {name: data for name, data in files(folder).items() if name.startswith("papers")} == before
    assert "says something else" not in result.output


def test_a_run_that_is_cut_off_goes_on_where_it_stopped(folder: Path, arxiv: Arxiv) -> None:
    down = say(404, b"")

    def choose(request: object) -> object:
        return arxiv._choose_answer(request) if len(flaky.requests) == 1 else down  # type: ignore[arg-type]

    with Loopback(choose=choose) as flaky:  # type: ignore[arg-type]
        result = enrich(folder, f"{flaky.origin}/api/query")
    assert result.exit_code == 1
    assert "failed: " in result.output
    assert result.output.splitlines()[-1] == "20 papers got no answer. To go on: papers enrich"
    assert sum(bool(paper.categories) for paper in held(folder).papers.values()) == 100
    assert enrich(folder, arxiv.url).exit_code == 0
    assert [len(ids) for ids in arxiv.asked_ids] == [20]
    assert all(paper.categories for paper in held(folder).papers.values())


def test_what_arxiv_does_not_know_is_noted_and_not_asked_for_again(folder: Path, arxiv: Arxiv) -> None:
    del arxiv.papers["2511.00003"]
    result = enrich(folder, arxiv.url)
    assert "It does not know 2511.00003; they will not be asked for again." in result.output
    assert files(folder)["unknown.csv"] == b"id,asked\n2511.00003,2025-11-20\n"
    asked = len(arxiv.requests)
    assert enrich(folder, arxiv.url).exit_code == 0
    assert len(arxiv.requests) == asked


def test_again_asks_for_it_and_forgets_that_it_was_unknown(folder: Path, arxiv: Arxiv) -> None:
    known = arxiv.papers.pop("2511.00003")
    enrich(folder, arxiv.url)
    arxiv.papers["2511.00003"] = known
    enrich(folder, arxiv.url, "--again")
    assert held(folder).papers["2511.00003"].categories == ("cs.LG", "cs.CL")
    assert files(folder)["unknown.csv"] == b"id,asked\n"


def test_an_id_that_arxiv_takes_for_none_costs_only_itself(tmp_path: Path, arxiv: Arxiv) -> None:
    odd = stored(1, id="2513.00001")
    write_content(tmp_path / "content", Changes((odd, *(stored(number) for number in range(1, 20)))))
    assert enrich(tmp_path, arxiv.url).exit_code == 0
    assert files(tmp_path)["unknown.csv"] == b"id,asked\n2513.00001,2025-11-20\n"
    assert sum(bool(paper.categories) for paper in held(tmp_path).papers.values()) == 19


def test_that_it_knows_none_of_many_is_not_believed(folder: Path) -> None:
    with Loopback(listing([])) as server:
        result = enrich(folder, f"{server.origin}/api/query")
    assert result.exit_code == 1
    assert "which is not believed" in result.output
    assert "unknown.csv" not in files(folder)


def test_nobody_at_home_changes_nothing(folder: Path) -> None:
    before = files(folder)
    result = enrich(folder, nobody(), "--limit", "1")
    assert (result.exit_code, files(folder)) == (1, before)
    assert "no connection" in result.output


def test_a_dry_run_says_what_it_would_take_and_asks_nothing(folder: Path, arxiv: Arxiv) -> None:
    before = files(folder)
    result = enrich(folder, arxiv.url, "--dry-run")
    assert (result.exit_code, files(folder), arxiv.requests) == (0, before, [])
    assert result.output == (
        "120 papers lack what arXiv could add: 2 requests, less than a minute. Nothing was asked.\n"
    )


def test_a_limit_and_days_are_kept(folder: Path, arxiv: Arxiv) -> None:
    assert (
        enrich(folder, arxiv.url, "--since", "2025-11-08").output == "No paper lacks what arXiv could add.\n"
    )
    enrich(folder, arxiv.url, "--until", "2025-11-07", "--limit", "3")
    assert arxiv.asked_ids == [["2511.00001", "2511.00002", "2511.00003"]]


def test_what_a_hand_wrote_is_left_alone_and_named(folder: Path, arxiv: Arxiv) -> None:
    path = folder / "content/papers/2025/11/07/2511.00005.md"
    path.write_text(
        path.read_text(encoding="utf-8").replace("We turn wheel", "We gladly turn wheel"), "utf-8"
    )
    result = enrich(folder, arxiv.url)
    assert "  2511.00005: its abstract has other words at arXiv" in result.output.splitlines()
    assert "We gladly turn wheel 5 in O(n) steps" in path.read_text(encoding="utf-8")


def test_a_bad_line_in_the_log_is_named(folder: Path, arxiv: Arxiv) -> None:
    (folder / "content/unknown.csv").write_text("id,asked\n2511.00001,soon\n")
    result = enrich(folder, arxiv.url)
    assert result.exit_code == 1
    assert "unknown.csv:2: 'soon' is no day such as 2025-11-07; the columns are id,asked." in result.output


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tmp_path = tmp_path_factory.mktemp("category")
    lines = ["feed:", "  kind: arxiv", "  category: cs.CL"]
    write_content(tmp_path / "content", Changes(), settings=lines)
    listed = {"2025-11-06": [entry(number) for number in range(1, 6)]}
    with Arxiv(listed) as server, pytest.MonkeyPatch.context() as patch:
        patch.setattr(patience.Pacer, "wait", lambda self: None)
        result = papers(
            tmp_path, "site", "--feed-url", server.url, "--since", "2025-11-05",
            "--until", "2025-11-06", "--now", NOW, "--workers", "1",
        )  # fmt: skip
    assert result.exit_code == 0, result.output
    return tmp_path


class TestArchiveOfACategory:
    """An archive whose feed is arXiv: nobody votes."""

    def test_its_days_are_stored_and_built(self, site: Path) -> None:
        assert set(held(site).papers) == {f"2511.{number:05d}" for number in range(1, 6)}
        assert (site / "content/days.csv").read_text() == (
            f"day,listed,status,changed_at\n2025-11-05,0,empty,{NOW}\n2025-11-06,5,complete,{NOW}\n"
        )
        assert (site / "site/papers/date/2025-11-06/index.html").is_file()
        assert not (site / "content/metrics").exists()

    def test_no_paper_links_to_a_discussion(self, site: Path) -> None:
        page = (site / "site/papers/2511.00001/index.html").read_text(encoding="utf-8")
        assert "Discussion" not in page
        assert "huggingface" not in page.lower()
        twin = (site / "site/papers/2511.00001/index.html.md").read_text(encoding="utf-8")
        assert "Discussion" not in twin

    def test_nothing_says_anything_of_votes(self, site: Path) -> None:
        said = {
            path.relative_to(site / "site").as_posix()
            for path in (site / "site").rglob("*.html")
            if re.search("upvote|trending", path.read_text(encoding="utf-8"), re.IGNORECASE)
        }
        assert said == set()
        assert not (site / "site/papers/trending").exists()
        assert not (site / "site/feeds/trending").exists()

    def test_every_link_leads_somewhere(self, site: Path) -> None:
        assert broken_links(site / "site", "/") == []

    def test_about_says_where_its_papers_come_from(self, site: Path) -> None:
        about = (site / "site/about/index.html").read_text(encoding="utf-8")
        assert "what was submitted each day to cs.CL on" in about

    def test_search_and_feeds_hold_its_papers(self, site: Path) -> None:
        assert "2511.00001" in (site / "site/feeds/papers/atom.xml").read_text(encoding="utf-8")
        assert (site / "site/search/index.bin").is_file()
        found = papers(site, "explain", "search/index.bin")
        assert "search index" in found.output

    def test_its_papers_need_not_be_enriched(self, site: Path) -> None:
        assert enrich(site, nobody()).output == "No paper lacks what arXiv could add.\n"
