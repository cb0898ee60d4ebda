"""The schema of the settings, for editors: it accepts and refuses what the program does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from generator import schema
from generator.config import read_settings
from generator.errors import SettingsError

CONTENT = Path(__file__).parents[1] / "content"
KEYS = {key.name: key for key in schema.known_keys()}


def accepts(settings: dict[str, Any]) -> bool:
    return bool(jsonschema.Draft202012Validator(schema.schema()).is_valid(settings))


def reads(folder: Path, settings: dict[str, Any]) -> bool:
    (folder / "archive.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    try:
        read_settings(folder / "archive.yml")
    except SettingsError:
        return False
    return True


def given(name: str, value: object) -> dict[str, Any]:
    section, _, key = name.rpartition(".")
    return {section: {key: value}} if section else {key: value}


def test_the_schema_that_is_shipped_is_the_one_that_is_made() -> None:
    shipped = (CONTENT / "archive.schema.json").read_text(encoding="utf-8")
    assert shipped == schema.text(), "run: make schema"


def test_it_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(schema.text()))


def test_the_shipped_settings_name_it_and_keep_it() -> None:
    text = (CONTENT / "archive.yml").read_text(encoding="utf-8")
    assert text.splitlines()[0] == "# yaml-language-server: $schema=archive.schema.json"
    assert list(jsonschema.Draft202012Validator(schema.schema()).iter_errors(yaml.safe_load(text))) == []


def test_the_shipped_settings_show_every_key_with_its_default() -> None:
    shipped = yaml.safe_load((CONTENT / "archive.yml").read_text(encoding="utf-8"))
    flat = {
        f"{name}.{key}" if isinstance(value, dict) else name: inner
        for name, value in shipped.items()
        for key, inner in (value.items() if isinstance(value, dict) else (("", value),))
    }
    assert flat == {name: key.default for name, key in KEYS.items()}


@pytest.mark.parametrize("unknown", [{"titel": "x"}, {"feed": {"urls": "x"}}, {"mail": {"to": "x"}}])
def test_both_refuse_an_unknown_key(tmp_path: Path, unknown: dict[str, Any]) -> None:
    assert (accepts(unknown), reads(tmp_path, unknown)) == (False, False)


@pytest.mark.parametrize("name", [name for name, key in KEYS.items() if "maximum" in key.limits])
def test_both_draw_the_bounds_of_a_number_at_one_place(tmp_path: Path, name: str) -> None:
    limits: dict[str, Any] = KEYS[name].limits
    least, most = limits["minimum"], limits["maximum"]
    for value, is_fine in ((least - 1, False), (least, True), (most, True), (most + 1, False)):
        told = given(name, value)
        assert (value, accepts(told), reads(tmp_path, told)) == (value, is_fine, is_fine)


@pytest.mark.parametrize("name", KEYS)
def test_both_accept_the_default_and_refuse_another_type(tmp_path: Path, name: str) -> None:
    default, wrong = given(name, KEYS[name].default), given(name, ["x"])
    assert (accepts(default), reads(tmp_path, default)) == (True, True)
    assert (accepts(wrong), reads(tmp_path, wrong)) == (False, False)


@pytest.mark.parametrize("name", KEYS)
@pytest.mark.parametrize("value", ["", "two\nlines", "ftp://example.org/", "no such word", "../up"])
def test_what_the_schema_refuses_the_program_refuses(tmp_path: Path, name: str, value: str) -> None:
    told = given(name, value)
    assert accepts(told) or not reads(tmp_path, told)


def test_every_key_says_what_it_is_for() -> None:
    assert [name for name, key in KEYS.items() if not key.description.endswith((".", ","))] == []
