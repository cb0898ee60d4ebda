"""A theme: templates, style sheets and other assets of one folder in themes/, over those of its parent."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import meta

from generator.errors import ThemeError
from generator.files import walk
from generator.theme import filters, style
from generator.theme.fragments import Fragments
from generator.theme.quick import QuickEnvironment
from generator.theme.templates import Templates

_SETTINGS = "theme.toml"
_KEYS = {"name", "description", "parent", "css"}


class _Loader(jinja2.FileSystemLoader):
    """Reads each template once, so that what is rendered is what a digest was taken of."""

    def __init__(self, folders: Sequence[Path]) -> None:
        super().__init__(folders)
        self._read: dict[str, tuple[str, str, Callable[[], bool]]] = {}

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        if template not in self._read:
            self._read[template] = super().get_source(environment, template)
        return self._read[template]


@dataclass(frozen=True)
class Theme:
    """A loaded theme. `render` is its only verb; all else is what it is made of."""

    name: str
    folders: tuple[Path, ...]
    """The theme's folder, then its parent's, and so on."""
    css: tuple[str, ...]
    """Style sheets by their path in `assets/`, in the order in which they are joined."""
    base_path: str
    origin: str
    templates: Templates = field(default_factory=Templates, repr=False, compare=False)
    """What earlier runs knew of templates."""
    _digests: dict[str, str] = field(default_factory=dict, repr=False)
    _named: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    """The templates that each template names."""
    _slow: set[str] = field(default_factory=set, repr=False)
    """Templates that the quick environment could not render and the stock one could."""

    def render(self, template: str, **view: object) -> str:
        """The HTML of `template` with `view`. Raises ThemeError, which names template and line."""
        if template not in self._slow:
            with suppress(Exception):  # of whatever kind: it is told again, or is none
                return self._quick.get_template(template).render(view)
        html = self.render_plainly(template, **view)
        self._slow.add(template)
        return html

    def render_plainly(self, template: str, **view: object) -> str:
        """The same by Jinja as it is."""
        try:
            return self._environment.get_template(template).render(view)
        except jinja2.TemplateSyntaxError as error:
            raise ThemeError(f"{error.filename}:{error.lineno}: {error.message}.") from error
        except jinja2.TemplateNotFound as error:
            raise ThemeError(
                f"theme {self.name}: there is no template {error.name}, which {template} needs."
            ) from error
        except jinja2.TemplateError as error:
            raise ThemeError(f"{_place(error, template)}: {error}.") from error

    def rest(self) -> None:
        """To be called between pages, once in a while: fragments that no page wants any more are let go."""
        self._fragments.rest()

    def template_digest(self, template: str) -> str:
        """A digest of `template` and of everything it extends, includes or imports."""
        if template not in self._digests:
            sources = {name: self._source(name) for name in sorted(self._closure(template))}
            told = "\0".join(f"{name}\0{source}" for name, source in sources.items())
            self._digests[template] = hashlib.blake2b(told.encode(), digest_size=16).hexdigest()
        return self._digests[template]

    def assets(self) -> Mapping[str, Path]:
        """Every asset by its path below `assets/`; the theme's own stand before its parent's."""
        found: dict[str, Path] = {}
        for folder in self.folders:
            root = folder / "assets"
            for path in sorted(root.rglob("*")):
                if path.is_file() and not path.name.startswith("."):
                    found.setdefault(path.relative_to(root).as_posix(), path)
        return found

    @cached_property
    def style_sheet(self) -> str:
        """All style sheets as one, without comments and idle space."""
        assets = self.assets()
        parts = []
        for name in self.css:
            if name not in assets:
                raise ThemeError(
                    f"theme {self.name}: {_SETTINGS} names css {name!r}, which is not in assets/."
                )
            parts.append(assets[name].read_text(encoding="utf-8"))
        return style.compact("\n".join(parts))

    @cached_property
    def _loader(self) -> _Loader:
        return _Loader([folder / "templates" for folder in self.folders])

    @cached_property
    def _environment(self) -> jinja2.Environment:
        return self._new(jinja2.Environment)

    @cached_property
    def _quick(self) -> jinja2.Environment:
        return self._new(QuickEnvironment)

    @cached_property
    def _fragments(self) -> Fragments:
        return Fragments()

    def _new(self, kind: type[jinja2.Environment]) -> jinja2.Environment:
        environment = kind(
            loader=self._loader,
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
            bytecode_cache=self.templates,
        )
        environment.filters.update(filters.filters(self.base_path, self.origin))
        environment.globals["once"] = self._fragments.once
        return environment

    def _closure(self, template: str) -> set[str]:
        seen: set[str] = set()
        waiting = [template]
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen.add(name)
                if name not in self._named:
                    self._named[name] = self._references(name)
                waiting += self._named[name]
        return seen

    def _references(self, template: str) -> tuple[str, ...]:
        source = self._source(template)
        known = self.templates.named(source)
        if known is not None:
            return known
        try:
            tree = self._environment.parse(source)
        except jinja2.TemplateSyntaxError as error:
            raise ThemeError(f"{template}:{error.lineno}: {error.message}.") from error
        names = set(meta.find_referenced_templates(tree))
        if None in names:
            raise ThemeError(f"{template}: names a template by a variable; write its name out.")
        found = tuple(sorted(name for name in names if name))
        self.templates.know(source, found)
        return found

    def _source(self, template: str) -> str:
        loader = self._environment.loader
        assert loader is not None
        try:
            return loader.get_source(self._environment, template)[0]
        except jinja2.TemplateNotFound:
            raise ThemeError(f"theme {self.name}: there is no template {template}.") from None


def load_theme(
    name: str,
    places: Iterable[Path],
    *,
    base_path: str = "/",
    origin: str = "",
    templates: Templates | None = None,
) -> Theme:
    """The theme `name` from the first of `places` that has it; `templates` is what earlier runs knew of its
    templates. Raises ThemeError."""
    places = tuple(places)
    folders: list[Path] = []
    css: tuple[str, ...] = ()
    wanted: str | None = name
    while wanted:
        folder = next((place / wanted for place in places if (place / wanted).is_dir()), None)
        if folder is None:
            looked = ", ".join(dict.fromkeys(str(place) for place in places))
            raise ThemeError(f"there is no theme {wanted!r}; looked in {looked}.")
        if folder in folders:
            raise ThemeError(f"{folder / _SETTINGS}: the theme is its own ancestor.")
        folders.append(folder)
        settings = _read_settings(folder / _SETTINGS)
        _look_into(folder)
        css = css or tuple(settings.get("css", ()))
        wanted = settings.get("parent")
    return Theme(name, tuple(folders), css, base_path, origin, templates or Templates())


def _look_into(folder: Path) -> None:
    """Raise ThemeError where a folder of templates or assets cannot be looked into: what nobody sees there
    must not look as if the theme did not have it."""
    try:
        for part in ("templates", "assets"):
            for _, entry in walk(str(folder / part)):
                entry.stat(follow_symlinks=False)  # its name may be told, and nothing else
    except OSError as error:
        raise ThemeError(
            f"{error.filename}: cannot be looked into: {error.strerror}. Mend the folder's permissions, and "
            "run the same command again."
        ) from error


def _read_settings(path: Path) -> dict[str, Any]:
    try:
        settings = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ThemeError(f"{path}: is missing; a theme needs one, if only with a `css` list.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ThemeError(f"{path}: is not TOML: {error}.") from None
    unknown = sorted(set(settings) - _KEYS)
    if unknown:
        raise ThemeError(f"{path}: there is no key {unknown[0]!r}; the keys are {', '.join(sorted(_KEYS))}.")
    return settings


def _place(error: Exception, template: str) -> str:
    """Template and line of the innermost template frame of `error`."""
    place, trace = template, error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename.endswith(".html"):
            place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
