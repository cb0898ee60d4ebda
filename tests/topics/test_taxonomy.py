"""How the owner's list of topics is read, and how its mistakes are told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.errors import ContentError
from generator.model.topics import Evidence, Topic
from generator.store.taxonomy import read_topics


def write(folder: Path, text: str | bytes) -> Path:
    path = folder / "content" / "topics.yml"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def problems(folder: Path, text: str | bytes) -> list[str]:
    with pytest.raises(ContentError) as caught:
        read_topics(write(folder, text))
    return [str(problem) for problem in caught.value.problems]


def test_a_taxonomy_reads_as_it_is_written(tmp_path: Path) -> None:
    text = """\
- slug: birds
  name: Birds
  description: What  flies
    and sings.
  phrases: [owl, "night: jar", crane: -0.5]
  keywords:
    - feathers: 2
  categories: [q-bio: 2, cs.RO]
  exclude: [tower crane]
- {slug: 3d, name: Owls, description: At night., parent: birds}
"""
    assert read_topics(write(tmp_path, text)) == (
        Topic(
            "birds",
            "Birds",
            "What flies and sings.",
            None,
            Evidence(
                phrases=(("owl", 1.0), ("night: jar", 1.0), ("crane", -0.5)),
                keywords=(("feathers", 2.0),),
                categories=(("q-bio", 2.0), ("cs.RO", 1.0)),
                exclude=("tower crane",),
            ),
        ),
        Topic("3d", "Owls", "At night.", "birds"),
    )


@pytest.mark.parametrize("text", ["", "# nothing yet\n"])
def test_an_empty_taxonomy_has_no_topics(tmp_path: Path, text: str) -> None:
    assert read_topics(write(tmp_path, text)) == ()


def test_an_absent_taxonomy_has_no_topics(tmp_path: Path) -> None:
    assert read_topics(tmp_path / "content" / "topics.yml") == ()


BIRD = "- slug: birds\n  name: Birds\n  description: They fly.\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (BIRD + "  phrasess: [owl]\n", "4: 'phrasess' is no key of a topic; did you mean 'phrases'?"),
        ("- slug: birds\n  description: They fly.\n", "1: the topic has no name; add 'name: …'"),
        (BIRD + BIRD, "4: the slug 'birds' is already used in line 1; choose another"),
        (BIRD + "  parent: bids\n", "4: no topic has the slug 'bids'; did you mean 'birds'?"),
        (BIRD + "  parent: birds\n", "4: 'birds' is its own ancestor; remove one of the parents"),
        (
            BIRD + "  phrases:\n    - owl: many\n",
            "5: the weight 'many' is no number from -100 to 100; write 'phrase: 2', "
            "or quote a phrase that has a colon",
        ),
        (BIRD + "  phrases: [owl, owl: 2]\n", "4: 'owl' stands twice in phrases; keep one"),
        (
            BIRD + "  phrases: owl\n",
            "4: phrases is a list; write each entry on a line of its own as '- a phrase'",
        ),
        (
            BIRD + "  phrases: ['!']\n",
            "4: an entry of phrases has no word in it; write one, or remove the entry",
        ),
        (BIRD + "  exclude: [owl: 2]\n", "4: an entry of exclude is a phrase"),
        (BIRD + "  name: Fowl\n", "4: 'name' is given twice; keep one"),
        (
            BIRD.replace("slug: birds", "slug: Big Birds"),
            "1: the slug 'Big Birds' cannot be an address; use lower-case letters, digits and single hyphens",
        ),
        (
            BIRD.replace("Birds", "[Birds]"),
            "2: the name is not a text; write 'name: …' on one line, or remove the key",
        ),
        ("birds: yes\n", "1: the file is a list of topics; begin each with '- slug: …'"),
        ("- birds\n", "1: a topic is a mapping; write '- slug: …' and its other keys below, indented alike"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_what_to_do(tmp_path: Path, text: str, expected: str) -> None:
    assert problems(tmp_path, text) == [f"content/topics.yml:{expected}"]


def test_all_mistakes_are_told_at_once_in_the_order_of_their_lines(tmp_path: Path) -> None:
    text = BIRD + "  parent: nobody\n  colour: blue\n- slug: birds\n  name: Birds\n  phrases: [owl: x]\n"
    assert [problem.split(":")[1] for problem in problems(tmp_path, text)] == ["4", "5", "6", "6", "8"]


@pytest.mark.parametrize(
    ("text", "line"),
    [("- slug: [\n", 2), (b"- slug: birds\n  name: B\xefrds\n", 2), (b"- slug: a\n  name: \x07\n", 2)],
)
def test_what_is_no_yaml_or_no_utf8_is_told_with_its_line(
    tmp_path: Path, text: str | bytes, line: int
) -> None:
    [problem] = problems(tmp_path, text)
    assert re.match(rf"content/topics\.yml:{line}: (this is not YAML: |these bytes are not UTF-8)", problem)


def test_a_parent_may_stand_below_its_child(tmp_path: Path) -> None:
    text = BIRD + "  parent: animals\n" + BIRD.replace("birds", "animals")
    assert [topic.parent for topic in read_topics(write(tmp_path, text))] == ["animals", None]
