"""What a static host answers: files under the base path, `404.html` for all else. Reads only."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from generator.serving.media import is_text, media_type

_WORTH_PACKING = 512
"""From how many bytes on gzip pays."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent. To HEAD goes the same without its body."""

    status: HTTPStatus
    headers: Mapping[str, str]
    body: bytes = b""


@dataclass(slots=True)
class Host:
    """The host of the folder `site`, whose addresses stand under `base_path`. Both may change as it runs."""

    site: Path
    base_path: str

    def answer(self, target: str, headers: Mapping[str, str], *, insert: bytes = b"") -> Answer:
        """The answer to a GET of `target`, a path with perhaps a query. `insert` goes into the head of pages.

        `headers` are the request's, looked up by their names in lower case.
        """
        path, _, query = target.partition("?")
        path = unquote(urlsplit(path).path if not path.startswith("//") else path)
        if path + "/" == self.base_path:
            return _moved(self.base_path, query)
        if path.startswith(self.base_path):
            file = self._file(path[len(self.base_path) :])
            if file and file.is_dir():
                return _moved(f"{path}/", query)
            if file:
                return self._send(file, HTTPStatus.OK, headers, insert)
        missing = self._file("404.html")
        if missing:
            return self._send(missing, HTTPStatus.NOT_FOUND, headers, insert)
        text = b"There is no such page, and no 404.html.\n"
        return Answer(HTTPStatus.NOT_FOUND, _length("text/plain; charset=utf-8", text), text)

    def _file(self, path: str) -> Path | None:
        """What stands at `path`, relative to the base path: a file, a folder that was asked for as a file, or
        nothing. Hidden files and what is not in the folder are nothing."""
        parts = path.split("/")
        is_folder = parts[-1] == ""
        named = parts[:-1] if is_folder else parts
        if any(not part or part.startswith(".") or "\\" in part or "\0" in part for part in named):
            return None
        found = self.site.joinpath(*named, *(["index.html"] if is_folder else []))
        try:
            inside = found.resolve().is_relative_to(self.site.resolve())
            there = found.is_file() or (found / "index.html").is_file()
        except OSError:
            return None
        return found if inside and there else None

    def _send(self, file: Path, status: HTTPStatus, headers: Mapping[str, str], insert: bytes) -> Answer:
        kind = media_type(file.name)
        body = file.read_bytes()
        if insert and kind.startswith("text/html"):
            head, end, rest = body.partition(b"</head>")
            body = head + insert + end + rest if end else body + insert
        etag = f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
        told = {"ETag": etag, "Cache-Control": "no-cache"}
        if is_text(kind):
            told["Vary"] = "Accept-Encoding"
        if status is HTTPStatus.OK and _matches(headers.get("if-none-match", ""), etag):
            return Answer(HTTPStatus.NOT_MODIFIED, told)
        if is_text(kind) and len(body) >= _WORTH_PACKING and _takes_gzip(headers.get("accept-encoding", "")):
            body = gzip.compress(body, 6, mtime=0)
            told["Content-Encoding"] = "gzip"
        return Answer(status, told | _length(kind, body), body)


def _moved(path: str, query: str) -> Answer:
    where = quote(path, safe="/~+,;=@!$&'()*:") + (f"?{query}" if query else "")
    return Answer(HTTPStatus.MOVED_PERMANENTLY, {"Location": where, "Content-Length": "0"})


def _length(kind: str, body: bytes) -> dict[str, str]:
    return {"Content-Type": kind, "Content-Length": str(len(body))}


def _matches(condition: str, etag: str) -> bool:
    """Whether `If-None-Match` names `etag`, by the weak comparison (RFC 9110, section 13.1.2)."""
    plain = etag.removeprefix("W/")
    return any(each.strip().removeprefix("W/") in (plain, "*") for each in condition.split(","))


def _takes_gzip(accepted: str) -> bool:
    for each in accepted.lower().split(","):
        name, _, weight = each.partition(";")
        if name.strip() in ("gzip", "*"):
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False
