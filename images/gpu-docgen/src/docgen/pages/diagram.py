"""Mermaid flowcharts that can be read: at most a screen of nodes, and a word on every arrow."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docgen.pages.markdown import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_NODES = 25
_MAX_LABEL = 120


@dataclass(frozen=True, order=True)
class Arrow:
    """From one node to another, by their labels, and what it stands for."""

    source: str
    target: str
    label: str


def mermaid(arrows: Iterable[Arrow]) -> str:
    """The flowchart's source. Node ids are numbers, so that no label can break out."""
    arrows = sorted(set(arrows))
    labels = sorted({label for arrow in arrows for label in (arrow.source, arrow.target)})
    ids = {label: f"n{number}" for number, label in enumerate(labels)}
    nodes = [f'  {ids[label]}["{_escaped(label)}"]' for label in labels]
    edges = [f'  {ids[a.source]} -->|"{_escaped(a.label)}"| {ids[a.target]}' for a in arrows]
    return "\n".join(("```mermaid", "flowchart LR", *nodes, *edges, "```"))


def _escaped(label: str) -> str:
    """Letters that mean nothing to Mermaid or HTML stay; the rest become entity codes."""
    text = " ".join(clean(label).split())
    short = text if len(text) <= _MAX_LABEL else f"{text[: _MAX_LABEL - 1]}…"
    if not short:
        return "#32;"
    return re.sub(r"[^\w .,/-]|(?<=\d)\.(?= )|^-", lambda match: f"#{ord(match[0])};", short)
