"""Preview pictures: their measures, their letters, and when they change."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from generator.exporting.lettering import face, fitted, writable
from generator.exporting.palette import Palette
from generator.exporting.picture import Picture, png
from generator.model.contents import Changes
from generator.model.paper import Figures, Observation
from tests.support.built import NOW, Built
from tests.support.invented import archive_of, paper

TOPIC = Picture("The Archive", "Topic", "Gardens", "How plants are grown.", "bars", "gardens")
MONTH = replace(TOPIC, kind="Month", name="September 2025", drawing="calendar", seed="2025-09")
LONG = "A very long name of a topic that goes on and on about gardens, boats and everything between them"


def image(picture: Picture, palette: Palette | None = None) -> Image.Image:
    return Image.open(io.BytesIO(png(picture, palette or Palette())))


@pytest.mark.parametrize(
    "picture",
    [
        TOPIC,
        MONTH,
        replace(MONTH, seed="2026-08"),  # six rows of weeks
        replace(TOPIC, nameplate="", drawing="columns"),
        replace(TOPIC, name=LONG, sentence=LONG * 4, nameplate=LONG),
        replace(TOPIC, name="W" * 300, sentence="w" * 2000),
        replace(TOPIC, name="", sentence="", nameplate=""),
        replace(MONTH, sentence=LONG * 9),
    ],
)
def test_a_picture_is_1200_by_630_and_light(picture: Picture) -> None:
    data = png(picture, Palette())
    found = Image.open(io.BytesIO(data))
    assert (found.format, found.size, found.mode) == ("PNG", (1200, 630), "P")
    assert len(data) <= 25_000
    assert data == png(picture, Palette())


@pytest.mark.parametrize("name", ["Gardens", LONG, "W" * 300])
def test_no_text_leaves_the_sheet_or_meets_the_drawing(name: str) -> None:
    sheet = image(replace(TOPIC, name=name, sentence=LONG * 4)).convert("RGB")
    bare = image(replace(TOPIC, name="", sentence="")).convert("RGB")
    box = ImageChops.difference(sheet, bare).getbbox()
    assert box is not None
    left, top, right, bottom = box
    assert (left >= 60, top >= 120, right <= 1136, bottom <= 470) == (True, True, True, True)


def test_the_drawing_is_the_seeds_own() -> None:
    assert png(TOPIC, Palette()) != png(replace(TOPIC, seed="boats"), Palette())
    assert png(MONTH, Palette()) != png(replace(MONTH, seed="2025-10"), Palette())


def test_letters_that_the_face_lacks_lose_their_accents_or_give_way() -> None:
    assert writable("It’s – “fast” …", "x") == "It’s - “fast” …"
    assert writable("Démocratie\n Øre", "x") == "Democratie Ore"
    assert writable("智谱", "zhipu") == "zhipu"
    assert writable("Gardens 🌱", "gardens") == "gardens"
    assert writable("", "gardens") == "gardens"


def test_a_text_takes_the_largest_size_at_which_it_fits() -> None:
    sizes = (100, 50, 25)
    assert fitted("Gardens", 1000, 200, sizes).size == 100
    two = fitted("Gardens and boats", 400, 130, sizes)
    assert (two.size, two.lines) == (50, ("Gardens and", "boats"))
    cut = fitted("W" * 99, 400, 40, sizes)
    assert cut.size == 25 and len(cut.lines) == 1 and cut.lines[0].endswith(" …")
    assert face(25).getlength(cut.lines[0]) <= 400
    assert fitted(LONG, 400, 10, sizes).lines == ()


def test_the_colours_are_the_themes() -> None:
    palette = Palette.of(
        ":root{--paper:#102030;--ink: #FFFFFF;--ink-soft:#abc}@media{:root{--paper:#000000}}"
    )
    assert palette == replace(Palette(), paper=(16, 32, 48), ink=(255, 255, 255))
    assert image(TOPIC, palette).convert("RGB").getpixel((5, 5)) == (16, 32, 48)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return Built(tmp_path_factory.mktemp("social"), archive_of(days=7, per_day=2))


def test_the_archive_each_topic_and_each_month_has_a_picture(built: Built) -> None:
    assert sorted(path.name for path in (built.folder / "site/assets/social").iterdir()) == [
        "archive.png", "month-2025-01.png", "month-2025-02.png", "topic-boats.png", "topic-gardens.png",
    ]  # fmt: skip


def test_papers_and_votes_change_no_picture_and_a_new_month_has_one_of_its_own(tmp_path: Path) -> None:
    built = Built(tmp_path, archive_of(days=2, per_day=2))
    seen = Observation(NOW, "2501.00001", Figures(90, 8, 7))
    made = built.add(Changes((paper(900, date(2025, 2, 3)),), (seen,))).made
    assert [path for path in made if path.startswith("assets/social/")] == ["assets/social/month-2025-02.png"]


def test_a_topic_that_cannot_be_written_stands_by_its_slug(tmp_path: Path) -> None:
    built = Built(tmp_path, archive_of(days=1, per_day=1))
    picture = built.folder / "site/assets/social/topic-gardens.png"
    topics = built.folder / "content/topics.yml"
    topics.write_text(topics.read_text().replace("name: Gardens", "name: 花园"))
    before = picture.read_bytes()
    built.make()
    named = Picture("Test Archive", "Topic", "gardens", "How plants are grown.", "bars", "gardens")
    assert picture.read_bytes() == png(named, Palette()) != before
