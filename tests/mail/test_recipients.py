"""The file of recipients: what may stand in it, and how it is said when it may not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.errors import RecipientsError
from generator.mail.recipients import Mailbox, mailbox, parse, read, repository_of


def test_one_address_a_line_with_or_without_a_name_and_remarks() -> None:
    text = (
        "\ufeff# our readers\r\n\r\nada@example.org\r\n  Grace Hopper <grace@example.org>  # since May\r\n"
        '"Doe, Jane \\"JD\\"" <jane@example.org>\n李雷 <li@例子.example>\nC# fan <c#@example.org>\n'
    )
    assert [(each.line, each.mailbox) for each in parse(text, "readers")] == [
        (3, Mailbox("", "ada@example.org")),
        (4, Mailbox("Grace Hopper", "grace@example.org")),
        (5, Mailbox('Doe, Jane "JD"', "jane@example.org")),
        (6, Mailbox("李雷", "li@xn--fsqu00a.example")),
        (7, Mailbox("C# fan", "c#@example.org")),
    ]


def test_an_address_counts_once_and_its_first_line_names_it() -> None:
    found = parse("Ada <ada@example.org>\nADA@Example.org\nbob@example.org\n", "readers")
    assert [(each.line, each.mailbox.name) for each in found] == [(1, "Ada"), (3, "")]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("ada", "is not an address: 'ada' has no @."),
        ("ada@", "is not an address: 'ada@'."),
        ("ada@example", "is not an address: 'ada@example'."),
        ("a da@example.org", "is not an address; write a@b.example or Name <a@b.example>."),
        ("ada@example.org, bob@example.org", "is not an address; write a@b.example or Name <a@b.example>."),
        ("<ada@example.org> <b@example.org>", "is not an address; write a@b.example or Name <a@b.example>."),
        ("Ada <>", "is not an address: '' has no @."),
        (".ada@example.org", "is not an address: '.ada@example.org'."),
        ("ada@exa..mple.org", "is not an address: 'ada@exa..mple.org'."),
        (
            "adá@example.org",
            "has letters before the @ that not every mail server takes; use an address of ASCII.",
        ),
        ("Ada\rBcc: b@example.org <ada@example.org>", "holds a control character."),
        ("Ada\x00 <ada@example.org>", "holds a control character."),
        ("Ada\u2028Bcc: x <ada@example.org>", "holds a control character."),
        (f"{'x' * 101} <ada@example.org>", "has a name of more than 100 characters."),
        (f"{'x' * 65}@example.org", f"is not an address: '{('x' * 65 + '@example.org')[:60]}'."),
    ],
)  # fmt: skip
def test_a_bad_line_is_named_and_nobody_is_read(line: str, said: str) -> None:
    with pytest.raises(RecipientsError) as caught:
        parse(f"good@example.org\n{line}\n", "readers")
    assert [str(problem) for problem in caught.value.problems] == [f"readers:2: {said}"]


def test_every_bad_line_is_named() -> None:
    with pytest.raises(RecipientsError) as caught:
        parse("x\ngood@example.org\ny\n", "readers")
    assert [problem.where for problem in caught.value.problems] == ["readers:1", "readers:3"]


@given(st.text())
@example("a@b.c\r\nBcc: d@e.f")
@example('"\\\r\n" <a@b.cd>')
def test_nothing_that_is_taken_for_a_mailbox_could_be_more_than_one_header(text: str) -> None:
    try:
        box = mailbox(text)
    except ValueError:
        return
    assert box.name.isprintable() and box.address.isascii() and box.address.isprintable()
    assert not set(box.address) & set(' <>,;:"\\()[]')
    assert box.header.addr_spec == box.address


def test_recipients_are_not_kept_where_they_would_be_published(tmp_path: Path) -> None:
    repository = tmp_path / "archive"
    (repository / ".git").mkdir(parents=True)
    (repository / "content").mkdir()
    path = repository / "readers.txt"
    path.write_text("ada@example.org\n")
    link = tmp_path / "link.txt"
    link.symlink_to(path)
    assert repository_of(repository / "content") == repository
    for each in (path, link):
        with pytest.raises(RecipientsError, match=r"lies in .*archive, which is published; keep addresses"):
            read(each, published=[repository])
    outside = tmp_path / "readers.txt"
    outside.write_text("ada@example.org\n")
    assert len(read(outside, published=[repository])) == 1


@pytest.mark.parametrize(
    ("data", "said"),
    [(None, "No such file"), (b"# nobody\n", "names nobody"), (b"a@b.org\n\xff@b.org\n", ":2: is not UTF-8")],
)
def test_a_file_that_cannot_be_used_is_a_sentence(tmp_path: Path, data: bytes | None, said: str) -> None:
    path = tmp_path / "readers.txt"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(RecipientsError, match=said):
        read(path, published=[])


def test_what_stands_for_an_address_tells_archives_apart_and_letters_not() -> None:
    ada = Mailbox("", "ada@example.org")
    assert ada.digest("one") == Mailbox("Ada", "ADA@example.org").digest("one") != ada.digest("two")
