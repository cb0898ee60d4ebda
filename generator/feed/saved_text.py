"""The feed's page saved as text: what a browser copies of it. Pure.

After the heading, whose last line is the page's day (`Nov 6`), each paper is a few paragraphs with blank
lines between: its title, its abstract, and a last one of who and when:

    stanfordnlp Stanford NLP  • 6 authors · Dec 8, 2023 2

that is an organization (handle, name) or a number of authors or both, the day of publication in US Eastern
time, and a number of comments; all on one line or on several. It may be missing as a whole. The page leaves
out the year where it is the current one, so such a date is later than all that have one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from generator.errors import NotAPage, Problem
from generator.feed import fields
from generator.feed.entry import Entry
from generator.feed.saved_page import FileName, SavedPage
from generator.feed.text import clean, one_line, quoted
from generator.model.paper import Figures, Paper

MAX_TITLE = 300
"""Characters; a longer paragraph is none. The longest title of the pages that were looked at has 151."""
MAX_LAST = 1_000
"""Characters; a longer paragraph does not say who and when."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WHEN = r"(?P<month>[A-Z][a-z]{2,8})\.? (?P<dom>[0-9]{1,2})(?:, (?P<year>[0-9]{4}))?"
_WHO = r"(?P<handle>[A-Za-z0-9][A-Za-z0-9._-]*) (?P<fullname>[^·•]{1,300}?)"
_HEADING = re.compile(_WHEN)
_LAST = re.compile(
    rf"(?:{_WHO} ?)?"
    rf"(?:• ?(?P<authors>[0-9][0-9,]*) authors?(?: ?· ?{_WHEN}(?: (?P<comments>[0-9][0-9,]*))?)?"
    rf"|· ?{_WHEN.replace('P<', 'P<bare_')}(?: (?P<bare_comments>[0-9][0-9,]*))?)"
)
_BEFORE_DAY = re.compile(r"new|subscribe|daily papers|by ?ak\b.*|get trending papers\b.*", re.IGNORECASE)
_LOST_CHARACTER = re.compile(r"(?<!\S)x(20(?:1[0-9a-f]|2[0-7]|3[0-9a-e]))(?!\S)", re.IGNORECASE)
_LOST_SIZE = re.compile(r"\b(?:scriptsize|footnotesize|scriptstyle|textstyle|displaystyle)(?=[A-Z])")
_SENTENCE_END = (".", "!", ":", ";", ",")
_HEADING_BLOCKS = 20


@dataclass(slots=True)
class _Block:
    """The paragraphs of one paper."""

    title: str
    abstract: list[str] = field(default_factory=list)
    last: re.Match[str] | None = None

    def said(self, name: str) -> str:
        """The part `name` of the last paragraph; empty where it is missing."""
        if self.last is None:
            return ""
        groups = self.last.groupdict()
        return groups[name] or groups.get(f"bare_{name}") or ""


def parse_saved_text(text: str, name: FileName, year: int | None = None) -> SavedPage:
    """The page in `text`; `year` is that of the dates without one.

    Not given, it is that of the file's name, else the year after the newest date that has one. Raises
    NotAPage where no paper with a date or a number of authors stands in it, or no year can be told.
    """
    heading, paragraphs = _after_heading(list(_paragraphs(clean(text))))
    blocks = list(_blocks(paragraphs))
    if not any(block.last for block in blocks):
        raise NotAPage(
            f"{name.path}: neither JSON, nor HTML, nor the text of the feed's page; it begins with "
            f"{quoted(text)}. Save the feed's answer as JSON, or its page as HTML or as text."
        )
    stated = [int(said) for block in blocks if (said := block.said("year"))]
    year, notes = _year(blocks, heading, stated, name, year)
    day = _heading_day(heading, year)
    problems: list[Problem] = []
    entries: list[Entry] = []
    for block in blocks:
        where = f"{name.path}, {quoted(block.title)}"
        if not block.last and not block.abstract:
            notes.append(Problem(where, "neither abstract nor date follows, so it was not read as a paper"))
            continue
        remarks: list[str] = []
        try:
            entries.append(_entry(block, year, remarks))
        except fields.EntryError as refused:
            problems.append(Problem(where, str(refused)))
        notes += [Problem(where, remark) for remark in remarks]
    return SavedPage(
        kind="the feed's page as text",
        unlisted=tuple(entries),
        day=day or name.day,
        observed=name.moment or (str(day or name.day) if day or name.day else ""),
        is_eastern=True,
        problems=tuple(problems),
        notes=tuple(notes),
    )


def mend(text: str) -> str:
    """`text` with the characters that the page lost put back where that is certain.

    It shows `&#x2013;` as `x2013`: mended are marks of general punctuation where nothing else stands in the
    word. Of `{\\scriptsize F}` it shows `scriptsizeF`: the command goes before a capital letter.
    """
    return _LOST_SIZE.sub("", _LOST_CHARACTER.sub(lambda match: chr(int(match[1], 16)), text))


def _paragraphs(text: str) -> Iterator[str]:
    """Lines with no blank one between them. Who and when stay together: what is before and after a `·`."""
    lines: list[str] = []
    is_over = False
    for line in map(str.strip, text.split("\n")):
        if not line:
            is_over = True
            continue
        goes_on = lines and (lines[-1] == "·" or (line.startswith("·") and lines[-1].startswith("•")))
        if is_over and lines and not goes_on:
            yield "\n".join(lines)
            lines = []
        lines.append(line)
        is_over = False
    if lines:
        yield "\n".join(lines)


def _after_heading(paragraphs: Sequence[str]) -> tuple[re.Match[str] | None, Sequence[str]]:
    """The page's day, where it has one, and what follows the heading."""
    begin = 0
    for place, paragraph in enumerate(paragraphs[:_HEADING_BLOCKS]):
        *before, last = [one_line(line) for line in paragraph.split("\n")]
        if "·" not in paragraph and (match := _HEADING.fullmatch(last)):
            return match, paragraphs[place + 1 :]
        if all(_BEFORE_DAY.fullmatch(line) for line in (*before, last)):
            begin = place + 1
    return None, paragraphs[begin:]


def _blocks(paragraphs: Sequence[str]) -> Iterator[_Block]:
    block: _Block | None = None
    for paragraph in paragraphs:
        line = one_line(paragraph)
        last = _LAST.fullmatch(line) if len(line) <= MAX_LAST else None
        if block is None:
            if not last:
                block = _Block(line)
        elif last:
            block.last = last
            yield block
            block = None
        elif block.abstract and _is_title(line):
            yield block
            block = _Block(line)
        else:
            block.abstract.append(paragraph)
    if block:
        yield block


def _is_title(line: str) -> bool:
    return len(line) <= MAX_TITLE and not line.endswith(_SENTENCE_END)


def _year(
    blocks: Sequence[_Block],
    heading: re.Match[str] | None,
    stated: list[int],
    name: FileName,
    given: int | None,
) -> tuple[int, list[Problem]]:
    """The year of the dates without one, and what to say of it."""
    silent = sum(bool(block.said("month")) and not block.said("year") for block in blocks)
    silent += bool(heading and not heading["year"])
    if given or not silent:
        return given or 0, []
    if name.day:
        return name.day.year, []
    if not stated:
        raise NotAPage(
            f"{name.path}: {silent:,} of its dates have no year, and none has one that would tell. "
            "Say in which year the page was saved: --year 2025."
        )
    year = max(stated) + 1
    what = f"{silent:,} dates without a year were read as {year}, since the page names every year up to"
    return year, [Problem(name.path, f"{what} {max(stated)}; --year says another")]


def _heading_day(heading: re.Match[str] | None, year: int) -> date | None:
    if heading is None:
        return None
    return _day(heading["month"], heading["dom"], heading["year"] or year)


def _entry(block: _Block, year: int, notes: list[str]) -> Entry:
    published = None
    if month := block.said("month"):
        published = _day(month, block.said("dom"), block.said("year") or year)
        if published is None:
            notes.append(f"its date, {month} {block.said('dom')}, is none, so it was left out")
    authors = _count(block.said("authors"))
    paper = Paper(
        id="",
        title=fields.title(mend(block.title), None),
        author_count=authors or None,
        published=published,
        organization=fields.organization(
            {"name": block.said("handle"), "fullname": block.said("fullname")}, None, notes
        ),
        abstract=fields.abstract_text(mend("\n\n".join(block.abstract)), None, notes),
    )
    return Entry(paper, Figures(comments=_count(block.said("comments"))))


def _day(month: str, day: str, year: str | int) -> date | None:
    try:
        return date(int(year), _MONTHS.index(month[:3].lower()) + 1, int(day))
    except ValueError:
        return None


def _count(digits: str) -> int | None:
    text = digits.replace(",", "")
    return int(text) if text and len(text) <= 9 else None
