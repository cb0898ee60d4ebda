"""What one page of HTML says of itself, and where it leads: one pass of a tokenizer, no tree.

The tokenizer follows https://html.spec.whatwg.org/#tokenization as far as it decides what is a tag: comments,
attributes in double, single or no quotes, and elements whose content is text. What stands in `<template>` and
`<noscript>` counts, since it may be shown.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

_TEXT_ONLY = frozenset({"script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes"})
"""Elements in which nothing is a tag until they end."""
_SPECIAL = frozenset({*_TEXT_ONLY, "h1", "body"})
"""Elements that matter even without attributes; all others without any are passed over."""
_TOKEN = re.compile(
    rf"""
    <!--(?:-?>|.*?(?:--!?>|\Z))
    | <((?:{"|".join(sorted(_SPECIAL))})(?=[\s/>])|[a-z][^\s/>]*+(?=[\s/]))
      ((?:[\s/]++|[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'>][^\s>]*+)?+)?+)*+)
      >
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE | re.ASCII,
)
_ATTRIBUTE = re.compile(
    r"""([^\s/>][^\s/>=]*+)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>][^\s>]*+))?+)?+""", re.ASCII
)
_CANDIDATE = re.compile(r"\s*,?\s*(\S*[^\s,])(?:\s+[0-9.]+[wxh])*\s*(?:,|$)", re.ASCII)
_REFRESH = re.compile(r"[\d.\s]*[;,]\s*url\s*=\s*[\"']?([^\"']*)", re.IGNORECASE | re.ASCII)
_JSON_TEXT = re.compile(r'"https?:(?:[^"\\]|\\.)*"')
_END = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE | re.ASCII) for name in _TEXT_ONLY}
_WORD = re.compile(r"[a-z]+")
_LOADED = {
    "src": frozenset(
        {"script", "img", "source", "iframe", "video", "audio", "track", "embed", "input", "frame"}
    ),
    "poster": frozenset({"video"}),
    "data": frozenset({"object"}),
    "href": frozenset({"image", "use"}),
    "xlink:href": frozenset({"image", "use"}),
    "background": frozenset({"body"}),
}  # fmt: skip
_LOADING_RELATIONS = frozenset(
    {"stylesheet", "icon", "apple-touch-icon", "manifest", "preload", "modulepreload", "prefetch"}
)
_ADDRESS_METAS = frozenset({"og:image", "og:url", "twitter:image", "citation_abstract_html_url"})


class Use(Enum):
    """What an address on a page is for."""

    FOLLOWED = "link"
    """Somebody may go there."""
    LOADED = "file"
    """The browser gets it by itself."""
    TOLD = "address"
    """Told to machines, in the head of the page."""


class Link(NamedTuple):
    """An address as it stands on a page, without entities; `at` is its place in the text."""

    at: int
    use: Use
    address: str


@dataclass(slots=True)
class PageFacts:
    """What a page says."""

    title: str | None = None
    """None where it has no title."""
    canonicals: list[str] = field(default_factory=list)
    headings: int = 0
    """How many `<h1>` there are."""
    is_indexed: bool = True
    """Whether search engines may list it."""
    leads_on: bool = False
    """Whether it sends its visitors to another page at once."""
    authors: int = 0
    """How many authors the head names."""
    ids: set[str] = field(default_factory=set)
    links: list[Link] = field(default_factory=list)
    style_sheets: list[str] = field(default_factory=list)


def read_page(text: str) -> PageFacts:
    """The facts of the page `text`."""
    facts = PageFacts()
    position, is_head = 0, True
    search = _TOKEN.search
    while found := search(text, position):
        position = found.end()
        name, attributes = found.groups()
        if not name:
            continue
        name = name.lower()
        if attributes and (tag := _tag(name, attributes)):
            _take(facts, tag, found.start())
        if name not in _SPECIAL:
            continue
        if name == "h1":
            facts.headings += 1
        elif name == "body":
            is_head = False
        elif name in _TEXT_ONLY:
            end = _END[name].search(text, position)
            stop = end.start() if end else len(text)
            if name == "title" and is_head and facts.title is None:
                facts.title = html.unescape(text[position:stop]).strip()
            elif name == "script" and "ld+json" in attributes:
                facts.links += _in_json(text[position:stop], position)
            position = stop
    return facts


@dataclass(frozen=True, slots=True)
class _Tag:
    """What a start tag says, wherever it stands."""

    id: str
    addresses: tuple[tuple[Use, str], ...] = ()
    canonical: str | None = None
    style_sheet: str | None = None
    is_author: bool = False
    hides: bool = False
    """Whether it tells search engines to leave the page out."""
    leads_on: bool = False


@lru_cache(maxsize=1 << 15)
def _tag(name: str, attributes: str) -> _Tag | None:
    """What the tag says; None where that is nothing. Most tags stand on many pages, so it is remembered."""
    given = _attributes(attributes)
    if name == "meta":
        tag = _meta(given)
    elif name == "link":
        tag = _link(given)
    else:
        tag = _Tag(
            given.get("id") or (given.get("name", "") if name == "a" else ""), (*_addresses(name, given),)
        )
    return tag if tag != _NOTHING else None


def _attributes(text: str) -> Mapping[str, str]:
    """Names, in lower case, and values without entities. Of two of one name the first counts."""
    given: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(text):
        value = double or single or bare
        given.setdefault(name.lower(), html.unescape(value) if "&" in value else value)
    return given


def _take(facts: PageFacts, tag: _Tag, at: int) -> None:
    if tag.id:
        facts.ids.add(tag.id)
    if tag.addresses:
        facts.links += [Link(at, use, address) for use, address in tag.addresses]
    if tag.canonical is not None:
        facts.canonicals.append(tag.canonical)
    if tag.style_sheet is not None:
        facts.style_sheets.append(tag.style_sheet)
    if tag.is_author:
        facts.authors += 1
    facts.is_indexed &= not tag.hides
    facts.leads_on |= tag.leads_on


def _meta(given: Mapping[str, str]) -> _Tag:
    named, content = given.get("name", "").lower(), given.get("content", "")
    if given.get("http-equiv", "").lower() == "refresh" and (found := _REFRESH.match(content)):
        return _Tag("", ((Use.FOLLOWED, found[1]),), leads_on=True)
    hides = named in ("robots", "googlebot") and bool(
        {"noindex", "none"} & set(_WORD.findall(content.lower()))
    )
    is_address = named in _ADDRESS_METAS or given.get("property", "").lower() in _ADDRESS_METAS
    return _Tag(
        given.get("id", ""),
        ((Use.TOLD, content),) if is_address else (),
        is_author=named == "citation_author",
        hides=hides,
    )


def _link(given: Mapping[str, str]) -> _Tag:
    address = given.get("href")
    if address is None:
        return _NOTHING
    relations = set(given.get("rel", "").lower().split())
    use = Use.LOADED if relations & _LOADING_RELATIONS else Use.TOLD
    more = ((Use.LOADED, each) for each in _candidates(given.get("imagesrcset", "")))
    return _Tag(
        given.get("id", ""),
        ((use, address), *more),
        canonical=address if "canonical" in relations else None,
        style_sheet=address if "stylesheet" in relations else None,
    )


def _addresses(name: str, given: Mapping[str, str]) -> Iterator[tuple[Use, str]]:
    if name in ("a", "area") and "href" in given:
        yield Use.FOLLOWED, given["href"]
    for attribute, elements in _LOADED.items():
        if attribute in given and name in elements:
            yield Use.LOADED, given[attribute]
    for attribute in ("action", "formaction"):
        if attribute in given:
            yield Use.FOLLOWED, given[attribute]
    for each in _candidates(given.get("srcset", "")):
        yield Use.LOADED, each


_NOTHING = _Tag("")


def _candidates(text: str) -> list[str]:
    """The addresses of a `srcset`."""
    return _CANDIDATE.findall(text) if text else []


def _in_json(text: str, at: int) -> Iterator[Link]:
    for found in _JSON_TEXT.finditer(text):
        yield Link(at + found.start(), Use.TOLD, str(json.loads(found[0], strict=False)))
