"""Where an address that stands in a file of the site leads."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum
from urllib.parse import unquote, urljoin, urlsplit

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_PLAIN_HOST = re.compile(r"https?://([A-Za-z0-9.-]+)(?=[/?#]|\Z)")
_PLAIN_PATH = re.compile(r"(?:/(?![/.])[\w~+,;=.-]*)+", re.ASCII)
_DROPPED = str.maketrans("", "", "\t\n\r")
"""What browsers leave out of an address (https://url.spec.whatwg.org/#concept-basic-url-parser)."""
_WHITE = "".join(map(chr, range(0x21)))


class Kind(Enum):
    """How an address ends up."""

    FILE = "a file of the site"
    ELSEWHERE = "another host"
    NOT_WEB = "mail, data and the like"
    SCRIPT = "it runs a script"
    OUTSIDE = "this host, but not under the base path"
    NOWHERE = "under the base path, where no file is"


@dataclass(frozen=True, slots=True)
class Target:
    """Where an address leads. `path` is the file of the site, for NOWHERE the one that is missing."""

    kind: Kind
    path: str = ""
    fragment: str = ""
    is_absolute: bool = False
    """Whether it was written with its host, as others write an address of ours."""


class Addresses:
    """Resolves addresses on a site of these `files` at `base_url`, which ends with a slash."""

    def __init__(self, files: Collection[str], base_url: str) -> None:
        self._files = files
        self.base_url = base_url
        parts = urlsplit(base_url)
        self._origins = frozenset((f"//{parts.netloc.lower()}", f"{parts.scheme}://{parts.netloc.lower()}"))
        self.base_path = parts.path
        self._known: dict[str, Target] = {}

    def of(self, path: str) -> str:
        """The address, with its host, at which the host serves the file `path`."""
        return self.base_url + _served(path)

    def lead(self, address: str, path: str) -> Target:
        """Where `address` leads that stands in the file `path`."""
        found = self._known.get(address)
        if found is None:
            found = self._resolve(address, path)
            if not _is_relative(address):
                self._known[address] = found
        return found

    def _resolve(self, address: str, path: str) -> Target:
        if plainly := self._plainly(address):
            return plainly
        plain = address.strip(_WHITE).translate(_DROPPED)
        scheme = _SCHEME.match(plain)
        if scheme and scheme[0].lower() not in ("http:", "https:"):
            return Target(Kind.SCRIPT if scheme[0].lower() in ("javascript:", "vbscript:") else Kind.NOT_WEB)
        try:
            parts = urlsplit(urljoin(self.base_path + _served(path), plain.replace("\\", "/")))
        except ValueError:
            return Target(Kind.NOWHERE, plain)
        origin = f"{parts.scheme}://{parts.netloc.lower()}" if parts.scheme else f"//{parts.netloc.lower()}"
        is_absolute = bool(parts.netloc or parts.scheme)
        if is_absolute and origin not in self._origins:
            return Target(Kind.ELSEWHERE)
        where = unquote(parts.path) or "/"
        if where + "/" == self.base_path:
            where = self.base_path
        if not where.startswith(self.base_path):
            return Target(Kind.ELSEWHERE if is_absolute else Kind.OUTSIDE, where)
        file = where[len(self.base_path) :]
        if found := self._file(file):
            return Target(Kind.FILE, found, unquote(parts.fragment.partition(":~:")[0]), is_absolute)
        return Target(Kind.NOWHERE, f"{file}index.html" if _is_folder(file) else file, "", is_absolute)

    def _plainly(self, address: str) -> Target | None:
        """Where an address leads that has nothing to decode, as nearly all; None where that takes more."""
        host = _PLAIN_HOST.match(address)
        if host and f"//{host[1].lower()}" not in self._origins:
            return Target(Kind.ELSEWHERE)
        begin = self.base_url if host else self.base_path
        if not address.startswith(begin):
            return None
        path = address[len(begin) - 1 :]
        if "#" not in path:
            path = path.partition("?")[0]
        if not _PLAIN_PATH.fullmatch(path):
            return None
        file = self._file(path[1:])
        return Target(Kind.FILE, file, is_absolute=host is not None) if file else None

    def _file(self, path: str) -> str:
        """The file that a host serves, or leads to, for `path`; empty where there is none."""
        if path in self._files:
            return path
        index = f"{path}index.html" if _is_folder(path) else f"{path}/index.html"
        return index if index in self._files else ""


def _served(path: str) -> str:
    return path.removesuffix("index.html") if path == "index.html" or path.endswith("/index.html") else path


def _is_folder(path: str) -> bool:
    return not path or path.endswith("/")


def _is_relative(address: str) -> bool:
    """Whether it leads elsewhere on another page."""
    plain = address.lstrip(_WHITE)
    return not (plain.startswith("/") or _SCHEME.match(plain))
