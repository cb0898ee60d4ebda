"""A digest as a message (RFC 5322, MIME): plain text and HTML of the same content.

Equal digests give equal bytes: the date is the digest's, the boundary between the parts and the Message-ID
follow from what they belong to. Everything is ASCII, in lines that any server takes.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime, time
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from typing import Any
from urllib.parse import quote, urlsplit

from generator.config import Settings
from generator.errors import SettingsError
from generator.feed.text import one_line
from generator.mail.digest import Digest
from generator.mail.recipients import Mailbox, mailbox
from generator.theme.theme import Theme


class _Policy(EmailPolicy):
    """Folds headers that need encoding, and no others: the library would begin a long one on a line of its
    own, which some programs show as a space, and encode an address that is longer than a line."""

    def fold_binary(self, name: str, value: Any) -> bytes:
        if str(value).isascii() and self.max_line_length != _LONGEST_LINE:
            return self.clone(max_line_length=_LONGEST_LINE).fold_binary(name, value)
        return super().fold_binary(name, value)


_LONGEST_LINE = 998
"""RFC 5322, section 2.1.1."""
_POLICY = _Policy(linesep="\r\n", cte_type="7bit")
_HOUR = time(8, tzinfo=UTC)
"""The hour of the day that a message bears: by then a day's list has mostly been read."""
_PREHEADER = 3
_LEAVE = "\x1fleave\x1f"
"""Stands for the address to leave by. No text of a digest and no setting can hold a control character."""
_LEAVE_LINE = re.compile(rf"^.*{_LEAVE}.*\n?", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Letter:
    """A digest with all that its message needs, rendered once for all who get it."""

    digest: Digest
    settings: Settings
    sender: Mailbox
    text: str
    html: str
    """Both hold `_LEAVE` where the reader's own address to leave by belongs."""

    @classmethod
    def of(cls, digest: Digest, settings: Settings, theme: Theme) -> Letter:
        """The letter of `digest`. Raises SettingsError where `mail.from` is none, ThemeError."""
        view = {
            "mail": digest,
            "site": settings,
            "preheader": " · ".join((digest.state, *(item.title for item in digest.items[:_PREHEADER]))),
            "leave": _LEAVE if settings.mail.unsubscribe else "",
        }
        return cls(
            digest=digest,
            settings=settings,
            sender=sender_of(settings),
            text=theme.render("mail/digest.txt", **view),
            html=theme.render("mail/digest.html", **view),
        )

    def message(self, to: Mailbox | None = None) -> bytes:
        """The message to one reader, or to nobody in particular: without `To`, and without a way to leave
        that would have to name them."""
        digest, settings = self.digest, self.settings
        leave = leave_address(settings, to)
        message = EmailMessage(policy=_POLICY)
        message["From"] = self.sender.header
        if to is not None:
            message["To"] = to.header
        message["Subject"] = one_line(digest.subject)
        message["Date"] = format_datetime(datetime.combine(digest.date, _HOUR))
        message["Message-ID"] = f"<{self._local_id(to)}@{host_of(settings)}>"
        message["List-Id"] = f"<{_list_label(settings)}.{host_of(settings)}>"
        if leave:
            message["List-Unsubscribe"] = f"<{leave}>"
            if leave.startswith("https:"):
                message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(_with_leave(self.text, leave))
        message.add_alternative(_with_leave(self.html, leave.replace("&", "&amp;")), subtype="html")
        message["Content-Language"] = settings.language
        message.set_boundary(f"=_{_hash(self._local_id(to), self.html)}")
        return message.as_bytes()

    def _local_id(self, to: Mailbox | None) -> str:
        """What makes the Message-ID one of its kind: the digest, the archive, and who gets it."""
        parts = [self.digest.kind, self.digest.period, _hash(self.settings.feed_id)[:12]]
        return ".".join((*parts, to.digest(self.settings.feed_id)) if to else parts)


def sender_of(settings: Settings) -> Mailbox:
    """Who digests come from: `mail.from`, or an address that nobody reads, for messages that are not sent."""
    given = settings.mail.from_
    try:
        box = mailbox(given) if given else Mailbox("", f"no-reply@{host_of(settings)}")
    except ValueError as error:
        raise SettingsError(f"mail.from in the settings {error}.") from None
    return Mailbox(box.name or one_line(settings.title), box.address)


def host_of(settings: Settings) -> str:
    """The host of the archive, as it may stand in a Message-ID."""
    name = urlsplit(settings.base_url).hostname or "localhost"
    try:
        name = name.encode("idna").decode("ascii")
    except UnicodeError:
        name = "localhost"
    return re.sub(r"[^a-z0-9.-]+", "-", name).strip(".-") or "localhost"


def leave_address(settings: Settings, to: Mailbox | None) -> str:
    """Where one reader leaves the list; empty where that is nowhere, or needs a reader and has none."""
    given = quote(settings.mail.unsubscribe, safe=":/?#[]@!$&'()*+,;=%{}")
    if "{address}" not in given:
        return given
    return given.replace("{address}", quote(to.address, safe="")) if to else ""


def _with_leave(text: str, address: str) -> str:
    """`text` with `address` in its place; without the line of it where there is none."""
    return text.replace(_LEAVE, address) if address else _LEAVE_LINE.sub("", text)


def _list_label(settings: Settings) -> str:
    """Tells the lists of one host apart: `digest`, or `my-archive.digest` under a base path."""
    path = re.sub(r"[^A-Za-z0-9]+", "-", settings.base_path).strip("-")
    return f"{path}.digest" if path else "digest"


def _hash(*parts: str) -> str:
    return hashlib.blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()
