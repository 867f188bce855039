"""The subcommands that the types of a file stand for, as clap's derive puts them together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docgen.facts.syntax.parsing import text_of
from docgen.facts.uses.clap_attributes import described, name_of, said_of
from docgen.facts.uses.literals import string_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tree_sitter import Node

    from docgen.facts.uses.clap_attributes import Said

_SNAKE = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_CAMEL = re.compile(r"(?:[A-Z][a-z0-9]+)+")
# What clap makes of the words of a name; of the other cases nothing is told.
_CASES: dict[str, Callable[[list[str]], str]] = {"kebab-case": "-".join, "snake_case": "_".join}
_WRAPPED = re.compile(r"^(?:Option|Box|Vec)\s*<\s*(\w+)\s*>$")
_MAX_DEPTH, _MAX_PATHS = 12, 12
# A name that is not certain; no subcommand is called so.
_UNKNOWN = "?"
_Holder = tuple[str, str]


def case_of(said: Said, outer: str = "kebab-case") -> str:
    """How names are spelled, as `rename_all` says; `outer` where it says nothing."""
    return (string_of(said["rename_all"]) or "") if "rename_all" in said else outer


def spelled(name: str, case: str) -> str:
    """The name of an option or a subcommand; empty where that is not certain."""
    if _SNAKE.fullmatch(name):
        words = name.split("_")
    elif _CAMEL.fullmatch(name):
        words = re.findall(r"[A-Z][a-z0-9]+", name)
    else:
        return ""
    return _CASES[case]([word.lower() for word in words]) if case in _CASES else ""


class Commands:
    """Where each type is used: as the subcommands of another, as its options, or by itself."""

    def __init__(self, items: list[Node]) -> None:
        self._holders: dict[str, list[_Holder]] = {}
        self._known: dict[str, tuple[str, ...]] = {}
        for item in items:
            for held, name in self._held(item):
                self._holders.setdefault(held, []).append((name_of(item), name))

    def of(self, kind: str, depth: int = _MAX_DEPTH) -> tuple[str, ...]:
        """`remote add`: each command that the type is a part of; none where one of them is not certain."""
        if kind not in self._known:
            self._known[kind] = ()  # until it is known: a type may hold itself
            self._known[kind] = tuple(dict.fromkeys(self._paths(kind, depth))) if depth else ()
        return self._known[kind]

    def _paths(self, kind: str, depth: int) -> list[str]:
        if kind not in self._holders:
            return [""]
        found: list[str] = []
        for holder, name in self._holders[kind]:
            above = self.of(holder, depth - 1)
            if not above or name == _UNKNOWN or len(found) > _MAX_PATHS:
                return []
            found += (f"{path} {name}".strip() for path in above)
        return found

    def _held(self, item: Node) -> Iterator[_Holder]:
        """The types that a type holds, each with the subcommand that leads to it."""
        case = case_of(said_of(item))
        for said, _, part in described(item.child_by_field_name("body")):
            if part.type == "field_declaration":
                yield from _inside(said, part, "")
            elif part.type == "enum_variant":
                own = "" if "flatten" in said else variant_name(said, part, case) or _UNKNOWN
                body = part.child_by_field_name("body")
                if body is not None and body.type == "ordered_field_declaration_list":
                    types = [node for node in body.named_children if node.type != "attribute_item"]
                    yield from ((_type(node), own) for node in types)
                for inner, _, field in described(body):
                    yield from _inside(inner, field, own)


def variant_name(said: Said, variant: Node, case: str) -> str:
    """The name that a variant is given, or the one that clap makes of its own."""
    return (string_of(said["name"]) or "") if "name" in said else spelled(name_of(variant), case)


def _inside(said: Said, field: Node, name: str) -> Iterator[_Holder]:
    kind = field.child_by_field_name("type")
    if kind is not None and {"subcommand", "flatten"} & said.keys():
        yield _type(kind), name


def _type(node: Node) -> str:
    """The type itself, without what it is wrapped in and where it is from."""
    text = text_of(node)
    wrapped = _WRAPPED.match(text)
    return (wrapped[1] if wrapped else text).rpartition("::")[2]
