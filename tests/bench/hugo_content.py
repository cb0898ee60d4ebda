"""An archive as the content of a Hugo site: a file a paper, whose front matter names all lists that it is on.

Which names, organizations and keywords have a page is taken from the site that this program built, so that
both builders make the same pages. What our templates are given by the views (the teaser, the papers above and
below on the same day, the months of a topic) stands in the front matter, and costs Hugo nothing to find.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.model.archive import Archive
from generator.model.paper import Paper
from generator.model.people import organization_slug
from generator.model.periods import Month, Week
from generator.model.slugs import KnownSlugs
from generator.model.topics import TopicMatcher
from generator.pages.cards import teaser
from generator.store.content import ContentStore
from generator.store.taxonomy import read_topics


@dataclass(frozen=True, slots=True)
class Lists:
    """The slugs that have a page."""

    authors: frozenset[str]
    organizations: frozenset[str]
    keywords: frozenset[str]

    @classmethod
    def of(cls, site: Path) -> Lists:
        """Those of a site that was built."""
        return cls(*(frozenset(_folders(site / kind)) for kind in ("authors", "organizations", "keywords")))


def write(content: Path, site: Path, target: Path) -> None:
    """Write the archive in `content`, from which `site` was built, to the folder `target` of a Hugo site."""
    archive = Archive.of(
        ContentStore(content).read_all(), TopicMatcher.of(read_topics(content / "topics.yml"))
    )
    lists = Lists.of(site)
    (target / "papers").mkdir(parents=True)
    for papers in archive.by_day.values():
        for place, paper in enumerate(papers):
            front = _front(archive, lists, paper)
            front["above"] = _link(papers[place - 1]) if place else None
            front["below"] = _link(papers[place + 1]) if place + 1 < len(papers) else None
            text = f"{json.dumps(front, ensure_ascii=False)}\n\n{paper.abstract}\n"
            (target / f"papers/{paper.id}.md").write_text(text, encoding="utf-8")
    _write_topics(archive, target)
    _write_months(archive, target)


def _front(archive: Archive, lists: Lists, paper: Paper) -> dict[str, Any]:
    figures = archive.figures(paper)
    month, topics = Month.of(paper.day).slug, [match.slug for match in archive.matches[paper.id]]
    organization = organization_slug(paper.organization) if paper.organization else ""
    return {
        "title": paper.title,
        "date": paper.day.isoformat(),
        "id": paper.id,
        "day": paper.day.isoformat(),
        "appeared": str(paper.published),
        "submitted_by": paper.submitted_by,
        "summary": paper.summary,
        "teaser": teaser(paper),
        "github": paper.github,
        "project": paper.project,
        "upvotes": figures.upvotes or 0,
        "comments": figures.comments or 0,
        "stars": figures.github_stars,
        "names": paper.authors,
        "more": max(0, len(paper.authors) - 3),
        "people": _named(paper.authors, archive.people.slugs, lists.authors),
        "words": _named(paper.keywords, archive.keywords.slugs, lists.keywords),
        "days": [day.isoformat() for day in paper.listing_days],
        "weeks": [Week.of(paper.day).slug],
        "months": [month],
        "years": [str(paper.day.year)],
        "topics": topics,
        "topicmonths": [f"{topic}-{month}" for topic in topics],
        "authors": sorted(lists.authors.intersection(_slugs(paper.authors, archive.people.slugs))),
        "keywords": sorted(lists.keywords.intersection(_slugs(paper.keywords, archive.keywords.slugs))),
        "organizations": sorted(lists.organizations & {organization}),
    }


def _named(texts: tuple[str, ...], slugs: KnownSlugs, paged: frozenset[str]) -> list[dict[str, str]]:
    return [{"name": text, "slug": slug if (slug := slugs.get(text)) in paged else ""} for text in texts]


def _slugs(texts: tuple[str, ...], slugs: KnownSlugs) -> set[str]:
    return {slug for text in texts if (slug := slugs.get(text))}


def _write_topics(archive: Archive, target: Path) -> None:
    """A topic's own file: its name, its months, and that it has a feed."""
    for topic in archive.topics:
        months = Counter(Month.of(paper.day).slug for paper in archive.by_topic[topic.slug])
        parts = [
            _part(f"/topicmonths/{topic.slug}-{month}/", month, count) for month, count in months.items()
        ]
        front = {
            "title": topic.name,
            "description": topic.description,
            "outputs": ["html", "rss"],
            "parts": parts,
        }
        _write_list(target / "topics" / topic.slug, front)


def _write_months(archive: Archive, target: Path) -> None:
    """A month's own file: its days."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for day, papers in archive.by_day.items():
        found[Month.of(day).slug].append(_part(f"/days/{day}/", str(day), len(papers)))
    for month, parts in found.items():
        _write_list(target / "months" / month, {"title": month, "parts": parts})


def _write_list(folder: Path, front: dict[str, Any]) -> None:
    folder.mkdir(parents=True)
    (folder / "_index.md").write_text(json.dumps(front, ensure_ascii=False) + "\n", encoding="utf-8")


def _part(url: str, title: str, papers: int) -> dict[str, Any]:
    return {"url": url, "title": title, "papers": papers}


def _link(paper: Paper) -> dict[str, str]:
    return {"url": f"/papers/{paper.id}/", "title": paper.title}


def _folders(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.is_dir()] if folder.is_dir() else []
