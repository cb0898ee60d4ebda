"""What is kept of templates saves time and changes nothing, and need not be there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import jinja2
import pytest

from generator.theme.templates import Templates
from generator.theme.theme import Theme, load_theme

PAGE = '{% extends "base.html" %}{% block main %}<b>{{ told }}</b>{% endblock %}'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    own = tmp_path / "themes/own"
    (own / "templates").mkdir(parents=True)
    (own / "theme.toml").write_text("css = []\n")
    (own / "templates/base.html").write_text("<body>{% block main %}{% endblock %}</body>")
    (own / "templates/page.html").write_text(PAGE)
    return tmp_path


@pytest.fixture
def load(folder: Path) -> Callable[[], Theme]:
    def once(version: str = "1") -> Theme:
        return load_theme("own", [folder / "themes"], templates=Templates(folder / "templates.memo", version))

    return once


@pytest.fixture
def worked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows with every template that is parsed or compiled."""
    done: list[str] = []
    for name in ("_parse", "_generate"):
        real = getattr(jinja2.Environment, name)

        def watched(
            self: object, *given: object, real: Callable[..., object] = real, **more: object
        ) -> object:
            done.append(real.__name__)
            return real(self, *given, **more)

        monkeypatch.setattr(jinja2.Environment, name, watched)
    return done


def use(theme: Theme) -> tuple[str, str, str]:
    """What a build wants of a theme."""
    told = theme.template_digest("page.html"), theme.render("page.html", told="a & b")
    plain = theme.render_plainly("page.html", told="a & b")
    theme.templates.save()
    return *told, plain


def test_what_was_known_is_neither_parsed_nor_compiled_again(
    load: Callable[[], Theme], worked: list[str]
) -> None:
    first = use(load())
    assert first[1:] == ("<body><b>a &amp; b</b></body>",) * 2
    assert worked
    worked.clear()
    assert use(load()) == first
    assert worked == []


def test_a_template_that_changed_is_read_anew(folder: Path, load: Callable[[], Theme]) -> None:
    digest, *_ = use(load())
    (folder / "themes/own/templates/page.html").write_text(PAGE.replace("<b>", "<i>"))
    again, html, plain = use(load())
    assert again != digest
    assert html == plain == "<body><i>a &amp; b</b></body>"


@pytest.mark.parametrize("damage", ["cut", "turned", "gone", "of another program"])
def test_whatever_is_wrong_with_it_all_is_worked_out_anew(
    folder: Path, load: Callable[..., Theme], worked: list[str], damage: str
) -> None:
    first, path = use(load()), folder / "templates.memo"
    data = path.read_bytes()
    if damage == "cut":
        path.write_bytes(data[: len(data) // 2])
    elif damage == "turned":
        path.write_bytes(data[:-40] + bytes(40))
    elif damage == "gone":
        path.unlink()
    worked.clear()
    assert use(load("2" if damage == "of another program" else "1")) == first
    assert worked
    worked.clear()
    assert use(load("2" if damage == "of another program" else "1")) == first
    assert worked == []


def test_what_other_processes_kept_meanwhile_stays(folder: Path, load: Callable[[], Theme]) -> None:
    one, other = load(), load()
    one.render("page.html", told="")
    other.template_digest("page.html")
    one.templates.save()
    other.templates.save()
    third = Templates(folder / "templates.memo", "1")
    assert third.named(PAGE) == ("base.html",)
    environment = load()._quick
    bucket = third.get_bucket(environment, "page.html", str(folder / "themes/own/templates/page.html"), PAGE)
    assert bucket.code is not None


def test_a_disk_that_says_no_is_no_matter(folder: Path, load: Callable[[], Theme]) -> None:
    (folder / "templates.memo").mkdir()
    assert use(load()) == use(load())
