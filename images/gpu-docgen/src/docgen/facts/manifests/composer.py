"""`composer.json`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from docgen.facts.manifests.values import line_of, section_line, table, text, texts
from docgen.facts.model import Command, Dependency, EntryPoint, Manifest, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

_GROUPS = {"require": "", "require-dev": "development"}
_LOADERS = ("psr-4", "psr-0")
# Scripts that composer calls by itself.
_EVENTS = ("pre-", "post-")


def read_composer(path: str, source: str) -> Manifest | None:
    """The manifest; None where the file is not a JSON object."""
    try:
        data = table(json.loads(source))
    except (ValueError, RecursionError):
        return None
    if not data:
        return None
    php = text(table(data, "require").get("php"))
    licences = [text(data.get("license")), *texts(data.get("license"))]
    return Manifest(
        path=path,
        kind="composer.json",
        name=text(data.get("name")),
        description=text(data.get("description")),
        license=" or ".join(filter(None, licences)),
        requires=f"PHP {php}" if php else "",
        install="composer install",
        dependencies=tuple(_dependencies(data, path, source)),
        commands=tuple(_commands(data, path, source)),
        entry_points=tuple(_programs(data, path, source)),
        opens=tuple(_loaded(table(data, "autoload"))),
    )


def _dependencies(data: dict[str, object], path: str, source: str) -> Iterator[Dependency]:
    for key, group in _GROUPS.items():
        start = section_line(source, key)
        for name, constraint in table(data, key).items():
            if name != "php":
                place = Place(path, line_of(source, f'"{name}"', start))
                yield Dependency(name, text(constraint), group, place)


def _commands(data: dict[str, object], path: str, source: str) -> Iterator[Command]:
    start = section_line(source, "scripts")
    for name, does in table(data, "scripts").items():
        if not name.startswith(_EVENTS):
            place = Place(path, line_of(source, f'"{name}"', start))
            yield Command(f"composer run {name}", name, text(does) or " && ".join(texts(does)), place)


def _programs(data: dict[str, object], path: str, source: str) -> Iterator[EntryPoint]:
    """The programs that others get into `vendor/bin`."""
    for target in filter(None, [text(data.get("bin")), *texts(data.get("bin"))]):
        name = target.rpartition("/")[2].removesuffix(".php")
        yield EntryPoint(name, target, Place(path, line_of(source, target)))


def _loaded(autoload: dict[str, object]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Namespaces with the folders and files that are loaded for them; an empty one for what has none."""
    for loader in _LOADERS:
        for prefix, where in table(autoload, loader).items():
            yield prefix, tuple([text(where)] if isinstance(where, str) else texts(where))
    if others := (*texts(autoload.get("classmap")), *texts(autoload.get("files"))):
        yield "", others
