"""One field of the feed at a time: from what a stranger's JSON holds to what a paper may say.

Every function takes the raw value, of any type, and a list for notes: sentences on what was left out.
A missing key and `null` are the same and say nothing. `EntryError` is raised where the entry cannot stand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime

from generator.feed.address import repository, web_address
from generator.feed.text import abstract, has_visible, kind, one_line, quoted
from generator.feed.words import TEXT_MACRO, letters
from generator.model.paper import ARXIV_ID, PAPER_ID, Organization

MAX_TITLE = 1_000
MAX_NAME = 300
MAX_SUMMARY = 5_000
MAX_ABSTRACT = 2_000_000
MAX_AUTHORS = 5_000
MAX_KEYWORDS = 1_000
MAX_FIGURE = 10**9

Notes = list[str]

_ARXIV_PREFIX = re.compile(r"arxiv:\s*", re.IGNORECASE)
_VERSION = re.compile(r"v[0-9]{1,3}$")
_OLD_ARXIV_ID = re.compile(r"[a-z]+(?:-[a-z]+)*(?:\.[A-Z]{2})?/[0-9]{7}", re.ASCII)
_WINDOWS_NAMES = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
_DIGITS = re.compile(r"[0-9]{1,10}")
_FORMULA = re.compile(r"\$([^$]+)\$")
_SYMBOL = re.compile(r"\$([^\W\d_]\w{0,2})\$")


class EntryError(Exception):
    """The entry cannot be kept; the message is the reason."""


def paper_id(raw: object) -> str:
    """The feed's id; an arXiv id without `arXiv:` and version (`2511.04670v2`).

    An arXiv id from before April 2007 (`hep-th/9901001`) has its slash turned to a hyphen, since an id names
    a file and an address. Any other id is written in lower case, so that no two differ by that alone: on many
    file systems they would be one file. The names that Windows keeps for devices are no ids: nobody could
    check the archive out there.
    """
    if raw is None:
        raise EntryError("it has no id")
    if not isinstance(raw, str):
        raise EntryError(f"its id is {kind(raw)}, not text")
    text = raw.strip()
    if len(text) <= 200:
        bare = _VERSION.sub("", _ARXIV_PREFIX.sub("", text, count=1) if text[:1] in "aA" else text)
        if ARXIV_ID.fullmatch(bare) and bare.isascii():
            return bare
        if _OLD_ARXIV_ID.fullmatch(bare):
            return bare.replace("/", "-").lower()
        if PAPER_ID.fullmatch(text) and not _WINDOWS_NAMES.fullmatch(text):
            return text.lower()
    raise EntryError(f"its id {quoted(text)} cannot name a paper" if text else "its id is empty")


def title(raw: object, top_level: object) -> str:
    """The title, on one line (until November 2025 arXiv's wrapping, `\\n` and an indentation, stands in it).

    `raw` is `paper.title`, which counts. Until 2025-03-10 the feed strips the delimiters of mathematics
    from it and keeps them in the top-level title: `Synth^2` against `Synth$^2$`, `LLMtimesMapReduce` against
    `LLM$\\times$MapReduce`. So where the two are the same title and only the top-level one still has a
    formula, that one is taken, with its TeX. Dollars around plain letters (`$f$-Divergence`) and text macros
    (`\\textsc{…}`) are no reason to: there `paper.title` is what a reader wants. Neither title is edited.
    """
    base = _title_line(raw)
    other = _title_line(top_level) if top_level is not raw else None
    if base is None:
        base, other = other, None
    if base is None:
        given = [value for value in (raw, top_level) if isinstance(value, str)]
        if any(len(one_line(value)) > MAX_TITLE for value in given):
            raise EntryError(f"its title is longer than {MAX_TITLE:,} characters")
        raise EntryError("its title is empty" if given else "it has no title")
    if other is not None and other != base and "$" in other and _is_formula_kept(other, base):
        return other
    return base


def _title_line(raw: object) -> str | None:
    if not isinstance(raw, str):
        return None
    line = one_line(raw)
    return line if len(line) <= MAX_TITLE and has_visible(line) else None


def _is_formula_kept(tex: str, plain: str) -> bool:
    formulas = (TEXT_MACRO.sub("", formula) for formula in _FORMULA.findall(tex))
    return any(re.search(r"[\\^_]", formula) for formula in formulas) and letters(tex) == letters(plain)


def abstract_text(raw: object, top_level: object, notes: Notes) -> str:
    """`paper.summary` as Markdown; the top-level copy where that is missing."""
    text = raw if isinstance(raw, str) else top_level
    if not isinstance(text, str):
        if raw is not None:
            notes.append(f"its abstract is {kind(raw)}, not text, so it was left out")
        return ""
    if len(text) > MAX_ABSTRACT:
        notes.append(f"its abstract is {len(text):,} characters long, so it was left out")
        return ""
    return abstract(text)


def summary(raw: object, notes: Notes) -> str | None:
    """`paper.ai_summary`, on one line."""
    return _line(raw, MAX_SUMMARY, "summary", notes)


def authors(raw: object, notes: Notes) -> tuple[str, ...]:
    """The names in the paper's order, as given. A hidden author is an author; a name that stands twice, and
    one of a single word, are the feed's and stay."""
    if raw is None:
        return ()
    if not isinstance(raw, list):
        notes.append(f"its authors are {kind(raw)}, not an array, so they were left out")
        return ()
    if len(raw) > MAX_AUTHORS:
        raise EntryError(f"it names {len(raw):,} authors, and more than {MAX_AUTHORS:,} cannot be right")
    names = []
    for author in raw:
        name = author.get("name") if isinstance(author, dict) else author
        line = one_line(name) if isinstance(name, str) else ""
        if line and len(line) <= MAX_NAME:
            names.append(line)
    lost = len(raw) - len(names)
    if lost:
        notes.append(f"{lost:,} of its {len(raw):,} authors have no usable name, so they were left out")
    return tuple(names)


def keywords(raw: object, notes: Notes) -> tuple[str, ...]:
    """`paper.ai_keywords`, each once; empty ones go. Commas, slashes and TeX stay as given, but the dollars
    around a short symbol go: `$k$-NN accuracy` is read as `k-NN accuracy`."""
    if raw is None:
        return ()
    if not isinstance(raw, list) or len(raw) > MAX_KEYWORDS:
        what = f"{len(raw):,} of them" if isinstance(raw, list) else f"{kind(raw)}, not an array"
        notes.append(f"its keywords are {what}, so they were left out")
        return ()
    kept: dict[str, None] = {}
    lost = 0
    for keyword in raw:
        if keyword is None:
            continue
        if not isinstance(keyword, str) or len(line := one_line(keyword)) > MAX_NAME:
            lost += 1
        elif line:
            kept[_SYMBOL.sub(r"\1", line) if "$" in line else line] = None
    if lost:
        notes.append(f"{lost:,} of its {len(raw):,} keywords are too long or not text, so they were left out")
    return tuple(kept)


def submitter(daily: object, submitted_by: object, notes: Notes) -> str | None:
    """The login of whoever submitted the paper: of `paper.submittedOnDailyBy` (from 2025-03-17, in `user`),
    else of `submittedBy` (from 2024-06-13, in `name`). Days before that do not say."""
    for person, keys in ((daily, ("user", "name")), (submitted_by, ("name", "user"))):
        fields = _object(person, "submitter", notes)
        for key in keys:
            login = _line(fields.get(key), MAX_NAME, "submitter", notes)
            if login:
                return login
    return None


def organization(top_level: object, of_paper: object, notes: Notes) -> Organization | None:
    """Who stands behind the paper, with a final space in a name dropped. `submitterOrganization` (four days
    of 2025) is the submitter's and no business of the paper's."""
    for raw in (top_level, of_paper):
        fields = _object(raw, "organization", notes)
        name = _line(fields.get("name"), MAX_NAME, "organization's name", notes)
        fullname = _line(fields.get("fullname"), MAX_NAME, "organization's full name", notes)
        if name or fullname:
            return Organization(name=name or fullname or "", fullname=fullname or name or "")
    return None


def github(raw: object, notes: Notes) -> str | None:
    return _link(raw, repository, "repository", notes)


def project(raw: object, notes: Notes) -> str | None:
    return _link(raw, web_address, "project page", notes)


def published(raw: object, notes: Notes) -> date | None:
    """The UTC day of `paper.publishedAt` (since April 2026 a midnight). The top-level `publishedAt` is not
    asked: until 2025-03-10 it is the submission to the feed, afterwards arXiv's time less four or five hours.
    """
    if raw is None:
        return None
    if isinstance(raw, str) and len(raw) <= 40:
        try:
            moment = datetime.fromisoformat(raw.strip())
            day = (moment if moment.tzinfo is None else moment.astimezone(UTC)).date()
        except (ValueError, OverflowError):
            pass
        else:
            if 1900 <= day.year <= 2100:
                return day
    what = quoted(raw) if isinstance(raw, str) else kind(raw)
    notes.append(f"its publication date {what} is no date, so it was left out")
    return None


def figure(raw: object, name: str, notes: Notes) -> int | None:
    """A count from 0 to a thousand million. Digits as text are a number; anything else is none."""
    if raw is None:
        return None
    if isinstance(raw, str) and _DIGITS.fullmatch(raw.strip()):
        raw = int(raw)
    if type(raw) is int and 0 <= raw <= MAX_FIGURE:
        return raw
    what = quoted(raw) if isinstance(raw, str) else kind(raw) if type(raw) is not int else "out of range"
    notes.append(f"its {name} is {what}, not a count, so it was left out")
    return None


def _object(raw: object, name: str, notes: Notes) -> Mapping[str, object]:
    if isinstance(raw, dict):
        return raw
    if raw is not None:
        notes.append(f"its {name} is {kind(raw)}, not an object, so it was left out")
    return {}


def _line(raw: object, limit: int, name: str, notes: Notes) -> str | None:
    if raw is None:
        return None
    if not isinstance(raw, str):
        notes.append(f"its {name} is {kind(raw)}, not text, so it was left out")
        return None
    line = one_line(raw)
    if len(line) > limit:
        notes.append(f"its {name} is {len(line):,} characters long, so it was left out")
        return None
    return line or None


def _link(raw: object, read: Callable[[str], str | None], name: str, notes: Notes) -> str | None:
    if raw is None:
        return None
    if not isinstance(raw, str):
        notes.append(f"its {name} is {kind(raw)}, not text, so it was left out")
        return None
    if not raw.strip():
        return None
    address = read(raw)
    if address is None:
        notes.append(f"its {name} {quoted(raw)} is no sound web address, so it was left out")
    return address
