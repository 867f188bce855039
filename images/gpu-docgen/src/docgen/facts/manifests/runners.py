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

# A recipe that needs no argument: each parameter has a default, or may be left out (`*`).
_OPTIONAL = r"""(?:\*\$?\w[\w-]*(?:=(?:"[^"]*"|'[^']*'|[\w-]+))?|[+$]*\w[\w-]*=(?:"[^"]*"|'[^']*'|[\w-]+))"""
_RECIPE = re.compile(rf"^@?([A-Za-z][\w-]*)(?:\s+{_OPTIONAL})*\s*:(?!=)")
_BLOCK_TEXT = re.compile(r"\'\'\'.*?\'\'\'|\"\"\".*?\"\"\"", re.DOTALL)
_PRIVATE = re.compile(r"[\[,\s]private[\],\s]")


def read_justfile(path: str, source: str) -> Manifest:
    """Public recipes that start without an argument, with the comment above them."""
    lines = _BLOCK_TEXT.sub(lambda text: "\n" * text[0].count("\n"), source).split("\n")
    found: dict[str, Command] = {}
    for number, line in enumerate(lines, 1):
        if match := _RECIPE.match(line):
            attributes, comment = _above(lines, number - 1)
            if not _PRIVATE.search(attributes):
                run = Command(f"just {match[1]}", match[1], comment, Place(path, number))
                found.setdefault(match[1], run)
    return Manifest(path, "justfile", commands=tuple(found.values()))


def _above(lines: list[str], at: int) -> tuple[str, str]:
    """The attributes right above a recipe, and the comment above these."""
    start = at
    while start and lines[start - 1].startswith("["):
        start -= 1
    comment = lines[start - 1] if start else ""
    return "".join(lines[start:at]), comment.lstrip("# ").strip() if comment.startswith("#") else ""


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
