"""JavaScript and TypeScript, `process.env`, by a careful scan.

The scan walks over comments and strings, so nothing inside them is taken for code. What it cannot
tell for sure (a regular expression that looks like a comment) it loses rather than invents.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docgen.facts.model import Place, Variable
from docgen.facts.python.symbols import looks_secret

if TYPE_CHECKING:
    from docgen.source.tree import SourceFile

LANGUAGES = frozenset({"JavaScript", "TypeScript"})
_ENV = (
    r"process\.env(?:\.(?P<dot>[A-Za-z_]\w*)|\[(?P<q2>['\"])(?P<index>[A-Za-z_]\w*)(?P=q2)\])"
    r"(?!\s*=[^=])(?:\s*(?:\|\||\?\?)\s*(?P<default>'[^'\\\n]*'|\"[^\"\\\n]*\"|\d+\b))?"
)
_SCAN = re.compile(
    r"//[^\n]*|/\*.*?\*/"
    rf"|(?<![\w.$]){_ENV}"
    r"|'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\"|(?P<template>`(?:[^`\\]|\\.)*`)",
    re.DOTALL,
)
_HOLE = re.compile(rf"\$\{{[^{{}}`]*?{_ENV}")


def variables_read(file: SourceFile) -> tuple[Variable, ...]:
    """What the file reads from the environment."""
    variables: list[Variable] = []
    text = file.text
    for match in _SCAN.finditer(text):
        line = text.count("\n", 0, match.start()) + 1 if match.lastgroup else 0
        if match["template"]:
            variables += (_variable(hole, file.path, line) for hole in _HOLE.finditer(match["template"]))
        elif match["dot"] or match["index"]:
            variables.append(_variable(match, file.path, line))
    return tuple(variables)


def _variable(match: re.Match[str], path: str, line: int) -> Variable:
    name = match["dot"] or match["index"]
    default = match["default"]
    if default is not None and looks_secret(name):
        default = "…"
    return Variable(name, default, Place(path, line))
