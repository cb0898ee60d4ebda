"""A fingerprint stands for each field of a recipe, and says which of them changed."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from generator.builder.fingerprint import Fingerprint, apart, fingerprints
from generator.outputs.artifact import Artifact, Recipe
from generator.outputs.html import Chrome, HtmlPage
from generator.outputs.search import SegmentFile, Votes
from generator.outputs.sitemap import SiteMap
from generator.pages.page import Draft, FeedLink, Page
from generator.search.segments import segments

CHROME = Chrome("Title", "", "en", "", "", (), FeedLink("", ""), "", "", "", lean=False, votes=True)
DRAFT = Draft("day", "a/", "", b"1" * 16, lambda: Page("day", "a/", "", "", None))
PAGE = HtmlPage(b"1" * 16, CHROME, "template", DRAFT)


def print_of(recipe: Recipe, code: str = "1") -> Fingerprint:
    return fingerprints({"a": Artifact("a", "somebody", recipe)}, code)["a"]


def changed(one: Recipe, other: Recipe) -> set[str]:
    before, after = apart(print_of(one)), apart(print_of(other))
    return {name for name in {**before, **after} if before.get(name) != after.get(name)}


def test_what_changed_of_a_page_is_told_by_name() -> None:
    of = msgspec.structs.replace
    assert changed(PAGE, of(PAGE, page=b"2" * 16)) == {"page"}
    assert changed(PAGE, of(PAGE, template="other")) == {"template"}
    assert changed(PAGE, of(PAGE, chrome=replace(CHROME, title="Other"))) == {"chrome"}
    assert changed(PAGE, of(PAGE, chrome=replace(CHROME), planned=of(DRAFT, address="b/"))) == set()
    assert apart(print_of(PAGE, "1"))["program"] != apart(print_of(PAGE, "2"))["program"]


def test_what_changed_of_any_recipe_is_told_by_name() -> None:
    one = SiteMap("https://example.org/", (("a/", "2025-01-02"),))
    assert changed(one, replace(one, places=())) == {"places"}
    assert "recipe" in changed(one, PAGE)
    (segment,) = segments([], ["gardens"])
    (other,) = segments([], ["boats"])
    assert changed(SegmentFile(segment, "t0.bin"), SegmentFile(segment, "t1.bin")) == {"name"}
    assert changed(SegmentFile(segment, "t0.bin"), SegmentFile(other, "t0.bin")) == {"segment"}
    assert changed(Votes(segment, ()), Votes(segment, (("a", 1),))) == {"votes"}


def test_recipes_that_share_a_value_do_not_share_the_others() -> None:
    recipes = [msgspec.structs.replace(PAGE, page=bytes([n]) * 16, template=str(n % 2)) for n in range(4)]
    made = fingerprints({str(n): Artifact(str(n), "", each) for n, each in enumerate(recipes)}, "1")
    assert [made[str(n)] for n in range(4)] == [print_of(each) for each in recipes]
    assert len(set(made.values())) == 4
