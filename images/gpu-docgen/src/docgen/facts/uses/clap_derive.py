"""Options that Rust declares with clap's derive: attributes on the fields of a struct or a variant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docgen.facts.model import Flag, Variable
from docgen.facts.syntax.parsing import text_of
from docgen.facts.uses.literals import shown_default, string_of, value_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from docgen.facts.uses.source import Captures, Source

_ATTRIBUTES = frozenset({"arg", "clap", "command"})
_SNAKE = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_CAMEL = re.compile(r"(?:[A-Z][a-z0-9]+)+")
_Said = dict[str, "Node | None"]


def derived_options(source: Source, found: list[Captures]) -> Iterator[tuple[Flag | None, Variable | None]]:
    """Each field with `short` or `long`, and the subcommand of the variant that it is in."""
    items = {_start(item["declared"][0]): item["declared"][0] for item in found if "declared" in item}
    variants = [variant for node in items.values() for variant in _variants(node)]
    for node in items.values():
        if node.type == "struct_item":
            commands = {command for holds, command in variants if holds == _name(node)}
            yield from _options(source, node, min(commands) if len(commands) == 1 else "")
    for node in items.values():
        body = node.child_by_field_name("body") if node.type == "enum_item" else None
        for said, _, variant in _described(body):
            if variant.type == "enum_variant":
                yield from _options(source, variant, _command(said, variant))


def _variants(node: Node) -> Iterator[tuple[str, str]]:
    """The struct that a variant `Add(AddArgs)` holds, and the subcommand it is for."""
    body = node.child_by_field_name("body") if node.type == "enum_item" else None
    for said, _, variant in _described(body):
        held = variant.child_by_field_name("body")
        if held is None or held.type != "ordered_field_declaration_list":
            continue
        if len(held.named_children) == 1:
            yield text_of(held.named_children[0]), _command(said, variant)


def _command(said: _Said, variant: Node) -> str:
    """The name that a variant is given, or the one that clap makes of its own."""
    if "name" in said:
        return string_of(said["name"]) or ""
    name = _name(variant)
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower() if _CAMEL.fullmatch(name) else ""


def _options(source: Source, item: Node, command: str) -> Iterator[tuple[Flag | None, Variable | None]]:
    body = item.child_by_field_name("body")
    if body is None or body.type != "field_declaration_list":
        return
    for said, doc, field in _described(body):
        if field.type == "field_declaration":
            yield _option(source, field, said, doc, command)


def _option(
    source: Source, field: Node, said: _Said, doc: str, command: str
) -> tuple[Flag | None, Variable | None]:
    names = tuple(_names(said, _name(field)))
    default = value_of(said.get("default_value") or said.get("default_value_t"))
    place = source.place(field)
    flag = None
    if names and not {"hide", "skip"} & said.keys():
        help_ = string_of(said.get("help")) or doc
        flag = Flag(names, help_, place, shown_default(names[-1], default), command)
    env = string_of(said.get("env"))
    return flag, Variable(env, shown_default(env, default), place) if env else None


def _names(said: _Said, field: str) -> Iterator[str]:
    """`-p` and `--port`: as given, else as clap makes them of a plain field name."""
    plain = field if _SNAKE.fullmatch(field) else ""
    if "short" in said:
        given = said["short"]
        letter = text_of(given).strip("'") if given is not None else plain[:1]
        yield from (f"-{letter}",) if re.fullmatch(r"\w", letter) else ()
    if "long" in said:
        given = said["long"]
        name = string_of(given) if given is not None else plain.replace("_", "-")
        yield from (f"--{name}",) if name else ()


def _described(body: Node | None) -> Iterator[tuple[_Said, str, Node]]:
    """The parts of a body, each with what its attributes say and its doc comment."""
    said: _Said = {}
    doc: list[str] = []
    for child in body.named_children if body is not None else ():
        if child.type == "attribute_item":
            said.update(_arguments(child))
        elif child.type == "line_comment":
            doc += [text_of(part).strip() for part in child.named_children if part.type == "doc_comment"]
        else:
            yield said, "\n".join(doc), child
            said, doc = {}, []


def _arguments(item: Node) -> Iterator[tuple[str, Node | None]]:
    """`#[arg(short, long = "x")]` as pairs; a value that is no single literal is None."""
    attribute = item.named_children[0] if item.named_children else None
    tokens = attribute.child_by_field_name("arguments") if attribute is not None else None
    if attribute is None or tokens is None or text_of(attribute.named_children[0]) not in _ATTRIBUTES:
        return
    part: list[Node] = []
    for token in [*tokens.children[1:-1], None]:
        if token is None or token.type == ",":
            yield from _pair(part)
            part = []
        else:
            part.append(token)


def _pair(part: list[Node]) -> Iterator[tuple[str, Node | None]]:
    if len(part) == 1:
        yield text_of(part[0]), None
    elif len(part) > 2 and part[1].type == "=":
        yield text_of(part[0]), part[2] if len(part) == 3 else part[0]


def _name(node: Node) -> str:
    name = node.child_by_field_name("name")
    return text_of(name) if name is not None else ""


def _start(node: Node) -> int:
    return node.start_byte
