"""Task runners: the commands that a repository gives a name."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from docgen.facts.manifests.values import section_line
from docgen.facts.model import Command, Manifest, Place
from docgen.facts.python.source import docstring, last_name, literal, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

_TARGET = re.compile(r"^([A-Za-z][\w-]*)\s*:(?![:=])([^#=]*)(?:##\s*(.*))?$")
_RECIPE = re.compile(r"^@?([A-Za-z][\w-]*)(?:\s+[^:=]*)?:(?!=)")


def read_makefile(path: str, source: str) -> Manifest:
    """Targets that are plain words, with what `## text` behind them says or their first command."""
    lines = source.split("\n")
    found: dict[str, Command] = {}
    for number, line in enumerate(lines, 1):
        if match := _TARGET.match(line):
            does = (match[3] or "").strip() or _first_command(lines[number:])
            folder = path.rpartition("/")[0]
            run = f"make -C {folder} {match[1]}" if folder else f"make {match[1]}"
            found.setdefault(match[1], Command(run, match[1], does, Place(path, number)))
    return Manifest(path, "Makefile", commands=tuple(found.values()))


def _first_command(lines: list[str]) -> str:
    """The recipe's only command; empty where there are none or several."""
    recipe = []
    for line in lines:
        if not line.startswith("\t"):
            break
        recipe.append(line.strip().lstrip("@-").strip())
    return recipe[0] if len(recipe) == 1 and not recipe[0].endswith("\\") else ""


def read_justfile(path: str, source: str) -> Manifest:
    """Public recipes, with the comment above them."""
    lines = source.split("\n")
    found = [
        Command(f"just {match[1]}", match[1], _comment(lines, number), Place(path, number))
        for number, line in enumerate(lines, 1)
        if (match := _RECIPE.match(line))
    ]
    return Manifest(path, "justfile", commands=tuple(found))


def _comment(lines: list[str], number: int) -> str:
    above = lines[number - 2] if number > 1 else ""
    return above.lstrip("# ").strip() if above.startswith("#") else ""


def read_tox(path: str, source: str) -> Manifest | None:
    """`tox` runs what the file lists; None where it only holds settings of other tools."""
    commands = []
    if re.search(r"^\[(?:tox|testenv)", source, re.MULTILINE):
        commands.append(Command("tox", "test", "", Place(path, section_line(source, "tox"))))
    if "[pytest]" in source:
        commands.append(Command("pytest", "test", "", Place(path, section_line(source, "pytest"))))
    return Manifest(path, "tox", commands=tuple(commands)) if commands else None


def read_pytest_ini(path: str, source: str) -> Manifest | None:
    """`pytest`, where the file configures it."""
    if "[pytest]" not in source:
        return None
    return Manifest(path, "pytest", commands=(Command("pytest", "test", "", Place(path, 1)),))


def read_noxfile(path: str, source: str) -> Manifest | None:
    """The sessions of a noxfile, by the names they are run by."""
    tree = parse(source.encode(errors="replace"))
    commands = tuple(_sessions(tree, path)) if tree else ()
    return Manifest(path, "nox", commands=commands) if commands else None


def _sessions(tree: ast.Module, path: str) -> Iterator[Command]:
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef):
            continue
        for item in node.decorator_list:
            if last_name(item) == "session":
                name = _session_name(item) or node.name
                does = docstring(node).partition("\n")[0]
                yield Command(f"nox -s {name}", name, does, Place(path, node.lineno))


def _session_name(decorator: ast.expr) -> str:
    keywords = decorator.keywords if isinstance(decorator, ast.Call) else []
    named = [literal(item.value) for item in keywords if item.arg == "name"]
    return named[0] if named and isinstance(named[0], str) else ""
