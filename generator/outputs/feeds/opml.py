"""Lists of feeds as OPML 2.0 (http://opml.org/spec2.opml), which feed readers import."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from generator.pages.page import FeedLink
from generator.theme.theme import Theme

Group = tuple[str, tuple[tuple[str, str], ...]]
"""A heading, and the title and address of each feed under it."""


@dataclass(frozen=True, slots=True)
class Opml:
    """The recipe of a list of feeds."""

    title: str
    groups: tuple[Group, ...]

    def make(self, theme: Theme) -> bytes:
        root = etree.Element("opml", version="2.0")
        etree.SubElement(etree.SubElement(root, "head"), "title").text = self.title
        body = etree.SubElement(root, "body")
        for heading, feeds in self.groups:
            outline = etree.SubElement(body, "outline", text=heading, title=heading)
            for title, address in feeds:
                etree.SubElement(outline, "outline", type="rss", text=title, title=title, xmlUrl=address)
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def opml_of(base_url: str, groups: Iterable[tuple[str, Iterable[FeedLink]]]) -> tuple[Group, ...]:
    """The first format of each feed, absolute; a group without any is left out."""
    told = (
        (heading, tuple((link.title, base_url + link.address + link.formats[0]) for link in links))
        for heading, links in groups
    )
    return tuple(group for group in told if group[1])
