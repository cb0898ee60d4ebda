"""Whether one page holds together: its links, its head, its weight."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from generator.checking import weights
from generator.checking.addresses import Addresses, Kind, Target
from generator.checking.findings import Finding
from generator.checking.page import Link, PageFacts, Use, read_page
from generator.checking.weights import Limits


@dataclass(slots=True)
class Checked:
    """What checking some files came to; sums up."""

    errors: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)
    links: int = 0
    anchors: list[tuple[str, str, str, int]] = field(default_factory=list)
    """Places on other pages that are led to: that page, the id, and path and line of the link."""
    ids: dict[str, frozenset[str]] = field(default_factory=dict)
    """The ids on each page."""
    anchor_count: int = 0
    indexed: list[str] = field(default_factory=list)
    """Pages that search engines may list."""
    listed: list[tuple[str, str, int]] = field(default_factory=list)
    """Pages in the sitemap, each with path and line of the map."""
    lists: int = 0
    """How many feeds and other lists were read."""

    def add(self, other: Checked) -> None:
        self.errors += other.errors
        self.notes += other.notes
        self.links += other.links
        self.anchors += other.anchors
        self.ids.update(other.ids)
        self.anchor_count += other.anchor_count
        self.indexed += other.indexed
        self.listed += other.listed
        self.lists += other.lists


class Room:
    """All that checking a file needs besides the file."""

    def __init__(self, addresses: Addresses, limits: Limits, read: Callable[[str], bytes]) -> None:
        self.addresses = addresses
        self.limits = limits
        self.read = read
        """The bytes of a file of the site."""
        self._packed: dict[str, int] = {}

    def packed(self, path: str) -> int:
        """What a file that many pages load weighs with gzip."""
        if path not in self._packed:
            self._packed[path] = weights.packed(self.read(path))
        return self._packed[path]


def check_page(path: str, data: bytes, room: Room) -> Checked:
    """Check the page `data` that stands in the file `path`."""
    checked = Checked()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        checked.errors.append(Finding("is not UTF-8 text; save the template as UTF-8", path))
        return checked
    facts = read_page(text)
    checked.ids[path] = frozenset(facts.ids)
    if facts.is_indexed:
        checked.indexed.append(path)
    _check_head(path, facts, room, checked)
    papers = _check_links(path, text, facts, room, checked)
    _check_weight(path, data, facts, papers, room, checked)
    return checked


def complaint(target: Target, use: Use, address: str) -> str:
    """What is wrong with an address, if anything is."""
    match target.kind:
        case Kind.NOWHERE:
            return (
                f"its {use.value} {_short(address)} leads nowhere: there is no {_short(target.path)}; "
                "mend what names it"
            )
        case Kind.OUTSIDE:
            return (
                f"its {use.value} {_short(address)} leaves the base path; write it with the filter `url`, or "
                "say with --base-url where the site will stand"
            )
        case Kind.SCRIPT:
            return f"its {use.value} {_short(address)} runs a script; take it out"
        case Kind.ELSEWHERE if use is Use.LOADED:
            return f"loads {_short(address)} from another host; put the file into the theme's assets/"
        case _:
            return ""


def _check_head(path: str, facts: PageFacts, room: Room, checked: Checked) -> None:
    errors = checked.errors
    if not facts.title:
        errors.append(Finding("has no title; give its template a <title>", path))
    if facts.headings != 1 and not facts.leads_on:
        errors.append(Finding(f"has {facts.headings} <h1>; a page needs exactly one", path))
    if not facts.canonicals:
        if facts.is_indexed:
            errors.append(
                Finding(
                    "has no canonical address; a page needs one, or <meta name=robots content=noindex>", path
                )
            )
        return
    own = room.addresses.of(path)
    for canonical in facts.canonicals:
        target = room.addresses.lead(canonical, path)
        if (target.kind, target.path, target.is_absolute) != (Kind.FILE, path, True) and not facts.leads_on:
            errors.append(Finding(f"calls {_short(canonical)} its canonical address instead of {own}", path))
    if len(facts.canonicals) > 1:
        errors.append(Finding("has more than one canonical address; keep one", path))


def _check_links(path: str, text: str, facts: PageFacts, room: Room, checked: Checked) -> int:
    """Check where the page leads. Returns how many papers it leads to."""
    told: set[tuple[str, str]] = set()
    papers: set[str] = set()
    for link in facts.links:
        target = room.addresses.lead(link.address, path)
        if target.kind is Kind.FILE:
            checked.links += 1
            papers.add(target.path)
            if target.fragment and target.fragment != "top" and target.path.endswith(".html"):
                checked.anchor_count += 1
                _check_anchor(path, text, link, target, facts, told, checked)
            continue
        what = complaint(target, link.use, link.address)
        if what and (what, "") not in told:
            told.add((what, ""))
            finding = Finding(what, path, _line(text, link.at))
            is_quoted = target.is_absolute and link.use is Use.FOLLOWED
            (checked.notes if is_quoted else checked.errors).append(finding)
    return sum(map(weights.is_paper, papers))


def _check_anchor(
    path: str, text: str, link: Link, target: Target, facts: PageFacts, told: set[tuple[str, str]],
    checked: Checked,
) -> None:  # fmt: skip
    place = target.path, target.fragment
    if place in told:
        return
    told.add(place)
    if target.path != path:
        checked.anchors.append((*place, path, _line(text, link.at)))
    elif target.fragment not in facts.ids:
        checked.errors.append(no_such_place(*place, path, _line(text, link.at)))


def no_such_place(page: str, fragment: str, path: str, line: int) -> Finding:
    return Finding(
        f"leads to #{fragment} on {page}, where nothing has that id; mend the link or the id", path, line
    )


def _check_weight(
    path: str, data: bytes, facts: PageFacts, papers: int, room: Room, checked: Checked
) -> None:
    limits = room.limits
    if weights.is_paper(path):
        found, is_error = weights.of_paper(
            path, weights.packed(data, unless_below=limits.paper), facts.authors, limits
        )
        if found:
            (checked.errors if is_error else checked.notes).append(found)
    elif weights.is_day(path):
        targets = {room.addresses.lead(each, path) for each in facts.style_sheets}
        styles = sum(room.packed(target.path) for target in targets if target.kind is Kind.FILE)
        page = weights.packed(data, unless_below=limits.day - styles)
        checked.errors += weights.of_day(path, page, styles, papers, limits)


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _short(address: str) -> str:
    """An address as a message shows it: on one line, not too long."""
    shown = address if len(address) <= 120 else f"{address[:119]}…"
    return shown if shown.isprintable() and shown else repr(shown)
