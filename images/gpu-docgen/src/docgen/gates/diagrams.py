"""Mermaid diagrams keep to the few forms that we write; the real parser runs in tests."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docgen.gates.flaw import Flaw

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.gates.flaw import Sheet

MAX_NODES = 40
_ID = r"[A-Za-z]\w*"
_TEXT = r'"[^"]*"'
_SHAPES = ((r"\[", r"\]"), (r"\(", r"\)"), (r"\(\[", r"\]\)"), (r"\[\(", r"\)\]"), (r"\{", r"\}"))
_NODE = rf"{_ID}(?:{'|'.join(f'{opened}{_TEXT}{closed}' for opened, closed in _SHAPES)})?"
_ARROW = rf"(?:<?-->|---|-\.->|==>)(?:\|(?:{_TEXT}|[^|\"]*)\|)?"
_HEADER = re.compile(r"(?:flowchart|graph) (?:LR|RL|TD|TB|BT)")
_DECLARED = re.compile(rf"({_ID})[\[(>{{]")
_STATEMENT = re.compile(rf"{_NODE}(?: {_ARROW} {_NODE})*")
_OTHER = re.compile(
    rf"direction (?:LR|RL|TD|TB|BT)|subgraph {_ID}(?:\[{_TEXT}\])?|end|%%[^{{]*"
    r"|(?:class|classDef|style|linkStyle) .+"
)


def diagrams(sheet: Sheet) -> Iterator[Flaw]:
    """Every diagram has a known header, statements of known forms and nodes that are declared."""
    for token, line in sheet.document.tokens:
        if token.type == "fence" and token.info.strip() == "mermaid" and (what := _wrong(token.content)):
            yield Flaw("mermaid", line, what)


def _wrong(source: str) -> str:
    """What is wrong with a diagram; empty where nothing is."""
    lines = [line.strip() for line in source.split("\n") if line.strip()]
    if not lines or not _HEADER.fullmatch(lines[0]):
        return "the diagram has no known header"
    for line in lines[1:]:
        if not (_OTHER.fullmatch(line) or _STATEMENT.fullmatch(line)):
            return f"the diagram has the statement {line[:80]!r}"
    return _unbalanced(lines) or _undeclared(lines[1:])


def _unbalanced(lines: list[str]) -> str:
    opened = sum(line.startswith("subgraph ") for line in lines)
    return "" if opened == lines.count("end") else "the diagram has a group without an end"


def _undeclared(lines: list[str]) -> str:
    bare = [re.sub(_TEXT, '""', line) for line in lines]
    groups = {name for line in bare for name in re.findall(rf"subgraph ({_ID})", line)}
    declared = {name for line in bare for name in _DECLARED.findall(line)}
    if len(declared) > MAX_NODES:
        return f"the diagram has {len(declared)} nodes"
    edges = [re.sub(r"\|[^|]*\|", "", line) for line in bare if _STATEMENT.fullmatch(line)]
    used = {name for line in edges for name in re.findall(rf"(?:^|\s)({_ID})", line)}
    missing = sorted(used - declared - groups)
    return f"the diagram has no node {missing[0]!r}" if missing else ""
