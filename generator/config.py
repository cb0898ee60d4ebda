"""The owner's settings: `content/archive.yml`, and what the command line overrides in it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, get_type_hints
from urllib.parse import urlsplit

import yaml

from generator.errors import SettingsError

SETTINGS_FILE = "archive.yml"


@dataclass(frozen=True, slots=True)
class FeedSettings:
    """Where the papers come from."""

    url: str = "https://huggingface.co/api/daily_papers"
    """The address that is asked, with `?date=…&limit=…&p=…`."""
    page: str = "https://huggingface.co/papers/"
    """The feed's page about a paper, to which the paper's id is added."""
    days: int = 7
    """How many of the latest days a snapshot asks for when it is told no others."""
    pace: int = 450
    """The most requests in any five minutes; the public feed allows 500 to somebody who does not log in."""


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
    feed: FeedSettings = FeedSettings()

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
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return Settings()
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path}: is not UTF-8 text (byte {error.start}); save it as UTF-8.") from None
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read: {error.strerror}.") from None
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
        values = yaml.load(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path}:{mark.line + 1}" if mark else str(path)
        raise SettingsError(f"{where}: is not YAML: {getattr(error, 'problem', error)}.") from None
    if values is None:
        return Settings()
    if not isinstance(values, dict):
        raise SettingsError(f"{path}:1: must be a list of `key: value` lines.")
    lines = {key.value: key.start_mark.line + 1 for key, _ in node.value} if node else {}
    return _settings(values, lambda key: f"{path}:{lines.get(key.split('.')[0], 1)}")


def override(config: Config, *, base_url: str | None = None, feed_url: str | None = None) -> Config:
    """`config` with what the command line says instead."""
    settings = config.settings
    if base_url is not None:
        settings = replace(settings, base_url=_base_url(base_url, "--base-url"))
    if feed_url is not None:
        feed = replace(settings.feed, url=_http_url(feed_url, "--feed-url"))
        settings = replace(settings, feed=feed)
    return replace(config, settings=settings)


def _settings(values: Mapping[str, Any], where: Any) -> Settings:
    given = _typed(Settings, values, where, prefix="")
    settings = Settings(**given)
    place = where("base_url")
    settings = replace(settings, base_url=_base_url(settings.base_url, f"{place}: base_url"))
    for key, address in (("feed.url", settings.feed.url), ("feed.page", settings.feed.page)):
        _http_url(address, f"{where(key)}: {key}")
    if settings.repository:
        _http_url(settings.repository, f"{where('repository')}: repository")
    for key, number, most in (
        ("feed.days", settings.feed.days, 3650),
        ("feed.pace", settings.feed.pace, 1_000_000),
        ("feed_entries", settings.feed_entries, 1000),
    ):
        if not 1 <= number <= most:
            raise SettingsError(f"{where(key)}: {key} must be a number from 1 to {most}, not {number}.")
    if not re.fullmatch(r"tag:[^\s,:]+,\d{4}(-\d\d){0,2}:\S*", settings.feed_id):
        raise SettingsError(
            f"{where('feed_id')}: feed_id must look like tag:HOST,YEAR: (RFC 4151), not {settings.feed_id!r}."
        )
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*", settings.theme):
        raise SettingsError(f"{where('theme')}: theme must be the name of a folder in themes/.")
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", settings.language):
        raise SettingsError(f"{where('language')}: language must be a tag such as en or pt-BR (BCP 47).")
    return settings


def _typed(kind: type, values: Mapping[str, Any], where: Any, prefix: str) -> dict[str, Any]:
    """`values` as keyword arguments of the dataclass `kind`, each checked against its annotation."""
    wanted = get_type_hints(kind)
    names = [field.name for field in fields(kind)]
    given: dict[str, Any] = {}
    for key, value in values.items():
        full = f"{prefix}{key}"
        if key not in names:
            near = difflib.get_close_matches(str(key), names, n=1)
            hint = f"did you mean {prefix}{near[0]}?" if near else f"the keys are: {', '.join(names)}."
            raise SettingsError(f"{where(full)}: there is no setting {full!r}; {hint}")
        if wanted[key] is FeedSettings:
            if not isinstance(value, dict):
                raise SettingsError(f"{where(full)}: {full} must hold keys of its own, such as `url:`.")
            given[key] = FeedSettings(**_typed(FeedSettings, value, where, f"{full}."))
        elif type(value) is not wanted[key]:
            word = {str: "text", int: "a whole number"}[wanted[key]]
            raise SettingsError(f"{where(full)}: {full} must be {word}, not {value!r}.")
        else:
            given[key] = value
    return given


def _http_url(url: str, place: str) -> str:
    try:
        parts = urlsplit(url)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", url)
    except ValueError:
        sound = False
    if not sound:
        raise SettingsError(f"{place} must be an address that begins with http:// or https://, not {url!r}.")
    return url


def _base_url(url: str, place: str) -> str:
    parts = urlsplit(_http_url(url, place))
    if parts.query or parts.fragment:
        raise SettingsError(f"{place} must have no ? and no #, since addresses are added to it: {url!r}.")
    if not re.fullmatch(r"(/[A-Za-z0-9._~-]+)*/?", parts.path):
        raise SettingsError(f"{place}: the path may hold letters, digits and - . _ ~ only: {url!r}.")
    return url if url.endswith("/") else url + "/"
