"""The two pictures of the README, of papers that nobody wrote: `python -m tests.showcase`."""

from __future__ import annotations

import shutil
import tempfile
from datetime import date
from pathlib import Path

from generator import pipeline
from generator.config import load_config
from generator.model.contents import Changes
from generator.model.markup import escape
from generator.model.paper import DayRecord, Figures, Observation, Organization, Paper
from generator.store.content import ContentStore
from tests.screenshots import browser, serving

ROOT = Path(__file__).parents[1]
DAY = date(2026, 3, 12)
NOW = "2026-03-12T18:00:00Z"

_ABSTRACT = """\
Language models answer quickly and are seldom asked to wait. We ask them to: before a model may speak, it \
writes down what would change its mind, and only then sees the evidence. On eleven benchmarks of factual \
questions this halves the number of confident mistakes at the price of one short paragraph. The gain does \
not come from length, since a paragraph about anything else leaves the mistakes where they were. It \
shrinks with the size of the model and is gone where the question has no answer, which is where we would \
most like to have it. We describe what such a paragraph contains, how little training is needed to have \
it written unasked, and two cases in which it makes matters worse. The questions, the answers of nine \
models and the paragraphs are released, so that somebody may tell us why it works."""

_PAPERS = (
    ("What Would Change Your Mind? Models That Name Their Evidence Before They See It", 214, 12,
     "Alder Institute", "Ines Falk, Tomás Rey, Adaeze Obi, Marek Dolny, Lin Shu",
     "reasoning,evaluation",
     "A model that first writes down what would change its mind makes half as many confident "
     "mistakes, at the price of one short paragraph."),
    ("PaperBoat: A Thousand Small Robots Learn to Fold Laundry Together", 131, 7,
     "Harbour Robotics", "Jun Park, Lea Winther, Samir Haddad, Olu Bello, Kim Vega, Ana Sousa",
     "robotics",
     "Cheap arms that share what they learned each night reach in nine days what one expensive arm "
     "learns in a year."),
    ("Short Rows: Attention That Forgets on Purpose", 88, 3,
     "", "Petra Novak, Yusuf Demir",
     "architectures,efficiency",
     "Dropping the keys that were not read for a while costs nothing up to 200,000 tokens and a third "
     "of the memory after."),
    ("How Much of a Benchmark Is the Weather? Nine Years of Scores, Re-run on One Machine", 64, 9,
     "Open Measures", "Grace Lindqvist, Hamid Karimi, Noor Aziz, Paul Brandt",
     "evaluation",
     "Two fifths of the reported progress on twelve leaderboards disappears when seeds, prompts and "
     "hardware are held still."),
    ("Sketch First: Video Models That Draw the Plan Before the Frames", 41, 2,
     "Studio Lumen", "Chiara Conti, Daniel Osei, Mei Tanaka, Ravi Menon",
     "video-generation",
     "A rough storyboard, drawn by the model itself, keeps people and rooms the same over three "
     "minutes of film."),
)  # fmt: skip


def content(folder: Path) -> None:
    """A content folder of one day, with the topics of this archive."""
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "content/topics.yml", folder / "topics.yml")
    papers, seen = [], []
    for place, (title, upvotes, comments, organization, authors, topics, summary) in enumerate(_PAPERS):
        paper = Paper(
            id=f"2603.{9101 + place * 37:05d}",
            title=title,
            authors=tuple(authors.split(", ")),
            published=date(2026, 3, 10),
            days=(DAY,),
            submitted_by="reader",
            organization=Organization(organization.lower().replace(" ", "-"), organization)
            if organization
            else None,
            summary=summary,
            github="https://github.com/example/example" if place % 2 == 0 else None,
            keywords=("calibration", "evidence", "factual questions") if not place else (),
            abstract=escape(_ABSTRACT),
            pinned_topics=tuple(topics.split(",")),
        )
        papers.append(paper)
        seen.append(
            Observation(NOW, paper.id, Figures(upvotes, comments, upvotes * 3 if paper.github else None))
        )
    store = ContentStore(folder)
    store.write(
        store.read_all(), Changes(tuple(papers), tuple(seen), (DayRecord(DAY, len(papers), "open", NOW),))
    )


def main() -> None:
    out = ROOT / "docs/img"
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        content(folder / "content")
        pipeline.make_site(load_config(folder / "content", folder / "site"), now=NOW)
        pictures = (("day", f"papers/date/{DAY}/", "light"), ("paper", "papers/2603.09101/", "dark"))
        with serving(folder / "site") as base, browser() as chromium:
            for picture, address, scheme in pictures:
                page = chromium.new_page(viewport={"width": 1100, "height": 700}, color_scheme=scheme)
                page.goto(base + address, wait_until="networkidle")
                page.screenshot(path=out / f"{picture}.png")
                print(f"docs/img/{picture}.png: {(out / f'{picture}.png').stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
