"""Slugs: parts of an address that are stable, readable and never empty."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model.names import fold, slugify


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Velo Institute", "velo-institute"),
        ("Ærøskøbing Straße", "aeroskobing-strasse"),
        ("Łódź", "lodz"),
        ("π₀", "pi0"),
        ("Σ-wheel", "sigma-wheel"),
        ("ς", "sigma"),
        ("  C++ / C#  ", "c-c"),
        ("ﬁne", "fine"),
        ("İstanbul ıt", "istanbul-it"),
        ("../../etc/passwd", "etc-passwd"),
    ],
)
def test_a_name_becomes_a_slug_that_can_be_read(name: str, slug: str) -> None:
    assert slugify(name) == slug


def test_a_name_without_any_ascii_form_gets_the_same_digits_on_every_machine() -> None:
    assert re.fullmatch("x-[0-9a-f]{8}", slugify("智谱"))
    assert slugify("智谱") != slugify("百度")
    assert slugify("") == "x-e3b0c442"


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=120))
def test_a_slug_is_never_empty_never_long_and_safe_in_an_address(name: str) -> None:
    slug = slugify(name)
    assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert len(slug) <= 80


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=120))
def test_the_slug_of_a_slug_is_itself(name: str) -> None:
    assert slugify(slugify(name)) == slugify(name)


def test_folding_makes_two_spellings_of_a_name_the_same_and_keeps_other_scripts() -> None:
    assert fold("José Ångström") == fold("JOSE ANGSTROM") == "jose angstrom"
    assert fold("智谱") == "智谱"
