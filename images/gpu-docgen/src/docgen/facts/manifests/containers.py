"""Ports that Dockerfiles expose and compose files publish."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docgen.facts.manifests import yaml_nodes
from docgen.facts.model import Place, Port
from docgen.facts.scope import is_aside
from docgen.facts.syntax.parsing import matches, parse, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    import yaml

    from docgen.source.tree import Tree

_DOCKERFILE = re.compile(
    r"(?:^|/)(?:(?:Dockerfile|Containerfile)(?:\.(?!md$|dockerignore$)[\w.-]+)?|[\w.-]+\.[Dd]ockerfile)$"
)
_COMPOSE = re.compile(r"(?:^|/)(?:docker-)?compose(?:[.-][\w.-]+)?\.ya?ml$")
_EXPOSED = re.compile(r"(\d{1,5})(?:/(?:tcp|udp))?")
# `[address:][published:]port[/protocol]`, without ranges and variables.
_PUBLISHED = re.compile(
    r"(?:(?:[\d.]{7,15}|\[[\da-fA-F:]+\]):)?(?:(?P<host>\d{1,5}):)?(?P<inside>\d{1,5})(?:/(?:tcp|udp))?"
)

_MAX_SAYS = 80


def read_ports(tree: Tree) -> tuple[Port, ...]:
    """Each port that is written as a number, in the order of the files."""
    found: list[Port] = []
    for path in sorted(tree.files):
        if not is_aside(path):
            source = tree.text(path) or ""
            found += _exposed(path, source) if _DOCKERFILE.search(path) else ()
            found += _published(path, source) if _COMPOSE.search(path) else ()
    return tuple(port for port in found if 0 < port.number < 65536)


def _exposed(path: str, source: str) -> Iterator[Port]:
    for captures in matches("dockerfile", "ports", parse("dockerfile", source).root_node):
        node = captures["port"][0]
        if match := _EXPOSED.fullmatch(text_of(node)):
            line = " ".join(text_of(node.parent).split()) if node.parent else ""
            says = line if 0 < len(line) <= _MAX_SAYS else match[0]
            yield Port(int(match[1]), says, Place(path, node.start_point.row + 1))


def _published(path: str, source: str) -> Iterator[Port]:
    services = yaml_nodes.child(yaml_nodes.root_of(source), "services")
    for name, service in yaml_nodes.pairs(services):
        for item in yaml_nodes.items(yaml_nodes.child(service, "ports")):
            found = _short(item) or _long(item)
            if found:
                yield Port(found[0], found[1], Place(path, yaml_nodes.line_of(item)), service=name)


def _short(node: yaml.Node) -> tuple[int, str] | None:
    """`8080:80`: the port outside is the one to connect to."""
    match = _PUBLISHED.fullmatch(yaml_nodes.scalar(node))
    return (int(match["host"] or match["inside"]), match[0]) if match else None


def _long(node: yaml.Node) -> tuple[int, str] | None:
    keys = ("published", "target")
    written = {key: yaml_nodes.child(node, key) for key in keys}
    found = {key: yaml_nodes.scalar(value) for key, value in written.items() if value}
    if not found or any(not text.isdecimal() for text in found.values()):
        return None
    key, value = next((key, value) for key, value in written.items() if value)
    quote = getattr(value, "style", None) or ""
    return int(found[key][:6]), f"{key}: {quote}{found[key]}{quote}"
