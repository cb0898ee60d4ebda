"""`robots.txt` (RFC 9309): everything may be read, and where the sitemap is.

Crawlers look for it at the root of a host only, so under a base path it has no effect; then tell the
sitemap's address to search engines by hand, or name it in the robots.txt of the host.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.outputs.artifact import Artifact
from generator.outputs.site import Site
from generator.outputs.sitemap import INDEX
from generator.theme.theme import Theme


@dataclass(frozen=True, slots=True)
class Robots:
    """The recipe of `robots.txt`."""

    sitemap: str

    def make(self, theme: Theme) -> bytes:
        return f"User-agent: *\nAllow: /\n\nSitemap: {self.sitemap}\n".encode()


def plan(site: Site) -> Iterable[Artifact]:
    yield Artifact("robots.txt", "robots.txt", Robots(site.settings.base_url + INDEX))
