"""Whether the files lead somewhere that are no pages: feeds, lists of feeds, sitemaps, style sheets, scripts.

Atom (RFC 4287), RSS 2.0, OPML 2.0 and the sitemap protocol as XML; JSON Feed 1.1, link sets (RFC 9264), the
web app manifest and the index of the API as JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.parsers import expat

from generator.checking.addresses import Kind
from generator.checking.findings import Finding
from generator.checking.page import Use
from generator.checking.pages import Checked, Room, complaint

_XML = re.compile(r"(?:feeds/.*|sitemap.*)\.xml|.*\.(?:opml|atom|rss)")
_JSON = re.compile(r".*(?:feed\.json|linkset\.json|\.webmanifest)|api/index\.json")
_ELEMENTS = frozenset({"link", "loc", "url", "icon", "logo"})
_ATTRIBUTES = ("href", "url", "xmlUrl", "htmlUrl")
_QUOTED = frozenset({"related", "via", "cite-as"})
"""Relations of links that say what others wrote."""
_OTHERS = frozenset({"external_url", "content_html", "content_text", "summary", "title", "id", *_QUOTED})
"""Keys of JSON whose values say what others wrote."""
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CSS = re.compile(
    r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^"')\s][^)\s]*))\s*\)|@import\s+(?:"([^"]*)"|'([^']*)')"""
)
_JS = re.compile(
    r"""^(?!\s*(?://|\*)).*?\b(?:from|import)\s*\(?\s*["'](\.{0,2}/[^"'\s]*|https?:[^"'\s]*)["']""",
    re.MULTILINE,
)
_MARKDOWN = re.compile(r"\]\((https?:[^)\s]*)\)")
_ROBOTS = re.compile(r"^sitemap:\s*(\S+)", re.IGNORECASE | re.MULTILINE)


class _Place(NamedTuple):
    """An address in a list."""

    line: int
    address: str
    use: Use = Use.TOLD
    names: str = ""
    """`self` where the list says that it stands there, `page` where it lists a page for search engines."""


def is_list(path: str) -> bool:
    """Whether `check_list` has anything to say of the file."""
    return (
        path in ("robots.txt", "llms.txt")
        or path.endswith((".css", ".js"))
        or bool(_XML.fullmatch(path) or _JSON.fullmatch(path))
    )


def check_list(path: str, data: bytes, room: Room) -> Checked:
    """Check every address in the file `data` that stands at `path`."""
    checked = Checked()
    try:
        places = list(_places(path, data))
    except expat.ExpatError as error:
        checked.errors.append(Finding(f"is not XML: {expat.ErrorString(error.code)}", path, error.lineno))
        return checked
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        checked.errors.append(Finding(f"cannot be read: {error}", path, getattr(error, "lineno", 0)))
        return checked
    checked.lists += not path.endswith((".css", ".js"))
    for place in places:
        _check(path, place, room, checked)
    return checked


def _check(path: str, place: _Place, room: Room, checked: Checked) -> None:
    target = room.addresses.lead(place.address, path)
    if target.kind is Kind.FILE:
        checked.links += 1
        if place.names == "page":
            checked.listed.append((target.path, path, place.line))
        elif target.fragment and target.fragment != "top" and target.path.endswith(".html"):
            checked.anchor_count += 1
            checked.anchors.append((target.path, target.fragment, path, place.line))
    if place.names == "self" and (target.kind is not Kind.FILE or target.path != path):
        own = room.addresses.of(path)
        checked.errors.append(
            Finding(f"says that it stands at {place.address[:120]} instead of {own}", path, place.line)
        )
    elif place.names and target.kind is Kind.ELSEWHERE:
        checked.errors.append(
            Finding(f"lists {place.address[:120]}, which is not of this site", path, place.line)
        )
    elif what := complaint(target, place.use, place.address):
        is_quoted = target.is_absolute and place.use is Use.FOLLOWED
        (checked.notes if is_quoted else checked.errors).append(Finding(what, path, place.line))


def _places(path: str, data: bytes) -> Iterator[_Place]:
    if _XML.fullmatch(path):
        yield from _in_xml(data)
    elif _JSON.fullmatch(path):
        yield from _in_json(json.loads(data))
    else:
        text = data.decode("utf-8")
        if path.endswith(".css"):
            text = _CSS_COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)
        pattern = _CSS if path.endswith(".css") else _JS if path.endswith(".js") else None
        if pattern is None:
            pattern = _ROBOTS if path == "robots.txt" else _MARKDOWN
        use = Use.LOADED if path.endswith((".css", ".js")) else Use.TOLD
        for found in pattern.finditer(text):
            address = next((each for each in found.groups() if each), "")
            if address:
                yield _Place(text.count("\n", 0, found.start(found.lastindex or 0)) + 1, address, use)


def _in_xml(data: bytes) -> list[_Place]:
    places: list[_Place] = []
    open_: list[str] = []
    said: list[str] = []
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def start(name: str, given: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        open_.append("" if name == "guid" and given.get("isPermaLink") == "false" else name)
        said.clear()
        relation = given.get("rel", "")
        for attribute in _ATTRIBUTES:
            if attribute in given:
                use = Use.FOLLOWED if relation in _QUOTED else Use.TOLD
                names = "self" if relation == "self" else ""
                places.append(_Place(parser.CurrentLineNumber, given[attribute], use, names))

    def end(name: str) -> None:
        name = open_.pop()
        if name in _ELEMENTS or name == "guid":
            text = "".join(said).strip()
            if text:
                names = "page" if name == "loc" and "url" in open_ else ""
                places.append(_Place(parser.CurrentLineNumber, text, Use.TOLD, names))
        said.clear()

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = said.append
    parser.Parse(data, True)
    return places


def _in_json(value: object, key: str = "") -> Iterator[_Place]:
    """The addresses below `key`; those with a `{` are patterns."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from _in_json(each, name)
    elif isinstance(value, list):
        for each in value:
            yield from _in_json(each, key)
    elif isinstance(value, str) and _is_address(key, value):
        use = Use.LOADED if key == "src" else Use.TOLD
        yield _Place(0, value, use, "self" if key == "feed_url" else "")


def _is_address(key: str, value: str) -> bool:
    if key in _OTHERS or "{" in value:
        return False
    return key in ("src", "start_url", "scope") or value.startswith(("http://", "https://"))
