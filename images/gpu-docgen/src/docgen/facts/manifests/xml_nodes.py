"""XML that a stranger wrote: parsed without entities, read without namespaces."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

# Entities and what they expand to are no part of a project.
_DECLARES = re.compile(r"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def root_of(source: str) -> ET.Element | None:
    """The document; None where the text is not one, or declares entities."""
    if _DECLARES.search(source):
        return None
    try:
        return ET.fromstring(source.lstrip("\ufeff"))  # noqa: S314 (nothing is declared in it, see above)
    except (ET.ParseError, ValueError, RecursionError):
        return None


def plain(tag: str) -> str:
    """The name of an element without its namespace."""
    return tag.rpartition("}")[2]


def children(node: ET.Element | None, *names: str) -> list[ET.Element]:
    """The elements below `node` on the way that `names` say; all of them, where several have a name."""
    found = [] if node is None else [node]
    for name in names:
        found = [child for item in found for child in item if plain(child.tag) == name]
    return found


def text(node: ET.Element | None, *names: str) -> str:
    """The text on one line of the first such element; empty where there is none."""
    return next((" ".join((item.text or "").split()) for item in children(node, *names)), "")
