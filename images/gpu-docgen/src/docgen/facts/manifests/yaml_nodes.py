"""YAML as nodes with lines; nothing is constructed, so no tag, merge or number can surprise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

# A nesting that no person writes would end the stack of the parser.
_MAX_DEPTH = 200


def root_of(source: str) -> yaml.Node | None:
    """The document; None where the text is not one YAML document."""
    if source.count("[") + source.count("{") > _MAX_DEPTH * 50:
        return None
    try:
        return yaml.compose(source, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError, ValueError):
        return None


def pairs(node: yaml.Node | None) -> Iterator[tuple[str, yaml.Node]]:
    """The entries of a mapping with plain keys; none of anything else."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                yield key.value, value


def child(node: yaml.Node | None, *keys: str) -> yaml.Node | None:
    """The value at `keys`; None where anything on the way is missing."""
    for key in keys:
        node = dict(pairs(node)).get(key)
    return node


def items(node: yaml.Node | None) -> list[yaml.Node]:
    """The entries of a list; none of anything else."""
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def scalar(node: yaml.Node | None) -> str:
    """The text of a scalar as it is written; empty for everything else."""
    return str(node.value) if isinstance(node, yaml.ScalarNode) else ""


def line_of(node: yaml.Node) -> int:
    """The line that a node starts at."""
    return int(node.start_mark.line) + 1
