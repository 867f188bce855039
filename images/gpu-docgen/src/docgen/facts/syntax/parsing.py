"""Parsing and querying by tree-sitter. The queries are data: `queries/<grammar>/<name>.scm`."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, cast

from tree_sitter import Query, QueryCursor
from tree_sitter_language_pack import get_language, get_parser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node, Tree
    from tree_sitter_language_pack import SupportedLanguage

# The languages of `docgen.source.languages` whose grammar has another name than themselves.
GRAMMARS = {
    "C": "c",
    "C#": "csharp",
    "C++": "cpp",
    "Go": "go",
    "Java": "java",
    "JavaScript": "javascript",
    "PHP": "php",
    "Python": "python",
    "Ruby": "ruby",
    "Rust": "rust",
    "Shell": "bash",
    "TypeScript": "typescript",
}

_INHERITS = "; inherits:"
_ANY_NUMBER = 2**32 - 1


def grammar_of(language: str, path: str) -> str | None:
    """The grammar to read a file by; None where there is none."""
    return "tsx" if path.endswith(".tsx") else GRAMMARS.get(language)


def parse(grammar: str, source: str) -> Tree:
    """The syntax tree. A parser never fails; what it cannot read are nodes of type `ERROR`."""
    return _parser(grammar).parse(source.encode(errors="replace"))  # type: ignore[no-any-return]


def matches(
    grammar: str, query: str, node: Node, most_open: int = _ANY_NUMBER
) -> Iterator[dict[str, list[Node]]]:
    """Every match of `queries/<grammar>/<query>.scm` below `node`, as nodes by capture name, in order.

    Of matches that nest deeper than `most_open`, each of which costs time at every node, some are lost.
    """
    compiled = _query(grammar, query)
    if compiled is None:
        return
    for _, captures in QueryCursor(compiled, match_limit=most_open).matches(node):
        yield captures


def text_of(node: Node) -> str:
    """The source of a node."""
    return (node.text or b"").decode(errors="replace")


@cache
def _parser(grammar: str):  # type: ignore[no-untyped-def] # noqa: ANN202 - the package's stubs name it differently
    return get_parser(cast("SupportedLanguage", grammar))


@cache
def _query(grammar: str, name: str) -> Query | None:
    """The compiled query; `tsx` shares TypeScript's. None where the language has no such query."""
    text = _query_text("typescript" if grammar == "tsx" else grammar, name)
    return Query(get_language(cast("SupportedLanguage", grammar)), text) if text else None


def _query_text(folder: str, name: str) -> str:
    """A query with what its first line inherits; empty where there is none."""
    file = resources.files(__package__).joinpath("queries", folder, f"{name}.scm")
    if not file.is_file():
        return ""
    text = file.read_text("utf-8")
    first, _, _ = text.partition("\n")
    parent = first.removeprefix(_INHERITS)
    return text if parent == first else _query_text(parent.strip(), name) + text
