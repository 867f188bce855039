"""One public symbol as Markdown: its signature in a code block, where it is, what its docstring says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.facts.model import Kind
from docgen.pages.docstrings import render, summary
from docgen.pages.markdown import code, fence, table
from docgen.pages.site import joined, source_link, title

if TYPE_CHECKING:
    from docgen.facts.model import Symbol


def symbol_body(symbol: Symbol, page: str, level: int, *, brief: bool) -> str:
    """A function or class under a heading of its own; `brief` keeps first paragraphs only."""
    return joined(
        title(level, code(symbol.name)),
        _signature(symbol, brief=brief),
        _doc(symbol, brief=brief),
        f"Source: {source_link(page, symbol.place)}",
        *(_method(symbol, member, page, level + 1, brief=brief) for member in _told(symbol)),
    )


def constants(symbols: list[Symbol], page: str) -> str:
    """All constants of a module in one table."""
    rows = [(code(symbol.signature), source_link(page, symbol.place)) for symbol in symbols]
    return table(("Constant", "Source"), rows)


def _doc(symbol: Symbol, *, brief: bool) -> str:
    if not symbol.doc:
        return ""
    return summary(symbol.doc) if brief else render(symbol.doc)


def _told(symbol: Symbol) -> list[Symbol]:
    """Methods whose docstring earns them a heading; the rest stand in the class's own code block."""
    return [member for member in symbol.members if member.kind is Kind.FUNCTION and member.doc]


def _signature(symbol: Symbol, *, brief: bool) -> str:
    if symbol.kind is not Kind.CLASS:
        return fence(symbol.signature, "python")
    fields = [member.signature for member in symbol.members if member.kind is Kind.CONSTANT]
    methods = [
        member.signature for member in symbol.members if member.kind is Kind.FUNCTION and not member.doc
    ]
    inner = "\n".join(fields[: 20 if brief else None])
    body = "\n\n".join(part for part in (inner, *methods) if part)
    indented = "\n".join(f"    {line}" if line else "" for line in body.split("\n"))
    return fence(f"{symbol.signature}:\n{indented}" if body else symbol.signature, "python")


def _method(owner: Symbol, member: Symbol, page: str, level: int, *, brief: bool) -> str:
    return joined(
        title(level, code(f"{owner.name}.{member.name}")),
        fence(member.signature, "python"),
        _doc(member, brief=brief),
        f"Source: {source_link(page, member.place)}",
    )
