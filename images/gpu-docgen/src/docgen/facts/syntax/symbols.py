"""The symbols of one file in any language that has a query for them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING

from docgen.facts.model import Kind, Place, Symbol
from docgen.facts.syntax.comments import Comments
from docgen.facts.syntax.definitions import VAGUE, find_definitions
from docgen.facts.syntax.nesting import Nesting
from docgen.facts.syntax.signatures import Signatures
from docgen.facts.syntax.visibility import Visibility

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node

    from docgen.deadline import Deadline
    from docgen.facts.syntax.definitions import Definition
    from docgen.facts.syntax.nesting import Entry
    from docgen.facts.syntax.rules import Rules

# How a doc comment says that what it is about is not for others.
_FOR_INSIDERS = re.compile(r"^@(?:internal|private|hidden|ignore|api[ \t]+private)\b", re.MULTILINE)
# These alone are nothing to tell: a namespace around types, as an opened class can be too, and a value that
# is exported as data.
_NEED_MORE = frozenset({Kind.MODULE, Kind.FIELD})
_STORED = re.compile(r"^(?:(?:extern|inline|static)\s+)+")
_ACCESSOR = re.compile(r"(?:\w+ ){0,3}[gs]et [\w$#]")
_HEADERS = (".h", ".hh", ".hpp", ".hxx", ".inl", ".ipp")


class SymbolReader:
    """Reads one parsed file: `symbols`, `doc` and `namespace` are what it found."""

    def __init__(self, grammar: str, rules: Rules, path: str, root: Node, deadline: Deadline) -> None:
        # A tree starts at its first token, its places count from the start of the file.
        data = b" " * root.start_byte + (root.text or b"")
        found = find_definitions(grammar, root, deadline)
        self._found, self._rules, self._path, self._deadline = found, rules, path, deadline
        cuts = [*found.comments, *found.cuts, *found.drops]
        self._signatures = Signatures(data, cuts, rules.last, found.unended)
        self._comments = Comments(data, rules, found.comments, found.cuts)
        # The furthest end of all errors up to each; what is missing has no width of its own.
        self._error_ends = list(accumulate((max(end, start + 1) for start, end in found.errors), max))
        # What implementations say, by the overloads they stand behind.
        self._lent: dict[int, str] = {}
        self.namespace = found.namespace
        self.doc = self._doc()
        visibility = Visibility(rules, found.shows, is_header=path.endswith(_HEADERS))
        self.symbols = tuple(self._symbols(Nesting(found, visibility).entries()))

    def _doc(self) -> str:
        package = self._found.package
        return self._comments.before(package.start_byte) if package else self._comments.of_file()

    def _symbols(self, entries: Iterable[Entry]) -> Iterator[Symbol]:
        found: list[Symbol] = []
        for entry in self._told(entries):
            self._deadline.check()
            name = self._rules.joint.join((*entry.scope, entry.name))
            symbol = replace(self._symbol(entry), name=name)
            needs_more = symbol.kind in _NEED_MORE or "reopened" in entry.item.marks
            if not needs_more or symbol.members or symbol.doc:
                found.append(symbol)
        yield from _joined(_without_announcements(found), self._rules)

    def _told(self, entries: Iterable[Entry]) -> list[Entry]:
        """What the parser is sure of, without what implements overloads: that is not for callers."""
        told: list[Entry] = []
        overloads: dict[tuple[tuple[str, ...], str], list[Entry]] = defaultdict(list)
        for entry in entries:
            key = (entry.scope, entry.name)
            if "overload" in entry.item.marks:
                overloads[key].append(entry)
            elif key in overloads and entry.item.kind is Kind.FUNCTION:
                self._lend(entry, overloads[key])
                continue
            if self._is_sure(entry.item):
                told.append(entry)
        return told

    def _lend(self, implementation: Entry, overloads: list[Entry]) -> None:
        """Keep what the implementation says for those of its overloads that say nothing."""
        doc = self._comments.before(implementation.item.outer.start_byte)
        if not _FOR_INSIDERS.search(doc):
            self._lent.update((overload.item.node.id, doc) for overload in overloads)

    def _symbol(self, entry: Entry) -> Symbol:
        members = [self._symbol(member) for member in self._told(entry.members)]
        doc = self._comments.before(entry.item.outer.start_byte) or self._lent.get(entry.item.node.id, "")
        if not doc and self._rules.trails and entry.item.kind in VAGUE:
            doc = self._comments.behind(entry.item.node.end_byte)
        group = self._comments.before(entry.item.group.start_byte) if entry.item.group else ""
        is_hidden = _FOR_INSIDERS.search(doc) or self._comments.hides(entry.item.node.start_byte)
        if entry.item.kind is Kind.CONSTANT and not _says_more(members):
            members = []
        signature = self._signatures.of(entry.item, is_open=any(m.owner for m in entry.members if members))
        if entry.is_singleton:
            signature = signature.replace(*self._rules.singleton, 1)
        return Symbol(
            name=entry.name,
            kind=entry.item.kind,
            signature=self._rules.plainly(signature),
            doc=doc,
            place=Place(self._path, entry.item.node.start_point.row + 1),
            members=tuple(_joined(members, self._rules)),
            is_public=entry.is_public and not is_hidden,
            group=group if group != doc else "",
        )

    def _is_sure(self, item: Definition) -> bool:
        """Whether the parser understood all of the signature."""
        end = min((body[0] for body in item.bodies), default=item.outer.end_byte)
        before = bisect_left(self._found.errors, (end, 0))
        return not before or self._error_ends[before - 1] <= item.outer.start_byte


def _says_more(members: list[Symbol]) -> bool:
    """Whether the members of an object are more than its data."""
    return any(member.kind is Kind.FUNCTION or member.doc for member in members)


def _without_announcements(symbols: list[Symbol]) -> list[Symbol]:
    """All but the functions that say nothing and are only announced, as C has it, before one that does."""
    told = {(symbol.name, _bare(symbol.signature)) for symbol in symbols if symbol.doc}
    return [
        symbol
        for symbol in symbols
        if symbol.doc
        or symbol.kind is not Kind.FUNCTION
        or (symbol.name, _bare(symbol.signature)) not in told
    ]


def _bare(signature: str) -> str:
    """A signature without what a declaration and its definition may differ in."""
    return " ".join(_STORED.sub("", signature).split())


def _joined(symbols: list[Symbol], rules: Rules) -> Iterator[Symbol]:
    """Overloads that say the same, or nothing, and what reads and writes a property, as one symbol each."""
    held: Symbol | None = None
    for symbol in symbols:
        if held and _is_one(held, symbol, rules):
            if symbol.signature not in held.signature.split("\n"):
                held = replace(held, signature=f"{held.signature}\n{symbol.signature}")
            if symbol.doc and symbol.doc != held.doc:
                held = replace(held, doc="\n\n".join(doc for doc in (held.doc, symbol.doc) if doc))
            continue
        if held:
            yield held
        held = symbol
    if held:
        yield held


def _is_one(held: Symbol, symbol: Symbol, rules: Rules) -> bool:
    """Whether two neighbours are one thing to those who use it."""
    if held.name != symbol.name or not held.kind is symbol.kind is Kind.FUNCTION:
        return False
    is_property = _ACCESSOR.match(held.signature) and _ACCESSOR.match(symbol.signature)
    says_the_same = held.doc == symbol.doc or (rules.first_speaks and not symbol.doc)
    return held.is_public is symbol.is_public and bool(is_property or says_the_same)
