"""How a letter gets to everybody once: one message each, noted before the next one leaves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, cast

from generator.errors import MailServerError
from generator.mail import ledger
from generator.mail.letter import Letter
from generator.mail.recipients import Mailbox, Recipient


class Answered(Protocol):
    """What a server said to one message; see `generator.mail.sender.Answer`."""

    @property
    def outcome(self) -> str: ...
    @property
    def code(self) -> int: ...
    @property
    def words(self) -> str: ...


class Post(Protocol):
    """Something that takes messages."""

    def send(self, message: bytes, *, sender: str, recipient: str) -> Answered:
        """Raises MailServerError where the next recipient would fare no better."""
        ...


@dataclass(frozen=True, slots=True)
class Sent:
    """What has become of a digest in one run."""

    sent: int
    had: int
    """Got it in an earlier run."""
    refused: int
    """The server does not take their mail, ever; in this run or in an earlier one."""
    left: int
    """Have not got it, and will when it is sent again."""
    stopped: str = ""
    """Why the run ended before its end; empty where it did not."""


def send_all(
    letter: Letter, recipients: Sequence[Recipient], path: Path, post: Post, say: Callable[[str], None]
) -> Sent:
    """Send `letter` to those in the file at `path` who have not got it.

    `say` is told of everyone who does not get it, by the line of the file: no address is said, since what is
    said may be published. Raises Locked and FolderError.
    """
    counted: Counter[str] = Counter()
    stopped = ""
    with ledger.opened(path, letter.digest.id) as book:
        for recipient in recipients:
            box = recipient.mailbox
            key = _key(letter, box)
            earlier = book.outcome(key)
            if earlier or stopped:
                counted["had" if earlier == "sent" else earlier or "left"] += 1
                continue
            try:
                answer = post.send(letter.message(box), sender=letter.sender.address, recipient=box.address)
            except MailServerError as error:
                stopped = str(error)
                counted["left"] += 1
                continue
            counted[answer.outcome] += 1
            if answer.outcome != "left":
                book.note(key, cast(ledger.Outcome, answer.outcome), answer.code)
            if answer.outcome != "sent":
                say(f"{path}:{recipient.line}: {_fate(answer, box)}")
    return Sent(counted["sent"], counted["had"], counted["refused"], counted["left"], stopped)


def waiting(letter: Letter, recipients: Iterable[Recipient], path: Path) -> tuple[Recipient, ...]:
    """Those who would get `letter` if it were sent now. Nothing is written."""
    known = ledger.known(path, letter.digest.id)
    return tuple(each for each in recipients if _key(letter, each.mailbox) not in known)


def _key(letter: Letter, box: Mailbox) -> str:
    return box.digest(letter.settings.feed_id)


def _fate(answer: Answered, box: Mailbox) -> str:
    what = "refused for good" if answer.outcome == "refused" else "left for the next run"
    words = answer.words.replace(box.address, "…") if box.address in answer.words else answer.words
    return f"{what}: {answer.code or ''} {words}".replace(":  ", ": ").rstrip()
