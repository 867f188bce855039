"""The definitions of one file as the query `symbols.scm` sees them: ranges, names and marks, nothing judged.

All ranges are bytes of the source, the end not included; `unended` are the bytes where a mark between two
entries is missing.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docgen.facts.model import Kind
from docgen.facts.syntax.parsing import matches, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from docgen.deadline import Deadline

Range = tuple[int, int]
_KINDS = {kind.value: kind for kind in Kind}
# What a definition is unless another pattern knows better.
VAGUE = frozenset({Kind.CONSTANT, Kind.FIELD, Kind.TYPE})
_MARKS = ("public", "hidden", "overload", "reopened", "unscoped", "unsectioned")
_ROLES = ("comment", "cut", "drop", "entry", "error", "section", "hides", "shows", "namespace", "package")
_CHECK_EVERY = 500
# Of one declaration; nobody writes more.
_MAX_NAMES = 200


@dataclass
class Definition:
    """One defining node; several names where one declaration makes several."""

    kind: Kind
    node: Node
    outer: Node
    group: Node | None = None
    names: list[str] = field(default_factory=list)
    prefix: list[str] = field(default_factory=list)
    bodies: list[Range] = field(default_factory=list)
    values: list[Range] = field(default_factory=list)
    parameters: Node | None = None
    owner: str = ""
    means: str = ""
    words: set[str] = field(default_factory=set)
    marks: set[str] = field(default_factory=set)


@dataclass
class Area:
    """A part of the file that holds definitions: a namespace, an `impl`, or code nobody can reach."""

    role: str
    range: Range
    name: str = ""
    is_public: bool = False
    is_hidden: bool = False
    is_singleton: bool = False
    words: set[str] = field(default_factory=set)


@dataclass
class Found:
    """Everything the query found in one file."""

    definitions: list[Definition]
    areas: list[Area]
    sections: list[tuple[int, str]]
    hides: list[tuple[int, str]]
    shows: set[str]
    comments: list[Range]
    cuts: list[Range]
    drops: list[Range]
    unended: list[int]
    errors: list[Range]
    namespace: str = ""
    package: Node | None = None


def find_definitions(grammar: str, root: Node, deadline: Deadline) -> Found:
    """Run the query and join what its patterns say of the same node."""
    collector = _Collector()
    for number, captures in enumerate(matches(grammar, "symbols", root)):
        if number % _CHECK_EVERY == 0:
            deadline.check()
        collector.take(captures)
    return collector.found()


class _Collector:
    def __init__(self) -> None:
        self._definitions: dict[int, Definition] = {}
        self._areas: dict[int, Area] = {}
        self._nodes: dict[str, dict[int, Node]] = defaultdict(dict)

    def take(self, captures: dict[str, list[Node]]) -> None:
        for role in ("scope", "impl", "local", "region", "members"):
            for node in captures.get(role, ()):
                self._area(role, node, captures)
        for name, kind in _KINDS.items():
            for node in captures.get(name, ()):
                self._define(kind, node, captures)
        for role in _ROLES:
            self._nodes[role].update((node.id, node) for node in captures.get(role, ()))

    def _area(self, role: str, node: Node, captures: dict[str, list[Node]]) -> None:
        area = self._areas.setdefault(node.id, Area(role, node.byte_range))
        if role == "members" or (role == "local" and area.role != "members"):
            area.role = role
        names = captures.get("name" if role == "scope" else "owner", [])
        area.name = text_of(names[0]) if names and role != "region" else area.name
        area.is_public = area.is_public or "public" in captures
        area.is_hidden = area.is_hidden or "hidden" in captures
        area.is_singleton = area.is_singleton or "singleton" in captures
        area.words |= _words(captures)

    def _define(self, kind: Kind, node: Node, captures: dict[str, list[Node]]) -> None:
        known = self._definitions.setdefault(node.id, Definition(kind, node, node))
        if known.kind in VAGUE:
            known.kind = kind
        known.outer = _only(captures, "outer") or known.outer
        known.group = _only(captures, "group") or known.group
        for name in captures.get("name", ()):
            text = text_of(name).strip(":$")
            is_new = len(known.names) < _MAX_NAMES and text not in known.names
            if is_new and "renamed" not in known.marks:
                known.names.append(text)
        if renamed := captures.get("rename"):
            known.names = [text_of(renamed[0])]
            known.marks.add("renamed")
        known.prefix = known.prefix or [text_of(item) for item in captures.get("prefix", ())]
        known.bodies += (item.byte_range for item in captures.get("body", ()))
        known.bodies += ((item.end_byte, node.end_byte) for item in captures.get("keyword", ()))
        known.values += (item.byte_range for item in captures.get("value", ()))
        known.parameters = _only(captures, "parameters") or known.parameters
        known.owner = text_of(captures["owner"][0]) if "owner" in captures else known.owner
        known.means = text_of(captures["means"][0]) if "means" in captures else known.means
        known.words |= _words(captures)
        known.marks |= {mark for mark in _MARKS if mark in captures}

    def found(self) -> Found:
        namespaces = _sorted(self._nodes["namespace"])
        packages = _sorted(self._nodes["package"])
        return Found(
            definitions=[item for item in self._definitions.values() if item.names],
            areas=list(self._areas.values()),
            sections=[(node.start_byte, text_of(node)) for node in _sorted(self._nodes["section"])],
            hides=[(node.start_byte, _word(text_of(node))) for node in _sorted(self._nodes["hides"])],
            shows={text_of(node) for node in self._nodes["shows"].values()},
            comments=[node.byte_range for node in _sorted(self._nodes["comment"])],
            cuts=[node.byte_range for node in _sorted(self._nodes["cut"])],
            drops=[node.byte_range for node in _sorted(self._nodes["drop"])],
            unended=[node.end_byte for node in self._nodes["entry"].values() if _is_unended(node)],
            errors=[node.byte_range for node in _sorted(self._nodes["error"])],
            namespace=text_of(namespaces[0]) if namespaces else "",
            package=packages[0] if packages else None,
        )


def _sorted(nodes: dict[int, Node]) -> list[Node]:
    return sorted(nodes.values(), key=lambda node: (node.start_byte, -node.end_byte))


def _is_unended(entry: Node) -> bool:
    """Whether nothing but the end of a line stands between it and the next entry."""
    following = entry.next_sibling
    while following is not None and following.type == "comment":
        following = following.next_sibling
    return following is not None and following.is_named and entry.type != "comment"


def _only(captures: dict[str, list[Node]], name: str) -> Node | None:
    found = captures.get(name)
    return found[0] if found else None


def _word(text: str) -> str:
    """The name in what hides it, without its mark and a comment behind it."""
    return next(iter(text.split()), "").strip(":")


def _words(captures: dict[str, list[Node]]) -> set[str]:
    """The words of the modifiers; `pub(crate)` stays one."""
    return {word for node in captures.get("visibility", ()) for word in _split(text_of(node))}


def _split(text: str) -> Iterator[str]:
    yield from text.split() if "(" not in text or text.startswith("@") else [text.replace(" ", "")]
