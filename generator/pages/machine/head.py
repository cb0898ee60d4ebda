"""What the head of a page says to machines: search engines, previews, reference managers, harvesters.

Open Graph (https://ogp.me) on every page; on a paper's own page the Highwire tags that Google Scholar and
Zotero read, JSON-LD, and signposts. A head is written once a paper, so what two kinds of reader want to know
stands in one `<meta>`: the one reads its `name`, the other its `property`.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from datetime import date
from hashlib import sha256
from urllib.parse import quote, urlsplit

import msgspec

from generator.citing import ris
from generator.model.periods import Month
from generator.pages import addresses
from generator.pages.day import DayView
from generator.pages.machine.linked_data import linked_data
from generator.pages.machine.signposts import LINKSET_TYPE, MARKDOWN, Signpost, doi, linkset, signposts
from generator.pages.page import Listed, Page, Planned
from generator.pages.paper import PaperView

_NOT_INDEXED = frozenset({"not_found", "offline"})
"""Pages that stand in for another, at whatever address that has."""
_PLAIN = re.compile(r"[A-Za-z0-9/._-]*")
"""An address that is the same percent-encoded."""
_BARE = re.compile(r"[A-Za-z0-9_:./-]*[A-Za-z0-9_]")


class Meta(msgspec.Struct, frozen=True, gc=False):
    """A `<meta>`: its `name`, its Open Graph `property`; one of them may be empty, `content` never is."""

    name: str
    og: str
    content: str

    @property
    def bare(self) -> bool:
        """Whether `content` needs no quotes (https://html.spec.whatwg.org/#unquoted)."""
        return _BARE.fullmatch(self.content) is not None


class Head(msgspec.Struct, frozen=True, gc=False):
    """What `partials/head_machine.html` writes."""

    canonical: str
    """The one address of the page; empty where it is not to be indexed."""
    metas: tuple[Meta, ...]
    authors: tuple[str, ...]
    """Of a paper, as `Family, Given`, so that nobody has to guess: for its `citation_author` tags, of which
    the theme's `cite.js` makes RIS and CSL-JSON."""
    links: tuple[Signpost, ...]
    """With addresses as they stand in the page."""
    linked_data: str
    """JSON that is safe inside `<script>`; empty where there is none."""

    @property
    def data_digest(self) -> str:
        """The source expression that allows `linked_data` and no other inline script (CSP Level 3).

        Browsers never run data, and so never ask; the Nu Html Checker does.
        """
        if not self.linked_data:
            return ""
        return f"sha256-{b64encode(sha256(self.linked_data.encode()).digest()).decode()}"


_ARTICLE, _WEBSITE = Meta("", "og:type", "article"), Meta("", "og:type", "website")
_CARD, _PREPRINT = Meta("twitter:card", "", "summary_large_image"), Meta("DC.type", "", "preprint")


def is_indexed(page: Planned | Listed) -> bool:
    """Whether search engines should list the page, at its own address."""
    return page.kind not in _NOT_INDEXED


def absolute(base_url: str, address: str) -> str:
    """Where an address of the site stands, with scheme and host."""
    return base_url + (address if _PLAIN.fullmatch(address) else quote(address, safe="/#?=&;:-._~+,"))


def head_of(page: Page, *, site: str, language: str, base_url: str, lean: bool = False) -> Head:
    """The head of `page` on the site of that title, language and base address; a `lean` one has no twins."""
    url = absolute(base_url, page.address) if is_indexed(page) else ""
    metas = _metas(page, site, language, url, base_url + picture(page))
    base_path = urlsplit(base_url).path
    view = page.view
    return Head(
        canonical=url,
        metas=tuple([meta for meta in metas if meta.content]),
        authors=_authors(view) if isinstance(view, PaperView) else (),
        links=tuple([_with_base(link, base_path) for link in _links(page) if not (lean and _is_extra(link))]),
        linked_data=linked_data(view) if isinstance(view, PaperView) else "",
    )


def picture(page: Page) -> str:
    """The address of the picture that stands for a page: its topic's, its month's, else the archive's."""
    view = page.view
    if isinstance(view, PaperView):
        return _topic_picture(view.topics[0].address) if view.topics else addresses.ARCHIVE_PICTURE
    if isinstance(view, DayView):
        month = next((link.address for link in view.above if link.address.startswith("papers/month/")), "")
        return _month_picture(month) if month else addresses.ARCHIVE_PICTURE
    if page.kind in ("topic", "topic_month"):
        return _topic_picture(page.address)
    return _month_picture(page.address) if page.kind == "month" else addresses.ARCHIVE_PICTURE


def _metas(page: Page, site: str, language: str, url: str, image: str) -> Iterator[Meta]:
    view = page.view
    is_paper = isinstance(view, PaperView)
    yield Meta("description", "og:description", page.description)
    if isinstance(view, PaperView):
        yield Meta("citation_title", "og:title", view.title)
        yield Meta("citation_abstract_html_url", "og:url", url)
    else:
        yield Meta("", "og:title", page.title)
        yield Meta("", "og:url", url)
    yield _ARTICLE if is_paper else _WEBSITE
    yield Meta("", "og:site_name", "" if is_paper else site)
    yield Meta("", "og:image", image)
    yield _CARD
    if isinstance(view, PaperView):
        yield from _highwire(view, language)


def _highwire(view: PaperView, language: str) -> Iterator[Meta]:
    """The tags of https://scholar.google.com/intl/en/scholar/inclusion.html; none says journal or conference,
    since the papers are preprints, and `DC.type` is what Zotero goes by. Of the authors, see `Head`."""
    first = view.published.iso if view.published else ""
    yield _PREPRINT
    yield Meta("citation_publication_date", "", first.replace("-", "/"))
    yield Meta("citation_online_date", "", (first or view.stands_on.day.iso).replace("-", "/"))
    yield Meta("citation_pdf_url", "", view.pdf)
    yield Meta("citation_doi", "", doi(view.id))
    yield Meta("citation_arxiv_id", "", view.id if view.arxiv else "")
    yield Meta("citation_language", "", language)
    yield Meta("citation_keywords", "", _listed(keyword.text for keyword in view.keywords))


def _authors(view: PaperView) -> tuple[str, ...]:
    names = [ris.author(author.text.replace(";", " ")) for author in view.authors]
    return tuple(filter(None, names))


def _links(page: Page) -> Iterator[Signpost]:
    view = page.view
    if isinstance(view, PaperView):
        for link in signposts(view.id):
            yield Signpost("alternate describedby", link.href, link.type) if link.type == MARKDOWN else link
        yield Signpost("linkset", linkset(date.fromisoformat(view.stands_on.day.iso)), LINKSET_TYPE)
    if isinstance(view, DayView):
        yield Signpost("alternate", addresses.twin(page.address), MARKDOWN)
        if view.cards:
            yield Signpost("linkset", linkset(date.fromisoformat(view.day.iso)), LINKSET_TYPE)


def _is_extra(link: Signpost) -> bool:
    """Whether it leads to what only a site with every format has."""
    return link.type in (MARKDOWN, LINKSET_TYPE)


def _with_base(link: Signpost, base_path: str) -> Signpost:
    return link if "://" in link.href else Signpost(link.rel, base_path + link.href, link.type)


def _listed(words: Iterable[str]) -> str:
    """`a; b`: a semicolon inside a word would cut it in two."""
    return "; ".join(word.replace(";", ",") for word in words)


def _topic_picture(address: str) -> str:
    return addresses.topic_picture(address.removeprefix(addresses.TOPICS).partition("/")[0])


def _month_picture(address: str) -> str:
    year, _, month = address.rstrip("/").rpartition("/")[2].partition("-")
    return addresses.month_picture(Month(int(year), int(month)))
