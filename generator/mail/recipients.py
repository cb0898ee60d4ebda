"""Who gets digests: a file of one address a line, kept outside whatever is published."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from email.headerregistry import Address
from pathlib import Path

from generator.errors import Problem, RecipientsError
from generator.feed.text import one_line

_LINE = re.compile(r"(?:(?P<name>[^<>]*?)\s*<(?P<angled>[^<>]*)>|(?P<bare>[^\s<>]+))(?:\s+#.*)?")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_CONTROL = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]")
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
"""RFC 5321, section 4.1.2, Dot-string: quoted ones, which hardly anybody has, are refused."""
_DOMAIN = re.compile(r"localhost|(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9-]{2,63}")
_LONGEST_LOCAL, _LONGEST, _LONGEST_NAME = 64, 254, 100
"""In characters; the first two are RFC 5321's, section 4.5.3.1."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A name, which may be empty, and an address of ASCII alone."""

    name: str
    address: str

    @property
    def header(self) -> Address:
        """As a header of a message holds it."""
        return Address(self.name, addr_spec=self.address)

    def digest(self, salt: str) -> str:
        """What stands for the address where it must not stand itself, of 32 hexadecimal digits."""
        told = f"{salt}\0{self.address.casefold()}"
        return hashlib.blake2b(told.encode(), digest_size=16, person=b"papers-digest").hexdigest()


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who gets digests, and the line of the file that says so."""

    mailbox: Mailbox
    line: int


def mailbox(text: str) -> Mailbox:
    """`a@b.example` or `Name <a@b.example>`, the name perhaps in double quotes.

    Raises ValueError with what is wrong with it.
    """
    if _CONTROL.search(text):
        raise ValueError("holds a control character")
    found = _LINE.fullmatch(text.strip())
    if found is None:
        raise ValueError("is not an address; write a@b.example or Name <a@b.example>")
    name = (found["name"] or "").strip()
    if quoted := _QUOTED.fullmatch(name):
        name = re.sub(r"\\(.)", r"\1", quoted[1])
    name = one_line(name)
    if len(name) > _LONGEST_NAME:
        raise ValueError(f"has a name of more than {_LONGEST_NAME} characters")
    return Mailbox(name, _address(found["angled"] if found["angled"] is not None else found["bare"]))


def parse(text: str, path: Path | str) -> tuple[Recipient, ...]:
    """The recipients of a file, each address once: the first line that has it counts.

    Empty lines and what follows a `#` at the beginning of a line or after an address are remarks.
    Raises RecipientsError with every bad line.
    """
    found: dict[str, Recipient] = {}
    problems: list[Problem] = []
    for number, line in enumerate(text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n"), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            box = mailbox(line)
        except ValueError as error:
            problems.append(Problem(f"{path}:{number}", f"{error}."))
        else:
            found.setdefault(box.address.casefold(), Recipient(box, number))
    if problems:
        raise RecipientsError(problems)
    return tuple(found.values())


def read(path: Path, *, published: Iterable[Path]) -> tuple[Recipient, ...]:
    """The recipients in the file at `path`, which must not lie in any of the folders `published`.

    Raises RecipientsError.
    """
    place = path.resolve()
    for folder in published:
        if place.is_relative_to(folder.resolve()):
            what = f"lies in {folder}, which is published; keep addresses outside of it"
            raise RecipientsError([Problem(str(path), f"{what}.")])
    try:
        text = place.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise RecipientsError([Problem(f"{path}:{line}", "is not UTF-8 text; save it as UTF-8.")]) from None
    except OSError as error:
        raise RecipientsError([Problem(str(path), f"cannot be read: {error.strerror}.")]) from None
    found = parse(text, path)
    if not found:
        raise RecipientsError([Problem(str(path), "names nobody.")])
    return found


def repository_of(folder: Path) -> Path | None:
    """The git repository that holds `folder`; None where there is none."""
    folder = folder.resolve()
    return next((each for each in (folder, *folder.parents) if (each / ".git").exists()), None)


def _address(text: str) -> str:
    local, at, domain = text.strip().rpartition("@")
    if not at:
        raise ValueError(f"is not an address: {text.strip()[:60]!r} has no @")
    if not local.isascii():
        raise ValueError("has letters before the @ that not every mail server takes; use an address of ASCII")
    try:
        domain = domain.encode("idna").decode("ascii")
    except UnicodeError:
        domain = ""
    sound = _LOCAL.fullmatch(local) and _DOMAIN.fullmatch(domain)
    if not sound or len(local) > _LONGEST_LOCAL or len(local) + len(domain) >= _LONGEST:
        raise ValueError(f"is not an address: {text.strip()[:60]!r}")
    return f"{local}@{domain}"
