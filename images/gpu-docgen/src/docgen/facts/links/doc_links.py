"""Links of doc comments that are a name in brackets alone, as in rustdoc and Go, as code."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docgen.facts.model import Module, Symbol

# Code, in which brackets are brackets.
_CODE = r"(?P<code>```.*?(?:```|\Z)|`[^`\n]{1,400}`|^(?: {4}|\t)[^\n]*$)"
_FLAGS = re.DOTALL | re.MULTILINE


@dataclass(frozen=True)
class Style:
    """How a language writes such a link: `target` is what leads somewhere, `sure` what is a link in any case.

    Any other is one where the last part of its name is known.
    """

    link: re.Pattern[str]
    sure: re.Pattern[str]


_STYLES = {
    "Go": Style(
        link=re.compile(
            rf"{_CODE}|(?<![\w#\]\\])\[\*?"
            r"(?P<target>(?:[\w.-]+/)*[A-Za-z_]\w*(?:\.[A-Z]\w*){0,2})\](?![\w\[(:])",
            _FLAGS,
        ),
        sure=re.compile(r".*\.[A-Z]\w*"),
    ),
    "Rust": Style(
        link=re.compile(
            rf"{_CODE}|(?<![\w!#\]\\])\[(?:[a-z]{{2,11}}@)?"
            r"(?P<target>[A-Za-z_]\w*(?:::(?:\w+|<[\w, :]{1,60}>)){0,8}"
            r"(?:<[\w, :]{1,60}>)?(?:\(\)|!)?)\](?![\w\[(:])",
            _FLAGS,
        ),
        # `EOF` may be anything, `Eof` is a name.
        sure=re.compile(r".*(?:::|\(\)|!).*|[A-Z]\w*[a-z]\w*(?:<.*>)?"),
    ),
}


def with_doc_links(modules: Iterable[Module]) -> list[Module]:
    """The modules, links to names in their doc comments being code."""
    modules = list(modules)
    known = {language: frozenset(_names(modules, language)) for language in _STYLES}
    return [
        _shown(module, _STYLES[module.language], known[module.language])
        if module.language in _STYLES
        else module
        for module in modules
    ]


def _names(modules: list[Module], language: str) -> Iterator[str]:
    """What a name in brackets may mean: what is defined, and what is imported."""
    for module in (module for module in modules if module.language == language):
        yield module.path.rpartition("/")[2].partition(".")[0]
        yield from (re.split(r"::|/", item.target)[-1] for item in module.imports)
        yield from (item.target for item in module.imports)
        for symbol in module.symbols:
            yield symbol.name.rpartition(":")[2]
            yield from (member.name for member in symbol.members)


def _shown(module: Module, style: Style, known: frozenset[str]) -> Module:
    def told(doc: str) -> str:
        return style.link.sub(as_code, doc) if "[" in doc else doc

    def as_code(match: re.Match[str]) -> str:
        target = match["target"]
        if target is None or not (style.sure.fullmatch(target) or target in known):
            return match[0]
        return f"`{target}`"

    def of(symbol: Symbol) -> Symbol:
        members = tuple(map(of, symbol.members))
        return replace(symbol, doc=told(symbol.doc), group=told(symbol.group), members=members)

    return replace(module, doc=told(module.doc), symbols=tuple(map(of, module.symbols)))
