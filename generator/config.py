"""The owner's settings: `content/archive.yml`, and what the command line overrides in it."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, get_type_hints
from urllib.parse import urlsplit

import yaml

from generator import sources
from generator.errors import SettingsError
from generator.sources import FeedSettings

SETTINGS_FILE = "archive.yml"
FORMATS = ("auto", "full", "lean")
REDIRECTS = ("none", "netlify")

_CONFLICT = re.compile(r"^(<{7}|>{7}|\|{7})( |$)", re.MULTILINE)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_ADDRESS = re.compile(r"""[^\s"'<>\\^`{|}]+""")
"""What no address holds: white space, and the characters that RFC 3986 leaves out."""


@dataclass(frozen=True, slots=True)
class MailSettings:
    """Digests by e-mail. A key of the file that is a word of Python has a `_` after it here."""

    from_: str = ""
    """Who digests come from: `digest@example.org`, or `Name <digest@example.org>`."""
    subscribe: str = ""
    """A sign-up form, for the page of feeds; empty for none."""
    unsubscribe: str = ""
    """Where a reader leaves: `mailto:…`, or `https://…` in which `{address}` stands for the reader's own."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What `content/archive.yml` may say. The default of each is what a missing key means."""

    title: str = "Daily Papers Archive"
    description: str = "Every paper the community listed, day by day: kept, sorted and easy to cite."
    base_url: str = "https://daily-papers-archive.github.io/"
    """Where the site will stand; its path is the base path of every link."""
    feed_id: str = "tag:daily-papers-archive.github.io,2026:"
    """How the ids of feed entries begin (RFC 4151). Once published, never change it: a changed id makes
    every entry unread again."""
    language: str = "en"
    theme: str = "broadsheet"
    repository: str = ""
    """The archive's own repository, for the about page; empty for none."""
    feed_entries: int = 50
    """How many of the latest papers each feed holds."""
    websub_hub: str = ""
    """The hub (WebSub) that feeds name, so that readers hear of news at once; empty for none."""
    author_papers: int = 3
    """From how many papers on an author's name can have a page."""
    author_share: int = 5
    """How many pages of authors there is room for with every hundred papers, beyond the first 300; they go to
    the names with most papers. 1000 or so gives every name one."""
    keyword_papers: int = 5
    """From how many papers on a keyword has a page."""
    search: bool = True
    """Whether the site has a search page, a search box and the index that they ask."""
    offline: bool = True
    """Whether browsers keep the last days and what was visited, to be read without a network."""
    exports: bool = True
    """Whether the archive is also published as data: a JSON API, JSON Lines, CSV and SQLite."""
    formats: str = "auto"
    """Which formats for machines there are: `full`, all; `lean`, those alone that repeat no page; `auto`,
    lean from 25,000 papers on, so that the site stays below the 1 GB that GitHub Pages takes."""
    redirects: str = "none"
    """Whom files tell of moved addresses and of headers: `netlify`, which Cloudflare Pages understands too,
    or `none`, where each moved page leads on by itself."""
    feed: FeedSettings = FeedSettings()  # noqa: RUF009 - it is frozen
    mail: MailSettings = MailSettings()

    @property
    def base_path(self) -> str:
        """The path under which every address stands: `/` or `/my-archive/`."""
        return urlsplit(self.base_url).path

    @property
    def origin(self) -> str:
        """Scheme and host without a final slash: `https://somebody.github.io`."""
        parts = urlsplit(self.base_url)
        return f"{parts.scheme}://{parts.netloc}"


@dataclass(frozen=True, slots=True)
class Config:
    """The settings together with the folders of this run."""

    settings: Settings
    content: Path
    site: Path
    themes: tuple[Path, ...]
    """Folders that hold themes, the owner's first."""
    cache: Path
    """What may be deleted at any time: the memory of the last build."""


def load_config(content: Path, site: Path) -> Config:
    """Read the settings of the archive in `content`. A missing file means all defaults.

    Raises SettingsError, which names file, line and key.
    """
    root = content.resolve().parent
    package = Path(__file__).resolve().parent
    return Config(
        settings=read_settings(content / SETTINGS_FILE),
        content=content,
        site=site,
        themes=(root / "themes", package.parent / "themes", package / "shipped" / "themes"),
        cache=root / ".cache",
    )


def read_settings(path: Path) -> Settings:
    """The settings in the file at `path`; all defaults where there is none."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return Settings()
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise SettingsError(f"{path}:{line}: is not UTF-8 text; save it as UTF-8.") from None
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read: {error.strerror}.") from None
    for pattern, what in (
        (_CONFLICT, "has the marks of a merge that was never finished; choose a side."),
        (_CONTROL, "holds a control character, which no page can show; remove it."),
    ):
        if found := pattern.search(text):
            raise SettingsError(f"{path}:{text.count(chr(10), 0, found.start()) + 1}: {what}")
    loader = yaml.CSafeLoader(text)
    try:
        node = loader.get_single_node()
        if node is None or node.tag == "tag:yaml.org,2002:null":
            return Settings()
        if not isinstance(node, yaml.MappingNode):
            raise SettingsError(f"{path}:1: must be a list of `key: value` lines.")
        source = _Source(path, loader, {})
        return _checked(Settings(**_typed(Settings, node, source, prefix="")), source)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path}:{mark.line + 1}" if mark else str(path)
        raise SettingsError(f"{where}: is not YAML: {getattr(error, 'problem', error)}.") from None
    finally:
        loader.dispose()


def override(config: Config, *, base_url: str | None = None, feed_url: str | None = None) -> Config:
    """`config` with what the command line says instead."""
    settings = config.settings
    if base_url is not None:
        settings = replace(settings, base_url=_base_url(base_url, "--base-url"))
    if feed_url is not None:
        feed = replace(settings.feed, url=_http_url(feed_url, "--feed-url"))
        settings = replace(settings, feed=feed)
    return replace(config, settings=settings)


@dataclass(frozen=True, slots=True)
class _Source:
    """The file that is being read; `lines` is where each key stands, as far as it has been read."""

    path: Path
    loader: yaml.CSafeLoader
    lines: dict[str, int]

    def at(self, key: str) -> str:
        """How a message about the setting `key` begins."""
        return f"{self.path}:{self.lines.get(key, 1)}: {key}"


def _checked(settings: Settings, source: _Source) -> Settings:
    """`settings`, each of which has the right type, where they also mean something."""
    at = source.at
    feed = sources.checked(settings.feed, at)
    for key, text in (("title", settings.title), ("description", settings.description)):
        if not text.strip():
            raise SettingsError(f"{at(key)} must not be empty; leave the line out for the default.")
    if "\n" in settings.title.strip():
        raise SettingsError(f"{at('title')} must be one line.")
    settings = replace(settings, base_url=_base_url(settings.base_url, at("base_url")), feed=feed)
    for key, url in (
        ("feed.url", feed.url), ("feed.page", feed.page), ("websub_hub", settings.websub_hub),
        ("repository", settings.repository), ("mail.subscribe", settings.mail.subscribe),
    ):  # fmt: skip
        if url or key == "feed.url" or (key == "feed.page" and feed.kind != "arxiv"):
            _http_url(url, at(key))
    _unsubscribe(settings.mail.unsubscribe, at("mail.unsubscribe"))
    for key, number, most in (
        ("feed.days", feed.days, 3650), ("feed.pace", feed.pace, 1_000_000),
        ("feed_entries", settings.feed_entries, 1000), ("author_papers", settings.author_papers, 1_000_000),
        ("author_share", settings.author_share, 1_000_000),
        ("keyword_papers", settings.keyword_papers, 1_000_000),
    ):  # fmt: skip
        if not 1 <= number <= most:
            raise SettingsError(f"{at(key)} must be a number from 1 to {most}, not {number}.")
    if not re.fullmatch(r"tag:[^\s,:]+,[0-9]{4}(-[0-9]{2}){0,2}:\S*", settings.feed_id):
        raise SettingsError(
            f"{at('feed_id')} must look like tag:HOST,YEAR: (RFC 4151), not {settings.feed_id!r}."
        )
    if settings.formats not in FORMATS:
        raise SettingsError(f"{at('formats')} must be {', '.join(FORMATS)}, not {settings.formats!r}.")
    if settings.redirects not in REDIRECTS:
        raise SettingsError(
            f"{at('redirects')} must be {' or '.join(REDIRECTS)}, not {settings.redirects!r}."
        )
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*", settings.theme):
        raise SettingsError(f"{at('theme')} must be the name of a folder in themes/, not {settings.theme!r}.")
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", settings.language):
        raise SettingsError(
            f"{at('language')} must be a tag such as en or pt-BR (BCP 47), not {settings.language!r}."
        )
    return settings


def _typed(kind: type, node: yaml.MappingNode, source: _Source, prefix: str) -> dict[str, Any]:
    """What `node` holds, as arguments of the dataclass `kind`, each checked against its annotation."""
    wanted = get_type_hints(kind)
    names = [field.name.rstrip("_") for field in fields(kind)]
    given: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        full = f"{prefix}{key}"
        twice = full in source.lines
        source.lines[full] = key_node.start_mark.line + 1
        if twice:
            raise SettingsError(f"{source.at(full)} stands here a second time; keep one.")
        if key not in names:
            near = difflib.get_close_matches(key, names, n=1)
            hint = f"did you mean {prefix}{near[0]}?" if near else f"the keys are: {', '.join(names)}."
            raise SettingsError(f"{source.at(full)} is no setting; {hint}")
        attribute = key if key in wanted else f"{key}_"
        section = wanted[attribute]
        if section in (FeedSettings, MailSettings):
            if not isinstance(value_node, yaml.MappingNode):
                first = fields(section)[0].name.rstrip("_")
                raise SettingsError(f"{source.at(full)} must hold keys of its own, such as `{first}:`.")
            given[key] = section(**_typed(section, value_node, source, f"{full}."))
        else:
            given[attribute] = _value(section, value_node, source, full)
    return given


def _value(wanted: type, node: yaml.Node, source: _Source, key: str) -> str | int:
    """The text or whole number in `node`."""
    word = {str: "text", int: "a whole number", bool: "true or false"}[wanted]
    try:
        value = source.loader.construct_document(node)
    except (ValueError, LookupError, AttributeError, TypeError):  # `2025-13-45` looks like a date and is none
        value = None
    if type(value) is not wanted:
        scalar = isinstance(node, yaml.ScalarNode)
        found = repr(node.value[:60]) if scalar else "a list or keys of its own"
        quotes = "; put it in quotes" if scalar and wanted is str else ""
        raise SettingsError(f"{source.at(key)} must be {word}, not {found}{quotes}.")
    if isinstance(value, str) and _CONTROL.search(value):
        raise SettingsError(f"{source.at(key)} holds a control character, which no page can show; remove it.")
    assert isinstance(value, (str, int))
    return value


def _http_url(url: str, place: str) -> str:
    try:
        parts = urlsplit(url)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    if not sound or not _ADDRESS.fullmatch(url):
        raise SettingsError(f"{place} must be an address that begins with http:// or https://, not {url!r}.")
    return url


def _unsubscribe(url: str, place: str) -> None:
    """One click leaves a list only where the address says who it is that leaves (RFC 8058, section 3.1)."""
    is_mail = re.fullmatch(r"mailto:[^@]+@[^@]+", url) and _ADDRESS.fullmatch(url)
    is_web = url.startswith("https://") and url.count("{address}") == 1
    if is_web:
        _http_url(url.replace("{address}", "a"), place)
    elif url and not is_mail:
        raise SettingsError(
            f"{place} must be mailto:ADDRESS, or https://… with {{address}} where the reader's own belongs, "
            f"not {url!r}."
        )


def _base_url(url: str, place: str) -> str:
    path = urlsplit(_http_url(url, place)).path
    if "?" in url or "#" in url:
        raise SettingsError(f"{place} must have no ? and no #, since addresses are added to it: {url!r}.")
    if not re.fullmatch(r"(/(?!\.\.?(/|$))[A-Za-z0-9._~-]+)*/?", path):
        raise SettingsError(f"{place} must have a path of letters, digits and - . _ ~ only: {url!r}.")
    return url if url.endswith("/") else url + "/"
