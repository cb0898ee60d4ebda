"""arXiv's list of a category, asked over loopback. No test waits."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest

from generator.errors import FeedRefused, FeedUnreachable, NotAPage
from generator.feed.arxiv import MAX_PAGES, PAGE_SIZE, ArxivFeed
from generator.feed.arxiv_api import ArxivApi
from generator.feed.arxiv_atom import StumbledError, parse_listing
from generator.feed.client import FeedClient
from generator.feed.entry import DayPage
from generator.feed.kinds import open_feed
from generator.feed.transfer import Transfer
from generator.model.paper import Figures, Paper
from generator.sources import FeedSettings

from . import loopback
from .arxiv_answers import HEAD, Arxiv, entry, error, feed, listing
from .loopback import Loopback, say

DAY = date(2025, 11, 6)
NOW = datetime(2025, 11, 7, 8, 0, tzinfo=UTC)


class Time:
    """A clock that only moves when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1_000.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def pretend() -> Time:
    return Time()


def api(url: str, pretend: Time, **more: Any) -> ArxivApi:
    impatient = partial(Transfer, timeouts=httpx.Timeout(0.5), whole_request=1.0)
    return ArxivApi(
        url, user_agent="tests/1.0", sleep=pretend.sleep, clock=lambda: pretend.now, now=lambda: NOW,
        transport=httpx.HTTPTransport(verify=False), **{"transfer": impatient, **more},
    )  # fmt: skip


def fetch(server: Loopback, pretend: Time, *categories: str, **more: Any) -> DayPage:
    with api(f"{server.origin}/api/query", pretend, **more) as asked:
        return ArxivFeed(asked, categories or ("cs.CL",)).fetch_day(DAY)


def only(raw: str, pretend: Time) -> Paper:
    with Loopback(listing([raw])) as server:
        page = fetch(server, pretend)
    assert (page.problems, page.notes, len(page.entries)) == ((), (), 1)
    assert page.entries[0].figures == Figures()
    return page.entries[0].paper


class TestAsking:
    def test_a_day_of_a_category_is_asked_for_by_submission_oldest_first(self, pretend: Time) -> None:
        with Arxiv({"2025-11-06": [entry(1)]}) as server:
            assert [each.paper.id for each in fetch(server, pretend).entries] == ["2511.00001"]
        assert [each.query for each in server.requests] == [
            {
                "search_query": "(cat:cs.CL) AND submittedDate:[202511060000 TO 202511062359]",
                "start": "0",
                "max_results": "200",
                "sortBy": "submittedDate",
                "sortOrder": "ascending",
            }
        ]

    def test_several_categories_are_one_question(self, pretend: Time) -> None:
        with Arxiv() as server:
            fetch(server, pretend, "cs.CL", "hep-th")
        assert server.requests[0].query["search_query"].startswith("(cat:cs.CL OR cat:hep-th) AND ")

    def test_it_gives_its_name(self, pretend: Time) -> None:
        with Arxiv() as server:
            fetch(server, pretend)
        assert server.requests[0].headers["User-Agent"] == "tests/1.0"

    def test_a_day_without_submissions_is_empty_and_whole(self, pretend: Time) -> None:
        with Arxiv() as server:
            page = fetch(server, pretend)
        assert page == DayPage(DAY)

    def test_requests_are_three_seconds_apart_whatever_pace_the_settings_allow(self, pretend: Time) -> None:
        with Arxiv() as server, api(server.url, pretend, pace=450) as asked:
            for _ in range(4):
                ArxivFeed(asked, ("cs.CL",)).fetch_day(DAY)
        assert pretend.slept == [3.0, 3.0, 3.0]

    def test_a_slower_pace_is_kept(self, pretend: Time) -> None:
        with Arxiv() as server, api(server.url, pretend, pace=50) as asked:
            ArxivFeed(asked, ("cs.CL",)).fetch_day(DAY)
            ArxivFeed(asked, ("cs.CL",)).fetch_day(DAY)
        assert pretend.slept == [6.0]

    def test_one_connection_serves_all(self, pretend: Time) -> None:
        ports = set()

        def answer(handler: Any, over: Any) -> None:
            ports.add(handler.client_address)
            listing([])(handler, over)

        with Loopback(answer) as server, api(server.url, pretend) as asked:
            for _ in range(4):
                ArxivFeed(asked, ("cs.CL",)).fetch_day(DAY)
        assert (len(server.requests), len(ports)) == (4, 1)


class TestPages:
    def test_a_busy_day_is_read_to_its_end(self, pretend: Time) -> None:
        with Arxiv({"2025-11-06": [entry(number) for number in range(1, 451)]}) as server:
            page = fetch(server, pretend)
        assert (len(page.entries), page.whole, page.problems) == (450, True, ())
        assert [each.query["start"] for each in server.requests] == ["0", "200", "400"]

    def test_a_full_page_that_is_all_is_not_asked_on(self, pretend: Time) -> None:
        with Arxiv({"2025-11-06": [entry(number) for number in range(1, PAGE_SIZE + 1)]}) as server:
            assert len(fetch(server, pretend).entries) == PAGE_SIZE
        assert len(server.requests) == 1

    def test_a_total_that_is_too_low_does_not_hide_what_follows_a_full_page(self, pretend: Time) -> None:
        first = [entry(number) for number in range(1, PAGE_SIZE + 1)]
        with Loopback(listing(first, 3), listing([entry(900)], 3)) as server:
            page = fetch(server, pretend)
        assert (len(page.entries), page.whole, len(server.requests)) == (PAGE_SIZE + 1, True, 2)

    @pytest.mark.parametrize("total", ["", "many", "-1", "9" * 30])
    def test_a_total_that_means_nothing_is_none(self, total: str, pretend: Time) -> None:
        with Loopback(listing([entry(1)], total)) as server:
            page = fetch(server, pretend)
        assert (len(page.entries), page.whole, len(server.requests)) == (1, True, 1)

    def test_a_total_that_is_too_high_is_believed_for_some_attempts_and_then_said(
        self, pretend: Time
    ) -> None:
        with Loopback(listing([entry(1)], 7), listing([], 7)) as server:
            page = fetch(server, pretend)
        assert ([each.paper.id for each in page.entries], page.whole) == (["2511.00001"], False)
        assert len(server.requests) == 1 + 6
        assert "says that it has 7 papers, and lists none of them" in str(page.problems[0])

    def test_an_empty_answer_to_a_query_that_has_some_is_asked_again(self, pretend: Time) -> None:
        with Loopback(listing([], 1), listing([entry(1)])) as server:
            page = fetch(server, pretend)
        assert (len(page.entries), page.whole, len(server.requests)) == (1, True, 2)

    def test_a_server_that_ignores_the_start_is_found_out(self, pretend: Time) -> None:
        with Loopback(listing([entry(1), entry(2)], 9)) as server:
            page = fetch(server, pretend)
        assert (len(page.entries), page.whole, len(server.requests)) == (2, False, 2)
        assert str(page.problems[0]).startswith("2025-11-06, page 2: it repeats the page before")

    def test_a_day_without_an_end_is_ended(self, pretend: Time) -> None:
        def choose(request: loopback.Request) -> loopback.Answer:
            return listing([entry(int(request.query["start"]) + 1)], 999_999)

        with Loopback(choose=choose) as server:
            page = fetch(server, pretend)
        assert (len(page.entries), page.whole, len(server.requests)) == (MAX_PAGES, False, MAX_PAGES)

    def test_a_paper_that_slipped_to_the_next_page_is_one_paper(self, pretend: Time) -> None:
        with Loopback(listing([entry(1), entry(2)], 4), listing([entry(2), entry(3)], 4)) as server:
            page = fetch(server, pretend)
        assert [each.paper.id for each in page.entries] == ["2511.00001", "2511.00002", "2511.00003"]


class TestEntries:
    def test_an_entry_becomes_a_paper(self, pretend: Time) -> None:
        raw = entry(7, doi="10.1000/wheels.7", journal_ref="J. Wheels 3\n  (2025) 5")
        assert only(raw, pretend) == Paper(
            id="2511.00007",
            title="Wheels in $\\mathcal{O}(n^7)$, turned",
            authors=("Ida Rode", "Ómar Quist"),
            published=DAY,
            days=(DAY,),
            categories=("cs.LG", "cs.CL"),
            doi="10.1000/wheels.7",
            journal_ref="J. Wheels 3 (2025) 5",
            abstract="We turn wheel 7 in \\$O(n)\\$ steps\nfor \\\\\\$5, \\\\emph{twice}."
            "\n\nThen a \\< b & c.",
        )

    def test_an_old_id_names_a_file(self, pretend: Time) -> None:
        assert only(entry(id="hep-th/9901001"), pretend).id == "hep-th-9901001"

    def test_hundreds_of_authors_stay_in_their_order(self, pretend: Time) -> None:
        names = [f"Rider {number}" for number in range(600)]
        assert only(entry(authors=names), pretend).authors == tuple(names)

    @pytest.mark.parametrize(
        ("given", "read"),
        [
            (["cs.CL", "cs.CL", "math.AP"], ("cs.LG", "cs.CL", "math.AP")),
            (["68T50; 05C10", "I.2.7", "cond-mat.mtrl-sci"], ("cs.LG", "cond-mat.mtrl-sci")),
            (["../etc", "cs.CL onclick"], ("cs.LG",)),
        ],
    )
    def test_only_categories_of_arxiv_count_the_primary_one_first(
        self, given: list[str], read: tuple[str, ...], pretend: Time
    ) -> None:
        assert only(entry(categories=given), pretend).categories == read

    @pytest.mark.parametrize(
        ("given", "read"),
        [
            ("10.1000/a 10.1000/b", "10.1000/a"),
            ("https://doi.org/10.1000/a", "10.1000/a"),
            ("doi:10.1000/(SICI)1:2<3", None),
            ("javascript:alert(1)", None),
        ],
    )
    def test_a_doi_is_one_or_none(self, given: str, read: str | None, pretend: Time) -> None:
        with Loopback(listing([entry(doi=given)])) as server:
            page = fetch(server, pretend)
        assert page.entries[0].paper.doi == read
        assert len(page.notes) == (read is None)

    def test_markup_in_a_title_is_text(self, pretend: Time) -> None:
        assert only(entry(title="<script>alert(1)</script> &amp; &lt;"), pretend).title == (
            "<script>alert(1)</script> &amp; &lt;"
        )

    @pytest.mark.parametrize(
        ("raw", "reason"),
        [
            (entry(id="../../etc/passwd"), "cannot name a paper"),
            (
                entry().replace("http://arxiv.org/abs/", "http://evil.example/abs/"),
                "is not the address of a paper",
            ),
            (entry(title=" \n "), "its title is empty"),
            (entry(title=None), "it has no title"),
            (
                entry(published="2025-11-05T23:59:59Z"),
                "it was submitted on 2025-11-05, which was not asked for",
            ),
        ],
    )
    def test_an_entry_that_cannot_stand_is_refused_and_the_next_is_kept(
        self, raw: str, reason: str, pretend: Time
    ) -> None:
        with Loopback(listing([raw, entry(2)])) as server:
            page = fetch(server, pretend)
        assert [each.paper.id for each in page.entries] == ["2511.00002"]
        assert (len(page.problems), page.whole) == (1, True)
        assert reason in str(page.problems[0])


BOMB = "<!DOCTYPE feed [" + "".join(
    f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' if n else '<!ENTITY l1 "ha">' for n in range(12)
) + "]>"  # fmt: skip


class TestHostileAnswers:
    @pytest.mark.parametrize(
        ("answer", "said"),
        [
            (say(body=b"<!doctype html><title>Down for repairs</title>"), 'HTML) titled "Down for repairs"'),
            (say(body=b"<HTML><body>no"), "a web page (HTML)"),
            (say(body=BOMB.encode() + b"<feed>&l12;</feed>"), "document type"),
            (say(body=(HEAD.replace("<feed", BOMB + "<feed") + "&l12;</feed>").encode()), "document type"),
            (
                say(body=b'<?xml version="1.0"?><!DOCTYPE feed SYSTEM "file:///etc/passwd"><feed/>'),
                "document type",
            ),
            (say(body=b"<feed>" + b"<a>" * 500_000), "nested too deeply"),
            (say(body=b"<rss version='2.0'><channel></channel></rss>"), "XML, but not arXiv's list"),
            (say(body=b"/etc/passwd"), "neither Atom nor HTML"),
            (say(body=b"\xff\xfe<\x00f\x00"), "not UTF-8"),
            (say(body=b'{"error": "no"}'), "neither Atom nor HTML"),
        ],
    )
    def test_what_is_no_list_is_named_at_once(
        self, answer: loopback.Answer, said: str, pretend: Time
    ) -> None:
        started = time.monotonic()
        with Loopback(answer) as server, pytest.raises(NotAPage) as refusal:
            fetch(server, pretend)
        assert said in str(refusal.value)
        assert (len(server.requests), pretend.slept) == (1, [])
        assert time.monotonic() - started < 5

    @pytest.mark.parametrize("body", [b"", b" \n", b"Rate exceeded.", feed([])[:-12]])
    def test_what_may_pass_is_asked_again(self, body: bytes, pretend: Time) -> None:
        with Loopback(say(body=body), listing([entry(1)])) as server:
            assert len(fetch(server, pretend).entries) == 1
        assert len(server.requests) == 2

    def test_of_an_answer_that_breaks_off_what_is_whole_is_kept(self, pretend: Time) -> None:
        with Loopback(say(body=feed([entry(1), entry(2), entry(3)])[:-60])) as server:
            page = fetch(server, pretend)
        assert [each.paper.id for each in page.entries] == ["2511.00001", "2511.00002"]
        assert (page.whole, len(server.requests)) == (False, 6)
        assert str(page.problems[0]) == "2025-11-06: the answer breaks off after entry 2"

    @pytest.mark.parametrize("bad", ["&nosuch;", "\x01", "<unclosed>", "&#0;"])
    def test_an_entry_that_is_ill_formed_costs_itself_alone(self, bad: str, pretend: Time) -> None:
        broken = entry(2).replace("<published>", f"{bad}<published>")
        with Loopback(listing([entry(1), broken, entry(3)])) as server:
            page = fetch(server, pretend)
        assert [each.paper.id for each in page.entries] == ["2511.00001", "2511.00003"]
        assert [str(each) for each in page.problems] == ["2025-11-06, entry 2: it is not well-formed XML"]

    def test_every_cut_of_an_answer_is_read_or_refused_in_words(self) -> None:
        whole = feed([entry(1), entry(2, title="Räder")])
        for length in range(0, len(whole), 7):
            try:
                assert not parse_listing(whole[:length], "here").whole
            except (StumbledError, NotAPage) as refusal:
                assert str(refusal)

    @pytest.mark.parametrize("status", [400, 200])
    def test_a_reason_that_arxiv_gives_is_told(self, status: int, pretend: Time) -> None:
        with (
            Loopback(error("sortBy must be in: relevance", status)) as server,
            pytest.raises(FeedRefused) as refusal,
        ):
            fetch(server, pretend)
        assert (refusal.value.status, len(server.requests)) == (400, 1)
        assert 'arXiv says "sortBy must be in: relevance"' in str(refusal.value)

    def test_a_wait_that_is_asked_for_is_kept(self, pretend: Time) -> None:
        with Loopback(say(503, Retry_After="37"), listing([entry(1)])) as server:
            assert len(fetch(server, pretend).entries) == 1
        assert sum(pretend.slept) == pytest.approx(37)

    def test_patience_ends(self, pretend: Time) -> None:
        with Loopback(say(503)) as server, pytest.raises(FeedRefused) as refusal:
            fetch(server, pretend)
        assert (refusal.value.status, len(server.requests)) == (503, 6)

    def test_redirects_end(self, pretend: Time) -> None:
        with Loopback(loopback.redirect("/again")) as server, pytest.raises(FeedRefused, match="redirects"):
            fetch(server, pretend)
        assert len(server.requests) == 6

    def test_nobody_listening_is_believed_soon(self, pretend: Time) -> None:
        with api(loopback.nobody(), pretend) as asked, pytest.raises(FeedUnreachable):
            ArxivFeed(asked, ("cs.CL",)).fetch_day(DAY)

    def test_a_body_without_an_end_is_not_read_for_ever(self, pretend: Time) -> None:
        small = partial(Transfer, timeouts=httpx.Timeout(0.5), whole_request=5.0)

        def limited(**more: Any) -> Transfer:
            return small(**{**more, "max_body": 2**16})

        with (
            Loopback(loopback.endless(b"<entry>" * 100, start=HEAD.encode())) as server,
            pytest.raises(NotAPage, match="MiB"),
        ):
            fetch(server, pretend, transfer=limited)


def test_the_settings_say_which_feed_is_asked(tmp_path: Path) -> None:
    arxiv = FeedSettings(kind="arxiv", category="cs.CL", url="https://arxiv.example/api")
    with open_feed(arxiv, user_agent="tests/1.0", cache=tmp_path) as first:
        assert type(first) is ArxivFeed
    with open_feed(FeedSettings(), user_agent="tests/1.0", cache=tmp_path) as second:
        assert type(second) is FeedClient
