"""Makefiles: the targets that anyone can make, by tree-sitter's grammar of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docgen.facts.model import Command, Manifest, Place
from docgen.facts.syntax.parsing import parse, text_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from tree_sitter import Node

_WORD = re.compile(r"[A-Za-z][\w-]*")
# Make reads the first of these that a folder has.
_BEFORE_MAKEFILE = ("GNUmakefile", "makefile")


def read_makefile(path: str, source: str, present: Container[str]) -> Manifest | None:
    """Targets that are plain words, with what `## text` behind them says or their only command.

    Targets within a conditional are there on some machines only, and are left out. None where
    make reads another file of the folder instead.
    """
    folder, _, name = path.rpartition("/")
    first = _BEFORE_MAKEFILE[: _BEFORE_MAKEFILE.index(name)] if name in _BEFORE_MAKEFILE else _BEFORE_MAKEFILE
    if any(f"{folder}/{other}".lstrip("/") in present for other in first):
        return None
    make = f"make -C {folder}" if folder else "make"
    found: dict[str, Command] = {}
    for rule in parse("make", source).root_node.children:
        if rule.type == "rule":
            for target in _targets(rule):
                place = Place(path, rule.start_point.row + 1)
                does = _said(rule) or _only_command(rule)
                known = found.get(target)
                if known is None or (does and not known.does):
                    found[target] = Command(f"{make} {target}", target, does, place)
    return Manifest(path, "Makefile", commands=tuple(found.values()))


def _targets(rule: Node) -> Iterator[str]:
    listed = next((child for child in rule.children if child.type == "targets"), None)
    for node in listed.children if listed else ():
        if node.type == "word" and _WORD.fullmatch(text_of(node)):
            yield text_of(node)


def _said(rule: Node) -> str:
    """The comment behind the prerequisites that begins with `##`, which `make help` shows by custom."""
    row = rule.start_point.row
    comments = (node for node in rule.children if node.type == "comment" and node.start_point.row == row)
    return next((text_of(node)[2:].strip() for node in comments if text_of(node).startswith("##")), "")


def _only_command(rule: Node) -> str:
    """The recipe's only command; empty where there are none or several."""
    recipe = next((child for child in rule.children if child.type == "recipe"), None)
    lines = [text_of(node) for node in recipe.children if node.type == "recipe_line"] if recipe else []
    lines = [line.strip().lstrip("@-+").strip() for line in lines]
    commands = [line for line in lines if line and not line.startswith("#")]
    others = recipe is not None and any(node.type == "conditional" for node in recipe.children)
    return commands[0] if len(commands) == 1 and "\\\n" not in commands[0] and not others else ""
