"""Invented papers with a natural vocabulary, their index on disk, and the scripts of the page run by node."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from generator.model.paper import Paper
from generator.outputs.artifact import Artifact
from generator.outputs.search import Stored, plan_index
from generator.search.document import Document, Record, texts_of
from generator.theme.theme import load_theme

ROOT = Path(__file__).parents[2]
SCRIPTS = ROOT / "themes/broadsheet/assets/js"
TOPICS = (("gardens", "Gardens"), ("boats", "Boats and Sails"))
_SYLLABLES = [
    "ba",
    "ke",
    "li",
    "mo",
    "nu",
    "ra",
    "se",
    "ti",
    "vo",
    "za",
    "cher",
    "dren",
    "flo",
    "gran",
    "pli",
    "stra",
    "tion",
    "ing",
    "ed",
    "ness",
]


def vocabulary(size: int, seed: int = 7) -> list[str]:
    """`size` different made-up words."""
    dice = random.Random(seed)
    words: dict[str, None] = {}
    while len(words) < size:
        words["".join(dice.choices(_SYLLABLES, k=dice.randint(1, 4)))] = None
    return list(words)


_encoder = msgspec.msgpack.Encoder()


@dataclass(frozen=True, slots=True)
class Found:
    """A source that holds all that a document and a record tell."""

    id: str
    day: date
    title: str
    authors: tuple[str, ...]
    organization: str
    keywords: tuple[str, ...]
    abstract: str
    author: str
    others: int
    teaser: str
    topics: tuple[str, ...]
    has_code: bool

    @classmethod
    def of(cls, paper: Paper, topics: Iterable[str] = ()) -> Found:
        """What the archive's own source tells of `paper`."""
        stored = Stored(paper, tuple(topics))
        found, shown = stored.document(), stored.record()
        return cls(
            id=paper.id,
            day=paper.day,
            title=paper.title,
            authors=paper.authors,
            organization=found.organization,
            keywords=paper.keywords,
            abstract=found.texts[-1],
            author=shown.author,
            others=shown.others,
            teaser=shown.teaser,
            topics=found.topics,
            has_code=found.has_code,
        )

    def told(self) -> bytes:
        return _encoder.encode(self)

    def document(self) -> Document:
        texts = texts_of(self.id, self.title, self.authors, self.organization, self.keywords, self.abstract)
        return Document(texts, self.organization, self.topics, self.has_code)

    def record(self) -> Record:
        return Record(
            self.id, self.day, self.title, self.author, self.others, self.teaser, self.topics, self.has_code
        )


def document(number: int, **changes: Any) -> Found:
    fields: dict[str, Any] = {
        "id": f"2501.{number:05d}",
        "day": date(2024, 1, 1) + timedelta(days=number // 10),
        "title": f"Paper {number}",
        "authors": (),
        "organization": "",
        "keywords": (),
        "abstract": "",
        "author": "",
        "others": 0,
        "teaser": "",
        "topics": (),
        "has_code": False,
        **changes,
    }
    return Found(**fields)


def documents(count: int, *, seed: int = 1, words: int = 900) -> list[Found]:
    """Invented papers whose words are as unevenly frequent as those of a language."""
    dice = random.Random(seed)
    known = vocabulary(words)
    weights = [1 / (rank + 2) for rank in range(len(known))]

    def some(least: int, most: int) -> list[str]:
        return dice.choices(known, weights, k=dice.randint(least, most))

    made = []
    for number in range(count):
        names = [" ".join(some(2, 2)).title() for _ in range(dice.randint(0, 6))]
        abstract = " ".join(some(20, 90))
        made.append(
            document(
                number,
                title=" ".join(some(2, 9)),
                authors=tuple(names),
                author=names[0] if names else "",
                others=max(len(names) - 1, 0),
                organization="Acme Gardens" if number % 3 == 0 else "",
                keywords=tuple(" ".join(some(1, 2)) for _ in range(dice.randint(0, 5))),
                abstract=abstract,
                teaser=abstract[:80],
                topics=("gardens",) if number % 2 else ("boats", "gardens") if number % 4 else (),
                has_code=number % 5 == 0,
            )
        )
    return made


def write_index(folder: Path, papers: Sequence[Found], **votes: int) -> list[Artifact]:
    """Write the index of `papers` below `folder`; what was planned."""
    known = dict(TOPICS) | {slug: slug for paper in papers for slug in paper.topics}
    topics = tuple((slug, dict(TOPICS).get(slug, slug)) for slug in known)
    theme = load_theme("broadsheet", [ROOT / "themes"])
    planned = list(plan_index(papers, {**dict.fromkeys((paper.id for paper in papers), 0), **votes}, topics))
    for artifact in planned:
        path = folder / artifact.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(artifact.recipe.make(theme))
    return planned


def order_of(planned: Iterable[Artifact]) -> list[list[str]]:
    """The ids of each segment in the order of its index."""
    found: dict[str, list[str]] = {}
    for artifact in planned:
        segment: Any = getattr(artifact.recipe, "segment", None)
        if segment is not None and segment.digest not in found:
            found[segment.digest] = [each.id for each in segment.files.placed]
    return list(found.values())


_FETCH = """
import { readFile } from "node:fs/promises";
globalThis.asked = [];
globalThis.fetch = async (url) => {
  asked.push(url);
  try { return new Response(await readFile(url)); } catch { return new Response("", { status: 404 }); }
};
const input = JSON.parse(await readFile(process.argv[2]));
"""


def node(folder: Path, script: str, data: object = None) -> Any:
    """What `script` (an ES module beside the page's own) prints as JSON; it finds `data` as `input`."""
    program = shutil.which("node")
    if not program:
        pytest.skip("node is not on this machine, so the page's scripts cannot be run without a browser")
    copies = folder / "js"
    copies.mkdir(parents=True, exist_ok=True)
    for path in SCRIPTS.glob("search-*.js"):
        shutil.copy(path, copies)
    (copies / "package.json").write_text('{"type": "module"}')
    (copies / "input.json").write_text(json.dumps(data))
    (copies / "main.js").write_text(_FETCH + script)
    run = subprocess.run(
        [program, "main.js", "input.json"], cwd=copies, capture_output=True, text=True, check=False
    )
    assert not run.returncode, run.stderr[-2000:]
    return json.loads(run.stdout)


_SEARCH = """
import { openIndex } from "./search-index.js";
import { parse } from "./search-query.js";
import { find, gather } from "./search-rank.js";
const index = await openIndex(input.root), out = [];
for (const [typed, options] of input.queries) {
  const query = parse(typed, index.topics), postings = await gather(index, query);
  const { results, complete } = await find(index, query, postings, options);
  const slim = results.slice(0, options.most).map(({ segment, doc, score }) => [index.segments.indexOf(segment), doc, score]);
  out.push({ results: slim, complete, notes: query.notes, phrases: query.phrases.length });
}
console.log(JSON.stringify(out));
"""  # noqa: E501


class Searcher:
    """An index on disk, asked with the page's own scripts."""

    def __init__(self, folder: Path, papers: Sequence[Found], **votes: int) -> None:
        self.folder = folder
        self._order = order_of(write_index(folder, papers, **votes))

    def ask(self, queries: Sequence[str], **options: Any) -> list[list[tuple[str, float]]]:
        """For each query the ids found and their scores, best first."""
        asked = {"root": f"{self.folder}/", "queries": [[query, options] for query in queries]}
        answers = node(self.folder, _SEARCH, asked)
        return [
            [(self._order[segment][place], score) for segment, place, score in answer["results"]]
            for answer in answers
        ]

    def ids(self, query: str, **options: Any) -> list[str]:
        return [found for found, _ in self.ask([query], **options)[0]]
