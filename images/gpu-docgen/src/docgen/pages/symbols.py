"""One public symbol as Markdown: its signature in a code block, where it is, what its doc comment says."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from docgen.facts.model import Kind
from docgen.pages.code import fence_name, functions_apart, style_of
from docgen.pages.docstrings import plain_links, render, summary
from docgen.pages.markdown import code, fence, prose, sentence, table
from docgen.pages.site import joined, source_link, title
from docgen.pages.tags import without_repeated, without_tags, without_types

if TYPE_CHECKING:
    from docgen.facts.model import Symbol
    from docgen.messages import Catalogue

_FLAT = frozenset({Kind.FUNCTION, Kind.CONSTANT, Kind.FIELD, Kind.TYPE})
_VALUES = frozenset({Kind.CONSTANT, Kind.FIELD})
_MAX_BRIEF = 20
# What a signature leaves out of a value.
_CUT = "…"
# What is given to an owner from outside of it, or is declared by itself and only named in it.
_APART = re.compile(r"[\w$]+(?:\.[\w$]+)+ = |(?:(?:async )?function|class|const|let|var)\b[ *]")
# A constant of Rust that an `impl` adds to its type.
_CONSTANT = re.compile(r"(?:pub(?:\([^()]*\))? )?const\b")
_OVERLOADS = re.compile(r"\n(?=[^\s)\]}])")


def symbol_body(
    words: Catalogue, symbol: Symbol, page: str, level: int, language: str, *, brief: bool
) -> str:
    """A function or type under a heading of its own; `brief` keeps first paragraphs only."""
    return joined(
        title(level, code(symbol.name)),
        _signature(symbol, language, brief=brief),
        _doc(symbol, language, brief=brief),
        words.text("general.source", link=source_link(page, symbol.place)),
        "" if brief else _values(symbol),
        *(_method(words, symbol, member, page, level + 1, language, brief=brief) for member in _told(symbol)),
    )


def constants(words: Catalogue, symbols: list[Symbol], page: str, language: str) -> str:
    """The constants of a module in a table, those that share a doc comment in one of their own.

    One that is defined alike in several places, as by conditions of C, is told of once.
    """
    told = sorted(symbols, key=lambda symbol: not symbol.doc)
    first = {(symbol.group, symbol.name, symbol.signature): symbol for symbol in reversed(told)}
    symbols = [symbol for symbol in symbols if first[symbol.group, symbol.name, symbol.signature] is symbol]
    parts = [_constants(words, [symbol for symbol in symbols if not symbol.group], page)]
    for about, inside in groupby((symbol for symbol in symbols if symbol.group), _group):
        parts += [summary(about, language), _constants(words, list(inside), page)]
    return joined(*parts)


def _group(symbol: Symbol) -> str:
    return symbol.group


def _constant(symbol: Symbol) -> str:
    """The signature, behind the name where others import it by one that its file does not know."""
    name = symbol.name.rpartition(".")[2].rpartition(":")[2].rpartition("\\")[2]
    shown = code(symbol.signature)
    is_known = re.search(rf"(?<![\w$]){re.escape(name)}(?![\w$])", symbol.signature)
    return shown if is_known else f"{code(symbol.name)}: {shown}"


def _constants(words: Catalogue, symbols: list[Symbol], page: str) -> str:
    rows = [
        (
            _constant(symbol),
            _brief(symbol),
            source_link(page, symbol.place),
        )
        for symbol in symbols
    ]
    return table(words.texts("column.constant", "column.says", "column.source"), rows)


def _doc(symbol: Symbol, language: str, *, brief: bool) -> str:
    if not symbol.doc:
        return ""
    name = fence_name(language)
    doc = without_repeated(symbol.doc, symbol.signature) if language == "PHP" else symbol.doc
    return summary(doc, name) if brief else render(doc, name)


def _told(symbol: Symbol) -> list[Symbol]:
    """Methods whose doc comment earns them a heading; the rest stand in the type's own code block."""
    return [member for member in symbol.members if member.kind is Kind.FUNCTION and _says(member)]


def _says(member: Symbol) -> bool:
    """Whether its doc comment says more than its signature does."""
    return bool(member.doc) and bool(render(without_types(member.doc)))


def _brief(symbol: Symbol) -> str:
    return prose(sentence(plain_links(without_tags(symbol.doc))))


def _values(symbol: Symbol) -> str:
    """What the fields and constants of a type say of themselves."""
    told = {
        f"- {code(member.name)}: {text}": None
        for member in symbol.members
        if member.kind in _VALUES and (text := _brief(member))
    }
    return "\n".join(told)


def _signature(symbol: Symbol, language: str, *, brief: bool) -> str:
    name = fence_name(language)
    if symbol.kind in _FLAT and symbol.members:
        return fence(_with_members(symbol, language), name)
    values, others = _inner(symbol, language)
    if symbol.kind in _FLAT:
        return fence(symbol.signature, name)
    inner = "\n".join(list(dict.fromkeys(values))[: _MAX_BRIEF if brief else None])
    apart = functions_apart(language, symbol.kind)
    body = "\n\n".join(part for part in (inner, *(() if apart else others)) if part)
    return fence("\n\n".join((_around(symbol.signature, body, language), *(others if apart else ()))), name)


def _with_members(symbol: Symbol, language: str) -> str:
    """A constant or function with what its object holds, and what is assigned to it, below each other."""
    shown = [
        member.signature for member in symbol.members if member.kind is not Kind.FUNCTION or not _says(member)
    ]
    is_object = symbol.signature.endswith(_CUT)
    inside = list(dict.fromkeys(text for text in shown if is_object and not _APART.match(text)))
    mark = style_of(language).member
    body = "\n".join(_ended(text, mark) for text in inside).removesuffix(mark)
    head = _around(symbol.signature.removesuffix(f" {_CUT}"), body, language) if body else symbol.signature
    return "\n\n".join((head, *(text for text in dict.fromkeys(shown) if text not in inside)))


def _inner(symbol: Symbol, language: str) -> tuple[list[str], list[str]]:
    """Fields and enum constants, and what stands apart from them, each as it ends in the language."""
    style = style_of(language)
    values: list[str] = []
    others: list[str] = []
    for member in symbol.members:
        if member.kind is Kind.FUNCTION:
            others += [] if _says(member) else [_ended(member.signature, style.function)]
        elif member.kind is Kind.CONSTANT and style.functions_apart and _is_associated(symbol, member):
            others.append(_ended(member.signature, style.function))
        elif member.kind is Kind.CONSTANT and symbol.kind is Kind.ENUM:
            values.append(member.signature + style.constant)
        else:
            is_value = style.functions_apart and symbol.kind is Kind.TRAIT
            mark = style.function if is_value else style.field
            is_whole = style.accessors and member.signature.endswith("}")
            values.append(member.signature if is_whole else member.signature + mark)
    constants = sum(member.kind is Kind.CONSTANT for member in symbol.members)
    if style.constants_end and symbol.kind is Kind.ENUM and len(symbol.members) > constants > 0:
        last = values.index([text for text in values if text.endswith(style.constant)][-1])
        values[last] = values[last].removesuffix(style.constant) + style.constants_end
    return values, others


def _is_associated(owner: Symbol, member: Symbol) -> bool:
    """Whether a constant is written out as one, other than what an enum lists."""
    return owner.kind is not Kind.ENUM or _CONSTANT.match(member.signature) is not None


def _ended(signature: str, mark: str) -> str:
    """A signature with what ends it; overloads are several, each from the start of a line."""
    return "\n".join(f"{part}{mark}" for part in _OVERLOADS.split(signature))


def _around(signature: str, body: str, language: str) -> str:
    """A type with its members inside; the signature alone where there are none."""
    if not body:
        return signature
    style = style_of(language)
    indented = "\n".join(f"    {line}" if line else "" for line in body.split("\n"))
    if signature.startswith("typedef "):  # the name stands behind the members
        head, _, name = signature.rpartition(" ")
        return f"{head}{style.opening}\n{indented}\n{style.closing} {name}"
    return f"{signature}{style.opening}\n{indented}\n{style.closing}".rstrip()


def _method(
    words: Catalogue, owner: Symbol, member: Symbol, page: str, level: int, language: str, *, brief: bool
) -> str:
    return joined(
        title(level, code(f"{owner.name}.{member.name}")),
        fence(member.signature, fence_name(language)),
        _doc(member, language, brief=brief),
        words.text("general.source", link=source_link(page, member.place)),
    )
