"""The client against a server on this machine that behaves as servers do. No test waits for a retry."""

from __future__ import annotations

import gzip
import json
import socket
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

import httpx
import pytest

from generator.errors import FeedRefused, FeedUnreachable, NotAPage, SettingsError
from generator.feed.client import MAX_PAGES, FeedClient
from generator.feed.patience import MAX_REQUESTS, WINDOW, Pacer, asked_wait, exhausted_for
from generator.feed.transfer import Transfer, _Gzip

from . import loopback
from .invented import DAY, entry, full
from .loopback import Loopback, Request, page, say

NOW = datetime(2025, 11, 7, 8, 0, tzinfo=UTC)
PAGE = [full(1), full(2), full(3)]
BODY = json.dumps(PAGE).encode()
IDS = ["2511.00001", "2511.00002", "2511.00003"]


class Time:
    """A clock that only moves when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1_000.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def clock(self) -> float:
        return self.now


@pytest.fixture
def pretend() -> Time:
    return Time()


def client(url: str, pretend: Time, **more: Any) -> FeedClient:
    impatient = partial(Transfer, timeouts=httpx.Timeout(0.3), whole_request=0.6)
    more.setdefault("transfer", impatient)
    # No proxy of the environment comes between, and no certificates are loaded for each test.
    more.setdefault("transport", httpx.HTTPTransport(verify=False))
    return FeedClient(
        url, user_agent="tests/1.0", sleep=pretend.sleep, clock=pretend.clock, now=lambda: NOW, **more
    )


def ids(day_page: Any) -> list[str]:
    return [each.paper.id for each in day_page.entries]


def fetch(feed: Loopback, pretend: Time, **more: Any) -> Any:
    with client(feed.url, pretend, **more) as asked:
        return asked.fetch_day(DAY)


class TestAsking:
    def test_a_day_is_asked_for_by_date_with_the_largest_page(self, pretend: Time) -> None:
        with Loopback(page(PAGE)) as feed:
            assert ids(fetch(feed, pretend)) == IDS
        assert [each.query for each in feed.requests] == [{"date": "2025-11-07", "limit": "100", "p": "0"}]

    def test_it_says_who_it_is_and_what_it_can_read(self, pretend: Time) -> None:
        with Loopback(page(PAGE)) as feed:
            fetch(feed, pretend)
        headers = feed.requests[0].headers
        assert (headers["User-Agent"], headers["Accept-Encoding"]) == ("tests/1.0", "gzip")

    def test_one_connection_serves_many_days(self, pretend: Time) -> None:
        ports = set()

        def answer(handler: Any, over: Any) -> None:
            ports.add(handler.client_address)
            page(PAGE)(handler, over)

        with Loopback(answer) as feed, client(feed.url, pretend, transport=None) as asked:
            for number in range(5):
                asked.fetch_day(DAY + timedelta(days=number))
        assert (len(feed.requests), len(ports)) == (5, 1)

    def test_a_packed_answer_is_unpacked(self, pretend: Time) -> None:
        with Loopback(loopback.packed(BODY)) as feed:
            assert ids(fetch(feed, pretend)) == IDS

    def test_the_feeds_address_may_have_a_query_of_its_own(self, pretend: Time) -> None:
        with Loopback(page(PAGE)) as feed, client(f"{feed.url}?sort=trending#top", pretend) as asked:
            asked.fetch_day(DAY)
        assert feed.requests[0].query["sort"] == "trending"

    @pytest.mark.parametrize(
        "url",
        ["", "feed", "ftp://feed.example/", "https://", "https://ida:secret@feed.example/", "http://[::1"],
    )
    def test_an_address_that_cannot_be_asked_is_a_matter_of_the_settings(
        self, url: str, pretend: Time
    ) -> None:
        with pytest.raises(SettingsError, match="The feed's address"):
            client(url, pretend)

    def test_an_empty_array_is_an_empty_day(self, pretend: Time) -> None:
        with Loopback(page([])) as feed:
            empty = fetch(feed, pretend)
        assert (empty.day, empty.entries, empty.whole, len(feed.requests)) == (DAY, (), True, 1)


class TestPages:
    @staticmethod
    def feed_of(count: int) -> Loopback:
        listed = [entry(f"2511.{number:05d}") for number in range(count)]

        def choose(request: Request) -> loopback.Answer:
            start = int(request.query["p"]) * 100
            return page(listed[start : start + 100])

        return Loopback(choose=choose)

    @pytest.mark.parametrize(
        ("count", "requests"), [(0, 1), (1, 1), (50, 2), (51, 1), (99, 1), (100, 2), (101, 2), (250, 3)]
    )
    def test_pages_are_asked_for_until_one_is_short(self, count: int, requests: int, pretend: Time) -> None:
        with self.feed_of(count) as feed:
            read = fetch(feed, pretend)
        assert (len(read.entries), read.whole, read.problems) == (count, True, ())
        assert [each.query["p"] for each in feed.requests] == [str(number) for number in range(requests)]

    def test_positions_run_on_over_the_pages(self, pretend: Time) -> None:
        listed = [entry(f"2511.{number:05d}") for number in range(100)]
        with Loopback(page(listed), page([{}])) as feed:
            read = fetch(feed, pretend)
        assert [str(problem) for problem in read.problems] == ["2025-11-07, entry 101: it has no paper"]

    def test_a_server_that_ignores_the_page_number_is_found_out(self, pretend: Time) -> None:
        listed = [entry(f"2511.{number:05d}", upvotes=1) for number in range(100)]
        again = [entry(f"2511.{number:05d}", upvotes=2) for number in range(100)]
        with Loopback(page(listed), page(again)) as feed:
            read = fetch(feed, pretend)
        assert (len(read.entries), read.whole, len(feed.requests)) == (100, False, 2)
        assert [str(problem) for problem in read.problems] == [
            "2025-11-07, page 2: it repeats the page before, so whether more is listed is not known"
        ]

    def test_a_day_without_an_end_is_ended(self, pretend: Time) -> None:
        def choose(request: Request) -> loopback.Answer:
            number = int(request.query["p"])
            return page([entry(f"2511.{number * 100 + each:05d}") for each in range(100)])

        with Loopback(choose=choose) as feed:
            read = fetch(feed, pretend)
        assert (len(read.entries), read.whole, len(feed.requests)) == (MAX_PAGES * 100, False, MAX_PAGES)
        assert "more than 20 pages" in str(read.problems[0])

    def test_a_later_page_that_does_not_come_leaves_the_day_unwhole(self, pretend: Time) -> None:
        listed = [entry(f"2511.{number:05d}") for number in range(100)]
        with Loopback(page(listed), say(404)) as feed:
            read = fetch(feed, pretend)
        assert (len(read.entries), read.whole) == (100, False)
        assert str(read.problems[0]).startswith(
            "2025-11-07, page 2: it did not come, so the day is not whole."
        )

    def test_an_entry_that_slipped_to_the_next_page_meanwhile_is_one_entry(self, pretend: Time) -> None:
        listed = [entry(f"2511.{number:05d}") for number in range(100)]
        with Loopback(page(listed), page(listed[-1:])) as feed:
            read = fetch(feed, pretend)
        assert (len(read.entries), read.whole, len(read.notes)) == (100, True, 1)


class TestPatience:
    @pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
    def test_what_may_pass_is_asked_again(self, status: int, pretend: Time) -> None:
        with Loopback(say(status), say(status), page(PAGE)) as feed:
            assert ids(fetch(feed, pretend)) == IDS
        assert (len(feed.requests), len(pretend.slept)) == (3, 2)
        assert 0 <= pretend.slept[0] <= 1 and 0 <= pretend.slept[1] <= 2

    @pytest.mark.parametrize("status", [400, 401, 403, 404, 408, 410, 418, 451, 204, 304, 206])
    def test_what_will_not_pass_is_not_asked_again(self, status: int, pretend: Time) -> None:
        with Loopback(say(status, b"")) as feed, pytest.raises(FeedRefused) as refusal:
            fetch(feed, pretend)
        assert (refusal.value.status, len(feed.requests), pretend.slept) == (status, 1, [])
        assert str(refusal.value).startswith(
            f"{feed.url}?date=2025-11-07&limit=100&p=0: the feed answers {status}"
        )

    def test_a_refusal_gives_the_servers_reason(self, pretend: Time) -> None:
        body = json.dumps({"error": "Invalid \x1b[31mdate" + "!" * 500}).encode()
        with (
            Loopback(say(400, body)) as feed,
            pytest.raises(FeedRefused, match=r'says "Invalid .31mdate!+…"') as e,
        ):
            fetch(feed, pretend)
        assert len(str(e.value)) < 500

    def test_patience_ends(self, pretend: Time) -> None:
        with Loopback(say(503)) as feed, pytest.raises(FeedRefused) as refusal:
            fetch(feed, pretend)
        assert (refusal.value.status, len(feed.requests)) == (503, 6)
        assert "503 (Service Unavailable)" in str(refusal.value)

    @pytest.mark.parametrize(
        "headers",
        [
            {"Retry_After": "37"},
            {"Retry_After": "Fri, 07 Nov 2025 08:00:37 GMT"},
            {"RateLimit": '"api";r=0;t=37'},
            {"RateLimit": '"burst";r=4;t=2, "api";r=0;t=37'},
            {"RateLimit": "limit=100, remaining=0, reset=37"},
            {"RateLimit_Reset": "37"},
            {"X_RateLimit_Reset": str(int(NOW.timestamp()) + 37)},
            {"Retry_After": "soon", "X_RateLimit_Reset": "37"},
            {"Retry_After": "37", "RateLimit_Reset": "1"},
        ],
    )
    def test_the_wait_that_is_asked_for_is_kept(self, headers: dict[str, Any], pretend: Time) -> None:
        with Loopback(say(429, **headers), page(PAGE)) as feed:
            assert ids(fetch(feed, pretend)) == IDS
        assert sum(pretend.slept) == pytest.approx(37)

    @pytest.mark.parametrize(
        ("given", "when"),
        [
            ("301", "after 2025-11-07 08:06 UTC"),
            ("86400", "after 2025-11-08 08:00 UTC"),
            ("Fri, 07 Nov 2025 09:00:00 GMT", "after 2025-11-07 09:00 UTC"),
            ("9" * 12, "after a very long time"),
        ],
    )
    def test_a_wait_that_is_too_long_is_told_and_not_kept(self, given: str, when: str, pretend: Time) -> None:
        with Loopback(say(429, Retry_After=given)) as feed, pytest.raises(FeedRefused) as refusal:
            fetch(feed, pretend)
        assert (len(feed.requests), pretend.slept) == (1, [])
        assert str(refusal.value).endswith(f"Try again {when}.")

    def test_slow_failures_are_not_repeated_for_ever(self, pretend: Time) -> None:
        def slow(request: httpx.Request) -> httpx.Response:
            pretend.now += 200
            return httpx.Response(503)

        slow_feed = httpx.MockTransport(slow)
        with (
            client("https://feed.example/", pretend, transport=slow_feed) as asked,
            pytest.raises(FeedRefused),
        ):
            asked.fetch_day(DAY)
        assert pretend.now < 1_000 + 2 * 200 + 10

    def test_all_waits_together_stay_below_the_cap(self, pretend: Time) -> None:
        with Loopback(say(503, Retry_After="140")) as feed, pytest.raises(FeedRefused):
            fetch(feed, pretend)
        assert (len(feed.requests), sum(pretend.slept)) == (3, 280)

    @pytest.mark.parametrize(
        "given", ["", "-5", "1e9", "nan", "inf", "٣", "0x10", "Fri, 99 Nov", "1" * 13, "\u00bd"]
    )
    def test_a_wait_that_means_nothing_is_not_kept(self, given: str) -> None:
        assert asked_wait({"retry-after": given}, NOW) is None

    def test_a_date_that_is_over_is_no_wait(self) -> None:
        assert asked_wait({"retry-after": "Thu, 06 Nov 2025 08:00:00 GMT"}, NOW) == 0

    def test_a_good_answer_that_leaves_no_requests_is_heeded_before_the_next(self, pretend: Time) -> None:
        last = page(PAGE, RateLimit='"api";r=0;t=55')
        with Loopback(last, page(PAGE)) as feed, client(feed.url, pretend) as asked:
            asked.fetch_day(DAY)
            assert pretend.slept == []
            asked.fetch_day(DAY)
        assert pretend.slept == [55]

    @pytest.mark.parametrize(
        ("headers", "expected"),
        [
            ({}, None),
            ({"ratelimit": '"api";r=1;t=55'}, None),
            ({"ratelimit": '"api";r=0;t=55'}, 55),
            ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "9"}, 9),
            ({"x-ratelimit-remaining": "0"}, None),
            ({"ratelimit": "nonsense;;;,=,"}, None),
        ],
    )
    def test_what_an_answer_says_of_the_requests_left(
        self, headers: dict[str, str], expected: float | None
    ) -> None:
        assert exhausted_for(headers, NOW) == expected


class TestPace:
    @pytest.mark.parametrize("think", [0.0, 0.05, 0.5, 2.0])
    def test_no_window_ever_holds_too_many_requests(self, think: float, pretend: Time) -> None:
        pacer = Pacer(pretend.sleep, pretend.clock)
        sent = []
        for _ in range(1_200):
            pacer.wait()
            sent.append(pretend.now)
            pretend.now += think
        for first, after in zip(sent, sent[MAX_REQUESTS:], strict=False):
            assert after - first >= WINDOW

    def test_a_whole_history_is_paced(self, pretend: Time) -> None:
        empty = httpx.MockTransport(lambda request: httpx.Response(200, json=[]))
        sent = []
        with client("https://feed.example/", pretend, transport=empty, transfer=Transfer) as asked:
            for number in range(900):
                asked.fetch_day(date(2023, 5, 4) + timedelta(days=number))
                sent.append(pretend.now)
        assert pretend.slept == [WINDOW]
        assert max(sum(1 for each in sent if start <= each < start + 300) for start in set(sent)) == 450

    def test_a_sleep_that_does_not_move_the_clock_does_not_hang_it(self) -> None:
        pacer = Pacer(lambda seconds: None, lambda: 0.0, requests=2)
        for _ in range(10):
            pacer.wait()


class TestNoAnswer:
    def test_nobody_listening_is_believed_soon(self) -> None:
        with FeedClient(loopback.nobody(), user_agent="tests/1.0") as asked:
            started = time.monotonic()
            with pytest.raises(FeedUnreachable, match=r"no connection .* Check the network"):
                asked.fetch_day(DAY)
            assert time.monotonic() - started < 4

    def test_it_is_tried_three_times(self, pretend: Time) -> None:
        with client(loopback.nobody(), pretend) as asked, pytest.raises(FeedUnreachable):
            asked.fetch_day(DAY)
        assert len(pretend.slept) <= 2
        assert sum(pretend.slept) <= 4

    def test_no_such_host_is_believed_soon(self, monkeypatch: pytest.MonkeyPatch, pretend: Time) -> None:
        def unknown(*args: object, **more: object) -> None:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

        monkeypatch.setattr(socket, "getaddrinfo", unknown)
        with (
            client("https://feed.invalid/", pretend) as asked,
            pytest.raises(FeedUnreachable, match="Name or service not known"),
        ):
            asked.fetch_day(DAY)
        assert sum(pretend.slept) <= 4

    def test_a_slow_no_is_not_asked_for_again(self, monkeypatch: pytest.MonkeyPatch, pretend: Time) -> None:
        def unknown(*args: object, **more: object) -> None:
            pretend.now += 10
            raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

        monkeypatch.setattr(socket, "getaddrinfo", unknown)
        with client("https://feed.invalid/", pretend) as asked, pytest.raises(FeedUnreachable):
            asked.fetch_day(DAY)
        assert pretend.slept == []

    def test_a_connection_that_is_cut_is_tried_again(self, pretend: Time) -> None:
        with Loopback(loopback.hang_up(), page(PAGE)) as feed:
            assert ids(fetch(feed, pretend)) == IDS

    def test_a_connection_that_is_always_cut_is_no_answer(self, pretend: Time) -> None:
        with (
            Loopback(loopback.hang_up()) as feed,
            pytest.raises(FeedUnreachable, match="the connection broke"),
        ):
            fetch(feed, pretend)
        assert len(feed.requests) == 6

    def test_silence_is_no_answer(self, pretend: Time) -> None:
        quick = partial(Transfer, timeouts=httpx.Timeout(0.05))
        with Loopback(loopback.silence()) as feed, pytest.raises(FeedUnreachable, match="no answer in time"):
            fetch(feed, pretend, transfer=quick)

    def test_something_that_is_not_http_is_no_page(self, pretend: Time) -> None:
        with (
            Loopback(loopback.raw(b"SSH-2.0-OpenSSH\r\n\r\n")) as feed,
            pytest.raises(NotAPage, match="does not speak HTTP"),
        ):
            fetch(feed, pretend)


class TestBounds:
    def test_a_body_that_drips_is_ended_and_what_is_whole_kept(self, pretend: Time) -> None:
        body = json.dumps([entry(f"2511.{number}", title="x") for number in range(10_000, 10_020)]).encode()
        with Loopback(loopback.drip(body, at_once=len(body) // 2)) as feed:
            started = time.monotonic()
            read = fetch(feed, pretend, transfer=partial(Transfer, whole_request=0.5))
            assert time.monotonic() - started < 20
        assert 0 < len(read.entries) < 20
        assert not read.whole

    def test_headers_that_drip_are_ended(self, pretend: Time) -> None:
        with Loopback(loopback.drip(b"x" * 10_000, in_headers=True)) as feed:
            started = time.monotonic()
            with pytest.raises(FeedUnreachable, match="no answer in time"):
                fetch(feed, pretend, transfer=partial(Transfer, whole_request=0.15))
            assert time.monotonic() - started < 20

    def test_the_given_clock_ends_a_body_too(self, pretend: Time) -> None:
        class Slow(httpx.SyncByteStream):
            def __iter__(self) -> Iterator[bytes]:
                yield b"[" + json.dumps(full(1)).encode()
                pretend.now += 61
                yield b", "
                yield json.dumps(full(2)).encode() + b"]"

        slow = httpx.MockTransport(lambda request: httpx.Response(200, stream=Slow()))
        with client("https://feed.example/", pretend, transport=slow, transfer=Transfer) as asked:
            read = asked.fetch_day(DAY)
        assert read is not None
        assert (ids(read)[:1], read.whole) == (IDS[:1], False)

    @pytest.mark.parametrize(
        "answer",
        [
            loopback.endless(b" " * 65536),
            loopback.endless(gzip.compress(b"") * 500, gzip.compress(b""), Content_Encoding="gzip"),
            loopback.endless(gzip.compress(b" " * 2**20), gzip.compress(b""), Content_Encoding="gzip"),
            loopback.bomb(33),
            loopback.bomb(8, members=200),
            say(body=b"[" + b" " * (33 * 2**20) + b"]"),
        ],
        ids=["endless", "endless and empty", "endless bombs", "bomb", "big bomb", "large"],
    )
    def test_a_body_that_is_too_large_is_not_read(self, answer: loopback.Answer, pretend: Time) -> None:
        limits = partial(Transfer, max_body=2**20) if "endless" in repr(answer) else Transfer
        with Loopback(answer) as feed, pytest.raises(NotAPage, match=r"has more than \d+ MiB"):
            fetch(feed, pretend, transfer=limits)
        assert len(feed.requests) == 1

    def test_of_a_bomb_no_more_is_unpacked_than_fits(self) -> None:
        packed = gzip.compress(b" " * 2**20) * 3
        assert [len(_Gzip().some(packed, limit)) for limit in (1, 1_000, 2**21)] == [1, 1_000, 2**21]
        assert len(_Gzip().some(packed, 2**23)) == 3 * 2**20

    def test_an_error_of_any_size_is_read_in_part(self, pretend: Time) -> None:
        with Loopback(say(404, b"x" * 10**6)) as feed, pytest.raises(FeedRefused):
            fetch(feed, pretend)

    def test_a_packing_that_was_not_asked_for_is_refused(self, pretend: Time) -> None:
        with (
            Loopback(say(body=BODY, Content_Encoding="gzip, gzip, br")) as feed,
            pytest.raises(NotAPage, match='packed as "gzip, gzip, br"'),
        ):
            fetch(feed, pretend)

    @pytest.mark.parametrize("whole", [BODY[: len(BODY) // 2], BODY[:-1]])
    @pytest.mark.parametrize("how", ["length", "json", "gzip"])
    def test_of_a_body_that_breaks_off_the_whole_entries_are_kept(
        self, how: str, whole: bytes, pretend: Time
    ) -> None:
        answers = {
            "length": say(body=whole, length=len(BODY)),
            "json": say(body=whole),
            "gzip": loopback.packed(whole + b" " * 5_000, keep=-8),
        }
        with Loopback(answers[how]) as feed:
            read = fetch(feed, pretend)
        count = 3 if whole == BODY[:-1] else 1
        assert (ids(read), read.whole, len(feed.requests)) == (IDS[:count], False, 6)
        assert f"2025-11-07: the answer breaks off after entry {count}" in str(read.problems[0])

    def test_a_body_that_breaks_off_once_is_asked_for_again(self, pretend: Time) -> None:
        with Loopback(say(body=BODY[:-40], length=len(BODY)), page(PAGE)) as feed:
            read = fetch(feed, pretend)
        assert (ids(read), read.whole, read.problems) == (IDS, True, ())

    def test_a_part_outlives_worse_answers_that_follow(self, pretend: Time) -> None:
        with Loopback(say(body=BODY[:-40]), say(body=BODY[:-900]), say(503)) as feed:
            read = fetch(feed, pretend)
        assert (ids(read), read.whole) == (IDS[:2], False)

    @pytest.mark.parametrize("keep", [0, 1, 50])
    def test_of_a_body_that_breaks_off_at_once_nothing_is_made(self, keep: int, pretend: Time) -> None:
        with (
            Loopback(say(body=BODY[:keep], length=len(BODY))) as feed,
            pytest.raises(NotAPage, match="before an entry was whole"),
        ):
            fetch(feed, pretend)
        assert len(feed.requests) == 6

    @pytest.mark.parametrize("keep", [2, 12])
    def test_a_packed_body_that_breaks_off_at_once_is_asked_for_again(self, keep: int, pretend: Time) -> None:
        with Loopback(loopback.packed(BODY, keep), page(PAGE)) as feed:
            assert ids(fetch(feed, pretend)) == IDS

    def test_a_damaged_packing_is_no_page(self, pretend: Time) -> None:
        with (
            Loopback(say(body=b"no gzip at all", Content_Encoding="gzip")) as feed,
            pytest.raises(NotAPage, match="its compressed body is damaged"),
        ):
            fetch(feed, pretend)


class TestRedirects:
    @pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
    def test_a_redirect_is_followed(self, status: int, pretend: Time) -> None:
        with Loopback(loopback.redirect("/elsewhere?p=0", status), page(PAGE)) as feed:
            assert ids(fetch(feed, pretend)) == IDS
        assert feed.requests[1].path == "/elsewhere?p=0"
        assert feed.requests[1].headers["User-Agent"] == "tests/1.0"

    def test_five_redirects_are_followed(self, pretend: Time) -> None:
        with Loopback(*[loopback.redirect("/on")] * 5, page(PAGE)) as feed:
            assert ids(fetch(feed, pretend)) == IDS

    def test_six_are_not_nor_is_a_loop(self, pretend: Time) -> None:
        with (
            Loopback(loopback.redirect("/again")) as feed,
            pytest.raises(FeedRefused, match="more than 5 redirects"),
        ):
            fetch(feed, pretend)
        assert len(feed.requests) == 6

    @pytest.mark.parametrize(
        "to", ["ftp://feed.example/", "file:///etc/passwd", "javascript:alert(1)", "data:,x", "gopher://x/"]
    )
    def test_a_redirect_out_of_the_web_is_not_followed(self, to: str, pretend: Time) -> None:
        with Loopback(loopback.redirect(to)) as feed, pytest.raises(FeedRefused, match="no web address"):
            fetch(feed, pretend)
        assert len(feed.requests) == 1

    @pytest.mark.parametrize("to", ["http://", "http://[", "https://\x7f/", "http://127.0.0.1:99999/"])
    def test_a_redirect_to_nonsense_is_an_error_of_ours(self, to: str, pretend: Time) -> None:
        with Loopback(loopback.redirect(to)) as feed, pytest.raises((FeedRefused, NotAPage, FeedUnreachable)):
            fetch(feed, pretend)

    def test_a_redirect_from_https_to_http_is_not_followed(self, pretend: Time) -> None:
        def answer(request: httpx.Request) -> httpx.Response:
            return httpx.Response(302, headers={"Location": "http://feed.example/"})

        transport = httpx.MockTransport(answer)
        with (
            client("https://feed.example/", pretend, transport=transport) as asked,
            pytest.raises(FeedRefused, match="from https to http"),
        ):
            asked.fetch_day(DAY)

    def test_each_redirect_counts_as_a_request(self, pretend: Time) -> None:
        with Loopback(loopback.redirect("/on"), page(PAGE)) as feed, client(feed.url, pretend) as asked:
            asked.fetch_day(DAY)
            assert len(asked._pacer._asked) == 2


class TestNotAPage:
    @pytest.mark.parametrize(
        ("answer", "part"),
        [
            (
                say(body=b"<!doctype html><title>Down for\n repairs</title>"),
                'HTML) titled "Down for repairs"',
            ),
            (say(body=b"<html>" * 10, Content_Type="application/json"), "(HTML)"),
            (say(body=b'{"error": "no such day"}'), 'it says "no such day"'),
            (say(body=b'{"error": {"message": "no"}}'), 'it says "no"'),
            (say(body=b'{"a": 1}'), 'its keys are "a"'),
            (say(body=b"{}"), "it is empty"),
            (say(body=b"1"), "a number, not an array"),
            (say(body=b"null"), "null, not an array"),
            (say(body=b'["a", "b"]'), "an array of text, not of papers"),
            (say(body=b""), "the answer is empty"),
            (say(body=b"  \n"), "the answer is empty"),
            (say(body=b"\x89PNG\r\n"), "neither JSON nor HTML"),
            (say(body=b"papers"), 'it begins with "papers"'),
            (say(body=BODY, Content_Type="application/json; charset=klingon"), 'in "klingon"'),
            (say(body=b"\xff" * 7, Content_Type="application/json; charset=utf-16"), "but it is not"),
            (say(body=b'{"a":' * 100_000), "nested too deeply"),
        ],
    )
    def test_what_is_no_page_is_named(self, answer: loopback.Answer, part: str, pretend: Time) -> None:
        with Loopback(answer) as feed, pytest.raises(NotAPage) as refusal:
            fetch(feed, pretend)
        assert part in str(refusal.value)
        assert str(refusal.value).startswith(f"{feed.url}?date=2025-11-07&limit=100&p=0: ")
        assert len(str(refusal.value)) < 500

    @pytest.mark.parametrize(
        ("kind", "encode"),
        [
            ("text/html", "utf-8"),
            ("application/json; charset=utf-8", "utf-8-sig"),
            ('application/json; charset="UTF-16"', "utf-16"),
            ("application/json; charset=iso-8859-1", "iso-8859-1"),
        ],
    )
    def test_the_type_is_not_trusted_and_the_charset_is_heeded(
        self, kind: str, encode: str, pretend: Time
    ) -> None:
        body = json.dumps([entry(title="Räder")], ensure_ascii=False).encode(encode)
        with Loopback(say(body=body, Content_Type=kind)) as feed:
            assert fetch(feed, pretend).entries[0].paper.title == "Räder"


class TestUnchangedDays:
    def test_an_unchanged_day_is_not_sent_again(self, pretend: Time) -> None:
        kept: dict[str, str] = {}
        good = page(PAGE, ETag='W/"7"', Last_Modified="Fri, 07 Nov 2025 07:00:00 GMT")
        with Loopback(good, say(304)) as feed:
            assert ids(fetch(feed, pretend, validators=kept)) == IDS
            assert fetch(feed, pretend, validators=kept) is None
        assert list(kept) == [f"{feed.url}?date=2025-11-07&limit=100&p=0"]
        assert json.loads(kept[next(iter(kept))]) == {
            "etag": 'W/"7"',
            "last_modified": "Fri, 07 Nov 2025 07:00:00 GMT",
        }
        headers = feed.requests[1].headers
        assert (headers["If-None-Match"], headers["If-Modified-Since"]) == (
            'W/"7"',
            "Fri, 07 Nov 2025 07:00:00 GMT",
        )

    def test_a_changed_day_is_read_and_its_new_state_kept(self, pretend: Time) -> None:
        kept: dict[str, str] = {}
        with Loopback(page(PAGE, ETag='"1"'), page(PAGE[:1], ETag='"2"')) as feed:
            fetch(feed, pretend, validators=kept)
            assert ids(fetch(feed, pretend, validators=kept)) == IDS[:1]
        assert list(kept.values()) == ['{"etag": "\\"2\\""}']

    @pytest.mark.parametrize(
        "answers",
        [
            (page([entry(f"2511.{number:05d}") for number in range(100)], ETag='"1"'), page([])),
            (page([full(1), {}], ETag='"1"'),),
            (say(body=BODY[:-1], ETag='"1"'),),
            (page(PAGE),),
        ],
        ids=["two pages", "a refused entry", "cut", "no validators"],
    )
    def test_the_state_of_any_other_day_is_forgotten(self, answers: Any, pretend: Time) -> None:
        with Loopback(*answers) as feed:
            kept = {f"{feed.url}?date=2025-11-07&limit=100&p=0": '{"etag": "old"}'}
            fetch(feed, pretend, validators=kept)
        assert kept == {}

    def test_an_error_leaves_the_state_as_it_was(self, pretend: Time) -> None:
        with Loopback(say(404)) as feed:
            address = f"{feed.url}?date=2025-11-07&limit=100&p=0"
            kept = {address: '{"etag": "old"}'}
            with pytest.raises(FeedRefused):
                fetch(feed, pretend, validators=kept)
        assert kept == {address: '{"etag": "old"}'}

    @pytest.mark.parametrize("broken", ["", "[]", "{", "null", '{"etag": 5}', '{"etag": "a\\r\\nX: y"}'])
    def test_a_damaged_state_is_no_state(self, broken: str, pretend: Time) -> None:
        with Loopback(page(PAGE)) as feed:
            kept = {f"{feed.url}?date=2025-11-07&limit=100&p=0": broken}
            assert ids(fetch(feed, pretend, validators=kept)) == IDS
        assert feed.requests[0].headers["If-None-Match"] is None
