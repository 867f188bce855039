"""JavaScript and TypeScript, first cut: relative imports and `process.env`, by a careful scan.

The scan walks over comments and strings, so nothing inside them is taken for code. What it cannot
tell for sure (a regular expression that looks like a comment) it loses rather than invents.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from docgen.facts.model import Import, Module, Place, Variable
from docgen.facts.python.symbols import looks_secret

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from docgen.source.tree import SourceFile

LANGUAGES = frozenset({"JavaScript", "TypeScript"})
_ENV = (
    r"process\.env(?:\.(?P<dot>[A-Za-z_]\w*)|\[(?P<q2>['\"])(?P<index>[A-Za-z_]\w*)(?P=q2)\])"
    r"(?!\s*=[^=])(?:\s*(?:\|\||\?\?)\s*(?P<default>'[^'\\\n]*'|\"[^\"\\\n]*\"|\d+\b))?"
)
_SCAN = re.compile(
    r"//[^\n]*|/\*.*?\*/"
    r"|(?<![\w.$])(?:require|import)\s*\(\s*(?P<q1>['\"])(?P<called>\.[^'\"\n]*)(?P=q1)\s*\)"
    r"|(?<![\w.$])(?:from|import)\s*(?P<q3>['\"])(?P<imported>\.[^'\"\n]*)(?P=q3)"
    rf"|(?<![\w.$]){_ENV}"
    r"|'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\"|(?P<template>`(?:[^`\\]|\\.)*`)",
    re.DOTALL,
)
_HOLE = re.compile(rf"\$\{{[^{{}}`]*?{_ENV}")
_SUFFIXES = ("", ".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs", ".mts", ".cts")


def read_script(file: SourceFile, paths: Container[str]) -> Module:
    """What the file imports from its repository and reads from the environment."""
    imports: list[Import] = []
    variables: list[Variable] = []
    text = file.text
    for match in _SCAN.finditer(text):
        line = text.count("\n", 0, match.start()) + 1 if match.lastgroup else 0
        if target := match["called"] or match["imported"]:
            path = _resolve(file.folder, target, paths)
            imports += [Import(path, "", "", line)] if path else []
        elif match["template"]:
            variables += (_variable(hole, file.path, line) for hole in _HOLE.finditer(match["template"]))
        elif match["dot"] or match["index"]:
            variables.append(_variable(match, file.path, line))
    language = file.language or "JavaScript"
    return Module(file.path, file.path, language, imports=tuple(imports), variables=tuple(variables))


def _variable(match: re.Match[str], path: str, line: int) -> Variable:
    name = match["dot"] or match["index"]
    default = match["default"]
    if default is not None and looks_secret(name):
        default = "…"
    return Variable(name, default, Place(path, line))


def _resolve(folder: str, target: str, paths: Container[str]) -> str:
    """The file of the repository that a relative import means; empty where there is none."""
    base = posixpath.normpath(posixpath.join(folder, target))
    return next((path for path in _candidates(base) if path in paths), "")


def _candidates(base: str) -> Iterator[str]:
    for suffix in _SUFFIXES:
        yield base + suffix
    stem, _, suffix = base.rpartition(".")
    if suffix in {"js", "mjs", "cjs", "jsx"}:  # TypeScript writes the name of what it will become
        yield from (f"{stem}.{suffix.replace('js', 'ts')}", f"{stem}.tsx")
    for suffix in _SUFFIXES[1:]:
        yield f"{base}/index{suffix}"
