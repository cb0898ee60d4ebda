"""The feed's page saved as HTML: where its list stands, and on which day each entry does."""

from __future__ import annotations

import json
from datetime import date
from html import escape
from typing import Any

import pytest

from generator.errors import NotAPage
from generator.feed.saved import parse_saved
from generator.feed.saved_page import SavedPage

from .invented import DAY, entry, full


def html(props: object, *, quote: str = '"') -> bytes:
    """A page as the feed's server sends it, around `props`."""
    text = escape(json.dumps(props, ensure_ascii=False), quote=True)
    hydrater = '<div class="SVELTE_HYDRATER contents" data-target='
    return (
        '<!doctype html>\n<html class=""><head><title>Daily Papers - Somewhere</title>'
        '<script>window.x = "<div data-props=1>";</script></head><body>'
        f'{hydrater}"MainHeader" data-props="{{&quot;isWide&quot;:true}}"></div>'
        f'<main>{hydrater}"DailyPapers" data-props={quote}{text}{quote}>'
        "<section>What a browser shows.</section></div></main></body></html>"
    ).encode()


def saved(props: object, path: str = "page.html", **how: str) -> SavedPage:
    return parse_saved(html(props, **how), path)


def days(page: SavedPage) -> dict[str, list[str]]:
    return {str(each.day): [one.paper.id for one in each.entries] for each in page.days}


def at(number: int, day: str) -> dict[str, Any]:
    return entry(f"2511.{number:05d}", submittedOnDailyAt=f"{day}T02:10:00.000Z")


def test_the_list_and_the_day_stand_in_the_page_s_own_data() -> None:
    raw = {"periodType": "day", "dateString": "2025-11-07", "dailyPapers": [entry(), entry("2511.00002")]}
    page = saved(raw)
    assert days(page) == {"2025-11-07": ["2511.00001", "2511.00002"]}
    assert (page.day, page.observed, page.problems, page.notes) == (DAY, "2025-11-07", (), ())


def test_all_that_the_feed_s_answer_has_is_read_from_the_page_too() -> None:
    raw = full(1)
    raw["paper"]["title"] = raw["title"] = 'Quotes "here", <b>tags</b> & it\'s &quot;double&quot; – Ж'
    page = saved({"dateString": "2025-11-07", "dailyPapers": [raw]})
    plain = parse_saved(json.dumps([raw]).encode(), "2025-11-07.json")
    assert page.days == plain.days


@pytest.mark.parametrize(
    "props",
    [
        {"dailyPapers": [entry()], "date": "2025-11-07"},
        {"dailyPapers": [entry()], "date": "2025-11-07T00:00:00.000Z"},
        {"page": {"list": {"papers": [entry()]}}, "dateString": "2025-11-07"},
        {"data": [{"x": [[1], "y"]}, {"day": "2025-11-07", "items": [None, entry()]}]},
        {"dateString": "2025-11-07", "other": [entry("9"), entry("8")], "dailyPapers": [entry()]},
    ],
)
def test_the_list_is_found_wherever_it_lies(props: object) -> None:
    assert days(saved(props)) == {"2025-11-07": ["2511.00001"]}


def test_single_quotes_around_the_data_are_read() -> None:
    assert days(saved({"dateString": "2025-11-07", "dailyPapers": [entry()]}, quote="'")) == {
        "2025-11-07": ["2511.00001"]
    }


def test_an_entry_that_tells_its_own_day_stands_on_it() -> None:
    props = {
        "dateString": "2025-11-07",
        "dailyPapers": [at(1, "2025-11-07"), at(2, "2025-10-30"), entry("2511.00003")],
    }
    assert days(saved(props)) == {
        "2025-10-30": ["2511.00002"],
        "2025-11-07": ["2511.00001", "2511.00003"],
    }


@pytest.mark.parametrize(
    ("period", "said"), [("week", "2025-W45"), ("month", "2025-11"), ("week", "2025-11-03")]
)
def test_a_page_of_a_week_or_a_month_lists_several_days(period: str, said: str) -> None:
    props = {
        "periodType": period,
        "dateString": said,
        "dailyPapers": [at(1, "2025-11-05"), at(2, "2025-11-04"), entry("2511.00003")],
    }
    page = saved(props)
    assert days(page) == {"2025-11-04": ["2511.00002"], "2025-11-05": ["2511.00001"]}
    assert [each.paper.id for each in page.unlisted] == ["2511.00003"]
    assert page.observed == "2025-11-05"


def test_the_file_s_name_tells_the_day_where_nothing_else_does() -> None:
    assert days(saved({"dailyPapers": [entry()]}, "2025-11-06.html")) == {"2025-11-06": ["2511.00001"]}
    moment = saved({"dailyPapers": [entry()]}, "2025-11-06.at-2025-11-09T100000Z.html").observed
    assert moment == "2025-11-09T10:00:00Z"


def test_without_any_day_a_paper_is_kept_as_unlisted() -> None:
    page = saved({"dailyPapers": [entry(publishedAt="2025-11-05T10:00:00Z"), entry("../x")]})
    assert [each.paper.published for each in page.unlisted] == [date(2025, 11, 5)]
    assert (page.days, page.observed) == ((), "")
    assert [problem.where for problem in page.problems] == ["page.html, entry 2 without a day"]


def test_a_day_without_papers_is_a_page() -> None:
    page = saved({"dateString": "2025-11-08", "dailyPapers": []})
    assert (page.listed, page.day) == (0, date(2025, 11, 8))


def test_a_bad_entry_is_named_and_the_good_ones_are_kept() -> None:
    page = saved(
        {"dateString": "2025-11-07", "dailyPapers": [entry(), entry("../x"), 5, entry("2511.00002")]}
    )
    assert days(page) == {"2025-11-07": ["2511.00001", "2511.00002"]}
    assert [problem.where for problem in page.problems] == ["2025-11-07, entry 2", "2025-11-07, entry 3"]


@pytest.mark.parametrize(
    "text",
    [
        "<html><head><title>Log in</title></head></html>",
        "<html><title>Log in</title><div data-props='{'></div>",
        "<html><title>Log in</title><div data-props='[]'></div>",
        '<title>Log in</title><div data-props="' + "[" * 100_000 + '">',
        '<title>Log in</title><div data-props="{&quot;papers&quot;:[{&quot;paper&quot;:5}]}">',
        "<title>Log in</title>" + "<![x[" * 1000 + "<!--" * 1000,
    ],
)
def test_a_web_page_without_the_list_is_refused_by_name(text: str) -> None:
    with pytest.raises(NotAPage) as refused:
        parse_saved(text.encode(), "kept/page.html")
    assert str(refused.value).startswith('kept/page.html: a web page titled "Log in", but the feed\'s list')
