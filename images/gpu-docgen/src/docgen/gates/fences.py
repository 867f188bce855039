"""Code blocks: what is said to be of a language can be read as it, and imports what there is."""

from __future__ import annotations

import ast
import doctest
import itertools
import json
import textwrap
import tomllib
from typing import TYPE_CHECKING

import yaml

from docgen.facts.python.source import parse as parse_python
from docgen.facts.syntax.parsing import parse as parse_syntax
from docgen.gates.flaw import Flaw, Repair
from docgen.gates.signatures import signature_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from docgen.gates.flaw import Sheet
    from docgen.gates.known import Known


def _python(text: str) -> bool:
    return _python_tree(text) is not None


def _json(text: str) -> bool:
    json.loads(text)
    return True


def _toml(text: str) -> bool:
    tomllib.loads(text)
    return True


def _yaml(text: str) -> bool:
    # Events alone: nothing is built, so no alias can grow.
    return all(True for _ in yaml.parse(text, Loader=yaml.CSafeLoader))


def _shell(text: str) -> bool:
    return not parse_syntax("bash", text).root_node.has_error


READERS: dict[str, Callable[[str], bool]] = {
    "bash": _shell,
    "json": _json,
    "py": _python,
    "python": _python,
    "sh": _shell,
    "shell": _shell,
    "toml": _toml,
    "yaml": _yaml,
    "yml": _yaml,
}


def readable(sheet: Sheet) -> Iterator[Flaw]:
    """A block with the name of a language can be read as that language."""
    for language, text, line in _fences(sheet):
        reader = READERS.get(language)
        if reader and not _reads(reader, text):
            repair = Repair.LABEL if _is_quoted(text, sheet.known) else Repair.PART
            yield Flaw("code", line, f"the block is no {language}", repair=repair)


def imports(sheet: Sheet) -> Iterator[Flaw]:
    """A block of Python imports what the repository, its dependencies or Python provide."""
    for language, text, line in _fences(sheet):
        tree = _python_tree(text) if language in {"py", "python"} else None
        if tree is None or _is_quoted(text, sheet.known):
            continue
        for name in _imported(tree):
            if not _can_be_imported(name, sheet.known):
                yield Flaw("imports", line, f"nothing provides {name[:80]!r}")


def _is_quoted(text: str, known: Known) -> bool:
    """Whether every line is the repository's own."""
    return {line.strip() for line in text.split("\n")} - {""} <= known.quotable_lines


def _fences(sheet: Sheet) -> Iterator[tuple[str, str, int]]:
    """Language, text and line of each code block, but for signatures, which have no body to be read."""
    shown = signature_lines(sheet)
    for token, line in sheet.document.tokens:
        if token.type == "fence" and line not in shown:
            yield token.info.strip().partition(" ")[0].casefold(), textwrap.dedent(token.content), line


def _reads(reader: Callable[[str], bool], text: str) -> bool:
    try:
        return reader(text)
    except (ValueError, RecursionError, MemoryError, yaml.YAMLError):
        return False


def _python_tree(text: str) -> ast.Module | None:
    if ">>>" in text:
        try:
            examples = doctest.DocTestParser().get_examples(text)
        except ValueError:
            return None
        text = "".join(example.source for example in examples)
    return parse_python(text.encode(errors="replace"))


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _can_be_imported(name: str, known: Known) -> bool:
    parts = name.removesuffix(".*").split(".")
    if parts[0] not in known.members:
        return parts[0] in known.third_parties
    pairs = itertools.pairwise(parts)
    return all(inner in known.members.get(outer, ()) for outer, inner in pairs)
