"""`go.mod`: the module, its Go version and what it requires."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docgen.facts.model import Command, Dependency, Manifest, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

_REQUIRED = re.compile(r"^\s*([^\s()]+)\s+(v\S+)")


def read_go_mod(path: str, source: str, present: frozenset[str]) -> Manifest:
    """The module's name, its Go version and what it requires directly."""
    lines = source.split("\n")
    name = next((line.removeprefix("module ").strip() for line in lines if line.startswith("module ")), "")
    version = next((line.removeprefix("go ").strip() for line in lines if line.startswith("go ")), "")
    requires = f"Go {version}" if version else ""
    commands = (Command("go build ./...", "build", "", Place(path, 1)),) if name else ()
    folder = path.removesuffix("go.mod")
    if name and any(file.startswith(folder) and file.endswith("_test.go") for file in present):
        commands = (*commands, Command("go test ./...", "test", "", Place(path, 1)))
    return Manifest(
        path, "go.mod", name, requires=requires, dependencies=tuple(_required(path, lines)), commands=commands
    )


def _required(path: str, lines: list[str]) -> Iterator[Dependency]:
    """What `require` lists, in a block or alone; `exclude` and `replace` look the same inside."""
    block = ""
    for number, line in enumerate(lines, 1):
        word, _, rest = line.strip().partition(" ")
        if rest.strip().startswith("("):
            block = word
        elif word == ")":
            block = ""
        elif (block or word) == "require" and "// indirect" not in line:
            match = _REQUIRED.match(line if block else rest)
            yield from [Dependency(match[1], match[2], "", Place(path, number))] if match else []
