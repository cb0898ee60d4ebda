"""Digests sent to a real server on loopback: once to everybody, whatever the server does."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.smtp import AuthResult, LoginPassword

from generator.errors import FolderError, Locked, MailServerError, SettingsError
from generator.files import exclusive
from generator.mail import ledger
from generator.mail.sender import server_of
from generator.model.contents import Changes
from generator.model.paper import Figures, Observation
from tests.mail.post import DAY, SETTINGS, Desk, Post, read, serving
from tests.support.invented import paper

FIVE = [f"reader{number}@example.org" for number in range(1, 6)]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk.of(tmp_path)
    desk.invite(*FIVE)
    return desk


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def context(authority: trustme.CA, name: str = "127.0.0.1") -> Any:
    import ssl

    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(made)
    return made


def trusted(authority: trustme.CA, folder: Path) -> dict[str, str]:
    path = folder / "authority.pem"
    authority.cert_pem.write_to_path(str(path))
    return {"PAPERS_SMTP_CA": str(path)}


def test_everybody_gets_a_message_of_their_own(desk: Desk) -> None:
    desk.invite("ada@example.org", "李雷, Dr. <li@example.org>")
    with serving(Post()) as post:
        assert desk.send(post) == 0
    assert [message.recipients for message in post.received] == [["ada@example.org"], ["li@example.org"]]
    assert {message.sender for message in post.received} == {"digest@papers.example"}
    first, second = (message.message for message in post.received)
    assert first["To"] == "ada@example.org"
    assert [(each.display_name, each.addr_spec) for each in second["To"].addresses] == [
        ("李雷, Dr.", "li@example.org")
    ]
    for message in (first, second):
        assert message["Cc"] is None and message["Bcc"] is None and len(message.get_all("To")) == 1
    assert first["Message-ID"] != second["Message-ID"]
    assert "li@example.org" not in post.received[0].content.decode()
    assert post.connections == 1
    assert desk.said == ["Monday, 27 January 2025, 3 papers: sent to 2 readers."]


def test_nobody_gets_a_digest_twice_and_the_next_digest_goes_to_all(desk: Desk) -> None:
    with serving(Post()) as post:
        assert (desk.send(post), desk.send(post)) == (0, 0)
        assert post.reached == FIVE
        assert desk.said == ["Monday, 27 January 2025, 3 papers: sent to 0 readers, 5 had it already."]
        desk.invite(*FIVE, "new@example.org")
        assert desk.send(post) == 0
        assert post.reached == [*FIVE, "new@example.org"]
        post.received.clear()
        assert desk.run(_server(post), send=True, recipients=desk.readers, trending=True) == 0
        assert post.reached == [*FIVE, "new@example.org"]


@pytest.mark.parametrize("dies_at", range(5))
def test_after_the_server_died_in_the_middle_the_next_run_sends_exactly_the_rest(
    desk: Desk, dies_at: int
) -> None:
    with serving(Post(dies_at=dies_at)) as post:
        assert desk.send(post) == 1
    assert post.reached == FIVE[:dies_at]
    assert desk.said[0].startswith(f"mail server 127.0.0.1:{post.port}: no connection (")
    reached = f"sent to {dies_at} reader{'' if dies_at == 1 else 's'}"
    assert desk.said[1] == (
        f"Monday, 27 January 2025, 3 papers: {reached}, {5 - dies_at} left; run the same again."
    )
    with serving(Post()) as again:
        assert desk.send(again) == 0
    assert again.reached == FIVE[dies_at:]


def test_a_dropped_connection_is_made_again(desk: Desk) -> None:
    with serving(Post(drops=2)) as post:
        assert desk.send(post) == 0
    assert post.reached == FIVE
    assert len(desk.slept) == 2 and post.connections == 3


def test_who_cannot_be_reached_now_is_asked_again_and_left_for_the_next_run(desk: Desk) -> None:
    post = Post()
    post.answers[FIVE[1]] = ["451 4.7.1 greylisted"] * 2
    post.answers[FIVE[2]] = [f"450 4.2.2 {FIVE[2]} is full"] * 4
    with serving(post):
        assert desk.send(post) == 1
        assert post.reached == [FIVE[0], FIVE[1], FIVE[3], FIVE[4]]
        assert len(desk.slept) == 2 + 3
        assert desk.said == [
            f"{desk.readers}:3: left for the next run: 450 4.2.2 … is full",
            "Monday, 27 January 2025, 3 papers: sent to 4 readers, 1 left; run the same again.",
        ]
        assert desk.send(post) == 0
        assert post.reached[4:] == [FIVE[2]]


def test_who_is_refused_for_good_is_not_tried_again_within_the_digest(desk: Desk) -> None:
    post = Post(answers_to_data=["250 OK", "554 5.7.1 no such mail here"])
    post.answers[FIVE[3]] = ["550 5.1.1 nobody of this name\r\nBcc: x"]
    with serving(post):
        assert desk.send(post) == 0
        assert desk.said == [
            f"{desk.readers}:2: refused for good: 554 5.7.1 no such mail here",
            f"{desk.readers}:4: refused for good: 550 5.1.1 nobody of this name",
            "Monday, 27 January 2025, 3 papers: sent to 3 readers, 2 refused for good.",
        ]
        asked = list(post.asked)
        assert desk.send(post) == 0
        assert post.asked == asked
        assert desk.said == [
            "Monday, 27 January 2025, 3 papers: sent to 0 readers, 3 had it already, 2 refused for good."
        ]


@pytest.mark.parametrize("answer", ["550 5.7.1 we do not know you", "530 authentication required"])
def test_a_server_that_does_not_want_us_is_asked_once_and_nobody_is_written_off(
    desk: Desk, answer: str
) -> None:
    with serving(Post(greets=answer)) as post:
        assert desk.send(post) == 1
    assert post.asked == [] and "5 left" in desk.said[-1]
    with serving(Post()) as again:
        assert desk.send(again) == 0
    assert again.reached == FIVE


def test_lines_of_any_kind_arrive_as_they_were_written(tmp_path: Path) -> None:
    hard = paper(1, DAY, title="longword" * 250, summary="Fluß 试 " * 9, authors=(".", "..", "From here"))
    settings = (*SETTINGS[:3], 'description: ".. two dots lead this line, and the word From\\nFrom the next"')
    seen = Observation("2025-01-27T08:00:00Z", hard.id, Figures(3, 0, None))
    desk = Desk.of(tmp_path, Changes((hard,), (seen,)), settings=settings)
    desk.invite("ada@example.org")
    assert desk.run(day=DAY, output=tmp_path / "out.eml") == 0
    with serving(Post()) as post:
        assert desk.send(post) == 0
    written = (tmp_path / "out.eml").read_bytes()
    sent = post.received[0]
    for content in (written, sent.content):
        assert content.isascii() and max(map(len, content.split(b"\r\n"))) <= 200
        assert b"\n" not in content.replace(b"\r\n", b"")
    for kind in ("plain", "html"):
        arrived, made = (each.get_body((kind,)).get_content() for each in (sent.message, read(written)))
        assert arrived == made
        assert "longword" * 250 in arrived
    assert "\r\n.. two dots lead" in read(written).get_body(("plain",)).get_content()


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_mail_goes_over_tls_to_a_server_whose_certificate_can_be_trusted(
    desk: Desk, authority: trustme.CA, tmp_path: Path, security: str
) -> None:
    made = context(authority)
    options = {"tls_context": made, "require_starttls": True} if security == "starttls" else {"tls": made}
    with serving(Post(), **options) as post:
        assert desk.send(post, security=security, more=trusted(authority, tmp_path)) == 0
        assert post.reached == FIVE
        desk.ledger.unlink()
        assert desk.send(post, security=security) == 1
    assert len(post.received) == 5
    assert "its certificate cannot be trusted" in desk.said[0] and "PAPERS_SMTP_CA" in desk.said[0]


def test_a_certificate_of_another_host_is_none(desk: Desk, authority: trustme.CA, tmp_path: Path) -> None:
    with serving(Post(), tls_context=context(authority, "other.example")) as post:
        assert desk.send(post, security="starttls", more=trusted(authority, tmp_path)) == 1
    assert post.received == [] and "its certificate cannot be trusted" in desk.said[0]


def test_a_server_without_encryption_gets_nothing_where_some_is_asked_for(desk: Desk) -> None:
    with serving(Post()) as post:
        assert desk.send(post, security="starttls") == 1
    assert post.received == [] and "STARTTLS extension not supported" in desk.said[0]


@pytest.mark.parametrize("password", ["hunter2", "wrong pass"])
def test_user_and_password_are_told_over_tls_and_never_said(
    desk: Desk, authority: trustme.CA, tmp_path: Path, password: str
) -> None:
    def check(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        post.logins.append((data.login.decode(), data.password.decode()))
        return AuthResult(success=data.password == b"hunter2", handled=False)

    post = Post()
    more = {**trusted(authority, tmp_path), "PAPERS_SMTP_USER": "me", "PAPERS_SMTP_PASSWORD": password}
    options = {"authenticator": check, "auth_required": True, "tls_context": context(authority)}
    with serving(post, **options):
        code = desk.send(post, security="starttls", more=more)
    assert ("me", password) in post.logins
    assert (code, post.reached) == ((0, FIVE) if password == "hunter2" else (1, []))
    assert password not in "\n".join(desk.said) + repr(server_of({"PAPERS_SMTP_HOST": "x", **more}))
    if code:
        assert "it does not know this user or password: 535" in desk.said[0]


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({}, "PAPERS_SMTP_HOST must name"),
        ({"HOST": "a b"}, "PAPERS_SMTP_HOST must name"),
        ({"HOST": "smtp.example", "PORT": "0"}, "PAPERS_SMTP_PORT must be a number"),
        ({"HOST": "smtp.example", "SECURITY": "ssl"}, "PAPERS_SMTP_SECURITY must be starttls, tls or none"),
        ({"HOST": "smtp.example", "USER": "me"}, "belong together"),
        ({"HOST": "smtp.example", "CA": "/no/such"}, "is no file of certificates"),
        (
            {"HOST": "smtp.example", "USER": "me", "PASSWORD": "hunter2", "SECURITY": "none"},
            "for anybody to read",
        ),
    ],
)
def test_settings_of_the_server_that_mean_nothing_are_named(environment: dict[str, str], said: str) -> None:
    with pytest.raises(SettingsError, match=said) as caught:
        server_of({f"PAPERS_SMTP_{name}": value for name, value in environment.items()})
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1"])
def test_a_password_may_go_unencrypted_to_this_machine_alone(host: str) -> None:
    told = {"HOST": host, "USER": "me", "PASSWORD": "hunter2", "SECURITY": "none"}
    assert server_of({f"PAPERS_SMTP_{name}": value for name, value in told.items()}).port == 25


def test_two_runs_do_not_send_at_once(desk: Desk) -> None:
    path = desk.ledger.resolve()
    with (
        serving(Post()) as post,
        exclusive(path.parent, path.name, what=str(path)),
        pytest.raises(Locked, match=r"readers\.txt\.ledger is being written by process"),
    ):
        desk.send(post)
    assert post.connections == 0


def test_a_ledger_that_cannot_be_written_stops_the_run_before_anything_is_sent(desk: Desk) -> None:
    desk.ledger.mkdir()
    with serving(Post()) as post, pytest.raises(FolderError, match=r"ledger: could not be opened"):
        desk.send(post)
    assert post.connections == 0


def test_a_full_disk_stops_the_run_at_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with serving(Post()) as post:
        assert desk.send(post) == 0
        post.received.clear()
        desk.invite(*FIVE, "new@example.org", "newer@example.org")
        write = ledger.Ledger.note

        def note(self: Any, *told: Any) -> None:
            monkeypatch.setattr("os.fsync", full)
            write(self, *told)

        monkeypatch.setattr(ledger.Ledger, "note", note)
        with pytest.raises(FolderError, match="No space left"):
            desk.send(post)
    assert post.reached == ["new@example.org"]


def test_the_ledger_holds_no_address_and_is_the_owners_alone(desk: Desk) -> None:
    post = Post()
    post.answers[FIVE[0]] = ["550 no"]
    with serving(post):
        desk.send(post)
    lines = desk.ledger.read_text().splitlines()
    assert [line.split()[0] for line in lines] == ["refused", "sent", "sent", "sent", "sent"]
    assert all(line.split()[1] == "day/2025-01-27" and "@" not in line for line in lines)
    assert stat.S_IMODE(desk.ledger.stat().st_mode) == 0o600


def test_a_line_that_a_crash_cut_off_does_not_count(desk: Desk) -> None:
    with serving(Post()) as post:
        desk.send(post)
        whole = desk.ledger.read_bytes()
        desk.ledger.write_bytes(whole[:-3])
        post.received.clear()
        assert desk.send(post) == 0
        assert post.reached == FIVE[4:]
        assert desk.send(post) == 0
        assert post.reached == FIVE[4:]


def test_what_is_sent_once_more_after_a_lost_line_is_the_same_message(desk: Desk) -> None:
    with serving(Post()) as post:
        desk.send(post)
        desk.ledger.unlink()
        desk.send(post)
    first, second = post.received[:5], post.received[5:]
    assert [each.content for each in first] == [each.content for each in second]


def test_nobody_listening_is_a_sentence(desk: Desk) -> None:
    with serving(Post()) as post:
        pass
    assert desk.send(post) == 1
    assert desk.said[0].startswith(f"mail server 127.0.0.1:{post.port}: no connection (")
    assert desk.said[1].endswith("sent to 0 readers, 5 left; run the same again.")
    assert issubclass(MailServerError, Exception)


def _server(post: Post) -> dict[str, str]:
    return {
        "PAPERS_SMTP_HOST": "127.0.0.1",
        "PAPERS_SMTP_PORT": str(post.port),
        "PAPERS_SMTP_SECURITY": "none",
    }
