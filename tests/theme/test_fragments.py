"""Parts of pages that many pages share."""

from __future__ import annotations

import weakref

from markupsafe import Markup

from generator.theme import fragments
from generator.theme.fragments import Fragments


class Card:
    """A value, and how often it was rendered."""

    rendered = 0


def render(card: Card, *more: object) -> Markup:
    card.rendered += 1
    return Markup(f"<p>{card.rendered} {more}")


def test_a_value_is_rendered_once_for_all_who_ask_for_the_same() -> None:
    known, card = Fragments(), Card()
    assert known.once(render, card, 2) is known.once(render, card, 2)
    known.once(render, card, 3)
    assert card.rendered == 2


def test_what_nobody_asks_for_any_more_is_let_go() -> None:
    known, card = Fragments(), Card()
    known.once(render, card)
    gone = weakref.ref(card)
    del card
    for _ in range(fragments._PATIENCE):
        known.rest()
    assert gone()
    known.rest()
    assert not gone()


def test_what_is_asked_for_now_and_then_is_kept() -> None:
    known, card = Fragments(), Card()
    for _ in range(20):
        known.once(render, card)
        for _ in range(fragments._PATIENCE):
            known.rest()
    assert card.rendered == 1
