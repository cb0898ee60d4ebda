"""The bytes of an answer, or of a file that keeps one, to the entries in it: pure.

A page of the feed is a JSON array (RFC 8259). Read is more than the standard allows, so that one bad entry
never costs the good ones: an entry that cannot be read becomes `Unreadable` in its place, and of an array
that breaks off, what is whole before the break is kept.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from generator.errors import NotAPage, Problem
from generator.feed.text import kind, one_line, quoted


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Stands for an entry that could not be read, so that the entries after it keep their positions."""

    reason: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What an answer holds."""

    entries: tuple[object, ...]
    """In its order: JSON values, and `Unreadable` where there is none."""
    problems: tuple[Problem, ...] = ()
    """Where the array is broken."""
    whole: bool = True
    """False where it breaks off, so that more may have been listed."""
    notes: tuple[Problem, ...] = ()
    """What was read although the standard forbids it: repeated keys (the last counts), NaN (nothing)."""


_SPACE = re.compile(r"[ \t\r\n]*")
_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*(?P<closed>"?)|[{}\[\]]', re.DOTALL)
_SCALAR = re.compile(r"[^,\]\s]+")
_TITLE = re.compile(r"<title[^>]*>(.{0,500}?)</title", re.IGNORECASE | re.DOTALL)
_NOT_UTF8 = re.compile("[\udc80-\udcff]")
_MAX_DIGITS = 30


class _Decoder(json.JSONDecoder):
    """JSON as the feed's strangers write it, with what is odd about it in `oddities`."""

    def __init__(self) -> None:
        self.oddities: list[str] = []
        super().__init__(
            object_pairs_hook=self._object,
            parse_constant=self._constant,
            parse_int=self._integer,
            strict=False,
        )

    def _object(self, pairs: list[tuple[str, object]]) -> dict[str, object]:
        result = dict(pairs)
        if len(result) != len(pairs):
            twice = [key for key, count in Counter(key for key, _ in pairs).items() if count > 1]
            names = ", ".join(quoted(key) for key in twice[:3])
            self.oddities.append(f"{names} is given more than once; the last counts")
        return result

    def _constant(self, name: str) -> None:
        self.oddities.append(f"{name} is no JSON; it was read as nothing")

    def _integer(self, digits: str) -> int | float:
        # Python refuses to read integers of more than 4,300 digits; a count has ten at most.
        return int(digits) if len(digits) <= _MAX_DIGITS else float("-inf" if digits[0] == "-" else "inf")


def parse_answer(data: bytes, where: str, *, charset: str | None = None) -> Answer:
    """The entries in `data`. `where` (an address, a file) begins what is said of it.

    `charset` is what the sender says; nothing and UTF-8 are the same (RFC 8259, section 8.1), and a byte
    order mark is dropped. Raises NotAPage, with a sentence, where it is no array of objects.
    """
    text = _decode(data, where, charset)
    start = _skip_space(text, 0)
    if start == len(text):
        raise NotAPage(
            f"{where}: the answer is empty, so it is not known what the feed lists. Try again later."
        )
    if text[start] != "[":
        raise _not_an_array(text, start, where)
    decoder = _Decoder()
    try:
        if _NOT_UTF8.search(text):
            raise ValueError("some entry holds bytes that are not UTF-8")
        entries = decoder.decode(text)
    except (ValueError, RecursionError):
        decoder.oddities.append("it has to be read entry by entry")
        entries = []
    answer = _entry_by_entry(text, start, where) if decoder.oddities else Answer(tuple(entries))
    if answer.entries and not any(isinstance(entry, (dict, Unreadable)) for entry in answer.entries):
        raise NotAPage(
            f"{where}: an array of {kind(answer.entries[0])}, not of papers. Ask the feed again for this day."
        )
    if not answer.entries and not answer.whole:
        raise NotAPage(f"{where}: the answer breaks off before its first entry is whole. Try again later.")
    return answer


def _entry_by_entry(text: str, start: int, where: str) -> Answer:
    """Read the array that begins at `start` one entry at a time: the slow way, for what is broken or odd."""
    entries: list[object] = []
    notes: list[Problem] = []
    decoder = _Decoder()
    position = start + 1
    while True:
        position = _skip_space(text, position)
        if text.startswith("]", position):
            rest = text[_skip_space(text, position + 1) :]
            if not rest:
                return Answer(tuple(entries), notes=tuple(notes))
            problem = Problem(
                where, f"something follows the end of the array ({quoted(rest)}); it was not read"
            )
            return Answer(tuple(entries), (problem,), whole=False, notes=tuple(notes))
        entry, end = _read_entry(text, position, decoder)
        if end is None:
            break
        entries.append(entry)
        named = f"{where}, entry {len(entries)}"
        notes += [Problem(named, oddity) for oddity in decoder.oddities[:3]]
        decoder.oddities.clear()
        position = _skip_space(text, end)
        if text.startswith(",", position):
            position += 1
        elif not text.startswith("]", position):
            break
    after = f"after entry {len(entries)}" if entries else "before its first entry is whole"
    problem = Problem(where, f"the answer breaks off {after}; what comes later is not known")
    return Answer(tuple(entries), (problem,), whole=False, notes=tuple(notes))


def _read_entry(text: str, position: int, decoder: _Decoder) -> tuple[object, int | None]:
    """The entry that begins at `position` and where it ends; no end where the text breaks off within it."""
    reason = "it is nested too deeply to be read"
    try:
        entry, end = decoder.raw_decode(text, position)
    except RecursionError:
        pass
    except ValueError as error:
        reason = f"it is not JSON ({getattr(error, 'msg', error)})"
    else:
        if _NOT_UTF8.search(text, position, end):
            return Unreadable("it holds bytes that are not UTF-8"), end
        # A number that ends with the text may have lost its end; what is in brackets has not.
        return entry, end if end < len(text) or isinstance(entry, (dict, list)) else None
    decoder.oddities.clear()
    return Unreadable(reason), _end_of_value(text, position)


def _end_of_value(text: str, position: int) -> int | None:
    """Where the value that begins at `position` ends, by brackets and strings alone; None if it does not."""
    if text[position : position + 1] not in ("{", "["):
        scalar = _SCALAR.match(text, position)
        return scalar.end() if scalar and scalar.end() < len(text) else None
    depth = 0
    for token in _tokens(text, position):
        first = token.group()[0]
        if first == '"':
            if not token["closed"]:
                return None
            continue
        depth += 1 if first in "{[" else -1
        if depth == 0:
            return token.end()
    return None


def _tokens(text: str, position: int) -> Iterator[re.Match[str]]:
    return _TOKEN.finditer(text, position)


def _skip_space(text: str, position: int) -> int:
    match = _SPACE.match(text, position)
    return match.end() if match else position


def _decode(data: bytes, where: str, charset: str | None) -> str:
    name = (charset or "utf-8").strip().strip("\"'").lower()
    if name in ("utf-8", "utf8", "us-ascii", "ascii"):
        # What is not UTF-8 is kept as lone surrogates for now, so that the entries it stands in can be named.
        return data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape")
    try:
        return data.decode(name).removeprefix("\ufeff")
    except LookupError:
        what = f"the answer says that it is in {quoted(name)}, which is no known way to write text"
    except ValueError:
        what = f"the answer says that it is in {quoted(name)}, but it is not"
    raise NotAPage(f"{where}: {what}. Nothing was read; try again later.")


def _not_an_array(text: str, start: int, where: str) -> NotAPage:
    """What stands where the array should, as a sentence."""
    if text[start] == "<":
        title = _TITLE.search(text, start, start + 20_000)
        named = f" titled {quoted(title[1])}" if title and one_line(title[1]) else ""
        return NotAPage(
            f"{where}: a web page (HTML){named}, not the feed. Check the feed's address in the settings, "
            "or try again later."
        )
    try:
        value = _Decoder().decode(text[start:])
    except RecursionError:
        return NotAPage(f"{where}: JSON that is nested too deeply to be read, not a page of the feed.")
    except ValueError:
        return NotAPage(
            f"{where}: neither JSON nor HTML; it begins with {quoted(text[start:])}. Try again later."
        )
    if isinstance(value, dict):
        said = _error_text(value)
        keys = ", ".join(quoted(key) for key in list(value)[:5])
        what = f"it says {said}" if said else f"its keys are {keys}" if keys else "it is empty"
        return NotAPage(f"{where}: an object, not an array of papers; {what}. Try again later.")
    return NotAPage(f"{where}: {kind(value)}, not an array of papers. Ask the feed again for this day.")


def reason_given(data: bytes) -> str | None:
    """What an answer that is no page says for itself, between quotation marks; None where it says nothing."""
    text = data.decode("utf-8", "replace").strip()
    if text.startswith("<"):
        title = _TITLE.search(text, 0, 20_000)
        return quoted(title[1], 200) if title and one_line(title[1]) else None
    try:
        value = _Decoder().decode(text)
    except (ValueError, RecursionError):
        return None
    return _error_text(value) if isinstance(value, dict) else None


def _error_text(value: dict[str, object]) -> str | None:
    for key in ("error", "message", "detail", "title"):
        said = value.get(key)
        if isinstance(said, dict):
            said = said.get("message")
        if isinstance(said, str) and one_line(said[:2000]):
            return quoted(said, 200)
    return None
