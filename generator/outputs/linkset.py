"""Link sets (RFC 9264): for every day one file with the signposts of all papers that stand on it.

A file for each paper would double the number of files; machines that come for one paper mostly come for its
day. The first context is the day's own page: which papers it lists, and where the same list stands as data.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.outputs.artifact import Artifact
from generator.outputs.site import Site
from generator.pages import addresses
from generator.pages.machine.signposts import MARKDOWN, Signpost, linkset, signposts
from generator.theme.theme import Theme

_CITATIONS = tuple(
    zip(
        addresses.CITATION_FILES,
        (
            "application/x-bibtex",
            "application/x-research-info-systems",
            "application/vnd.citationstyles.csl+json",
        ),
        strict=True,
    )
)


@dataclass(frozen=True, slots=True)
class LinkSet:
    """The recipe of a day's link set."""

    base_url: str
    day: str
    """The address of the day's page."""
    listed: tuple[str, ...]
    """The papers on that page by id, most upvoted left aside: in the order of ids."""
    standing: tuple[str, ...]
    """Those of them whose signposts stand here: a paper that two days list stands on the first."""

    def make(self, theme: Theme) -> bytes:
        contexts = [
            self._context(self.day, self._of_day()),
            *(self._context(addresses.paper(each), signposts(each)) for each in self.standing),
        ]
        told = json.dumps({"linkset": contexts}, ensure_ascii=False, separators=(",", ":"))
        return f"{told}\n".encode()

    def _of_day(self) -> Iterator[Signpost]:
        for paper_id in self.listed:
            yield Signpost("item", addresses.paper(paper_id), "text/html")
        yield Signpost("alternate", addresses.twin(self.day), MARKDOWN)
        for name, kind in _CITATIONS:
            yield Signpost("describedby", self.day + name, kind)

    def _context(self, address: str, links: Iterable[Signpost]) -> dict[str, object]:
        """A link context: its anchor, and for each relation its targets, each with an absolute address."""
        context: dict[str, object] = {"anchor": self.base_url + address}
        targets: dict[str, list[dict[str, str]]] = {}
        for link in links:
            href = link.href if "://" in link.href else self.base_url + link.href
            target = {"href": href, "type": link.type} if link.type else {"href": href}
            targets.setdefault(link.rel, []).append(target)
        return {**context, **targets}


def plan(site: Site) -> Iterable[Artifact]:
    """One link set for every day with papers; none on a lean site."""
    if site.is_lean:
        return
    for day, papers in site.archive.by_day.items():
        listed = sorted(papers, key=lambda paper: paper.id)
        recipe = LinkSet(
            base_url=site.settings.base_url,
            day=addresses.day(day),
            listed=tuple(paper.id for paper in listed),
            standing=tuple(paper.id for paper in listed if paper.day == day),
        )
        yield Artifact(linkset(day), f"link set of {day}", recipe)
