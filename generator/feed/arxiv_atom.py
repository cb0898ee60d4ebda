"""The bytes of an answer of arXiv to the entries in it: pure. Its form is Atom (RFC 4287) with OpenSearch's
totals (https://info.arxiv.org/help/api/user-manual.html, section 3.3).

An answer is read by feedparser, but not before expat has found it well-formed and without a document type: so
no entity is ever defined by a stranger, and feedparser never falls back to guessing. Of an answer that breaks
off, or of which one entry is ill-formed, the entries that are whole are kept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any
from xml.parsers import expat

import feedparser

from generator.errors import FeedRefused, NotAPage, Problem
from generator.feed.answer import reason_given
from generator.feed.text import one_line, quoted

MAX_DEPTH = 20
"""Elements in elements; arXiv's own are four deep."""

_HTML = re.compile(r"<!doctype\s+html|<html", re.IGNORECASE)
_THROTTLED = re.compile(r"rate exceeded|too many requests|retry", re.IGNORECASE)
_ENTRY = re.compile(r"<entry[\s>]")
_END_OF_ENTRY = "</entry>"
_END = "</feed>"
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_BAD_REQUEST = 400


class StumbledError(Exception):
    """What came is no answer, but another attempt may bring one. The message says what came."""


class _DocumentTypeError(Exception):
    """There is a document type in an answer, or a depth, that arXiv's never have."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What an answer lists."""

    entries: tuple[Mapping[str, Any], ...]
    """In its order, as feedparser gives them."""
    total: int | None
    """How many the query has in all, on every page of it; None where the answer does not say."""
    problems: tuple[Problem, ...] = ()
    """What of it could not be read."""
    whole: bool = True
    """False where the answer breaks off."""
    broken: int = 0
    """How many of its entries are ill-formed, and so not among `entries`."""

    @property
    def listed(self) -> int:
        """How many entries the answer has."""
        return len(self.entries) + self.broken

    @property
    def ids(self) -> tuple[object, ...]:
        return tuple(entry.get("id") for entry in self.entries)


def parse_listing(data: bytes, where: str) -> Listing:
    """The entries in `data`. `where` (an address) begins what is said of it.

    Raises StumbledError for what may pass: nothing at all, half a feed, "Rate exceeded." with a status that
    says all is well. Raises FeedRefused where arXiv says why it does not answer (an entry titled `Error`),
    and NotAPage for anything else.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.end == len(data) and error.reason == "unexpected end of data":
            text = data.decode("utf-8-sig", "ignore")
        else:
            raise NotAPage(f"{where}: the answer is not UTF-8 text, so nothing was read.") from None
    text = _DECLARATION.sub("", text).strip()
    if not text:
        raise StumbledError("the answer is empty")
    _refuse_other_kinds(text, data, where)
    problems: list[Problem] = []
    whole = True
    try:
        if not _is_well_formed(text):
            whole = text.endswith(_END)
            text = _mended(text, where, problems)
    except _DocumentTypeError as refused:
        raise NotAPage(f"{where}: {refused}, so nothing was read.") from None
    listing = replace(_listing(text, where), broken=len(problems), whole=whole)
    if not whole:
        problems.append(Problem(where, f"the answer breaks off after entry {listing.listed}"))
    return replace(listing, problems=tuple(problems))


def _refuse_other_kinds(text: str, data: bytes, where: str) -> None:
    if _HTML.match(text):
        named = reason_given(data)
        raise NotAPage(
            f"{where}: a web page (HTML){f' titled {named}' if named else ''}, not arXiv's list. Check the "
            "feed's address in the settings, or try again later."
        )
    if not text.startswith("<"):
        if _THROTTLED.search(text[:200]):
            raise StumbledError(f"arXiv says {quoted(text)}")
        raise NotAPage(f"{where}: neither Atom nor HTML; it begins with {quoted(text)}. Try again later.")


def _is_well_formed(text: str) -> bool:
    """Whether `text` is XML. Raises _DocumentTypeError where it defines anything, or is too deep."""
    depth = 0

    def begin(name: str, attributes: object) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise _DocumentTypeError("its elements are nested too deeply")

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1

    def define(*of_it: object) -> None:
        raise _DocumentTypeError(
            "it has a document type, which may define what harms, and arXiv's answers have none"
        )

    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.StartDoctypeDeclHandler = define
    try:
        parser.Parse(text.encode(), True)
    except expat.ExpatError:
        return False
    return True


def _mended(text: str, where: str, problems: list[Problem]) -> str:
    """`text` with those of its entries that are well-formed alone, and an end."""
    first = _ENTRY.search(text)
    if first is None:
        raise StumbledError("the answer breaks off before its first entry")
    head = text[: first.start()]
    if not _is_well_formed(head + _END):
        raise StumbledError("the answer is not well-formed XML")
    good: list[str] = []
    pieces = _pieces(text, first.start())
    for number, piece in enumerate(pieces, 1):
        if _is_well_formed(f"{head}{piece}{_END}"):
            good.append(piece)
        else:
            problems.append(Problem(f"{where}, entry {number}", "it is not well-formed XML"))
    if not good:
        raise StumbledError("the answer breaks off, or is ill-formed, before an entry was whole")
    return "".join([head, *good, _END])


def _pieces(text: str, start: int) -> list[str]:
    """The entries from `start` on that have an end."""
    found = []
    while (end := text.find(_END_OF_ENTRY, start)) >= 0:
        end += len(_END_OF_ENTRY)
        found.append(text[start:end].strip())
        following = _ENTRY.search(text, end)
        if following is None:
            break
        start = following.start()
    return found


def _listing(text: str, where: str) -> Listing:
    # A stream, since feedparser would take bytes that are the name of a file for that file.
    told = feedparser.parse(
        BytesIO(text.encode()),
        response_headers={"content-type": "application/atom+xml; charset=utf-8"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not told.version.startswith("atom"):
        raise NotAPage(f"{where}: XML, but not arXiv's list; it begins with {quoted(text)}. Try again later.")
    entries = tuple(told.entries)
    for entry in entries:
        if entry.get("title") == "Error" and "/api/errors" in str(entry.get("id", "")):
            reason = quoted(one_line(str(entry.get("summary") or "Error")), 200)
            what = "Check the feed's address and category in the settings."
            raise FeedRefused(f"{where}: arXiv says {reason}. {what}", _BAD_REQUEST)
    total = str(told.feed.get("opensearch_totalresults", ""))
    return Listing(entries, int(total) if re.fullmatch("[0-9]{1,9}", total) else None)
