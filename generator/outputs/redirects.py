"""Addresses that moved, and what a host is told in files.

On a host that only serves files, GitHub Pages for one, an old address keeps a small page that leads on. With
`redirects: netlify` the host is told instead, by `_redirects` and `_headers` at the top of the site, which
Netlify and Cloudflare Pages read (https://docs.netlify.com/routing/redirects/,
https://docs.netlify.com/routing/headers/). A rule has one `*` at most, which both understand anywhere, and no
header is set by two rules that match one address, because Cloudflare would join their values with a comma.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from generator.errors import ContentError, Problem
from generator.outputs.artifact import Artifact
from generator.outputs.site import Site
from generator.pages.machine.head import absolute
from generator.store.moved import Moved
from generator.theme.theme import Theme

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""What every page asks of browsers, and that nobody frames it, which only a header can say."""
_EVERYWHERE = (
    f"Content-Security-Policy: {POLICY}",
    "X-Content-Type-Options: nosniff",
    "Referrer-Policy: strict-origin-when-cross-origin",
    "Access-Control-Allow-Origin: *",
)
_FOR_GOOD = "Cache-Control: public, max-age=31536000, immutable"
_MEDIA_TYPES = (
    ("*/atom.xml", "application/atom+xml; charset=utf-8"),
    ("*/rss.xml", "application/rss+xml; charset=utf-8"),
    ("*/feed.json", "application/feed+json; charset=utf-8"),
    ("*/linkset.json", "application/linkset+json"),
    ("*/index.html.md", "text/markdown; charset=utf-8"),
    ("*/papers.bib", "application/x-bibtex; charset=utf-8"),
    ("*/papers.ris", "application/x-research-info-systems; charset=utf-8"),
    ("*/papers.csl.json", "application/vnd.citationstyles.csl+json; charset=utf-8"),
    ("feeds/*.opml", "text/x-opml; charset=utf-8"),
    ("manifest.webmanifest", "application/manifest+json; charset=utf-8"),
)
"""What hosts serve by their own lights otherwise, by address below the base path."""
_PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; base-uri 'none'; form-action 'none'">
<title>Moved · {title}</title>
<meta name="robots" content="noindex">
<link rel="canonical" href="{canonical}">
<meta http-equiv="refresh" content="0; url={target}">
</head>
<body>
<h1>Moved</h1>
<p>This page now stands at <a href="{target}">{canonical}</a>.</p>
</body>
</html>
"""


@dataclass(frozen=True, slots=True)
class MovedPage:
    """The recipe of a page that leads on."""

    title: str
    """The site's."""
    target: str
    """Where it leads, as a link on this site says it."""
    canonical: str
    """The same, with scheme and host."""

    def make(self, theme: Theme) -> bytes:
        told = {name: escape(getattr(self, name)) for name in ("title", "target", "canonical")}
        return _PAGE.format(**told).encode()


@dataclass(frozen=True, slots=True)
class HostFile:
    """The recipe of a file that the host reads."""

    lines: tuple[str, ...]

    def make(self, theme: Theme) -> bytes:
        return "".join(f"{line}\n" for line in self.lines).encode()


def plan(site: Site) -> Iterable[Artifact]:
    """A page for every page that moved; with `redirects: netlify` two files instead.

    Raises ContentError where an address leads to a page that there is not.
    """
    _check(site)
    if site.settings.redirects == "netlify":
        yield Artifact("_headers", "headers for the host", HostFile(tuple(_headers(site))))
        if site.moved:
            lines = tuple(line for each in site.moved for line in _redirects(each, site))
            yield Artifact("_redirects", "redirects for the host", HostFile(lines))
        return
    for each in site.moved:
        if _is_page(each.old):
            path = f"{each.old}index.html" if each.old.endswith("/") else each.old
            recipe = MovedPage(site.settings.title, _target(each, site), _canonical(each, site))
            yield Artifact(path, f"{each.where}, the moved address {each.old}", recipe)


def _check(site: Site) -> None:
    pages = {page.address for page in site.listed} if site.moved else frozenset[str]()
    problems = [
        Problem(each.where, f"{each.old} leads to {each.new}, and there is no such page; write its address.")
        for each in site.moved
        if "://" not in each.new and _is_page(address := each.new.partition("#")[0]) and address not in pages
    ]
    problems += [
        Problem(each.where, f"{each.old} is a page of the site and did not move; remove the line.")
        for each in site.moved
        if each.old in pages
    ]
    if problems:
        raise ContentError(problems)


def _is_page(address: str) -> bool:
    return not address or address.endswith(("/", ".html"))


def _target(moved: Moved, site: Site) -> str:
    return moved.new if "://" in moved.new else site.settings.base_path + moved.new


def _canonical(moved: Moved, site: Site) -> str:
    return moved.new if "://" in moved.new else absolute(site.settings.base_url, moved.new)


def _redirects(moved: Moved, site: Site) -> Iterator[str]:
    """An address without its last slash is another one to some hosts."""
    for old in dict.fromkeys((moved.old, moved.old.rstrip("/"))):
        yield f"{site.settings.base_path}{old} {_target(moved, site)} 301"


def _headers(site: Site) -> Iterator[str]:
    base = site.settings.base_path
    rules = [("*", _EVERYWHERE), (site.style_address, (_FOR_GOOD,))]
    if site.settings.search:
        rules.append(("search/:segment/*", (_FOR_GOOD,)))
    rules.append(("sw.js", ("Cache-Control: no-cache",)))
    rules += [(address, (f"Content-Type: {kind}",)) for address, kind in _MEDIA_TYPES]
    for address, headers in rules:
        yield base + address
        yield from (f"  {header}" for header in headers)
