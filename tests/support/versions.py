"""An invented archive that changes step by step, in all that an archive can change in."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from generator.model.contents import Contents
from generator.model.paper import DayRecord, Figures, Observation, Organization, Paper
from tests.support.invented import paper, title

FIRST = date(2024, 12, 27)
NAMES = ("Ada Lovelace", "Bo Li", "Chen Wei", "Dora Maar", "Émile Borel", "E. Noether", "Fu Hao", "Gu Long")
KEYWORDS = ("watering cans", "Watering Can", "sails", "knots", "pruning", "hulls", "soil", "keels")
PLACES = (
    None,
    Organization("acme", "Acme Gardens"),
    Organization("acme", "Acme"),
    Organization("yard", "The Yard"),
)

Mutation = Callable[[random.Random, Paper], Paper]


def _some(dice: random.Random, words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dice.sample(words, dice.randint(0, 6)))


MUTATIONS: tuple[Mutation, ...] = (
    lambda dice, old: replace(old, title=title(dice.randrange(40))),
    lambda dice, old: replace(old, abstract="Another sentence. " * dice.randint(0, 90)),
    lambda dice, old: replace(old, authors=_some(dice, NAMES)),
    lambda dice, old: replace(old, keywords=_some(dice, KEYWORDS)),
    lambda dice, old: replace(old, organization=dice.choice(PLACES)),
    lambda dice, old: replace(old, summary=dice.choice((None, "In short.", "In one sentence."))),
    lambda dice, old: replace(old, github=dice.choice((None, "https://github.com/somebody/thing"))),
    lambda dice, old: replace(old, published=FIRST - timedelta(days=dice.randrange(9))),
    lambda dice, old: replace(old, submitted_by=dice.choice((None, "somebody", "another"))),
    lambda dice, old: replace(old, categories=dice.choice(((), ("cs.CL",), ("cs.CV", "cs.CL")))),
    lambda dice, old: replace(
        old, days=tuple(sorted({*old.days, FIRST + timedelta(days=dice.randrange(12))}))
    ),
    lambda dice, old: replace(old, doi=dice.choice((None, "10.1000/xyz")), journal_ref="A Journal"),
)


def versions(count: int) -> Iterator[Contents]:
    """The same versions at each call, each with one change more than the one before."""
    dice = random.Random(7)
    contents = _begin(dice)
    for _ in range(count):
        yield contents
        contents = _changed(dice, contents)


def _begin(dice: random.Random) -> Contents:
    papers = [
        paper(
            number,
            FIRST + timedelta(days=number % 9),
            authors=_some(dice, NAMES),
            keywords=_some(dice, KEYWORDS),
        )
        for number in range(30)
    ]
    return Contents({each.id: each for each in papers}, {}, {})


def _changed(dice: random.Random, old: Contents) -> Contents:
    papers, seen, records = dict(old.papers), dict(old.observations), dict(old.records)
    what = dice.random()
    chosen = dice.choice(list(papers.values()))
    if what < 0.6:
        papers[chosen.id] = dice.choice(MUTATIONS)(dice, chosen)
    elif what < 0.75:
        told = seen.get(chosen.id, ())
        figures = Figures(dice.randrange(60), dice.choice((None, 0, 3)), dice.choice((None, 100)))
        moment = f"{FIRST + timedelta(days=len(told))}T08:00:00Z"
        seen[chosen.id] = (*told, Observation(moment, chosen.id, figures))
    elif what < 0.85:
        day = FIRST + timedelta(days=dice.randrange(14))
        status = dice.choice(("open", "complete", "empty", "failed"))
        records[day] = DayRecord(day, dice.randrange(9), status, f"{day}T08:00:00Z")
    elif what < 0.95:
        new = paper(
            100 + dice.randrange(50), FIRST + timedelta(days=dice.randrange(12)), authors=_some(dice, NAMES)
        )
        papers[new.id] = new
    elif len(papers) > 20:
        del papers[chosen.id]
    return Contents(papers, seen, records)
