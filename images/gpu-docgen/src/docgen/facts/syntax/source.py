"""One source file, in any language but Python, to a module and to what it names of other files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docgen.facts.model import Module
from docgen.facts.syntax.dead import living
from docgen.facts.syntax.macros import without_macros
from docgen.facts.syntax.offers import Offers, find_offers
from docgen.facts.syntax.parsing import grammar_of, parse
from docgen.facts.syntax.references import References, find_references
from docgen.facts.syntax.rules import RULES
from docgen.facts.syntax.symbols import SymbolReader
from docgen.facts.uses.read import with_uses

if TYPE_CHECKING:
    from tree_sitter import Node

    from docgen.deadline import Deadline
    from docgen.source.tree import SourceFile

# What only C++ has; a header says by its name alone that it is one of the two.
_CPP = re.compile(
    r"^[ \t]*(?:namespace[ \t]+\w|template[ \t]*<|class[ \t]+\w[^;\n]*$|using[ \t]+\w|public:|private:)",
    re.MULTILINE,
)
_WITH_MACROS = frozenset({"C", "C++"})


@dataclass(frozen=True)
class Source:
    """A module without its imports, the references that become them, and what it offers on."""

    module: Module
    references: References
    offers: Offers


def read_source(file: SourceFile, deadline: Deadline) -> Source | None:
    """What the file defines and names; None for a language without rules."""
    text = file.text
    language = "C++" if file.path.endswith(".h") and _CPP.search(text) else file.language or ""
    rules, grammar = RULES.get(language), grammar_of(language, file.path)
    if rules is None or grammar is None:
        return None
    text = living(text, language)
    root = parse(grammar, text).root_node
    if root.has_error and language in _WITH_MACROS:
        root = min(root, parse(grammar, without_macros(text)).root_node, key=_unread)
    deadline.check()
    reader = SymbolReader(grammar, rules, file.path, root, deadline)
    module = Module(
        path=file.path,
        name=file.path,
        language=language,
        doc=reader.doc,
        namespace=reader.namespace,
        symbols=reader.symbols,
    )
    module = with_uses(module, grammar, root)
    return Source(module, find_references(grammar, root, deadline), find_offers(grammar, root, deadline))


def _unread(node: Node) -> int:
    """How many bytes the grammar made nothing of."""
    found = 0
    left = [node]
    while left:
        node = left.pop()
        found += node.end_byte - node.start_byte if node.is_error else 0
        left += [] if node.is_error else [child for child in node.children if child.has_error]
    return found
