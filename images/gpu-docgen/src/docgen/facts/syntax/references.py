"""What a file names of other files, as it is written; `docgen.facts.links` finds the files."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from docgen.facts.syntax.parsing import matches, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from docgen.deadline import Deadline

_CHECK_EVERY = 2_000
_MARKS = ("all", "mod", "file")


@dataclass(frozen=True)
class Reference:
    """One import: `path` is its text, `alias` the name it gets, `mark` its form.

    `is_public` says that it offers to others what it names (`pub use`).
    """

    path: str
    line: int
    alias: str = ""
    mark: str = ""
    is_public: bool = False


@dataclass(frozen=True)
class References:
    """The imports of a file, and the names it uses (`qualifier.name` where the query has a qualifier)."""

    imports: tuple[Reference, ...] = ()
    used: frozenset[str] = frozenset()


def find_references(grammar: str, root: Node, deadline: Deadline) -> References:
    """Run the query `imports.scm`."""
    imports: dict[int, Reference] = {}
    used: set[str] = set()
    hidden: set[int] = set()
    for number, captures in enumerate(matches(grammar, "imports", root)):
        if number % _CHECK_EVERY == 0:
            deadline.check()
        if "used" in captures:
            qualifier = "".join(f"{text_of(node)}." for node in captures.get("qualifier", ()))
            used.add(qualifier + text_of(captures["used"][0]))
        hidden.update(node.id for node in captures.get("hidden", ()))
        imports.update(_reference(captures))
    found = (replace(item, is_public=item.is_public and key not in hidden) for key, item in imports.items())
    return References(tuple(found), frozenset(used))


def _reference(captures: dict[str, list[Node]]) -> Iterator[tuple[int, Reference]]:
    """The reference of a match, by its node."""
    node = next((found[0] for name in ("path", "file") if (found := captures.get(name))), None)
    if node is None:
        return
    prefix = "".join(f"{text_of(item)}\\" for item in captures.get("prefix", ()))
    alias = "".join(map(text_of, captures.get("alias", ())))
    mark = next((mark for mark in _MARKS if mark in captures), "")
    is_public = any(text_of(item) == "pub" for item in captures.get("visibility", ()))
    yield node.id, Reference(prefix + text_of(node), node.start_point.row + 1, alias, mark, is_public)
