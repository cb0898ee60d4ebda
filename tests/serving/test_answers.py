"""The server answers as the host of the site would."""

from __future__ import annotations

import gzip
from http import HTTPStatus
from pathlib import Path

import pytest

from generator.serving.answers import Host

PAGE = "<!doctype html><html><head><title>A</title></head><body>" + "word " * 300 + "</body></html>"


@pytest.fixture
def host(tmp_path: Path) -> Host:
    site = tmp_path / "site"
    (site / "topics" / "a b").mkdir(parents=True)
    (site / "index.html").write_text(PAGE)
    (site / "topics" / "index.html").write_text(PAGE)
    (site / "topics" / "a b" / "index.html").write_text(PAGE)
    (site / "empty").mkdir()
    (site / "404.html").write_text(PAGE.replace("word", "lost"))
    (site / ".nojekyll").write_text("hidden")
    (tmp_path / "secret.txt").write_text("secret")
    (site / "way-out").symlink_to(tmp_path / "secret.txt")
    return Host(site, "/base/")


def test_a_page_is_sent_whole(host: Host) -> None:
    answer = host.answer("/base/topics/?q=1", {})
    assert (answer.status, answer.body.decode()) == (HTTPStatus.OK, PAGE)
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["Content-Length"] == str(len(PAGE))


@pytest.mark.parametrize(
    ("target", "where"),
    [
        ("/base", "/base/"),
        ("/base/topics", "/base/topics/"),
        ("/base/topics?q=1&r", "/base/topics/?q=1&r"),
        ("/base/topics/a%20b", "/base/topics/a%20b/"),
    ],
)
def test_a_folder_without_its_slash_has_moved(host: Host, target: str, where: str) -> None:
    answer = host.answer(target, {})
    assert (answer.status, answer.headers["Location"]) == (HTTPStatus.MOVED_PERMANENTLY, where)


@pytest.mark.parametrize(
    "target",
    [
        "/", "/topics/", "/base/none", "/base/none/", "/base/empty", "/base/empty/", "/base/index.html/",
        "/base/.nojekyll", "/base/../secret.txt", "/base/%2e%2e/secret.txt", "/base/way-out",
        "/base//topics/", "/base/topics\\", "/base/a%00b", "//example.org/", "/base/" + "a" * 5000,
    ],
)  # fmt: skip
def test_all_else_is_the_page_404_with_its_status(host: Host, target: str) -> None:
    answer = host.answer(target, {})
    assert (answer.status, b"lost" in answer.body) == (HTTPStatus.NOT_FOUND, True)


def test_at_the_root_no_address_leads_to_another_host(host: Host) -> None:
    host.base_path = "/"
    assert host.answer("//topics", {}).status == HTTPStatus.NOT_FOUND


def test_without_a_page_404_there_is_a_sentence(host: Host) -> None:
    (host.site / "404.html").unlink()
    answer = host.answer("/base/none", {})
    assert (answer.status, answer.headers["Content-Type"]) == (
        HTTPStatus.NOT_FOUND,
        "text/plain; charset=utf-8",
    )


@pytest.mark.parametrize("accepted", ["gzip", "deflate, gzip;q=0.5", "*", "GZIP"])
def test_text_is_sent_with_gzip_to_those_who_take_it(host: Host, accepted: str) -> None:
    answer = host.answer("/base/", {"accept-encoding": accepted})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Content-Length"] == str(len(answer.body))
    assert gzip.decompress(answer.body).decode() == PAGE


@pytest.mark.parametrize("accepted", ["", "br", "gzip;q=0", "gzip; q=0.0"])
def test_others_get_it_as_it_is(host: Host, accepted: str) -> None:
    answer = host.answer("/base/", {"accept-encoding": accepted})
    assert ("Content-Encoding" in answer.headers, answer.body.decode()) == (False, PAGE)


def test_a_file_that_is_packed_stays_so(host: Host) -> None:
    (host.site / "papers.jsonl.gz").write_bytes(gzip.compress(b"{}\n" * 900, mtime=0) + b"\0" * 600)
    answer = host.answer("/base/papers.jsonl.gz", {"accept-encoding": "gzip"})
    assert (answer.headers["Content-Type"], "Content-Encoding" in answer.headers) == (
        "application/gzip",
        False,
    )


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.webmanifest", "application/manifest+json"),
        ("a.md", "text/markdown; charset=utf-8"),
        ("a.opml", "text/x-opml; charset=utf-8"),
        ("a.atom", "application/atom+xml"),
        ("a.xml", "application/xml"),
        ("a.js", "text/javascript; charset=utf-8"),
        ("a.json", "application/json"),
        ("a.svg", "image/svg+xml"),
        ("a.bin", "application/octet-stream"),
        ("a", "application/octet-stream"),
    ],
)
def test_every_file_has_its_media_type(host: Host, name: str, kind: str) -> None:
    (host.site / name).write_bytes(b"x")
    assert host.answer(f"/base/{name}", {}).headers["Content-Type"] == kind


def test_what_the_reader_has_is_not_sent_again(host: Host) -> None:
    etag = host.answer("/base/", {}).headers["ETag"]
    for condition in (etag, f'"other", {etag}', etag.removeprefix("W/"), "*"):
        answer = host.answer("/base/", {"if-none-match": condition})
        assert (answer.status, answer.body) == (HTTPStatus.NOT_MODIFIED, b""), condition
    (host.site / "index.html").write_text(PAGE + "!")
    assert host.answer("/base/", {"if-none-match": etag}).status == HTTPStatus.OK


def test_what_is_inserted_stands_in_pages_alone(host: Host) -> None:
    (host.site / "a.txt").write_text("</head>")
    assert host.answer("/base/", {}, insert=b"<x>").body.decode() == PAGE.replace("</head>", "<x></head>")
    assert b"<x></head>" in host.answer("/base/none", {}, insert=b"<x>").body
    assert host.answer("/base/a.txt", {}, insert=b"<x>").body == b"</head>"
