"""What machines read of the pages: each test reads them as one kind of machine does."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from generator.model.contents import Changes
from generator.pages.machine.coins import context_object
from generator.pages.machine.head import Meta, absolute, head_of
from generator.pages.page import DateText, Link, Page
from tests.support.built import Built
from tests.support.invented import archive_of, paper

BASE = "https://example.org/base/"
DAY = date(2025, 2, 10)
HOSTILE = 'A </script><script>alert("1")</script> & \'quoted\' "title" ]]> with <!-- $5 %26 a=b&c=d'
AUTHORS = ("Ada Lovelace", "O'Neil, Mary & Sons", "智谱", 'Eve "<b>" Mallory', "Person & Person; Junior")
KEYWORDS = ("watering cans; large", 'say "cheese" twice', "sails, white")
FOREIGN = paper(
    901, DAY, id="some-report", published=None, authors=("Ada Lovelace",), keywords=(), summary=""
)


@dataclass(frozen=True)
class Element:
    tag: str
    attributes: dict[str, str]


class Reader(HTMLParser):
    """The `<meta>`, `<link>`, `<script>` and COinS of a page, and the text of its scripts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.scripts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.elements.append(Element(tag, attributes))
        if tag == "script":
            self.scripts.append("")

    def handle_data(self, data: str) -> None:
        if self.cdata_elem == "script":
            self.scripts[-1] += data

    def metas(self, name: str, by: str = "name") -> list[str]:
        return [
            each.attributes["content"]
            for each in self.elements
            if each.tag == "meta" and each.attributes.get(by) == name
        ]

    def links(self, rel: str) -> list[Element]:
        found = (each for each in self.elements if each.tag == "link")
        return [each for each in found if rel in each.attributes["rel"].split()]

    def linked_data(self) -> list[dict[str, object]]:
        tags = [each for each in self.elements if each.tag == "script"]
        return [
            json.loads(text)
            for tag, text in zip(tags, self.scripts, strict=True)
            if tag.attributes.get("type") == "application/ld+json"
        ]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    changes = archive_of(days=3, per_day=4)
    papers = (
        *changes.papers,
        paper(900, DAY, title=HOSTILE, authors=AUTHORS, keywords=KEYWORDS),
        paper(
            902,
            DAY,
            title="Sailing round <the> garden & back: notes",
            authors=("Ada", "Bo", "Cy", "Di", "Ed"),
        ),
        FOREIGN,
    )
    return Built(
        tmp_path_factory.mktemp("metadata"), replace(changes, papers=papers), settings=["author_papers: 2"]
    )


def read(site: Built, address: str) -> Reader:
    return Reader(site.read(address))


def pages(site: Built) -> dict[str, Reader]:
    """Every page by its address."""
    root = site.folder / "site"
    found = {
        path.relative_to(root).as_posix().removesuffix("index.html"): path for path in root.rglob("*.html")
    }
    return {address: Reader(path.read_text(encoding="utf-8")) for address, path in sorted(found.items())}


def test_every_page_has_one_canonical_address_its_own_unless_it_is_not_to_be_indexed(site: Built) -> None:
    for address, page in pages(site).items():
        canonical = [link.attributes["href"] for link in page.links("canonical")]
        stands_in = address in ("404.html", "offline.html")
        assert ([] if stands_in else [absolute(BASE, address)]) == canonical, address
        assert (["noindex"] if stands_in else []) == page.metas("robots"), address
        assert canonical == page.metas("og:url", by="property"), address


def test_every_page_has_the_open_graph_and_nothing_empty(site: Built) -> None:
    for address, page in pages(site).items():
        for name in ("og:title", "og:type", "og:description", "og:image"):
            assert len(page.metas(name, by="property")) == 1, (address, name)
        assert page.metas("twitter:card") == ["summary_large_image"], address
        assert page.metas("og:description", by="property") == page.metas("description"), address
        told = [each.attributes.get("content") for each in page.elements if each.tag == "meta"]
        assert "" not in told, address
        assert all(each.attributes["href"] for each in page.elements if each.tag == "link"), address
        (kind,) = page.metas("og:type", by="property")
        assert kind == (
            "article" if re.fullmatch(r"papers/(2501\.\d+|some-report)/", address) else "website"
        ), address


def test_only_pages_of_papers_have_citation_tags_signposts_and_linked_data(site: Built) -> None:
    for address, page in pages(site).items():
        is_paper = bool(re.fullmatch(r"papers/(2501\.\d+|some-report)/", address))
        assert len(page.metas("citation_title")) == is_paper, address
        assert len(page.linked_data()) == is_paper, address
        assert bool(page.links("type")) == is_paper, address
        text = " ".join(each.attributes.get("name", "") for each in page.elements)
        assert "journal" not in text and "conference" not in text, address


def test_the_picture_is_that_of_the_topic_or_the_month_or_the_archive(site: Built) -> None:
    root = site.folder / "site"
    pictures = {
        "": "archive.png",
        "papers/date/2025-02-10/": "month-2025-02.png",
        "papers/month/2025-01/": "month-2025-01.png",
        "topics/gardens/": "topic-gardens.png",
        "topics/gardens/2025-01/": "topic-gardens.png",
        "papers/2501.00902/": "topic-gardens.png",
        "papers/2501.00900/": "archive.png",
        "about/": "archive.png",
    }
    for address, name in pictures.items():
        (image,) = read(site, address).metas("og:image", by="property")
        assert f"{BASE}assets/social/{name}" == image
        assert (root / image.removeprefix(BASE)).is_file()


def zotero(page: Reader) -> dict[str, object]:
    """What Zotero's translator of embedded metadata makes of a page: names, dates and types."""
    item: dict[str, object] = {"itemType": "journalArticle" if page.metas("citation_title") else "webpage"}
    if "preprint" in page.metas("DC.type"):
        item["itemType"] = "preprint"
    for name, field in (
        ("title", "title"),
        ("publication_date", "date"),
        ("doi", "DOI"),
        ("language", "language"),
    ):
        if found := page.metas(f"citation_{name}"):
            item[field] = found[0]
    item.setdefault("date", next(iter(page.metas("citation_online_date")), ""))
    item["creators"] = [
        name.strip()
        for tag in page.metas("citation_author")
        for name in re.split(r"\s*;\s*", tag)
        if name.strip()
    ]
    item["tags"] = [word.strip() for tag in page.metas("citation_keywords") for word in tag.split(";")]
    item["attachments"] = page.metas("citation_pdf_url")[:1]
    item["url"] = (page.metas("og:url", by="name") + page.metas("citation_abstract_html_url"))[0]
    item["abstractNote"] = page.metas("description")[0]
    return item


def test_zotero_saves_a_paper_as_a_preprint_with_all_its_authors(site: Built) -> None:
    item = zotero(read(site, "papers/2501.00902/"))
    assert item == {
        "itemType": "preprint",
        "title": "Sailing round <the> garden & back: notes",
        "date": "2025/01/02",
        "DOI": "10.48550/arXiv.2501.00902",
        "language": "en",
        "creators": ["Ada", "Bo", "Cy", "Di", "Ed"],
        "tags": ["watering cans"],
        "attachments": ["https://arxiv.org/pdf/2501.00902"],
        "url": f"{BASE}papers/2501.00902/",
        "abstractNote": "Case 902 in one sentence.",
    }


def test_hostile_words_come_out_as_they_went_in(site: Built) -> None:
    page = read(site, "papers/2501.00900/")
    assert page.metas("citation_title") == [HOSTILE]
    assert page.metas("og:title", by="property") == [HOSTILE]
    assert page.metas("citation_author") == [
        "Lovelace, Ada", "O'Neil Mary & Sons", "智谱", 'Mallory, Eve "<b>"', "Person & Person Junior",
    ]  # fmt: skip
    assert page.metas("citation_keywords") == ['watering cans, large; say "cheese" twice; sails, white']
    (data,) = page.linked_data()
    assert data["headline"] == HOSTILE
    assert data["author"] == [{"@type": "Person", "name": name} for name in AUTHORS[:3]]
    assert "alert" not in "".join(page.scripts).replace(json.dumps(HOSTILE)[1:-1].replace("<", "\\u003c"), "")
    assert page.elements[-1].tag != "plaintext"


def test_the_policy_allows_the_data_of_the_page_and_no_other_inline_script(site: Built) -> None:
    for address, page in pages(site).items():
        (policy,) = page.metas("Content-Security-Policy", by="http-equiv")
        inline = [text for text in page.scripts if text]
        digests = [b64encode(sha256(text.encode()).digest()).decode() for text in inline]
        allowed = "".join(f" 'sha256-{digest}'" for digest in digests)
        assert f"script-src 'self'{allowed};" in policy, address
        assert len(inline) == len(page.linked_data()), address


def test_linked_data_says_what_schema_org_calls_a_scholarly_article(site: Built) -> None:
    (data,) = read(site, "papers/2501.00902/").linked_data()
    assert data == {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "headline": "Sailing round <the> garden & back: notes",
        "author": [{"@type": "Person", "name": name} for name in ("Ada", "Bo", "Cy")],
        "datePublished": "2025-01-02",
        "sameAs": "https://doi.org/10.48550/arXiv.2501.00902",
    }


def test_the_signposts_of_a_paper_lead_to_citation_types_content_metadata_and_link_set(site: Built) -> None:
    page = read(site, "papers/2501.00902/")
    relations = ("cite-as", "type", "item", "describedby", "linkset")
    found = {
        rel: [(each.attributes["href"], each.attributes.get("type")) for each in page.links(rel)]
        for rel in relations
    }
    assert found == {
        "cite-as": [("https://doi.org/10.48550/arXiv.2501.00902", None)],
        "type": [("https://schema.org/AboutPage", None), ("https://schema.org/ScholarlyArticle", None)],
        "item": [("https://arxiv.org/pdf/2501.00902", "application/pdf")],
        "describedby": [("/base/papers/2501.00902/index.html.md", "text/markdown")],
        "linkset": [("/base/papers/date/2025-02-10/linkset.json", "application/linkset+json")],
    }
    for href in ("papers/2501.00902/index.html.md", "papers/date/2025-02-10/linkset.json"):
        assert (site.folder / "site" / href).is_file()


def test_a_day_announces_its_markdown_twin_and_its_link_set(site: Built) -> None:
    page = read(site, "papers/date/2025-02-10/")
    markdown = [each for each in page.links("alternate") if each.attributes.get("type") == "text/markdown"]
    assert [each.attributes["href"] for each in markdown] == ["/base/papers/date/2025-02-10/index.html.md"]
    assert [each.attributes["href"] for each in page.links("linkset")] == [
        "/base/papers/date/2025-02-10/linkset.json"
    ]


def test_a_paper_that_is_not_of_arxiv_claims_nothing_of_arxiv(site: Built) -> None:
    page = read(site, "papers/some-report/")
    for name in ("doi", "arxiv_id", "pdf_url", "publication_date", "keywords"):
        assert page.metas(f"citation_{name}") == []
    assert page.metas("citation_online_date") == ["2025/02/10"]
    assert page.links("cite-as") == page.links("item") == []
    (data,) = page.linked_data()
    assert "sameAs" not in data and "datePublished" not in data
    assert data["identifier"] == "some-report"


def test_a_paper_of_a_crowd_names_everybody_for_reference_managers_and_three_for_search_engines(
    tmp_path: Path,
) -> None:
    names = tuple(f"Person Number{number}" for number in range(664))
    site = Built(tmp_path, Changes((paper(1, DAY, authors=names),)))
    page = read(site, "papers/2501.00001/")
    assert len(page.metas("citation_author")) == len(names)
    (data,) = page.linked_data()
    assert data["author"] == [{"@type": "Person", "name": name} for name in names[:3]]


def open_url(title: str) -> dict[str, list[str]]:
    """What Zotero's translator of COinS reads in a span's title."""
    found: dict[str, list[str]] = {}
    for part in title.split("&"):
        key, _, value = part.partition("=")
        found.setdefault(key, []).append(unquote(re.sub(r"\+|%2[bB]", " ", value)))
    return found


def spans(page: Reader) -> list[dict[str, list[str]]]:
    return [
        open_url(each.attributes["title"])
        for each in page.elements
        if each.tag == "span" and each.attributes.get("class") == "Z3988"
    ]


def test_zotero_finds_every_paper_of_a_day_the_front_page_and_a_topic_and_looks_it_up_by_its_doi(
    site: Built,
) -> None:
    for address, papers in (("", 3), ("papers/date/2025-02-10/", 3), ("papers/date/2025-01-27/", 4)):
        assert len(spans(read(site, address))) == papers, address
    assert spans(read(site, "topics/gardens/"))
    found = {each["rft.title"][0]: each for each in spans(read(site, "papers/date/2025-02-10/"))}
    assert found[HOSTILE] == {
        "ctx_ver": ["Z39.88-2004"],
        "rft_val_fmt": ["info:ofi/fmt:kev:mtx:dc"],
        "rft.type": ["preprint"],
        "rft_id": ["info:doi/10.48550/arXiv.2501.00900"],
        "rft.title": [HOSTILE],
    }


def test_a_paper_without_a_doi_is_told_in_full_since_nobody_can_look_it_up(site: Built) -> None:
    (told,) = (each for each in spans(read(site, "papers/date/2025-02-10/")) if "rft.date" in each)
    assert told["rft_id"] == [f"{BASE}papers/some-report/"]
    assert told["rft.date"] == ["2025-02-10"]
    assert told["rft.au"] == ["Ada Lovelace"]


def test_lists_that_are_not_to_be_saved_at_once_have_no_spans(site: Built) -> None:
    for address, page in pages(site).items():
        may = re.fullmatch(r"(papers/date/\d{4}-\d\d-\d\d/|topics/[a-z]+/|)", address)
        assert may or not spans(page), address


def test_an_address_is_the_same_to_machines_and_to_readers() -> None:
    from generator.theme.filters import filters

    for address in ("", "papers/2501.00001/", "authors/josé/", 'search/?q="a b"', "topics/a'b/"):
        shown = filters("/base/", "https://example.org")["absolute"](address)
        assert absolute(BASE, address) == shown


def test_values_without_quotes_hold_nothing_that_needs_them() -> None:
    assert Meta("a", "", "2025/01/02").bare
    assert Meta("a", "", "https://arxiv.org/pdf/2501.00001").bare
    for content in (
        "a b",
        'a"b',
        "a'b",
        "a=b",
        "a<b",
        "a>b",
        "a`b",
        "a&b",
        "https://example.org/",
        "é",
        "a\n",
    ):
        assert not Meta("a", "", content).bare, content


def test_a_page_that_nobody_knows_is_described_by_the_archive() -> None:
    head = head_of(Page("about", "about/", "About", "", None), site="A", language="en", base_url=BASE)
    assert Meta("", "og:image", f"{BASE}assets/social/archive.png") in head.metas
    assert head.linked_data == "" and head.links == ()


def test_a_title_cannot_end_a_context_object_or_its_attribute() -> None:
    from generator.pages.cards import Card

    card = Card(
        Link(HOSTILE + '"&rft.au=Eve+Mallory;#', "papers/2501.00001/"),
        (), 0, None, DateText("2025-02-10", "10 Feb"),
    )  # fmt: skip
    told = context_object(card, "")
    assert not set("\"<>`;#'") & set(told)
    assert told.count("&") == 4
