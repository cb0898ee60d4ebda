"""What a page says is read as a browser reads it."""

from __future__ import annotations

import pytest

from generator.checking.addresses import Addresses, Kind, Target
from generator.checking.page import Use, read_page


def led_to(text: str) -> list[str]:
    return [link.address for link in read_page(text).links]


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ('<a href="/a/">', ["/a/"]),
        ("<a href='/a/'>", ["/a/"]),
        ("<a href=/a/>", ["/a/"]),
        ("<A HREF = /a/ class=x>", ["/a/"]),
        ("<a\nclass=x\nhref=/a/?q=it's>", ["/a/?q=it's"]),
        ('<a href="/a/?b=1&amp;c=2">', ["/a/?b=1&c=2"]),
        ('<a title="1 > 0" href="/a/">', ["/a/"]),
        ('<a href="/a/" href="/b/">', ["/a/"]),
        ('<a data-href="/a/">', []),
        ('<!-- <a href="/a/"> --><a href="/b/">', ["/b/"]),
        ('<!--><a href="/b/">', ["/b/"]),
        ('<!-- never ends <a href="/a/">', []),
        ('<pre>&lt;a href="/a/"&gt;</pre>', []),
        ('<script>let a = "<a href=/a/>";</script><a href="/b/">', ["/b/"]),
        ('<textarea><a href="/a/"></textarea><a href="/b/">', ["/b/"]),
        ('<title><a href="/a/"></title>', []),
        ('<template><a href="/a/"></a></template>', ["/a/"]),
        ('<img src=/a.png srcset="/b.png 1x, /c,d.png 2x">', ["/a.png", "/b.png", "/c,d.png"]),
        ('<form action="/search/">', ["/search/"]),
        ('<svg><use href="#mark"/></svg>', ["#mark"]),
        ('<meta http-equiv=refresh content="0; url=/new/">', ["/new/"]),
        ('<script type=application/ld+json>{"url": "https://a.example/\\u0062"}</script>', ["https://a.example/b"]),
        ("1 < 2 <3 <a", []),
    ],
)  # fmt: skip
def test_addresses_are_found_where_a_browser_finds_them(text: str, addresses: list[str]) -> None:
    assert led_to(text) == addresses


def test_the_head_is_read_in_any_spelling() -> None:
    facts = read_page(
        "<HEAD><Title> A &amp; B </Title><link rel='x Canonical' href=https://a.example/>"
        "<meta name=citation_author content=A><meta content=noindex name=robots>"
        "<link rel=stylesheet href=/s.css></head><body><svg><title>no</title></svg>"
        "<h1 id=one>x</h1><H1>y</H1>"
    )
    assert (facts.title, facts.canonicals, facts.headings) == ("A & B", ["https://a.example/"], 2)
    assert (facts.authors, facts.is_indexed, facts.style_sheets) == (1, False, ["/s.css"])
    assert facts.ids == {"one"}


def test_a_picture_s_title_is_not_the_page_s() -> None:
    assert read_page("<body><svg><title>A curve</title></svg>").title is None


def test_what_the_browser_gets_by_itself_is_told_from_what_is_followed() -> None:
    facts = read_page(
        "<script src=/a.js></script><a href=/b/></a><link rel=icon href=/c><link rel=next href=/d>"
    )
    assert [link.use for link in facts.links] == [Use.LOADED, Use.FOLLOWED, Use.LOADED, Use.TOLD]


FILES = {"index.html", "404.html", "a/index.html", "a/b c.txt", "ä/index.html"}


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("/base/", Target(Kind.FILE, "index.html")),
        ("/base", Target(Kind.FILE, "index.html")),
        ("/base/a/", Target(Kind.FILE, "a/index.html")),
        ("/base/a", Target(Kind.FILE, "a/index.html")),
        ("/base/a/?q=1&r=/#x%20y", Target(Kind.FILE, "a/index.html", "x y")),
        ("/base/a/b%20c.txt", Target(Kind.FILE, "a/b c.txt")),
        ("/base/%C3%A4/", Target(Kind.FILE, "ä/index.html")),
        (" /base/a/\n", Target(Kind.FILE, "a/index.html")),
        ("b c.txt", Target(Kind.FILE, "a/b c.txt")),
        ("../404.html", Target(Kind.FILE, "404.html")),
        ("#here", Target(Kind.FILE, "a/index.html", "here")),
        ("", Target(Kind.FILE, "a/index.html")),
        ("?q=1", Target(Kind.FILE, "a/index.html")),
        ("//example.org/base/a/", Target(Kind.FILE, "a/index.html", "", True)),
        ("https://EXAMPLE.org/base/a/", Target(Kind.FILE, "a/index.html", "", True)),
        ("https://example.org/base/no", Target(Kind.NOWHERE, "no", "", True)),
        ("/base/no/", Target(Kind.NOWHERE, "no/index.html")),
        ("/other/", Target(Kind.OUTSIDE, "/other/")),
        ("/base/../a/", Target(Kind.OUTSIDE, "/a/")),
        ("https://example.org/other/", Target(Kind.ELSEWHERE, "/other/")),
        ("https://example.com/base/a/", Target(Kind.ELSEWHERE)),
        ("https://example.org.evil/base/", Target(Kind.ELSEWHERE)),
        ("mailto:a@example.org", Target(Kind.NOT_WEB)),
        ("java\nscript:alert(1)", Target(Kind.SCRIPT)),
    ],
)
def test_an_address_leads_where_a_browser_and_the_host_take_it(address: str, target: Target) -> None:
    assert Addresses(FILES, "https://example.org/base/").lead(address, "a/index.html") == target
