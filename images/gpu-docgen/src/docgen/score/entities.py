"""What a repository offers to its users, by importance: what documentation ought to cover."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from docgen.score.index import is_aside, look_of
from docgen.score.offered import Offered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.score.index import Definition, Index

# How much a reader loses without it: programs first, then what is imported, then what sets it up.
WEIGHTS: Final = {
    "program": 3.0,
    "symbol": 2.0,
    "variable": 2.0,
    "option": 1.0,
    "command": 1.0,
    "method": 0.5,
    "dependency": 0.5,
}
# A repository may define more than anybody reads; the most important ones decide.
_MOST = 4000
_VARIABLE = re.compile(
    r"(?:environ(?:\.get\(|\.setdefault\(|\[)|getenv\(|process\.env\.|process\.env\[|env::var\(|Getenv\(|"
    r"LookupEnv\(|System\.getenv\(|ENV\[|ENV\.fetch\()\s*['\"]?([A-Z][A-Z0-9_]{1,80})\b"
)
_OPTION = re.compile(
    r"(?:add_argument|[.@\s]option|Option|addOption|requiredOption|add_option)\s*\(\s*(?:\w+\s*,\s*)?"
    r"['\"](?:-\w,?\s*(?:['\"]\s*,\s*['\"])?)?(--[A-Za-z][\w-]*)"
)
_MEMBER = re.compile(r"\.prototype\.|^\s*(?:app|req|res|proto)\.|^func\s*\(")
_TARGET = re.compile(r"^([A-Za-z0-9][\w.-]*)[ \t]*:(?!=)(?!.*=)", re.MULTILINE)
_SCRIPTS = re.compile(
    r"^\[(?:project|tool\.poetry)\.(?:gui-)?scripts\]\n((?:[^\[\n][^\n]*\n?|\n)*)", re.MULTILINE
)
_CONSOLE = re.compile(r"console_scripts\s*=\s*\n?((?:[ \t]+[^\n]+\n?)+)")
_KEY = re.compile(r"^\s*[\"']?([\w.-]+)[\"']?\s*=", re.MULTILINE)
_REQUIRED = re.compile(r"^\[project\]\n(?:(?!\[)[^\n]*\n)*?dependencies\s*=\s*\[([^\]]*)\]", re.MULTILINE)
_NAME = re.compile(r"(?:\"([A-Za-z0-9][\w.-]*)[^\"\n]*\"|'([A-Za-z0-9][\w.-]*)[^'\n]*')")


@dataclass(frozen=True)
class Entity:
    """One thing that is offered; `name` is how documentation has to call it."""

    kind: str
    name: str
    weight: float


def entities(index: Index) -> list[Entity]:
    """Everything that is offered, the most important first."""
    found: dict[str, Entity] = {}
    mentions = _mentions(index)
    for kind, name in (*_programs(index), *_settings(index), *_commands(index), *_symbols(index)):
        weight = WEIGHTS[kind] * (1 + math.log2(1 + mentions[name]) / 4)
        if name not in found or found[name].weight < weight:
            found[name] = Entity(kind, name, weight)
    return sorted(found.values(), key=lambda entity: (-entity.weight, entity.name))[:_MOST]


def _mentions(index: Index) -> Counter[str]:
    """In how many files a word occurs."""
    return Counter(index.tokens)


def _product(index: Index) -> Iterator[tuple[str, str]]:
    for path, file in index.files.items():
        if not is_aside(path):
            yield path, file.text


def _settings(index: Index) -> Iterator[tuple[str, str]]:
    for path, text in _product(index):
        if look_of(index.files[path]).definitions:
            yield from (("variable", name) for name in _VARIABLE.findall(text))
            yield from (("option", name) for name in _OPTION.findall(text))


def _programs(index: Index) -> Iterator[tuple[str, str]]:
    for path, text in _product(index):
        name = PurePosixPath(path).name
        blocks = [*_SCRIPTS.findall(text)] if name == "pyproject.toml" else []
        blocks += _CONSOLE.findall(text) if name in {"setup.cfg", "setup.py"} else []
        yield from (("program", key) for block in blocks for key in _KEY.findall(block))
        if name == "pyproject.toml":
            required = (match for block in _REQUIRED.findall(text) for match in _NAME.finditer(block))
            yield from (("dependency", match[1] or match[2]) for match in required)


def _commands(index: Index) -> Iterator[tuple[str, str]]:
    """Targets and scripts of the root."""
    for name in ("Makefile", "GNUmakefile", "makefile"):
        if name in index.files:
            found = _TARGET.findall(index.files[name].text)
            yield from (("command", target) for target in found if not target.startswith("."))
    package = _json(index, "package.json")
    for kind, key in (("command", "scripts"), ("dependency", "dependencies"), ("program", "bin")):
        declared = package.get(key)
        yield from ((kind, name) for name in declared) if isinstance(declared, dict) else ()


def _json(index: Index, path: str) -> dict[str, object]:
    try:
        found = json.loads(index.files[path].text) if path in index.files else {}
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _symbols(index: Index) -> Iterator[tuple[str, str]]:
    """What the product's own modules define and offer."""
    offered = Offered(index)
    for definition in (one for known in index.definitions.values() for one in known):
        if definition.is_public and definition in offered:
            yield ("method" if _is_member(index, definition) else "symbol"), definition.name


def _is_member(index: Index, definition: Definition) -> bool:
    line = index.lines(definition.path)[definition.line - 1]
    return bool(definition.depth) or _MEMBER.search(line) is not None
