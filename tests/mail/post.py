"""A mail server on loopback that answers as it is told, and a small archive whose papers are sent to it."""

from __future__ import annotations

import asyncio
import email
import email.policy
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP

from generator.config import Config, load_config
from generator.mail import command
from generator.model.contents import Changes
from tests.support.invented import archive_of, write_content

DAY = date(2025, 1, 27)
SETTINGS = (
    "base_url: https://papers.example/archive/",
    "mail:",
    "  from: Daily Papers <digest@papers.example>",
    "  unsubscribe: https://papers.example/leave?who={address}&list=1",
)


@dataclass
class Received:
    """A message as the server took it: the envelope, and what is in it."""

    sender: str
    recipients: list[str]
    content: bytes

    @property
    def message(self) -> EmailMessage:
        return read(self.content)


def read(content: bytes) -> EmailMessage:
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


@dataclass
class Post:
    """The server's side: what came in, and what to answer whom."""

    received: list[Received] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    """Every recipient that was named, also those who were refused."""
    answers: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """The next answers to `RCPT TO` by address; then it takes everything."""
    answers_to_data: list[str] = field(default_factory=list)
    greets: str = "250 OK"
    """The answer to `MAIL FROM`."""
    dies_at: int = -1
    """After so many messages it hangs up in the middle of the next one, and listens no more."""
    drops: int = 0
    """How many messages it hangs up on, and listens on."""
    logins: list[tuple[str, str]] = field(default_factory=list)
    connections: int = 0
    port: int = 0
    stop_listening: Callable[[], None] = lambda: None

    async def handle_EHLO(
        self, server: Any, session: Any, envelope: Any, hostname: str, responses: Any
    ) -> Any:
        session.host_name = hostname
        self.connections += 1
        return responses

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        envelope.mail_from = address
        return self.greets

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        self.asked.append(address)
        if self.answers[address]:
            return self.answers[address].pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if len(self.received) == self.dies_at:
            self.stop_listening()
            server.transport.abort()
            return "451 gone"
        if self.drops:
            self.drops -= 1
            server.transport.abort()
            return "451 gone"
        if self.answers_to_data and not (answer := self.answers_to_data.pop(0)).startswith("250"):
            return answer
        self.received.append(Received(envelope.mail_from, list(envelope.rcpt_tos), envelope.content))
        return "250 OK"

    @property
    def reached(self) -> list[str]:
        """Who got a message, in the order in which they did."""
        return [each for message in self.received for each in message.recipients]


@contextmanager
def serving(post: Post, *, tls: Any = None, **options: Any) -> Iterator[Post]:
    """`post` on a free port. With `tls`, a context, the server speaks it from the first byte; `options` are
    those of aiosmtpd's SMTP."""
    loop = asyncio.new_event_loop()

    async def start() -> asyncio.AbstractServer:
        def protocol() -> SMTP:
            return SMTP(post, hostname="papers.test", loop=loop, **options)

        return await loop.create_server(protocol, "127.0.0.1", 0, ssl=tls)

    # All of it in a thread of its own: a browser that another test opened has a loop in this one.
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        server = asyncio.run_coroutine_threadsafe(start(), loop).result(10)
        post.port = server.sockets[0].getsockname()[1]
        post.stop_listening = server.close
        try:
            yield post
        finally:
            loop.call_soon_threadsafe(server.close)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)
        loop.close()


@dataclass
class Desk:
    """An archive, a file of recipients outside of it, and `papers digest` run in one process."""

    folder: Path
    said: list[str] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)

    @classmethod
    def of(
        cls, folder: Path, changes: Changes | None = None, *, settings: tuple[str, ...] = SETTINGS
    ) -> Desk:
        write_content(folder / "archive/content", changes or archive_of(2, 3, DAY), settings=settings)
        return cls(folder)

    @property
    def config(self) -> Config:
        return load_config(self.folder / "archive/content", self.folder / "archive/site")

    @property
    def readers(self) -> Path:
        return self.folder / "readers.txt"

    @property
    def ledger(self) -> Path:
        return self.folder / "readers.txt.ledger"

    def invite(self, *lines: str) -> None:
        self.readers.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def run(self, environment: dict[str, str] | None = None, **wanted: Any) -> int:
        """The exit code; what was said is in `said`, the last run's only."""
        self.said.clear()
        return command.run(
            self.config,
            command.Wanted(**wanted),
            environment or {},
            say=self.said.append,
            sleep=self.slept.append,
        )

    def send(
        self, post: Post, *, security: str = "none", more: dict[str, str] | None = None, **wanted: Any
    ) -> int:
        environment = {
            "PAPERS_SMTP_HOST": "127.0.0.1",
            "PAPERS_SMTP_PORT": str(post.port),
            "PAPERS_SMTP_SECURITY": security,
            **(more or {}),
        }
        return self.run(environment, send=True, recipients=self.readers, day=DAY, **wanted)
