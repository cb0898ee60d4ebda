"""The JSON Schema of `content/archive.yml`, so that an editor completes and checks it while it is written.

Made from the dataclasses of the settings: a key's type and default from its field, its description from the
text below that field. What a key may hold beyond its type stands in `_LIMITS`; the tests hold that against
what `read_settings` refuses. `make schema` writes it (https://json-schema.org/draft/2020-12).
"""

from __future__ import annotations

import ast
import inspect
import json
import re
import sys
import textwrap
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, get_type_hints

from generator.config import FORMATS, REDIRECTS, MailSettings, Settings
from generator.sources import KINDS, FeedSettings

_TYPES = {str: "string", int: "integer", bool: "boolean"}
_SECTIONS = (FeedSettings, MailSettings)
_WEB = r"^$|^https?://[^\s]+$"
_PLAIN = {
    "title": "The name of the archive, on one line.",
    "description": "One sentence on it, for the foot of every page, search engines and feeds.",
    "language": "The language of the pages' own words: a tag such as en or pt-BR (BCP 47).",
    "theme": "The name of a folder in themes/.",
    "feed.kind": "Whose list it is, and so how it is asked and read.",
    "feed": "Where the papers come from.",
    "mail": "Digests by e-mail.",
}
"""Descriptions of keys whose field says enough to readers of the code."""
_LIMITS: dict[str, dict[str, object]] = {
    "title": {"pattern": r"^[^\n]*\S[^\n]*\n?$"},
    "description": {"pattern": r"\S"},
    "base_url": {"pattern": r"^https?://[^\s?#]+$"},
    "feed_id": {"pattern": r"^tag:[^\s,:]+,[0-9]{4}(-[0-9]{2}){0,2}:\S*$"},
    "language": {"pattern": r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$"},
    "theme": {"pattern": r"^[A-Za-z0-9][A-Za-z0-9_-]*$"},
    "repository": {"pattern": _WEB},
    "websub_hub": {"pattern": _WEB},
    "feed_entries": {"minimum": 1, "maximum": 1000},
    "author_papers": {"minimum": 1, "maximum": 1_000_000},
    "author_share": {"minimum": 1, "maximum": 1_000_000},
    "keyword_papers": {"minimum": 1, "maximum": 1_000_000},
    "formats": {"enum": list(FORMATS)},
    "redirects": {"enum": list(REDIRECTS)},
    "feed.kind": {"enum": list(KINDS)},
    "feed.url": {"pattern": r"^https?://[^\s]+$"},
    "feed.page": {"pattern": _WEB},
    "feed.days": {"minimum": 1, "maximum": 3650},
    "feed.pace": {"minimum": 1, "maximum": 1_000_000},
    "mail.subscribe": {"pattern": _WEB},
    "mail.unsubscribe": {"pattern": r"^$|^mailto:[^@\s]+@[^@\s]+$|^https://[^\s]*\{address\}[^\s]*$"},
}


@dataclass(frozen=True, slots=True)
class Key:
    """A setting, as documentation tells it."""

    name: str
    """As it stands in the file, with its section: `feed.days`."""
    type: str
    default: str | int | bool
    description: str
    limits: dict[str, object]


def known_keys() -> tuple[Key, ...]:
    """Every setting, those of a section together, in the order of the dataclasses."""
    return tuple(_keys(Settings, ""))


def schema() -> dict[str, Any]:
    """The schema as a JSON value."""
    top: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Settings of a Daily Papers Archive",
        "description": "What content/archive.yml may say. A key that is left out has its default.",
        "type": ["object", "null"],
        "additionalProperties": False,
        "properties": {},
    }
    for key in known_keys():
        section, _, name = key.name.rpartition(".")
        holder = top
        if section:
            holder = top["properties"].setdefault(section, _section(section))
        holder["properties"][name] = {
            "type": key.type, "description": key.description, "default": key.default, **key.limits,
        }  # fmt: skip
    return top


def text() -> str:
    """The schema as its file has it."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def _section(name: str) -> dict[str, Any]:
    return {"type": "object", "description": _PLAIN[name], "additionalProperties": False, "properties": {}}


def _keys(kind: type, prefix: str) -> list[Key]:
    told = _told(kind)
    found = []
    hints = get_type_hints(kind)
    for field in fields(kind):
        name = prefix + field.name.rstrip("_")
        if hints[field.name] in _SECTIONS:
            found += _keys(hints[field.name], f"{name}.")
            continue
        said = _PLAIN.get(name) or told[field.name]
        kind_of = _TYPES[hints[field.name]]
        default: Any = field.default
        found.append(Key(name, kind_of, default, said, _LIMITS.get(name, {})))
    return found


def _told(kind: type) -> dict[str, str]:
    """The text below each field of a dataclass, as one line without code marks."""
    (definition,) = ast.parse(textwrap.dedent(inspect.getsource(kind))).body
    assert isinstance(definition, ast.ClassDef)
    told: dict[str, str] = {}
    for field, below in zip(definition.body, definition.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
            match below:
                case ast.Expr(ast.Constant(str(said))):
                    told[field.target.id] = re.sub(r"\s+", " ", said).replace("`", "")
    return told


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(text(), encoding="utf-8")
