"""Literals of a source: what a string says, and what may be shown of a default."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docgen.facts.python.symbols import looks_secret
from docgen.facts.syntax.parsing import text_of

if TYPE_CHECKING:
    from tree_sitter import Node

# What a string literal is made of, in every grammar; anything else in it is computed.
_PLAIN = frozenset(
    {
        "string_fragment", "string_content", "string_literal_content", "interpreted_string_literal_content",
        "raw_string_literal_content",
    }
)  # fmt: skip
_STRINGS = frozenset(
    {
        "string", "string_literal", "template_string", "interpreted_string_literal", "raw_string_literal",
        "encapsed_string",
    }
)  # fmt: skip
_VALUES = frozenset(
    {
        "number", "true", "false", "integer", "float", "boolean", "int_literal", "float_literal",
        "integer_literal", "boolean_literal", "char_literal",
    }
)  # fmt: skip
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}
_NOTHING = frozenset({"", "None", "null", "undefined", "nil", '""', "''", "[]", "()", "{}"})
_NO_SECRET = re.compile(r"[\d.]+|[Tt]rue|[Ff]alse")
_MAX_DEFAULT = 60


def string_of(node: Node | None) -> str | None:
    """What a string literal says; None for everything else, and where a part of it is computed."""
    if node is None or node.type not in _STRINGS:
        return None
    parts = []
    for child in node.named_children:
        if child.type in _PLAIN:
            parts.append(text_of(child))
        elif child.type == "escape_sequence":
            parts.append(_unescaped(text_of(child)))
        else:
            return None
    return "".join(parts)


def _unescaped(sequence: str) -> str:
    r"""`\n` and quoted characters; numbered escapes stay as they are written."""
    char = sequence[1:]
    return _ESCAPES.get(char, char) if len(char) == 1 else sequence


def value_of(node: Node | None) -> str | None:
    """The source of a literal; None for everything that is computed."""
    if node is None or not (string_of(node) is not None or node.type in _VALUES):
        return None
    return text_of(node)


def shown_default(name: str, source: str | None) -> str | None:
    """The source of a default as a page may repeat it: short, on one line, nothing that looks secret."""
    text = " ".join((source or "").split())
    if text in _NOTHING:
        return None
    if looks_secret(name.replace("-", "_")) and not _NO_SECRET.fullmatch(text):
        return "…"
    return text if len(text) <= _MAX_DEFAULT else f"{text[: _MAX_DEFAULT - 1]}…"
