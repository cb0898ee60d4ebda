"""What the documents say is what the program does: commands, options, settings, fields, targets, links."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import yaml

from generator.cli import main
from generator.schema import known_keys
from generator.store import logs
from generator.store.codec import FIELDS

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted(
    path.relative_to(ROOT).as_posix()
    for folder in (ROOT, ROOT / "docs", ROOT / "themes")
    for path in (folder.glob("*.md") if folder.name != "themes" else folder.rglob("*.md"))
)
OWN = (
    "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "docs/architecture.md", "docs/content.md",
    "docs/deploying.md", "docs/settings.md",
)  # fmt: skip
PUBLISH = ROOT / ".github" / "workflows" / "publish.yml"
OPTIONS_OF_OTHERS = {"--help"}


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def prose(name: str) -> str:
    """A document without its blocks of code."""
    return re.sub(r"^```.*?^```", "", read(name), flags=re.MULTILINE | re.DOTALL)


def in_code(name: str) -> str:
    """What a document shows in code: its blocks and its spans, each on a line of its own, without remarks."""
    blocks = re.findall(r"^```[a-z]*\n(.*?)^```", read(name), re.MULTILINE | re.DOTALL)
    spans = [" ".join(span.split()) for span in re.findall(r"`([^`]+)`", prose(name))]
    return "\n".join(re.sub(r"\s#.*", "", line) for line in "\n".join((*blocks, *spans)).splitlines())


def invocations(name: str) -> Iterator[list[str]]:
    """Every `papers …` in code, as words."""
    for line in in_code(name).splitlines():
        for said in re.findall(r"(?:^|\$ |; |bin/)papers ([a-z]+\b(?![/.]).*)", line):
            yield said.split()


COMMANDS = main.commands


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_command_and_option_that_is_named_exists(name: str) -> None:
    wrong = []
    for command, *words in invocations(name):
        known = COMMANDS.get(command)
        options = {each for param in known.params for each in param.opts} if known else set()
        said = {word.partition("=")[0] for word in words if re.match(r"--[a-z]", word)}
        if known is None or said - options - OPTIONS_OF_OTHERS:
            wrong.append(f"papers {command} {' '.join(words)}")
    assert wrong == []


def test_every_command_is_documented() -> None:
    named = {command for name in DOCUMENTS for command, *_ in invocations(name)}
    assert [command for command in COMMANDS if command not in named] == []


def test_every_option_is_documented_or_explained_by_its_help() -> None:
    unexplained = [
        f"papers {name} {param.opts[0]}"
        for name, command in COMMANDS.items()
        for param in command.params
        if isinstance(param, click.Option) and not param.hidden and not param.help
        and not any(param.opts[0] in read(document) for document in DOCUMENTS)
    ]  # fmt: skip
    assert unexplained == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_target_of_make_that_is_named_exists(name: str) -> None:
    targets = re.findall(r"^([a-z-]+):.*## ", read("Makefile"), re.MULTILINE)
    named = re.findall(r"(?:^|\$ |&& |; )make ([a-z-]+)", in_code(name), re.MULTILINE)
    assert [each for each in named if each not in targets] == []


def test_every_setting_is_documented_with_its_true_default() -> None:
    told = dict(
        re.findall(r"^### `([a-z_.]+)`\n\nDefault: `([^`]*)`$", read("docs/settings.md"), re.MULTILINE)
    )
    true = {
        key.name: key.default if isinstance(key.default, str) and key.default else json.dumps(key.default)
        for key in known_keys()
    }
    assert told == true


def test_the_bounds_and_choices_of_settings_are_documented() -> None:
    for key in known_keys():
        section = read("docs/settings.md").partition(f"### `{key.name}`\n")[2].partition("\n#")[0]
        for choice in key.limits.get("enum", ()):  # type: ignore[attr-defined]
            assert f"`{choice}`" in section, key.name
        for bound in ("minimum", "maximum"):
            if bound in key.limits:
                assert f"{key.limits[bound]:,}" in section, key.name


def test_every_field_of_a_paper_is_documented_in_the_order_in_which_it_is_written() -> None:
    told = re.findall(r"^- `([a-z_]+)`: ", read("docs/content.md").partition("## Editing")[0], re.MULTILINE)
    assert told == [*FIELDS, "note"]


def test_the_columns_of_the_logs_are_documented() -> None:
    text = read("docs/content.md")
    headers = (logs.METRICS_HEADER, logs.DAYS_HEADER, logs.UNKNOWN_HEADER)
    assert [header for header in headers if f"`{header}`" not in text] == []


def test_every_dependency_is_in_the_table_and_nothing_else() -> None:
    project = tomllib.loads(read("pyproject.toml"))["project"]
    wanted = {
        re.split(r"[><=]", each)[0]
        for each in (*project["dependencies"], *project["optional-dependencies"]["dev"])
    }
    table = read("docs/architecture.md").partition("## Dependencies")[2]
    rows = re.findall(r"^\| ([^|]+) \|", table, re.MULTILINE)
    told = [name for row in rows if row not in ("package", "---") for name in row.split(", ")]
    assert sorted(told, key=str.lower) == sorted(wanted, key=str.lower)


def test_every_package_is_pinned() -> None:
    project = tomllib.loads(read("pyproject.toml"))["project"]
    pinned = {line.partition("==")[0].lower() for line in read("constraints.txt").splitlines()[1:]}
    needed = {
        re.split(r"[><=]", each)[0].lower()
        for each in (*project["dependencies"], *project["optional-dependencies"]["dev"])
    }
    assert needed - pinned == set()


def test_every_folder_of_the_program_stands_on_a_floor_of_the_picture() -> None:
    picture = read("docs/architecture.md").partition("## The floors")[2].partition("## How")[0]
    folders = [path.parent.name for path in (ROOT / "generator").glob("*/__init__.py")]
    assert [name for name in folders if f"{name}/" not in picture] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_leads_to_a_file_and_a_heading(name: str) -> None:
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(name)):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (ROOT / name).parent / path if path else ROOT / name
        if not file.exists() or (anchor and anchor not in anchors(file)):
            broken.append(target)
    assert broken == []


def anchors(file: Path) -> set[str]:
    """The headings of a document as GitHub names them."""
    headings = re.findall(r"^#+ (.*)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", OWN)
def test_lines_wrap_at_120(name: str) -> None:
    assert [line for line in read(name).splitlines() if len(line) > 120] == []


def test_every_document_is_linked_from_the_front_page() -> None:
    front = read("README.md")
    assert [name for name in DOCUMENTS if name.startswith("docs/") and name not in front] == []


def test_the_two_commands_are_what_ci_and_the_workflows_run() -> None:
    block = read("README.md").partition("## Two commands")[2].partition("```console\n")[2].partition("```")[0]
    assert re.findall(r"^\$ (make [a-z]+)", block, re.MULTILINE) == ["make site", "make test"]
    assert re.findall(r"^make .*$", read(".ci/run"), re.MULTILINE) == ["make check", "make test"]
    assert ".ci/run" in read(".github/workflows/tests.yml")
    publish = yaml.safe_load(PUBLISH.read_text(encoding="utf-8"))
    commands = "\n".join(step.get("run", "") for step in publish["jobs"]["build"]["steps"])
    assert re.findall(r"^make ([a-z]+)", commands, re.MULTILINE) == ["setup", "build"]
    assert re.findall(r"bin/papers ([a-z]+)", commands) == ["snapshot", "check"]


def test_the_targets_of_make_that_a_reader_needs_are_in_the_readme() -> None:
    assert [name for name in ("site", "test", "build", "snapshot", "serve", "check", "help")
            if f"`make {name}`" not in read("README.md")] == []  # fmt: skip


def test_the_readme_counts_the_papers_that_are_shipped() -> None:
    done = subprocess.run(
        ["git", "ls-files", "content/papers"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    papers = [line for line in done.stdout.splitlines() if line.endswith(".md")]
    if not papers:
        pytest.skip("this is no checkout of git")
    assert f"{len(papers)} papers" in read("README.md")


@pytest.mark.parametrize("name", ["docs/settings.md", "docs/content.md", "docs/deploying.md", "README.md"])
def test_yaml_that_is_shown_can_be_read(name: str) -> None:
    for block in re.findall(r"^```yaml\n(.*?)^```", read(name), re.MULTILINE | re.DOTALL):
        assert list(yaml.safe_load_all(block.rpartition("---\n")[0] or block))
