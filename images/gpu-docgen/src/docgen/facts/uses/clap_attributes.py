"""What clap's attributes say of the parts of a type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.facts.syntax.parsing import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

_ATTRIBUTES = frozenset({"arg", "clap", "command"})
Said = dict[str, "Node | None"]


def said_of(item: Node) -> Said:
    """What the attributes above a type say of it."""
    said: Said = {}
    above = item.prev_named_sibling
    while above is not None and above.type in {"attribute_item", "line_comment"}:
        said.update(_arguments(above) if above.type == "attribute_item" else ())
        above = above.prev_named_sibling
    return said


def described(body: Node | None) -> Iterator[tuple[Said, str, Node]]:
    """The parts of a body, each with what its attributes say and its doc comment."""
    said: Said = {}
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


def name_of(node: Node) -> str:
    name = node.child_by_field_name("name")
    return text_of(name) if name is not None else ""
