"""What readers see of time and likeness: trending, top, trends, the upvote curve, related papers, topics."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from generator import pipeline
from generator.config import load_config
from generator.model.contents import Changes
from generator.model.paper import Figures, Observation
from generator.pages.curve import upvote_curve
from generator.store.content import ContentStore
from tests.support.invented import archive_of, paper, write_content

FIRST = date(2025, 1, 27)
NOW = "2025-09-01T12:00:00Z"


class Scene:
    """An archive of some days, and its site as a reader sees it."""

    def __init__(self, folder: Path, changes: Changes) -> None:
        self.folder = folder
        write_content(folder / "content", changes)
        self.make()

    def add(self, *seen: Observation) -> None:
        store = ContentStore(self.folder / "content")
        store.write(store.read_all(), Changes(observations=seen))

    def make(self) -> dict[str, str]:
        config = load_config(self.folder / "content", self.folder / "site")
        return dict(pipeline.make_site(config, now=NOW).made)

    def page(self, address: str) -> Any:
        return html.fromstring((self.folder / "site" / address / "index.html").read_text(encoding="utf-8"))


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path, archive_of(days=150, per_day=2))


def observation(day: str, number: int, upvotes: int) -> Observation:
    return Observation(f"{day}T08:00:00Z", f"2501.{number:05d}", Figures(upvotes, 0, None))


def texts(page: Any, path: str) -> list[str]:
    return [" ".join(" ".join(each.itertext()).split()) for each in page.xpath(path)]


def test_the_hottest_paper_leads_the_trending_page_and_climbers_follow(scene: Scene) -> None:
    scene.add(observation("2025-06-26", 299, 90), observation("2025-06-26", 1, 30))
    scene.make()
    page = scene.page("papers/trending")
    assert "part 299" in texts(page, "//*[@class='headline']")[0]
    climbed = texts(page, "//section[1]//li")
    assert re.search(r"part 299 \+41 since 25 Jun 2025 , now 90$", climbed[0])
    assert re.search(r"part 1 \+29 since 27 Jan 2025 , now 30$", climbed[1])
    assert len(texts(page, "//section")) == 4


def test_the_most_upvoted_of_all_time_are_linked_from_trending_and_link_to_the_years(scene: Scene) -> None:
    assert "/papers/top/" in [a.get("href") for a in scene.page("papers/trending").xpath("//a")]
    page = scene.page("papers/top")
    assert "part 49" in texts(page, "//*[@class='headline']")[0]
    assert "/papers/year/2025/" in [a.get("href") for a in page.xpath("//*[contains(@class, 'masthead')]//a")]


def test_a_vote_for_an_old_paper_does_not_touch_the_top_of_all_time(scene: Scene) -> None:
    scene.add(observation("2025-06-26", 1, 2))
    made = scene.make()
    assert "papers/trending/index.html" in made
    assert "papers/top/index.html" not in made


def test_an_upvote_curve_needs_three_observations_and_says_what_it_shows(scene: Scene) -> None:
    scene.add(observation("2025-01-28", 1, 5))
    scene.make()
    assert texts(scene.page("papers/2501.00001"), "//*[local-name()='svg']") == []
    scene.add(observation("2025-01-30", 1, 9))
    scene.make()
    page = scene.page("papers/2501.00001")
    (svg,) = page.xpath(".//*[local-name()='svg' and @role='img']")
    assert svg.get("aria-label") == "Upvotes over time: From 1 on 27 January 2025 to 9 on 30 January 2025."
    assert svg.find(".//{*}polyline").get("points").startswith("0,90 ")


def test_the_curve_keeps_time_to_scale() -> None:
    told = [("2025-01-27T09:30:00Z", 0), ("2025-01-28T09:30:00Z", 5), ("2025-01-31T09:30:00Z", 10)]
    chart = upvote_curve(told)
    assert chart and chart.line == "0,100 25,50 100,0"
    days = [(observed[:10], upvotes) for observed, upvotes in told]
    assert upvote_curve(days[:2]) is None
    again = upvote_curve(days)
    assert again and again.line == chart.line


def test_a_paper_leads_to_papers_like_it(scene: Scene) -> None:
    links = scene.page("papers/2501.00200").xpath("(//main/section)[last()]//a")
    assert 0 < len(links) <= 8
    assert all(re.fullmatch(r"/papers/2501\.\d{5}/", link.get("href")) for link in links)


def test_every_picture_of_the_trends_has_a_name_a_description_and_its_figures(scene: Scene) -> None:
    page = scene.page("trends")
    titles = texts(page, "//figure//h2")
    assert titles == ["Papers per month", "Topics", "Organizations", "Upvotes"]
    for figure in page.xpath("//figure"):
        assert texts(figure, ".//figcaption/p")[0]
        assert texts(figure, ".//details//tbody/tr")
        for svg in figure.xpath(".//*[local-name()='svg' and @role='img']"):
            names = svg.get("aria-labelledby")
            assert svg.get("aria-label") or all(
                page.get_element_by_id(name).text_content() for name in names.split()
            )
    ids = [each.get("id") for each in page.xpath("//*[@id]")]
    assert len(ids) == len(set(ids))


def test_the_share_with_code_begins_where_code_is_first_known(tmp_path: Path) -> None:
    papers = [paper(n, FIRST + timedelta(days=20 * n)) for n in range(1, 13)]
    papers[6:] = [replace(each, github="https://github.com/a/b") for each in papers[6:]]
    page = Scene(tmp_path, Changes(tuple(papers))).page("trends")
    (figure,) = (each for each in page.xpath("//figure") if "code" in each.xpath(".//h2")[0].text_content())
    assert "Before June 2025 no repository is known." in texts(figure, ".//figcaption/p")[0]
    assert texts(figure, ".//tbody/tr")[0] == "June 2025 100 % 1"


def test_the_figures_of_papers_per_month_are_right(scene: Scene) -> None:
    assert texts(scene.page("trends").xpath("//figure")[0], ".//tbody/tr") == [
        "January 2025 10", "February 2025 56", "March 2025 62",
        "April 2025 60", "May 2025 62", "June 2025 50",
    ]  # fmt: skip


def test_a_topic_shows_its_own_curve_its_organizations_and_its_authors(scene: Scene) -> None:
    page = scene.page("topics/gardens")
    assert texts(page, "//figure//h2") == ["Papers per month"]
    papers = texts(page, "//*[@class='state'][2]")[0].split()[0]
    assert {f"Acme Gardens {papers} papers", f"Ada Lovelace {papers} papers"} <= {
        *texts(page, "//section//li")
    }


def test_a_month_leads_to_the_pages_of_its_topics(scene: Scene) -> None:
    links = [a.get("href") for a in scene.page("papers/month/2025-03").xpath("//section//a")]
    assert "/topics/gardens/2025-03/" in links


def test_no_page_has_an_inline_style_or_script(scene: Scene) -> None:
    for address in ("trends", "papers/trending", "papers/2501.00001", "topics/gardens"):
        page = scene.page(address)
        assert page.xpath("//*[@style] | //style") == []
        scripts = page.xpath("//script[not(@type='application/ld+json')]")
        assert [each.text for each in scripts if each.text] == []


def test_an_empty_archive_has_these_pages_too(tmp_path: Path) -> None:
    scene = Scene(tmp_path, Changes())
    for address in ("trends", "papers/trending", "papers/top"):
        assert (
            "There are no papers yet"
            in scene.page(address).xpath("//*[contains(@class, 'masthead')]")[0].text_content()
        )
