"""The facts of a fixture repository as lines that a person can check against its sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.contract import Options
from docgen.deadline import Deadline
from docgen.facts.read import read_facts
from docgen.source.tree import read_tree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from docgen.facts.model import Facts, Symbol


def facts_of(folder: Path) -> Facts:
    """All facts of the repository in `folder`."""
    return read_facts(read_tree(folder, Options(), Deadline(60)), "acme/widget", Deadline(60))


def listed(facts: Facts) -> str:
    """Every module with its symbols and members, then what can be imported, then every edge.

    `+` is public, `-` is not; the line of the definition comes before the signature, the doc comment below.
    """
    return "\n".join(_lines(facts)) + "\n"


def _lines(facts: Facts) -> Iterator[str]:
    for module in facts.modules:
        space = f" in {module.namespace}" if module.namespace else ""
        yield f"{module.path}: {module.language}{space}"
        yield from _doc(module.doc, "  ")
        for symbol in module.symbols:
            yield from _symbol(symbol, module.path, "  ")
    for interface in facts.interfaces:
        yield f"{interface.name} from {interface.path}"
        yield from (f"  {offer.name}: {offer.symbol} in {offer.path}" for offer in interface.offers)
    for edge in facts.edges:
        yield f"{edge.source}:{edge.place.line} -> {edge.target}"


def _symbol(symbol: Symbol, path: str, indent: str) -> Iterator[str]:
    assert symbol.place.path == path
    mark = "+" if symbol.is_public else "-"
    signature = symbol.signature.replace("\n", f"\n{indent}    ")
    yield f"{indent}{mark} {symbol.kind} {symbol.name} :{symbol.place.line}: {signature}"
    yield from _doc(symbol.doc, f"{indent}    ")
    yield from (f"{indent}    in {line}" for line in symbol.group.split("\n") if line)
    for member in symbol.members:
        yield from _symbol(member, path, f"{indent}    ")


def _doc(doc: str, indent: str) -> Iterator[str]:
    yield from (f"{indent}| {line}".rstrip() for line in doc.split("\n") if doc)
