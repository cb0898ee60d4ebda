"""What the quick environment gives is what Jinja gives."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import jinja2
import pytest
from markupsafe import Markup, escape

from generator.errors import ThemeError
from generator.theme.quick import QuickEnvironment, shown
from generator.theme.theme import Theme, load_theme
from tests.support.built import Built
from tests.support.invented import archive_of, paper

DAY = date(2025, 2, 10)
NASTY = "A <b>\"bold\"</b> & 'brave' $x^2$ title \u05d0 {{ no }} {% no %}"


@pytest.mark.parametrize("name", ["broadsheet", "plain"])
def test_every_page_of_a_site_is_what_jinja_makes_of_it(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: dict[str, int] = {}
    quickly = Theme.render

    def both(theme: Theme, template: str, **view: Any) -> str:
        html = quickly(theme, template, **view)
        assert html == theme.render_plainly(template, **view)
        assert not theme._slow, "a template of ours is rendered twice"
        made[template] = made.get(template, 0) + 1
        return html

    monkeypatch.setattr(Theme, "render", both)
    changes = archive_of(days=4, per_day=5)
    crowd = tuple(f"{NASTY} {number}" for number in range(30))
    more = (
        paper(900, DAY, title=NASTY, summary=NASTY, keywords=(NASTY,), authors=crowd),
        paper(901, DAY, id="a-report", authors=(), author_count=3, published=None, summary=None),
    )
    settings = [f"theme: {name}", "author_papers: 2", "keyword_papers: 2"]
    Built(tmp_path, replace(changes, papers=(*changes.papers, *more)), settings=settings)
    pages = Path(__file__).parents[2] / "themes/broadsheet/templates/pages"
    assert {f"pages/{path.name}" for path in pages.glob("*.html")} == set(made)


@dataclass(frozen=True)
class Value:
    text: str
    inner: object = None

    def said(self, word: str = "nothing", times: int = 1) -> str:
        return self.text + word * times


class Safe:
    def __html__(self) -> str:
        return "<i>safe</i>"


class Word(str):
    """A `str`, but not quite."""


VIEW = {
    "value": Value("<&>'\"", Value("é")),
    "keys": {"a": "<a>", "items": 3, "of": {"b": Markup("<b>")}},
    "many": ("<1>", "2", "3"),
    "few": [],
    "tree": [{"name": "x<", "below": [{"name": "y", "below": []}]}],
    "odd": (None, True, 1, 2.5, Markup("<u>"), Safe(), Word("<w>")),
}
OTHERS = {
    "part": "[{{ value.text }}{{ here if here is defined }}]",
    "alone": "[{% set x = 2 %}{{ x }}<&>]",
    "macros": "{% macro wrap(text, by='<b>') %}<p>{{ text }}{{ by }}{{ caller() if caller is defined }}</p>"
    "{% endmacro %}"
    "{% macro all() %}{{ varargs | join('<') }}{{ kwargs | length }}{% endmacro %}",
    "base": "<{% block one %}1{% endblock %}|{% block two scoped %}{{ value.text }}{% endblock %}>",
}


@pytest.mark.parametrize(
    "template",
    [
        "{{ value.text }}{{ value.inner.text }}{{ value.said() }}{{ value.said('<', times=2) }}",
        "{% for each in odd %}{{ each }}|{% endfor %}",
        "{% for each in many %}{{ loop.index }}{{ loop.first }}{{ loop.last }}{{ loop.changed(each) }}"
        "{{ loop.nextitem if not loop.last }};{% endfor %}",
        "{% for each in many %}{{ loop.previtem if not loop.first }}{{ loop.length }}{{ loop.revindex }}"
        "{{ loop.cycle('a', 'b') }};{% endfor %}",
        "{% for each in many | map('upper') %}{{ loop.previtem if not loop.first }}"
        "{{ loop.nextitem if not loop.last }}{{ loop.length }};{% endfor %}",
        "{% for each in many if each != '2' %}{{ each }}{{ ', ' if not loop.last }}{% endfor %}",
        "{% for each in many | map('upper') %}{{ each }}{{ loop.last }}{% else %}no{% endfor %}",
        "{% for each in few %}{{ each }}{% else %}{{ loop is defined }}{% endfor %}",
        "{% for each in tree recursive %}{{ each.name }}({{ loop(each.below) }}){% endfor %}",
        "{{ keys.a }}{{ keys.of.b }}{{ keys['a'] }}{{ keys.items is callable }}",
        "{{ nobody is defined }}{{ value.none is defined }}{{ nobody | default('<d>') }}",
        "{% set here = '<h>' %}{% include 'part' %}-{% include 'alone' without context %}-"
        "{% include 'part' %}",
        "a{% include ['none', 'part'] ignore missing %}b{% include 'none' ignore missing %}c",
        "{% from 'macros' import wrap, all %}{{ wrap('<t>') }}{{ wrap('t', '<u>') }}"
        "{{ wrap('t', by=value.text) }}",
        "{% import 'macros' as m %}{{ m.wrap(m.all(1, '<2>', x=3)) }}{% call m.wrap('c') %}<c>{% endcall %}",
        "{% macro own(a, b=value.text) %}{{ a }}{{ b }}{% endmacro %}{{ own(1) }}{{ own(*many[:2]) }}"
        "{{ own(**{'a': 5}) }}",
        "{% extends 'base' %}{% block one %}{{ super() }}{{ value.text }}{% endblock %}",
        "{% extends 'base' %}{% block two %}<2>{{ self.one() }}{% endblock %}",
        "{% filter upper %}<a>{{ value.text }}{% endfilter %}"
        "{% set x %}<x>{{ value.text }}{% endset %}{{ x }}",
        "{% autoescape false %}{{ value.text }}{{ value.said() }}{% endautoescape %}{{ value.text }}",
        "{% set ns = namespace(n=0) %}{% for each in many %}{% set ns.n = ns.n + 1 %}{% endfor %}{{ ns.n }}",
        "{{ value.text ~ '<' }}{{ '<c>' }}{{ many | join(', ') }}{{ many[0] }}{{ range(3) | list }}",
        "{% with told = value.text %}{{ told }}{% endwith %}{{ value.text if few else '<e>' }}"
        "{{ '' if few }}",
        "{{ (value.text if few) is defined }}{{ (value.text if few) | default('<d>') }}"
        "{{ 'a' ~ ('b' if few) }}{{ (value.text if few) }}{{ ('b' if few) if many }}{{ '<y>' if many }}",
    ],
)
def test_a_template_says_what_jinja_says_or_leaves_it_to_jinja(template: str) -> None:
    stock, quick = (
        kind(loader=jinja2.DictLoader(OTHERS), autoescape=True, undefined=jinja2.StrictUndefined)
        for kind in (jinja2.Environment, QuickEnvironment)
    )
    wanted = stock.from_string(template).render(VIEW)
    try:
        said = quick.from_string(template).render(VIEW)
    except Exception:
        assert re.search(r"keys\.|each\.name|self\.|is defined|default", template), (
            "only what the stock one must answer"
        )
    else:
        assert said == wanted
        assert quick.from_string(template).render(VIEW) == wanted, "nor does a second time differ"


@pytest.mark.parametrize("value", [*VIEW["odd"], "", "<&>'\"é", Word("&"), Markup("&amp;"), 10**20, False])
def test_what_is_shown_is_escaped_as_jinja_would(value: object) -> None:
    assert str(shown(value)) == str(escape(value))


@pytest.fixture
def theme(tmp_path: Path) -> Theme:
    (tmp_path / "mine/templates").mkdir(parents=True)
    (tmp_path / "mine/theme.toml").write_text("css = []\n")
    return load_theme("mine", [tmp_path])


def write(theme: Theme, text: str) -> None:
    (theme.folders[0] / "templates/page.html").write_text(text)


def test_a_template_may_ask_a_dictionary_as_if_it_had_attributes(theme: Theme) -> None:
    write(theme, "{{ view.colour }}")
    for colour in ("<red>", "blue"):
        assert theme.render("page.html", view={"colour": colour}) == escape(colour)
    assert theme._slow == {"page.html"}


@pytest.mark.parametrize(
    "wrong", ["view.weight", "nobody", "nobody.weight", "view.text.weight", "view.said.x.y"]
)
def test_what_does_not_exist_is_named_with_its_place(theme: Theme, wrong: str) -> None:
    write(theme, f"<p>\n{{{{ view.text }}}}\n{{{{ {wrong} }}}}\n")
    for _ in range(2):
        with pytest.raises(ThemeError, match=r"page\.html:3: .*(weight|nobody|'x')"):
            theme.render("page.html", view=Value("a"))
