"""Reads `content/topics.yml`: the owner's topics, every mistake with its line and what to do about it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

import yaml

from generator.errors import ContentError, Problem
from generator.model.topics import Evidence, Topic, Weighted

_KEYS = ("slug", "name", "description", "parent", "phrases", "keywords", "categories", "exclude")
_REQUIRED = ("slug", "name", "description")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_MOST_WEIGHT = 100.0
_Loader: type[yaml.CSafeLoader] | type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_topics(path: Path) -> tuple[Topic, ...]:
    """The topics in `path`, in its order; none where the file is absent or empty.

    Raises `ContentError` with every problem that can be told at once.
    """
    where = f"{path.parent.name}/{path.name}" if path.parent.name else path.name
    if not path.exists():
        return ()
    root = _composed(path, where)
    if root is None:
        return ()
    reader = _Reader(where)
    topics = tuple(reader.topics(root))
    reader.check_parents()
    if reader.problems:
        raise ContentError([Problem(f"{where}:{line}", what) for line, what in sorted(reader.problems)])
    return topics


def _composed(path: Path, where: str) -> yaml.Node | None:
    try:
        return yaml.compose(path.read_bytes().decode("utf-8-sig"), Loader=_Loader)
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise _alone(where, line, "these bytes are not UTF-8; save the file as UTF-8") from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        what = f"this is not YAML: {error.problem or error.context}; check indentation, colons and quotes"
        raise _alone(where, line, what) from None
    except yaml.YAMLError as error:
        line = 1 + path.read_bytes()[: getattr(error, "position", 0)].count(b"\n")
        what = f"this is not YAML: {getattr(error, 'reason', error)}; remove the character"
        raise _alone(where, line, what) from None
    except OSError as error:
        raise ContentError(
            [Problem(where, f"cannot be read: {error.strerror}; check that it is a readable file")]
        ) from None


def _alone(where: str, line: int, what: str) -> ContentError:
    return ContentError([Problem(f"{where}:{line}", what)])


class _Reader:
    """Turns YAML nodes into topics, and remembers what was wrong with them as (line, what)."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.problems: list[tuple[int, str]] = []
        self._lines: dict[str, int] = {}
        """A slug -> the line that first used it."""
        self._parents: list[tuple[str, str, int]] = []
        """A topic's slug, its parent's, and the line that says so."""

    def topics(self, root: yaml.Node) -> Iterator[Topic]:
        if not isinstance(root, yaml.SequenceNode):
            self._wrong(root, "the file is a list of topics; begin each with '- slug: …'")
            return
        for node in root.value:
            if topic := self._topic(node):
                yield topic

    def check_parents(self) -> None:
        """Every parent exists, and no topic is its own ancestor."""
        parent_of = {slug: parent for slug, parent, _ in self._parents}
        for slug, parent, line in self._parents:
            if parent not in self._lines:
                self.problems.append(
                    (line, f"no topic has the slug '{parent}'{_suggest(parent, self._lines)}")
                )
            elif slug in _ancestors(slug, parent_of):
                self.problems.append((line, f"'{slug}' is its own ancestor; remove one of the parents"))

    def _topic(self, node: yaml.Node) -> Topic | None:
        if not isinstance(node, yaml.MappingNode):
            self._wrong(
                node, "a topic is a mapping; write '- slug: …' and its other keys below, indented alike"
            )
            return None
        fields = self._fields(node)
        for key in _REQUIRED:
            if key not in fields:
                self._wrong(node, f"the topic has no {key}; add '{key}: …'")
        slug = self._slug(fields.get("slug"))
        parent = self._text(fields.get("parent"), "parent")
        if slug and parent:
            self._parents.append((slug, parent, _line(fields["parent"])))
        return Topic(
            slug=slug,
            name=self._text(fields.get("name"), "name"),
            description=self._text(fields.get("description"), "description"),
            parent=parent or None,
            evidence=Evidence(
                phrases=self._weighted(fields.get("phrases"), "phrases"),
                keywords=self._weighted(fields.get("keywords"), "keywords"),
                categories=self._weighted(fields.get("categories"), "categories"),
                exclude=tuple(phrase for phrase, _ in self._weighted(fields.get("exclude"), "exclude")),
            ),
        )

    def _fields(self, node: yaml.MappingNode) -> dict[str, yaml.Node]:
        fields: dict[str, yaml.Node] = {}
        for key_node, value in node.value:
            key = str(key_node.value)
            if key not in _KEYS:
                self._wrong(key_node, f"'{key}' is no key of a topic{_suggest(key, _KEYS)}")
            elif key in fields:
                self._wrong(key_node, f"'{key}' is given twice; keep one")
            else:
                fields[key] = value
        return fields

    def _slug(self, node: yaml.Node | None) -> str:
        slug = self._text(node, "slug")
        if node is None or not slug:
            return ""
        if not _SLUG.fullmatch(slug):
            self._wrong(
                node,
                f"the slug '{slug}' cannot be an address; use lower-case letters, digits and single hyphens",
            )
        elif slug in self._lines:
            self._wrong(
                node, f"the slug '{slug}' is already used in line {self._lines[slug]}; choose another"
            )
        else:
            self._lines[slug] = _line(node)
        return slug

    def _text(self, node: yaml.Node | None, key: str) -> str:
        if node is None:
            return ""
        text = " ".join(node.value.split()) if isinstance(node, yaml.ScalarNode) else ""
        if not text:
            self._wrong(node, f"the {key} is not a text; write '{key}: …' on one line, or remove the key")
        return text

    def _weighted(self, node: yaml.Node | None, key: str) -> tuple[Weighted, ...]:
        if node is None or (isinstance(node, yaml.ScalarNode) and not node.value):
            return ()
        if not isinstance(node, yaml.SequenceNode):
            self._wrong(node, f"{key} is a list; write each entry on a line of its own as '- a phrase'")
            return ()
        found: list[Weighted] = []
        seen: set[str] = set()
        for item in node.value:
            for phrase, weight, place in self._entries(item, key):
                if phrase.lower() in seen:
                    self._wrong(place, f"'{phrase}' stands twice in {key}; keep one")
                seen.add(phrase.lower())
                found.append((phrase, weight))
        return tuple(found)

    def _entries(self, item: yaml.Node, key: str) -> Iterator[tuple[str, float, yaml.Node]]:
        if isinstance(item, yaml.MappingNode) and key != "exclude":
            for phrase, weight in item.value:
                yield self._phrase(phrase, key), self._weight(weight), phrase
        elif isinstance(item, yaml.ScalarNode):
            yield self._phrase(item, key), 1.0, item
        else:
            self._wrong(
                item, f"an entry of {key} is a phrase" + ("" if key == "exclude" else ", or 'phrase: weight'")
            )

    def _phrase(self, node: yaml.Node, key: str) -> str:
        phrase = " ".join(node.value.split()) if isinstance(node, yaml.ScalarNode) else ""
        if not re.search(r"[^\W_]", phrase):
            self._wrong(node, f"an entry of {key} has no word in it; write one, or remove the entry")
        return phrase

    def _weight(self, node: yaml.Node) -> float:
        try:
            weight = float(node.value)
        except (TypeError, ValueError):
            weight = math.nan
        if not abs(weight) <= _MOST_WEIGHT:
            self._wrong(
                node,
                f"the weight '{node.value}' is no number from -100 to 100; write 'phrase: 2', "
                "or quote a phrase that has a colon",
            )
            return 0.0
        return weight

    def _wrong(self, node: yaml.Node, what: str) -> None:
        self.problems.append((_line(node), what))


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _ancestors(slug: str, parent_of: dict[str, str]) -> set[str]:
    """Every topic above `slug`; with itself, if the parents go in a circle."""
    seen: set[str] = set()
    while (slug := parent_of.get(slug, "")) and slug not in seen:
        seen.add(slug)
    return seen


def _suggest(word: str, known: tuple[str, ...] | dict[str, int]) -> str:
    close = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"; did you mean '{close[0]}'?" if close else f"; use one of {', '.join(sorted(known))}"
