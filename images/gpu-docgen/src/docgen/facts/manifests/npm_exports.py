"""Under which names a package of npm can be imported, and the files that each name stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.facts.manifests.values import table, text

if TYPE_CHECKING:
    from collections.abc import Iterator

# Where the sources are read rather than what is built from them, and the declarations before the code.
_KEYS = ("source", "types", "typings", "module", "main", "browser")
_FIRST = ("source", "types", "import", "require", "node", "default")
_MAX_DEPTH = 8
_MAX_NAMES = 500
_MAX_FILES = 40


def package_opens(data: dict[str, object]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """`(import name, files as written)`, the package itself first; a pattern and its files have a `*`.

    Nothing for what nobody installs under its name: it has none, or is private.
    """
    name = text(data.get("name"))
    if not name or data.get("private") is True:
        return ()
    found: dict[str, list[str]] = {}
    exports = data.get("exports")
    keys = table(exports)
    if not any(key.startswith(".") for key in keys):
        keys = {".": exports}
    for key, value in list(keys.items())[:_MAX_NAMES]:
        if key.startswith(".") and key.count("*") < 2 and not key.endswith(".json"):
            found[key.removeprefix(".")] = list(_files(value))
    own = [text(data.get(key)) for key in _KEYS]
    found[""] = [*own, *found.get("", ())] if any(own) or "exports" in data else ["index.js"]
    return tuple(
        (f"{name}{key}", tuple(dict.fromkeys(filter(None, files)))[:_MAX_FILES])
        for key, files in _ordered(found)
    )


def _ordered(found: dict[str, list[str]]) -> list[tuple[str, list[str]]]:
    """The package, then what is below it by name; of two names for the same files the shorter one."""
    known: dict[tuple[str, ...], str] = {}
    for key in sorted(found, key=lambda key: (len(key), key)):
        known.setdefault(tuple(found[key]) or (key,), key)
    return [(key, found[key]) for key in sorted(known.values())]


def _files(value: object, depth: int = 0) -> Iterator[str]:
    """The files that a value of `exports` names, whatever their conditions."""
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, str):
        yield text(value)
    elif isinstance(value, list):
        for item in value:
            yield from _files(item, depth + 1)
    elif isinstance(value, dict):
        conditions = table(value)
        for key in (*(key for key in _FIRST if key in conditions), *sorted(conditions.keys() - set(_FIRST))):
            yield from _files(conditions[key], depth + 1)
