"""Pictures for previews of links: of the archive, of each topic, and of each month that has a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from generator.exporting.palette import Palette
from generator.outputs.artifact import Artifact
from generator.outputs.site import Site
from generator.pages import addresses
from generator.theme.theme import Theme

if TYPE_CHECKING:
    from generator.exporting.picture import Drawing


@dataclass(frozen=True, slots=True)
class SocialPicture:
    """The recipe of a picture. The texts are as the owner gave them; what stands in the picture is what its
    face can write of them."""

    nameplate: str
    kind: str
    name: str
    instead: str
    """ASCII, for a name that the face cannot write."""
    sentence: str
    drawing: Drawing
    seed: str
    palette: Palette

    def make(self, theme: Theme) -> bytes:
        from generator.exporting.lettering import writable  # here, since few builds draw, and to import
        from generator.exporting.picture import Picture, png  # Pillow costs each of them a twentieth second

        picture = Picture(
            nameplate=writable(self.nameplate, ""),
            kind=self.kind,
            name=writable(self.name, self.instead),
            sentence=writable(self.sentence, ""),
            drawing=self.drawing,
            seed=self.seed,
        )
        return png(picture, self.palette)


def plan(site: Site) -> Iterable[Artifact]:
    settings, archive = site.settings, site.archive
    draw = partial(SocialPicture, palette=Palette.of(site.theme.style_sheet))
    yield Artifact(
        addresses.ARCHIVE_PICTURE,
        "preview picture of the archive",
        draw("", "Research, day by day", settings.title, _host(settings.base_url), settings.description,
             "columns", "archive"),
    )  # fmt: skip
    for topic in archive.topics:
        yield Artifact(
            addresses.topic_picture(topic.slug),
            f"preview picture of topic {topic.slug}",
            draw(settings.title, "Topic", topic.name, topic.slug, topic.description, "bars", topic.slug),
        )
    for month in archive.by_month:
        yield Artifact(
            addresses.month_picture(month),
            f"preview picture of {month.name}",
            draw(settings.title, "Month", month.name, month.slug, settings.description, "calendar",
                 month.slug),
        )  # fmt: skip


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "papers").encode("ascii", "replace").decode()
