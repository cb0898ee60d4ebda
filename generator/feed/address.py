"""Web addresses that strangers typed: made plain where that is certain, and never a dangerous link."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import quote, urlsplit, urlunsplit

MAX_LENGTH = 2_000
"""Longer than any address that works everywhere (RFC 9110, section 4.1 asks for 8,000 at most)."""

_UNSAFE = re.compile(
    r"[\s\x00-\x20\x7f-\x9f\"<>\\`\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_SAFE = "%:/?#@!$&'()*+,;=~-._"
_GITHUB = re.compile(
    r"(?:(?:git\+)?https?://(?:www\.)?github\.com/|(?:www\.)?github\.com/|git@github\.com:)/*"
    r"(?P<owner>[A-Za-z0-9][A-Za-z0-9_-]{0,38})"
    r"(?:/+(?P<name>[A-Za-z0-9._-]{1,100}?)(?:\.git)?)?"
    r"(?P<rest>/.*)?(?:[?#].*)?",
    re.IGNORECASE,
)
_NOT_OWNERS = frozenset({
    "about", "apps", "collections", "contact", "customer-stories", "enterprise", "explore", "features",
    "issues", "login", "marketplace", "new", "notifications", "orgs", "organizations", "pricing", "pulls",
    "readme", "search", "security", "settings", "signup", "site", "sponsors", "stars", "team", "topics",
    "trending", "users",
})  # fmt: skip
"""First words of github.com's own pages, which no account can have."""


def web_address(raw: str) -> str | None:
    """`raw` as a sound http or https address, or None where it is not one.

    White space around it is dropped, and so are line breaks inside, as every browser does (WHATWG URL
    Standard, section 4.4). What is left must be a scheme, a host with a dot in it and no name or password
    (RFC 3986, section 3.2.1), without spaces, control characters, quotation marks or backslashes. A host
    in other letters is given in its ASCII form, other characters percent-encoded.
    """
    text = _unwrapped(raw)
    if len(text) > MAX_LENGTH or _UNSAFE.search(text):
        return None
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or "@" in parts.netloc:
        return None
    host = _host(parts.hostname or "")
    if host is None:
        return None
    where = host if port is None else f"{host}:{port}"
    path, query, fragment = (quote(part, safe=_SAFE) for part in (parts.path, parts.query, parts.fragment))
    return urlunsplit((parts.scheme, where, path, query, fragment))


def repository(raw: str) -> str | None:
    """`raw` as `https://github.com/OWNER/NAME` where that is certain, else as `web_address` gives it.

    Certain is every address below a repository: with a final slash, `.git`, `/tree/…`, `/blob/…`, `?tab=…`,
    `www.`, `http:` or a line break. An owner alone stays an owner; another host keeps its scheme, since
    nobody knows whether it answers to https.
    """
    text = _unwrapped(raw)
    if len(text) > MAX_LENGTH or _UNSAFE.search(text):
        return None
    match = _GITHUB.fullmatch(text)
    if match is None:
        return web_address(raw)
    owner, name, rest = match["owner"], match["name"], match["rest"]
    if owner.lower() in _NOT_OWNERS:
        return web_address(raw)
    if name is None and (rest or "").strip("/") == "":
        return f"https://github.com/{owner}"
    if name is None or name.strip(".") == "" or name.lower() == ".git":
        return web_address(raw)
    return f"https://github.com/{owner}/{name}"


def _unwrapped(raw: str) -> str:
    return raw.strip().replace("\r", "").replace("\n", "")


def _host(host: str) -> str | None:
    """The host in ASCII, or None where it is none that the public internet could know."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        pass
    else:
        return str(address) if address.version == 4 else f"[{address}]"
    try:
        ascii_host = host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        return None
    labels = ascii_host.removesuffix(".").split(".")
    if len(labels) < 2 or len(ascii_host) > 253 or not all(map(_LABEL.fullmatch, labels)):
        return None
    return ascii_host
