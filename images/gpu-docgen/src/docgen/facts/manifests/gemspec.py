"""`*.gemspec`: a program that is never run; what it writes out is read, what it computes is left open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.facts.model import Dependency, EntryPoint, Manifest, Place
from docgen.facts.syntax.parsing import matches, parse, text_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from tree_sitter import Node

_GROUPS = {"add_dependency": "", "add_runtime_dependency": "", "add_development_dependency": "development"}
# Calls that change nothing that matters here.
_PLAIN_CALLS = frozenset({"freeze", "strip", "dup"})
_BRANCHES = frozenset(
    {"if", "unless", "case", "case_match", "if_modifier", "unless_modifier", "rescue", "rescue_modifier"}
    | {"while", "until", "while_modifier", "until_modifier", "for", "conditional", "binary"}
)
_LISTS = frozenset({"array", "string_array", "argument_list"})
_MAX_DEPTH = 8
_TEXTS = frozenset({"string", "bare_string"})


def read_gemspec(path: str, source: str, present: Container[str]) -> Manifest | None:
    """What the gem is called and needs; None where the file names none."""
    said: dict[str, Node] = {}
    needs: list[tuple[str, Node]] = []
    for captures in matches("ruby", "gemspec", parse("ruby", source).root_node):
        key, value = text_of(captures["key"][0]), captures["value"][0]
        if _is_in_branch(value):
            continue
        if key in _GROUPS:
            needs.append((key, value))
        else:
            said[key] = value
    name = _text(said.get("name"))
    if not name:
        return None
    ruby = ", ".join(_texts(said.get("required_ruby_version")))
    folder = path[: path.rfind("/") + 1]
    return Manifest(
        path=path,
        kind="gemspec",
        name=name,
        description=_text(said.get("summary")) or _text(said.get("description")),
        license=" ".join(_texts(said.get("license")) or _texts(said.get("licenses"))[:1]),
        requires=f"Ruby {ruby}" if ruby else "",
        install="bundle install" if f"{folder}Gemfile" in present else "",
        dependencies=tuple(_dependencies(path, needs)),
        entry_points=tuple(_programs(path, said, present)),
    )


def _is_in_branch(node: Node) -> bool:
    """Whether what is said here holds under a condition alone, on one platform for instance."""
    above = node.parent
    while above is not None and above.type not in _BRANCHES:
        above = above.parent
    return above is not None


def _dependencies(path: str, needs: list[tuple[str, Node]]) -> Iterator[Dependency]:
    for key, arguments in needs:
        name, *constraints = _texts(arguments) or [""]
        if name:
            place = Place(path, arguments.start_point.row + 1)
            yield Dependency(name, ", ".join(constraints), _GROUPS[key], place)


def _programs(path: str, said: dict[str, Node], present: Container[str]) -> Iterator[EntryPoint]:
    """The executables that are written out, and are there."""
    folder = f"{path[: path.rfind('/') + 1]}{_text(said.get('bindir')) or 'bin'}"
    for name in _texts(said.get("executables")):
        if f"{folder}/{name}" in present:
            place = Place(path, said["executables"].start_point.row + 1)
            yield EntryPoint(name, f"{folder}/{name}", place)


def _text(node: Node | None) -> str:
    return next(iter(_texts(node)), "")


def _texts(node: Node | None, depth: int = 0) -> list[str]:
    """The strings that an expression is or lists, each on one line; nothing that has to be computed."""
    if node is None or depth > _MAX_DEPTH:
        return []
    if node.type in _TEXTS:
        parts = node.named_children
        plain = all(part.type == "string_content" for part in parts)
        return [" ".join("".join(map(text_of, parts)).split())] if plain and parts else []
    if node.type in _LISTS:
        return [text for child in node.named_children for text in _texts(child, depth + 1)]
    receiver, method = node.child_by_field_name("receiver"), node.child_by_field_name("method")
    if node.type != "call" or receiver is None or method is None:
        return []
    if text_of(receiver) == "Gem::Requirement":
        return _texts(node.child_by_field_name("arguments"), depth + 1)
    return _texts(receiver, depth + 1) if text_of(method) in _PLAIN_CALLS else []
