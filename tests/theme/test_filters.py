"""Where addresses of the site stand."""

from __future__ import annotations

import pytest

from generator.theme.filters import filters


@pytest.mark.parametrize(
    ("address", "stands"),
    [
        ("", "/base/"),
        ("papers/2501.00001/", "/base/papers/2501.00001/"),
        ('search/?q=author:"Ada+Lovelace"', "/base/search/?q=author:%22Ada+Lovelace%22"),
        ('search/?q="é (b)"', "/base/search/?q=%22%C3%A9%20%28b%29%22"),
        ("a%22<b>", "/base/a%2522%3Cb%3E"),
    ],
)
def test_an_address_is_percent_encoded_where_it_must_be(address: str, stands: str) -> None:
    known = filters("/base/", "https://example.org")
    assert known["url"](address) == stands
    assert known["absolute"](address) == f"https://example.org{stands}"


@pytest.mark.parametrize(
    ("address", "stands"),
    [
        ("https://example.org/a?b=c&d=(e)'f#g", "https://example.org/a?b=c&d=(e)'f#g"),
        ("HTTP://example.org/%41/ü", "HTTP://example.org/%41/ü"),
        ('https://example.org/"><img src=x> \n', "https://example.org/%22%3E%3Cimg%20src=x%3E"),
        ("https://example.org/a\\b|c{d}^`100%", "https://example.org/a%5Cb%7Cc%7Bd%7D%5E%60100%25"),
        ("javascript:alert(1)", ""),
        (" https://example.org/", ""),
        ("", ""),
    ],
)
def test_an_address_that_leaves_the_site_is_one_that_browsers_and_validators_take(
    address: str, stands: str
) -> None:
    assert filters("/", "https://example.org")["outside"](address) == stands
