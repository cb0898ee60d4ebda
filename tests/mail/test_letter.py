"""A digest as a message: what is in it, that it is whole, and that no title can break it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from lxml import html

from generator.cli import main
from generator.config import load_config
from generator.errors import SettingsError
from generator.model.contents import Changes
from generator.model.paper import DayRecord, Figures, Observation, Paper
from tests.mail.post import DAY, SETTINGS, Desk, Post, read, serving
from tests.support.built import Built
from tests.support.invented import archive_of, paper
from tests.theme.test_colours import schemes

ROOT = Path(__file__).parents[2]
HOSTILE = (
    'One\r\nBcc: x@evil.example\n\u202eTwo <b onload="x">&amp; </td></table><script>alert(1)</script> “Ж”'
)


def written(desk: Desk, **wanted: object) -> bytes:
    path = desk.folder / "out.eml"
    assert desk.run(output=path, **wanted) == 0
    return path.read_bytes()


def listed(*papers: Paper) -> Changes:
    seen = [
        Observation(f"{DAY}T08:00:00Z", each.id, Figures(90 - n, 0, None)) for n, each in enumerate(papers)
    ]
    return Changes(papers, tuple(seen), (DayRecord(DAY, len(papers), "complete", f"{DAY}T08:00:00Z"),))


def cli(desk: Desk, *words: str) -> Result:
    where = ("--content", str(desk.config.content), "--site", str(desk.config.site))
    return CliRunner().invoke(main, ["digest", *where, *words], catch_exceptions=False)


def test_a_digest_is_the_same_content_as_plain_text_and_as_html(tmp_path: Path) -> None:
    crowd = paper(
        7, DAY, title="Watering a tomato", authors=("A One", "B Two", "C Three", "D Four", "E Five")
    )
    desk = Desk.of(tmp_path, listed(crowd, paper(8, DAY, id="no-arxiv", title="Naming a sail")))
    message = read(written(desk))
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    plain = message.get_body(("plain",)).get_content().replace("\r\n", "\n")
    assert (
        "1. Watering a tomato\n    A One, B Two, C Three and 2 more\n    Case 7 in one sentence.\n"
        "    90 upvotes\n    https://papers.example/archive/papers/2501.00007/\n"
        "    https://arxiv.org/abs/2501.00007\n\n2. Naming a sail\n"
    ) in plain
    assert (
        "2 papers listed; the list is complete.\nhttps://papers.example/archive/papers/date/2025-01-27/"
        in plain
    )
    page = html.fromstring(message.get_body(("html",)).get_content())
    assert [each.text_content() for each in page.xpath("//h2")] == ["Watering a tomato", "Naming a sail"]
    text = " ".join(page.text_content().split())
    assert "1 Watering a tomato A One, B Two, C Three and 2 more Case 7 in one sentence. 90 upvotes" in text
    links = page.xpath("//a/@href")
    assert all(
        link.startswith(("https://papers.example/archive/", "https://arxiv.org/abs/")) for link in links
    )
    assert "https://arxiv.org/abs/no-arxiv" not in links


def test_the_headers_say_what_it_is_and_depend_on_no_clock(tmp_path: Path) -> None:
    desk = Desk.of(tmp_path)
    first = written(desk, day=DAY)
    message = read(first)
    assert message["From"] == "Daily Papers <digest@papers.example>"
    assert message["To"] is None and message["Precedence"] is None
    assert message["Subject"] == "Papers of 27 January 2025: Naming a Garden, part 3, and 2 more"
    assert message["Date"] == "Mon, 27 Jan 2025 08:00:00 +0000"
    assert re.fullmatch(r"<day\.2025-01-27\.[0-9a-f]{12}@papers\.example>", message["Message-ID"])
    assert message["List-Id"] == "<archive.digest.papers.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe"] is None, "an address that has to name the reader stands in no file"
    assert first == written(desk, day=DAY)
    assert read(written(desk, day=DAY + timedelta(days=1)))["Message-ID"] != message["Message-ID"]


@pytest.mark.parametrize(
    ("given", "header", "post"),
    [
        (
            "https://papers.example/leave?who={address}&list=1",
            "<https://papers.example/leave?who=a%2Bb%40example.org&list=1>",
            "List-Unsubscribe=One-Click",
        ),
        (
            f"https://papers.example/ü/{'long' * 30}?{{address}}",
            f"<https://papers.example/%C3%BC/{'long' * 30}?a%2Bb%40example.org>",
            "List-Unsubscribe=One-Click",
        ),
        ("mailto:leave@papers.example?subject=leave", "<mailto:leave@papers.example?subject=leave>", None),
        ("''", None, None),
    ],
)
def test_every_reader_can_leave(tmp_path: Path, given: str, header: str | None, post: str | None) -> None:
    desk = Desk.of(tmp_path, settings=(*SETTINGS[:3], f"  unsubscribe: {given}"))
    desk.invite("a+b@example.org")
    with serving(Post()) as server:
        assert desk.send(server) == 0
    message = server.received[0].message
    assert (message["List-Unsubscribe"], message["List-Unsubscribe-Post"]) == (header, post)
    address = header.strip("<>") if header else None
    plain, page = (message.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert re.findall(r"^Unsubscribe: (\S+)", plain, re.MULTILINE) == ([address] if address else [])
    leave = html.fromstring(page).xpath("//a[text()='Unsubscribe']/@href")
    assert leave == ([address] if address else [])
    assert "\x1f" not in plain + page


def test_no_title_breaks_a_header_or_the_html(tmp_path: Path) -> None:
    hard = paper(1, DAY, title=" ".join(HOSTILE.split("\r\n")), authors=(HOSTILE,), summary=HOSTILE)
    rtl = paper(2, DAY, title="שלום עולם")
    # What a codec would refuse is given to the letter as a hand or an older version might have stored it.
    from generator.mail import digest
    from generator.mail.letter import Letter
    from generator.model.archive import Archive
    from generator.model.contents import Contents
    from generator.model.topics import TopicMatcher
    from generator.theme.theme import load_theme

    desk = Desk.of(tmp_path)
    changes = listed(hard, rtl)
    archive = Archive.of(Contents().with_changes(changes), TopicMatcher.of(()))
    config = desk.config
    theme = load_theme("broadsheet", config.themes, base_path="/archive/", origin="https://papers.example")
    content = Letter.of(digest.of_day(archive, DAY), config.settings, theme).message()
    message = read(content)
    assert message["Bcc"] is None and b"\nBcc" not in content
    assert message["Subject"].startswith("Papers of 27 January 2025: One Bcc: x@evil.example Two <b onload=")
    assert message.defects == [] and message["Subject"].defects == ()
    page = html.fromstring(message.get_body(("html",)).get_content())
    assert page.xpath("//script | //b[@onload] | //img | //link | //iframe") == []
    assert len(page.xpath("//table")) == 2 and len(page.xpath("//h2")) == 2
    titles = [each.text_content() for each in page.xpath("//h2")]
    assert titles[0].endswith("</td></table><script>alert(1)</script> “Ж”") and titles[1] == "שלום עולם"
    assert page.xpath("//h2/@dir") == ["auto", "auto"]
    assert not set("\u202e\r") & set(message.get_body(("html",)).get_content().replace("\r\n", "\n"))


def test_nothing_in_it_is_fetched_and_it_is_small_enough_not_to_be_cut_off(tmp_path: Path) -> None:
    papers = [paper(number, DAY, title="Ж" * 100, summary="wheel " * 60) for number in range(1, 70)]
    message = read(written(Desk.of(tmp_path, listed(*papers)), day=DAY))
    page = message.get_body(("html",)).get_content()
    assert not re.search(r"<(?:img|link|script|iframe|object|form)\b|url\(|@import|src=", page)
    assert page.count("<h2") == 60 and "9 more in the archive" in page
    assert len(page.encode()) < 102_000
    assert message.get_body(("plain",))["Content-Transfer-Encoding"] in ("quoted-printable", "base64")


def test_a_week_and_what_is_trending_have_digests_of_their_own(tmp_path: Path) -> None:
    desk = Desk.of(tmp_path, archive_of(5, 20, DAY))
    result = cli(desk, "--week", "2025-W05", "--output", str(tmp_path))
    assert result.output == f"{tmp_path}/digest-2025-W05.eml: Week 5, 2025, 40 papers. Nothing was sent.\n"
    week = read((tmp_path / "digest-2025-W05.eml").read_bytes())
    assert week["Date"] == "Sun, 02 Feb 2025 08:00:00 +0000"
    assert "60 more in the archive" in week.get_body(("plain",)).get_content()
    assert cli(desk, "--trending", "--output", str(tmp_path)).exit_code == 0
    trending = read((tmp_path / "digest-trending-2025-01-31.eml").read_bytes())
    assert trending.get_body(("plain",)).get_content().count("https://arxiv.org/") == 20
    assert trending["Subject"].startswith("Trending on 31 January 2025: ")


@pytest.mark.parametrize(
    ("words", "said", "code"),
    [
        (
            ["--day", "2025-02-02"],
            "Sunday, 2 February 2025: Nothing is known of this day. Nothing is sent.",
            0,
        ),
        (["--day", "2025-01-29"], "The feed listed no papers on this day. Nothing is sent.", 0),
        (["--day", "2025-01-30"], "what it listed then is not known yet. Nothing is sent.", 1),
        (["--week", "2024-W01"], "0 papers listed", 0),
    ],
)
def test_an_empty_day_says_so_and_sends_nothing(
    tmp_path: Path, words: list[str], said: str, code: int
) -> None:
    desk = Desk.of(tmp_path)
    from generator.store.content import ContentStore

    store = ContentStore(desk.config.content)
    records = (
        DayRecord(date(2025, 1, 29), 0, "empty", "2025-01-30T08:00:00Z"),
        DayRecord(date(2025, 1, 30), 0, "failed", "2025-01-31T08:00:00Z"),
    )
    store.write(store.read_all(), Changes(records=records))
    desk.invite("ada@example.org")
    result = cli(desk, *words, "--send", "--recipients", str(desk.readers))
    assert said.replace("listed then", "listed") in result.output.replace("listed then", "listed")
    assert result.exit_code == code
    assert not desk.ledger.exists()


@pytest.mark.parametrize(
    "words",
    [
        ["--day", "2025-01-27", "--trending"], ["--week", "2025-W05", "--trending"], ["--week", "2025-W60"],
        ["--week", "May"], ["--send", "--output", "x.eml"],
    ],
)  # fmt: skip
def test_words_that_do_not_go_together_are_refused(tmp_path: Path, words: list[str]) -> None:
    assert cli(Desk.of(tmp_path), *words).exit_code == 2


def test_a_rehearsal_says_who_would_get_it_and_sends_and_notes_nothing(tmp_path: Path) -> None:
    desk = Desk.of(tmp_path)
    desk.invite("ada@example.org", "Bob <bob@example.org>")
    with serving(Post()) as post:
        result = cli(desk, "--day", str(DAY), "--send", "--dry-run", "--recipients", str(desk.readers))
        assert result.output.splitlines() == [
            f"{desk.readers}:1: ada@example.org",
            f"{desk.readers}:2: bob@example.org",
            "Monday, 27 January 2025: 2 readers would get it. Nothing was sent.",
        ]
        assert not desk.ledger.exists()
        desk.send(post)
    desk.run(day=DAY, dry_run=True, recipients=desk.readers)
    assert desk.said == [
        "Monday, 27 January 2025: 0 readers would get it. 2 of 2 had it, or refuse it. Nothing was sent."
    ]


def test_what_is_missing_to_send_is_named(tmp_path: Path) -> None:
    desk = Desk.of(tmp_path)
    with pytest.raises(SettingsError, match="--recipients FILE"):
        desk.run(send=True)
    inside = desk.config.content / "readers.txt"
    inside.write_text("ada@example.org\n")
    result = cli(desk, "--send", "--recipients", str(inside))
    assert result.exit_code == 1 and "which is published; keep addresses outside of it" in result.output
    unsigned = Desk.of(tmp_path / "unsigned", settings=SETTINGS[:1])
    with pytest.raises(SettingsError, match=r"set mail\.from in the settings"):
        unsigned.run(send=True, recipients=desk.readers)
    with pytest.raises(
        SettingsError, match=r"mail\.from in the settings is not an address: 'nobody' has no @"
    ):
        Desk.of(tmp_path / "odd", settings=("mail:", "  from: nobody")).run()


def test_a_device_is_not_replaced_by_a_file(tmp_path: Path) -> None:
    import os

    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(SettingsError, match="is no file that could be replaced"):
        Desk.of(tmp_path).run(output=pipe)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("unsubscribe: https://a.example/leave", "mail.unsubscribe must be mailto:ADDRESS, or https://"),
        ("unsubscribe: http://a.example/{address}", "mail.unsubscribe must be mailto:ADDRESS, or https://"),
        ("unsubscribe: 'mailto:a@b.example c'", "mail.unsubscribe must be mailto:ADDRESS, or https://"),
        ("subscribe: a@b.example", "mail.subscribe must be an address that begins with http"),
        ("form: x", "mail.form is no setting; did you mean mail.from?"),
    ],
)
def test_a_wrong_setting_is_named_with_its_line(tmp_path: Path, line: str, said: str) -> None:
    path = tmp_path / "content"
    path.mkdir()
    (path / "archive.yml").write_text(f"mail:\n  {line}\n")
    with pytest.raises(SettingsError) as caught:
        load_config(path, tmp_path / "site")
    assert f"archive.yml:2: {said}" in str(caught.value)


def test_the_colours_of_mail_are_the_themes() -> None:
    text = (ROOT / "themes/broadsheet/templates/mail/colours.html").read_text(encoding="utf-8")
    lists = [dict(re.findall(r'"([a-z-]+)": "(#[0-9a-f]{6})"', line)) for line in text.splitlines()]
    light, dark = (colours for colours in lists if colours)
    told = schemes("broadsheet")
    assert light.keys() == dark.keys()
    assert (light, dark) == tuple({name: scheme[name] for name in light} for scheme in told[:2])


def test_the_page_of_feeds_shows_the_form_where_there_is_one(tmp_path: Path) -> None:
    form = ("mail:", "  subscribe: https://papers.example/sign-up?list=papers&from=site")
    links = [
        re.findall(
            r'<a href="(https://papers.example/sign-up[^"]*)"',
            Built(folder, changes, settings=said).read("feeds/"),
        )
        for folder, said in ((tmp_path / "with", form), (tmp_path / "without", ()))
        for changes in [archive_of(1, 1)]
    ]
    assert links == [["https://papers.example/sign-up?list=papers&amp;from=site"], []]
